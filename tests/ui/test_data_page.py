"""The Data page without a browser: who opens it, what it changes, and what it refuses."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pandas as pd
import pytest

from ledger import activity, loads, open_ledger, safeguards
from ledger.demonstration import enable_demonstration_people
from ledger.people import set_authorities
from tests.small import NEEDS, child, tables
from tests.ui.doorstep import button, field, join, visit_as, words
from ui import data_templates, menu
from ui.data_changes import KEY_FILE
from vcore import Store, ingest
from vcore.ingest.pseudonyms import pseudonyms
from vcore.store.folder import DataFolder
from vcore.store.parts import kept_cards, new_card, write_part
from vcore.store.states import history, publish

PAGE = next(entry.path for entry in menu.ENTRIES if entry.stem == "data")
FEBRUARY, MARCH = date(2026, 2, 28), date(2026, 3, 31)


def load(folder: DataFolder, authority: str, as_of: date, costs: dict[str, float], *, demonstration=False):
    rows = [child(name, authority=authority, weekly_cost_gbp=cost) for name, cost in costs.items()]
    card = new_card(authority=authority, as_of=as_of, needs=NEEDS, demonstration=demonstration)
    publish(folder, [write_part(folder, tables(rows), card, NEEDS)])


@pytest.fixture
def folder(data_folder) -> DataFolder:
    """North loaded twice, South once."""
    folder = DataFolder(data_folder)
    load(folder, "North", FEBRUARY, {"aaaa1111": 1000.0, "bbbb2222": 2000.0})
    load(folder, "South", FEBRUARY, {"cccc3333": 700.0})
    load(folder, "North", MARCH, {"aaaa1111": 1500.0, "bbbb2222": 2000.0, "dddd4444": 100.0})
    return folder


@pytest.fixture
def own(folder, data_folder):
    """The ledger of that data, with an analyst and what real data needs."""
    ledger = open_ledger(data_folder)
    join(ledger, "ann", "analyst")
    join(ledger, "abe", "administrator")
    safeguards.record_assessment_reference(ledger, "DPIA-2026-014", by="abe")
    return ledger


@pytest.fixture
def app(own, visitor):
    return visit_as(visitor, own, "ann", PAGE)


def here(folder: DataFolder) -> set[str]:
    return set(Store.open(folder.root, needs=NEEDS).cohort().children["child_id"])


def opened(app, view: str):
    return app.segmented_control[0].set_value(view).run()


@pytest.mark.parametrize("role", ["commissioner", "finance", "director", "administrator"])
def test_only_who_may_load_opens_the_page(own, visitor, role):
    join(own, "ben", role)
    app = visit_as(visitor, own, "ben", PAGE)
    assert "may not load data" in words(app)
    assert not app.segmented_control


def test_every_authority_stands_with_its_own_date_and_figures(app):
    table = app.table[0].value
    assert list(table.index) == ["North", "South"]
    assert table.loc["North", "True for"] == "31 March 2026"
    assert list(table.loc["North", ["Children in care", "Cost a week", "With a cost"]]) == [
        "3",
        "£3,600",
        "100%",
    ]
    assert list(table.loc["South", ["True for", "Children in care", "Cost a week"]]) == [
        "28 February 2026",
        "1",
        "£700",
    ]


def test_which_date_pages_show_and_who_holds_it_back_is_told(app, own, visitor, folder):
    held = "Yours show 28 February 2026: South is loaded no further."
    assert any(held in each.value.replace("\\", "") for each in app.caption)
    set_authorities(own, "ann", ["North"], by="abe")
    app = visit_as(visitor, own, "ann", PAGE)
    assert not any("loaded no further" in each.value for each in app.caption)


def test_rolling_back_one_authority_leaves_the_other_and_is_on_record(app, folder, own):
    assert here(folder) == {"aaaa1111", "bbbb2222", "cccc3333", "dddd4444"}
    button(app, "Roll back now").click().run()
    assert "Rolled back. North shows again what is true for 28 February 2026" in words(app)
    assert here(folder) == {"aaaa1111", "bbbb2222", "cccc3333"}
    assert list(app.table[1].value["Now"]) == ["Kept", "Live"]
    assert [(event.who, event.what) for event in loads.events(own, "North")] == [("ann", "rolled back")]
    assert "Nothing to roll back to" in "".join(caption.value for caption in app.caption)
    assert list(app.table[0].value.loc["North", ["Children in care", "Cost a week"]]) == ["2", "£3,000"]


def test_old_loads_are_deleted_and_stay_in_the_history(app, folder, own):
    app.number_input(key="data-keep").set_value(1).run()
    button(app, "Delete 1 load").click().run()
    assert "1 load of North deleted for good" in words(app)
    assert [(card.authority, card.as_of) for card in kept_cards(folder)] == [
        ("South", FEBRUARY),
        ("North", MARCH),
    ]
    assert list(app.table[1].value["Now"]) == ["Live", "Deleted"]
    assert loads.events(own, "North")[0].what == "deleted old loads"


def test_deleting_a_load_newer_than_the_live_one_is_said_first(app, folder):
    button(app, "Roll back now").click().run()
    app.number_input(key="data-keep").set_value(1).run()
    assert any(
        "what is true for 31 March 2026 was loaded after the live load" in each.value for each in app.warning
    )
    button(app, "Make this load live").click().run()
    app.number_input(key="data-keep").set_value(1).run()
    assert not app.warning and button(app, "Delete 1 load")


def test_a_newer_load_is_made_live_again_after_a_roll_back_and_is_on_record(app, folder, own):
    button(app, "Roll back now").click().run()
    (newer,) = app.selectbox(key="data-which-load").options
    assert newer.startswith("True for 31 March 2026, loaded ")
    button(app, "Make this load live").click().run()
    assert "North, true for 31 March 2026." in words(app)
    assert here(folder) == {"aaaa1111", "bbbb2222", "cccc3333", "dddd4444"}
    assert list(app.table[1].value["Now"]) == ["Live", "Kept"]
    event = loads.events(own, "North")[0]
    assert (event.who, event.what) == ("ann", "made a kept load live")
    assert event.told == ("the load that is true for 31 March 2026",)


def test_a_load_is_made_live_only_where_real_data_may_be_published(folder, data_folder, visitor):
    ledger = open_ledger(data_folder)
    join(ledger, "ann", "analyst")
    live = folder.live()
    app = visit_as(visitor, ledger, "ann", PAGE)
    button(app, "Make this load live").click().run()
    assert "data-protection assessment" in words(app).replace("\\", "")
    assert folder.live() == live


def test_what_becomes_of_the_date_of_pages_is_told_before_it_is_done(app, own, visitor):
    set_authorities(own, "ann", ["North"], by="abe")
    app = visit_as(visitor, own, "ann", PAGE)
    assert "Your pages then show 28 February 2026 instead of 31 March 2026." in words(app)


def test_an_authority_under_a_wrong_name_is_taken_out_put_back_and_deleted(app, folder, own):
    load(folder, "Suoth", MARCH, {"eeee5555": 50.0})
    app.run()
    app.selectbox(key="data-authority").select("Suoth").run()
    assert "its 1 child on file" in words(app)
    button(app, "Take Suoth out now").click().run()
    assert "no page shows its children." in words(app)
    assert "eeee5555" not in here(folder)
    assert list(app.table[0].value.index) == ["North", "South"]
    assert [event.what for event in loads.events(own, "Suoth")] == ["took the authority out"]
    app.selectbox(key="data-authority").select("Suoth").run()
    assert "Taken out: no page shows its children." in "".join(each.value for each in app.caption)
    assert list(app.table[1].value["Now"]) == ["Kept"]
    assert any("Did you mean South?" in each.value for each in app.warning)
    assert button(app, "Make this load live").disabled
    app.checkbox(key="data-another-Suoth").check().run()
    button(app, "Make this load live").click().run()
    assert "eeee5555" in here(folder)
    assert "Published as another authority than South" in loads.events(own, "Suoth")[0].told
    button(app, "Take Suoth out now").click().run()
    app.selectbox(key="data-authority").select("Suoth").run()
    button(app, "Delete 1 load").click().run()
    assert "1 load of Suoth deleted for good" in words(app)
    assert {card.authority for card in kept_cards(folder)} == {"North", "South"}
    assert list(app.selectbox(key="data-authority").options) == ["North", "South"]


def test_an_authority_that_was_never_published_is_not_said_to_be_taken_out(app, folder):
    card = new_card(authority="West", as_of=MARCH, needs=NEEDS, demonstration=False)
    write_part(folder, tables([child("eeee5555", authority="West")]), card, NEEDS)
    app.run()
    app.selectbox(key="data-authority").select("West").run()
    said = "".join(each.value for each in app.caption)
    assert "Not published yet: no page shows its children." in said and "Taken out" not in said


def test_a_load_under_a_live_name_in_other_letters_is_not_put_back(app, folder):
    app.selectbox(key="data-authority").select("South").run()
    button(app, "Take South out now").click().run()
    load(folder, "SOUTH", MARCH, {"cccc3333": 700.0})
    app.run()
    app.selectbox(key="data-authority").select("South").run()
    button(app, "Make this load live").click().run()
    assert "“South” is loaded already as “SOUTH”" in words(app)
    assert list(app.table[0].value.index) == ["North", "SOUTH"]


def test_a_child_of_an_authority_that_was_taken_out_can_be_removed(app, folder):
    app.selectbox(key="data-authority").select("South").run()
    button(app, "Take South out now").click().run()
    confirm(app, "cccc", code=True, authority="South")
    assert "Removed " in words(app)
    assert [card.rows["child"] for card in kept_cards(folder) if card.authority == "South"] == [0]


def test_the_only_authority_cannot_be_taken_out_and_the_page_says_what_to_do(data_folder, visitor):
    folder = DataFolder(data_folder)
    load(folder, "North", MARCH, {"aaaa1111": 1500.0})
    ledger = open_ledger(data_folder)
    join(ledger, "ann", "analyst")
    app = visit_as(visitor, ledger, "ann", PAGE)
    assert "North is the only authority loaded" in words(app) and "Load the right one first" in words(app)
    assert not any(each.key == "data-take-out" for each in app.button)


def confirm(
    app, which: str, *, code: bool = False, typed: str = "remove this child", authority: str = "North"
):
    opened(app, "remove")
    app.selectbox(key="removal-authority").select(authority)
    if code:
        app.radio[0].set_value("The code on the lists here")
    field(app, "Number or code").input(which)
    field(app, "To confirm, type: remove this child").input(typed)
    return button(app, "Remove this child's data").click().run()


def test_a_child_named_by_code_goes_everywhere_and_nothing_says_who(app, folder, own):
    confirm(app, "AAAA", code=True)
    assert "Removed " in words(app) and "true for 28 February 2026, 31 March 2026" in words(app)
    assert here(folder) == {"bbbb2222", "cccc3333", "dddd4444"}
    (event,) = loads.events(own, "North")
    kept = " ".join([event.what, event.load_id, *event.told, *(line.detail for line in activity.recent(own))])
    assert "removed a child" in kept and "aaaa" not in kept
    assert field(app, "Number or code").value == ""


def test_a_child_named_by_the_council_s_number_is_found_with_the_key(app, folder, own):
    key = ingest.load_key(folder.keys / KEY_FILE)
    (child_id,) = pseudonyms(pd.Series(["0042"]), authority="North", what="child", key=key)
    load(folder, "North", MARCH, {child_id: 900.0, "bbbb2222": 2000.0})
    confirm(app, " 0042 ")
    assert "Removed " in words(app)
    assert here(folder) == {"bbbb2222", "cccc3333"}


@pytest.mark.parametrize(
    ("which", "typed", "said"),
    [
        ("aaaa", "yes", "Nothing was removed. To confirm"),
        ("zzzz", "remove this child", "No child of North has a code"),
        ("aa", "remove this child", "at least four characters"),
    ],
)
def test_a_removal_that_is_not_clear_changes_nothing(app, folder, which, typed, said):
    live = folder.live()
    confirm(app, which, code=True, typed=typed)
    assert said in words(app)
    assert folder.live() == live


def test_a_number_without_a_key_or_nobody_s_is_said(app, folder):
    confirm(app, "0042")
    assert "no pseudonym key here" in words(app)
    ingest.load_key(folder.keys / KEY_FILE)
    confirm(app, "0042")
    assert "nothing was removed" in words(app) and "leading noughts" in words(app)


def test_an_account_for_one_authority_changes_no_other(own, visitor, folder):
    set_authorities(own, "ann", ["South"], by="abe")
    app = visit_as(visitor, own, "ann", PAGE)
    assert list(app.table[0].value.index) == ["South"]
    opened(app, "remove")
    assert list(app.selectbox(key="removal-authority").options) == ["South"]


def test_a_demonstration_account_looks_and_changes_nothing(data_folder, visitor):
    folder = DataFolder(data_folder)
    load(folder, "North", FEBRUARY, {"aaaa1111": 1000.0}, demonstration=True)
    load(folder, "North", MARCH, {"aaaa1111": 1500.0}, demonstration=True)
    ledger = open_ledger(data_folder)
    enable_demonstration_people(ledger)
    app = visit_as(visitor, ledger, "demo-analyst", PAGE)
    for press in ("Roll back now", "Make this load live"):
        button(app, press).click().run()
        assert "Sign in with an account of your own" in words(app)
    confirm(app, "aaaa", code=True)
    assert "Sign in with an account of your own" in words(app)
    assert len(history(folder)) == 2


def test_a_folder_that_takes_no_file_is_said_and_nothing_changes(app, folder, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("vcore.store.states.made_whole", refused)
    live = folder.live()
    button(app, "Roll back now").click().run()
    assert "could not be written to" in words(app)
    assert folder.live() == live


def test_the_quality_of_an_authority_s_data_by_kind(app, folder):
    opened(app, "quality")
    assert "Every placement has a cost" in words(app)
    fields = app.table[0].value
    assert fields.loc["Weekly cost"].tolist() == ["3 of 3", "100%", "100%"]
    assert fields.loc["Provider", "Of children"] == "0%"
    kind = app.segmented_control(key="quality-kind")
    kind.set_value("Assessments").run()
    assert app.table[0].value.loc["Under 3 months"].tolist() == ["3", "100%"]
    assert "Fewer than two assessors" in words(app)
    app.segmented_control(key="quality-kind").set_value("Over time").run()
    assert app.table[0].value.iloc[0].tolist()[:2] == ["3", "100%"]
    app.segmented_control(key="quality-kind").set_value("Reconciliation").run()
    assert app.table[0].value["£"].tolist() == ["£3,600", "£0", "£0", "£3,600", "£0"]


def test_quality_is_of_the_date_that_the_authority_s_own_load_is_true_for(app, folder):
    load(folder, "West", date(2009, 3, 31), {"west0001": 100.0})  # holds the date of every page back
    opened(app, "quality")
    assert not app.exception
    assert "Every placement has a cost** · 31 March 2026 (your pages show 31 March 2009)" in (
        words(app).replace("\\", "").replace(" · 0% of assessments older than six months", "")
    )
    app.segmented_control(key="quality-kind").set_value("Over time").run()
    assert list(app.table[0].value.index[:2]) == ["31 March 2026", "28 February 2026"]


def test_an_authority_with_nobody_on_its_date_is_said_to_have_nobody(app, folder):
    load(folder, "East", date(2009, 3, 31), {"east0001": 100.0})
    opened(app, "quality")
    assert "Nobody of East was in care on 31 March 2009, the date its load is true for" in app.info[0].value
    assert "Every placement has a cost" not in words(app)


def test_templates_are_the_contract_s_own_columns(app):
    opened(app, "templates")
    assert any("WEEKLY_COST" in each.label.replace("\\", "") for each in app.expander)
    with zipfile.ZipFile(io.BytesIO(data_templates.archive(NEEDS))) as packed:
        header = packed.read("costs.csv").decode("utf-8-sig").strip().split(",")
        assert {"CHILD", "START", "WEEKLY_COST"} <= set(header)
        assert "README.txt" in packed.namelist()


def test_every_page_about_children_says_how_good_its_data_is(own, visitor):
    for stem in ("overview", "needs", "placements"):
        page = next(entry.path for entry in menu.ENTRIES if entry.stem == stem)
        app = visit_as(visitor, own, "ann", page)
        pieces = [caption.value for caption in app.caption] + [html.proto.body for html in app.get("html")]
        assert sum("Every placement has a cost" in piece for piece in pieces) == 1, stem


def test_what_readers_see_changes_with_a_publish_and_needs_no_restart(own, visitor, folder):
    join(own, "dee", "director")
    overview = next(entry.path for entry in menu.ENTRIES if entry.stem == "cohorts")
    app = visit_as(visitor, own, "ann", overview)
    before = words(app)
    load(folder, "North", MARCH, {f"child{n:04d}": 1000.0 for n in range(40)})
    app.run()
    assert words(app) != before
    assert "41 children" in " ".join(str(each.value) for each in (*app.markdown, *app.caption))
