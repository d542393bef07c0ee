"""Loading through the page: checked, put right, looked at, published; and everything it refuses."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import date

import pytest
import streamlit as st

from ledger import loads, open_ledger, safeguards
from ledger.demonstration import enable_demonstration_people
from ledger.people import list_people, set_authorities
from tests.ui.council_files import CHILDREN, FAULTS, files, weekly
from tests.ui.doorstep import button, field, join, visit_as, words
from tests.ui.test_data_page import MARCH, PAGE, load
from ui import load_draft, load_jobs
from vcore import Store
from vcore.errors import StoreError
from vcore.settings import settings
from vcore.store.folder import DataFolder
from vcore.store.parts import kept_cards
from vcore.store.states import history

APRIL = date(2026, 4, 30)


@dataclass
class Sent:
    """A file as the browser sends it."""

    name: str
    content: bytes

    def getvalue(self) -> bytes:
        return self.content


@pytest.fixture
def sent(monkeypatch):
    """What the visitor chooses in the upload field."""
    chosen: list[Sent] = []
    monkeypatch.setattr(st, "file_uploader", lambda *_, **__: chosen)

    def choose(**content: bytes) -> None:
        chosen[:] = [Sent(name.replace("__", "."), body) for name, body in content.items()]

    choose.files = lambda found: choose(**{name.replace(".", "__"): body for name, body in found.items()})
    return choose


@pytest.fixture
def folder(data_folder) -> DataFolder:
    folder = DataFolder(data_folder)
    load(folder, "South", MARCH, {"cccc3333": 700.0})
    return folder


@pytest.fixture
def own(folder, data_folder):
    """Everything real data needs, and an analyst."""
    ledger = open_ledger(data_folder)
    join(ledger, "ann", "analyst")
    join(ledger, "abe", "administrator")
    safeguards.record_assessment_reference(ledger, "DPIA-2026-014", by="abe")
    return ledger


@pytest.fixture
def app(own, visitor, sent):
    return opened(visit_as(visitor, own, "ann", PAGE))


def opened(app):
    return app.segmented_control[0].set_value("load").run()


def settled(app):
    """Waits for the work beside the screens, if there is any, then looks again."""
    deadline = time.monotonic() + 30
    if "data_load" not in app.session_state:
        return app
    while app.session_state["data_load"].under_way is not None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return app.run()


def told(app) -> str:
    """What the page says, as it is read."""
    return words(app).replace("\\", "")


def choose(app, authority: str = "Testshire", day: date | None = MARCH):
    known = app.selectbox(key="load-authority").options
    app.selectbox(key="load-authority").select(
        authority if authority in known else "Another authority …"
    ).run()
    if authority not in known:
        field(app, "Its name").input(authority)
    if day is not None:
        app.date_input(key="load-date").set_value(day)
    return settled(button(app, "Read these files").click().run())


def check(app, **where):
    choose(app, **where)
    return settled(button(app, "These are right: check the files").click().run())


def publish(app):
    button(app, "Look at what would change").click().run()
    return settled(button(app, "Publish").click().run())


def here(folder: DataFolder):
    return Store.open(folder.root, needs=settings().needs).cohort().children


def test_faultless_files_are_published_beside_the_others(app, sent, folder, own):
    sent.files(files())
    check(app)
    assert "nothing was found" in told(app) or "can be published" in told(app)
    publish(app)
    assert "Published: Testshire, true for 31 March 2026, 24 children on file" in told(app)
    found = here(folder)
    assert found.groupby("authority")["weekly_cost_gbp"].sum().to_dict() == {
        "South": 700.0,
        "Testshire": float(weekly()),
    }
    (event,) = loads.events(own, "Testshire")
    assert (event.who, event.what) == ("ann", "published")
    assert any(line.startswith("costs.csv ") and "24 rows" in line for line in event.told)
    assert any(line.startswith("No control total") for line in event.told)


def test_a_needs_tool_of_twelve_domains_is_told_where_domains_are_named(app, sent):
    found = files()
    found["needs.csv"] = b"\n".join(line.rsplit(b",", 1)[0] for line in found["needs.csv"].splitlines())
    sent.files(found)
    choose(app)
    assert any(
        "Not found yet: identity_self_esteem" in warning and "data/settings.toml" in warning
        for warning in (each.value.replace("\\", "") for each in app.warning)
    )
    settled(button(app, "These are right: check the files").click().run())
    said = app.table[0].value["What to do"].tolist()
    assert any("name the domains it does score in data/settings.toml" in each for each in said)


def test_six_faults_are_named_put_right_where_that_is_safe_and_published(app, sent, folder, own):
    sent.files(files(faults=True))
    check(app)
    # nine children are warned about: six under 16 in supported accommodation, and three more without a cost
    assert f"{4 * CHILDREN} rows: 84 valid, 6 with errors, 6 with warnings" in told(app)
    app.segmented_control(key="load-report").set_value("By row").run()
    table = app.table[0].value.head(6)
    assert sorted(int(row) for row in table["Row"]) == sorted(FAULTS)
    assert set(table.index) == {"costs.csv"}
    assert table["What to do"].str.len().gt(10).all() and table["Column"].ne("").all()
    settled(app.button(key="load-fix-LETTER_O").click().run())
    assert "86 valid, 5 with errors, 5 with warnings" in told(app)
    publish(app)
    left_out = sum((460, 1_100, 5_000, 1_400)[(row - 2) % 4] for row in FAULTS if row != 3)
    own_cost = here(folder).query("authority == 'Testshire'")["weekly_cost_gbp"]
    assert (len(own_cost), own_cost.sum()) == (CHILDREN, weekly() - left_out)
    (event,) = loads.events(own, "Testshire")
    assert any("The letter O in a number was read as a nought" in line for line in event.told)


def test_the_next_month_says_what_changes_and_rolls_back(app, sent, folder):
    sent.files(files())
    check(app)
    publish(app)
    sent.files(files(dearer=100))
    check(app, day=APRIL)
    button(app, "Look at what would change").click().run()
    assert "Nobody came or left, 24 price changes: total +5%." in told(app)
    app.number_input(key="load-control").set_value(float(weekly(100) + 500)).run()
    assert "the files are £500" in told(app) and "less" in told(app)
    settled(button(app, "Publish").click().run())
    assert here(folder).query("authority == 'Testshire'")["weekly_cost_gbp"].sum() == weekly(100)
    app.segmented_control[0].set_value("loaded").run()
    app.selectbox(key="data-authority").select("Testshire").run()
    button(app, "Roll back now").click().run()
    assert here(folder).query("authority == 'Testshire'")["weekly_cost_gbp"].sum() == weekly()
    assert here(folder).query("authority == 'South'")["weekly_cost_gbp"].sum() == 700.0


def test_files_without_the_costs_that_are_live_are_published_only_when_that_is_meant(app, sent, folder, own):
    sent.files(files())
    check(app)
    publish(app)
    found = files()
    del found["costs.csv"]
    sent.files(found)
    check(app, day=APRIL)
    button(app, "Look at what would change").click().run()
    assert any("these files do not: costs." in each.value.replace("\\", "") for each in app.warning)
    assert button(app, "Publish").disabled
    app.checkbox(key="load-without").check().run()
    settled(button(app, "Publish").click().run())
    assert here(folder).query("authority == 'Testshire'")["weekly_cost_gbp"].isna().all()
    (event, _) = loads.events(own, "Testshire")
    assert "Published without what was live before: costs" in event.told


def test_a_blocking_fault_cannot_be_published_until_it_is_put_right(app, sent, folder):
    sent.files(files(needs_by=10))
    check(app)
    assert "1 rule stops this load" in told(app)
    assert all(each.label != "Look at what would change" for each in app.button)
    settled(app.button(key="load-fix-SCALE_100").click().run())
    assert "can be published" in told(app)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            {"empty__csv": b""},
            "There is nothing to read in what was sent (empty.csv is empty or holds only blanks)",
        ),
        ({"nonsense__csv": b"COLOUR,SIZE\nred,4\n"}, "is one we know"),
        ({"wrong__zip": b"PK\x03\x04 this is no archive"}, "(wrong.zip is no text and no workbook)"),
        ({}, "Choose the files first"),
    ],
)
def test_files_that_are_no_use_are_said_and_nothing_is_kept(app, sent, folder, content, said):
    sent(**content)
    choose(app)
    if any(each.label == "These are right: check the files" for each in app.button):
        settled(button(app, "These are right: check the files").click().run())
    assert said in told(app)
    assert len(history(folder)) == 1


def test_a_refusal_is_said_until_the_reader_goes_back_from_it(app, sent):
    sent(nonsense__csv=b"COLOUR,SIZE\nred,4\n")
    check(app)
    assert "is one we know" in told(app.run())
    button(app, "Back to the columns").click().run()
    assert "is one we know" not in told(app)
    assert "is read as" in told(app)


def test_a_date_and_a_name_are_asked_for(app, sent):
    sent.files(files())
    choose(app, day=None)
    assert "Give the date" in told(app)
    app.date_input(key="load-date").set_value(MARCH)
    field(app, "Its name").input("x")
    button(app, "Read these files").click().run()
    assert "2 to 80 characters" in told(app)


def test_a_name_in_other_letters_is_not_another_authority(app, sent):
    sent.files(files())
    choose(app, "SOUTH")
    assert "is loaded already as “South”" in told(app)


def test_a_name_nearly_like_a_loaded_one_is_published_only_when_another_is_meant(app, sent, folder, own):
    sent.files(files())
    app.selectbox(key="load-authority").select("Another authority …").run()
    field(app, "Its name").input("Suoth").run()
    assert any("Did you mean South?" in each.value and "in the list" in each.value for each in app.warning)
    check(app, authority="Suoth")
    button(app, "Look at what would change").click().run()
    assert any("Did you mean South?" in each.value for each in app.warning)
    assert button(app, "Publish").disabled
    app.checkbox(key="load-another").check().run()
    settled(button(app, "Publish").click().run())
    assert set(here(folder)["authority"]) == {"South", "Suoth"}
    assert "Published as another authority than South" in loads.events(own, "Suoth")[0].told


def test_a_load_that_would_take_every_page_back_is_published_only_when_that_is_meant(app, sent):
    """Pages show the last date that every authority reaches."""
    sent.files(files())
    check(app, day=date(2025, 3, 31))
    button(app, "Look at what would change").click().run()
    assert any("back to 31 March 2025" in each.value for each in app.warning)
    assert button(app, "Publish").disabled
    app.checkbox(key="load-earlier").check().run()
    assert not button(app, "Publish").disabled


def test_what_could_not_be_published_is_not_kept(app, sent, folder, monkeypatch):
    def refused(*_, **__):
        raise StoreError("These cannot live together.")

    before = [card.load_id for card in kept_cards(folder)]
    sent.files(files())
    check(app)
    monkeypatch.setattr("ui.load_publishing.publish", refused)
    publish(app)
    assert "These cannot live together" in told(app)
    assert [card.load_id for card in kept_cards(folder)] == before


def test_a_load_that_is_cancelled_keeps_nothing_and_the_next_one_works(app, sent, folder, monkeypatch):
    started, go_on = threading.Event(), threading.Event()
    whole = load_draft.read_extracts

    def slow(*args, progress, **named):
        progress(0.1, "Reading")
        started.set()
        assert go_on.wait(20)
        return whole(*args, progress=progress, **named)

    monkeypatch.setattr(load_draft, "read_extracts", slow)
    sent.files(files())
    choose(app)
    button(app, "These are right: check the files").click().run()
    assert started.wait(10)
    button(app, "Cancel").click().run()
    go_on.set()
    assert any(each.label == "These are right: check the files" for each in app.button)
    settled(button(app, "These are right: check the files").click().run())
    assert "can be published" in told(app)
    assert len(history(folder)) == 1


def test_a_second_load_waits_for_the_first_and_says_so():
    go_on = threading.Event()
    first = load_jobs.Job(lambda progress: go_on.wait(20))
    second = load_jobs.Job(lambda progress: "read")
    assert not second.done and second.words == "Waiting for another load to finish"
    third = load_jobs.Job(lambda progress: "never")
    third.cancel()
    go_on.set()
    assert (first.answer(), second.answer()) == (True, "read")
    with pytest.raises(load_jobs.Cancelled):
        third.answer()


def test_what_somebody_else_published_meanwhile_is_compared_afresh(app, sent, folder):
    sent.files(files())
    check(app)
    button(app, "Look at what would change").click().run()
    load(folder, "Testshire", MARCH, {"eeee5555": 50.0})
    settled(button(app, "Publish").click().run())
    assert here(folder).query("authority == 'Testshire'")["weekly_cost_gbp"].sum() == 50.0
    publish(app)
    assert here(folder).query("authority == 'Testshire'")["weekly_cost_gbp"].sum() == weekly()


def test_a_folder_that_takes_no_file_is_said_and_the_load_can_be_tried_again(app, sent, folder, monkeypatch):
    sent.files(files())
    check(app)
    button(app, "Look at what would change").click().run()
    with monkeypatch.context() as patched:

        def refused(*_, **__):
            raise PermissionError(13, "Permission denied")

        patched.setattr("vcore.store.parts.made_whole", refused)
        settled(button(app, "Publish").click().run())
        assert "could not be written to" in told(app)
    assert len(history(folder)) == 1
    button(app, "Back to the preview").click().run()
    settled(button(app, "Publish").click().run())
    assert len(here(folder).query("authority == 'Testshire'")) == CHILDREN


def test_without_the_safeguards_files_are_checked_and_not_published(folder, data_folder, visitor, sent):
    ledger = open_ledger(data_folder)
    join(ledger, "ann", "analyst")
    app = opened(visit_as(visitor, ledger, "ann", PAGE))
    assert "data-protection assessment" in told(app)
    sent.files(files())
    check(app)
    button(app, "Look at what would change").click().run()
    assert button(app, "Publish").disabled
    assert not (folder.keys / "pseudonyms.key").exists()


def test_the_first_real_load_closes_the_demonstration_accounts(data_folder, visitor, sent):
    folder = DataFolder(data_folder)
    load(folder, "Fiction", MARCH, {"ffff0000": 9000.0}, demonstration=True)
    ledger = open_ledger(data_folder)
    enable_demonstration_people(ledger)
    join(ledger, "ann", "analyst")
    join(ledger, "abe", "administrator")
    safeguards.record_assessment_reference(ledger, "DPIA-2026-014", by="abe")
    demo = opened(visit_as(visitor, ledger, "demo-analyst", PAGE))
    assert "may look" in words(demo) or "demonstration account" in words(demo)
    app = opened(visit_as(visitor, ledger, "ann", PAGE))
    sent.files(files())
    check(app)
    publish(app)
    assert set(here(folder)["authority"]) == {"Testshire"}
    assert not any(person.active for person in list_people(ledger) if person.demonstration)


def test_an_account_for_one_authority_loads_no_other(own, visitor, sent):
    set_authorities(own, "ann", ["South"], by="abe")
    app = opened(visit_as(visitor, own, "ann", PAGE))
    sent.files(files())
    choose(app, authority="Testshire")
    assert "Your account is for South, not for Testshire" in told(app)


def test_an_account_is_not_told_which_other_authorities_are_loaded(own, visitor, sent):
    set_authorities(own, "ann", ["Suoth", "Sou th"], by="abe")
    app = opened(visit_as(visitor, own, "ann", PAGE))
    sent.files(files())
    app.selectbox(key="load-authority").select("Another authority …").run()
    field(app, "Its name").input("Suoth").run()
    (asked,) = [each.value for each in app.warning]
    assert asked.startswith("A name nearly equal to Suoth is loaded") and "South" not in asked
    check(app, authority="Suoth")
    button(app, "Look at what would change").click().run()
    assert button(app, "Publish").disabled and app.checkbox(key="load-another").label.endswith(
        "the other one"
    )
    assert "South" not in told(app) + "".join(each.value for each in app.warning)
    app.checkbox(key="load-another").check().run()
    settled(button(app, "Publish").click().run())
    assert (
        "Published as another authority than one of a nearly equal name" in loads.events(own, "Suoth")[0].told
    )
    choose(app, authority="Sou th")
    assert "A name nearly equal to Sou th is loaded" in told(app) and "South" not in told(app)


def test_the_first_load_of_an_account_s_only_authority_is_told_no_other_one_s_date(own, visitor, sent):
    set_authorities(own, "ann", ["Testshire"], by="abe")
    app = opened(visit_as(visitor, own, "ann", PAGE))
    sent.files(files())
    check(app, day=APRIL)
    button(app, "Look at what would change").click().run()
    assert not any("31 March 2026" in each.value for each in (*app.info, *app.warning))
    assert not button(app, "Publish").disabled


def test_no_number_of_a_child_reaches_the_screen(app, sent):
    sent.files(files(faults=True))
    check(app)
    app.segmented_control(key="load-report").set_value("By row").run()
    shown = words(app) + " ".join(table.value.to_csv() for table in app.table)
    assert "9999" not in shown and "1002" not in shown


def test_an_older_date_than_the_live_one_is_warned_about(app, sent):
    sent.files(files())
    app.selectbox(key="load-authority").select("South").run()
    app.date_input(key="load-date").set_value(date(2026, 1, 31)).run()
    assert any("roll back instead" in warning.value for warning in app.warning)
