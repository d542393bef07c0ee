"""The review list on its page: who may open it, what is kept of it, and its designed states."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ledger import activity, open_ledger, openings
from ledger.grants import allow_child_level
from tests import small
from tests.ui import populated
from tests.ui.doorstep import MAIN, cookie_of, join, words
from ui import menu, review_file, review_places, review_rows, review_steps, review_words
from ui.disclosure import Gate
from ui.doorway import COOKIE
from ui.review_file import WHAT
from ui.review_link import read, written
from vcore.facts.domains import NeedModel
from vcore.measures.review import PURPOSES, ReviewRule, Within, sift
from vcore.measures.review.places import matching
from vcore.measures.review.presets import presets
from vcore.settings import settings

PAGE = next(entry.path for entry in menu.ENTRIES if entry.stem == "review_list")
ROWS = populated.store().cohort().children
NEEDS = NeedModel()


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A data folder of the generated children."""
    folder = tmp_path_factory.mktemp("published")
    populated.publish_children(folder)
    return folder


@pytest.fixture
def ledger(published, monkeypatch, tmp_path):
    """The ledger of an app that holds them."""
    monkeypatch.setenv("VCORE_DATA_FOLDER", str(published))
    monkeypatch.setenv("VCORE_LEDGER_URL", f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    settings.cache_clear()
    found = open_ledger(published)
    monkeypatch.setattr("ui.session.ledger", lambda: found)
    yield found
    settings.cache_clear()


def opened(ledger, visitor, role: str, **link) -> AppTest:
    join(ledger, "ann", role)
    visitor.cookies[COOKIE] = cookie_of(ledger, "ann")
    app = AppTest.from_file(MAIN, default_timeout=30)
    app.query_params.update(link)
    return app.run().switch_page(str(PAGE)).run()


def said(app: AppTest) -> str:
    return "\n".join(
        [words(app), *(str(each.proto) for kind in ("html", "caption", "warning") for each in app.get(kind))]
    )


@pytest.mark.parametrize("role", ["director", "finance", "administrator"])
def test_whoever_may_not_see_children_sees_no_list(ledger, visitor, role):
    app = opened(ledger, visitor, role)
    assert "may not see children one by one" in app.info[0].value
    assert not app.dataframe
    assert openings.recent(ledger) == []


def test_a_director_with_child_level_sees_the_list_from_the_next_run_until_it_is_taken_away(ledger, visitor):
    app = opened(ledger, visitor, "director")
    assert not app.dataframe
    allow_child_level(ledger, "ann", True, "chairs the resource panel")
    assert len(app.run().dataframe) == 1
    (kept,) = openings.recent(ledger)
    assert (kept.who, kept.children) == ("ann", len(app.dataframe[0].value))
    allow_child_level(ledger, "ann", False)
    assert not app.run().dataframe


def test_a_list_is_kept_once_and_its_activity_names_no_child(ledger, visitor):
    app = opened(ledger, visitor, "commissioner")
    assert not app.exception
    (table,) = app.dataframe
    app.run()
    (kept,) = openings.recent(ledger)
    assert (kept.who, kept.child_id, kept.children) == ("ann", None, len(table.value))
    assert "Children in residential, with no severe and complex need" in kept.cohort
    lines = [line for line in activity.recent(ledger) if line.what == openings.LIST]
    assert len(lines) == 1
    everything = f"{kept} {lines} {app.query_params} {table.value.to_csv()}"
    assert not [child for child in ROWS["child_id"] if child.lower() in everything.lower() and len(child) > 8]


@pytest.mark.parametrize("link", [{"ethnicities": "Mixed"}, {"uasc": "not_recorded"}])
def test_no_list_is_made_of_children_picked_by_who_they_are(ledger, visitor, link):
    app = opened(ledger, visitor, "commissioner", **link)
    assert app.title[0].value == "No list of these children"
    assert not app.dataframe and openings.recent(ledger) == []


def test_an_empty_list_says_what_empties_it_and_takes_it_away(ledger, visitor):
    app = opened(ledger, visitor, "analyst", review=["lives_in:residential", "need_total:129.."])
    assert "Nobody to discuss" in said(app) and "Nobody left is with a total need of 129 or more." in said(
        app
    )
    assert not app.dataframe
    (way,) = [button for button in app.button if button.label.startswith("Take away “with a total need")]
    app = way.click().run()
    assert len(app.dataframe[0].value) == min(50, int((ROWS["setting"] == "residential").sum()))


def test_a_link_that_cannot_be_followed_shows_no_list(ledger, visitor):
    app = opened(ledger, visitor, "commissioner", review=["for:family", "sex:F", "age:..12"])
    assert app.title[0].value == "This link cannot be followed as it is"
    assert "sex" in app.warning[0].value and not app.dataframe
    assert openings.recent(ledger) == []


def test_a_presented_list_shows_nobody(ledger, visitor):
    app = opened(ledger, visitor, "commissioner", present="1")
    assert not app.dataframe and openings.recent(ledger) == []


@pytest.mark.parametrize("preset", presets(populated.AS_OF), ids=lambda preset: preset.label)
def test_a_rule_survives_its_link(preset):
    again, problems = read(written(preset.rule), NEEDS)
    assert (again, problems) == (preset.rule, ())


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("for:saving", "Did you mean"),
        ("lives_in:castle", "not a setting"),
        ("ethnicity:White", "not a condition of a review list"),
        ("age:12", "Write a span such as age:5..10"),
        ("age:a..b", "“a” is not a number"),
        ("age:..", "from how much"),
        ("age:12..5", "holds nobody"),
        ("level-karate:severe..", "not a domain of need here"),
        ("level-self_care:none..", "Every level"),
        ("screens:everyone", "not a screen"),
        ("signal:karate.5", "not a limit of the breakdown signal"),
        ("signal:total.many", "valid integer"),
        ("signal:total.-1", "greater than or equal to 0"),
    ],
)
def test_what_a_link_cannot_say_is_named(part, why):
    rule, (problem,) = read([part, "need_total:..24"], NEEDS)
    assert part.split(":")[0] in problem.words and why in problem.words
    assert [one.key for one in rule.conditions] == ["need_total"]


def test_a_whole_list_leaves_as_one_file_and_every_child_in_it_is_kept(ledger, visitor, monkeypatch):
    given = {}
    monkeypatch.setattr("ui.take_away.st.download_button", lambda label, **how: given.update(how))
    opened(ledger, visitor, "commissioner", review=["lives_in:residential", "need_total:..200"])
    assert given["file_name"] == "demonstration-review-list-restricted-2026-03-31.csv"
    assert not [one for one in openings.recent(ledger) if one.what == WHAT], "nothing has been taken yet"
    file = pd.read_csv(BytesIO(given["data"]()), encoding="utf-8-sig")
    expected = ROWS[ROWS["setting"].eq("residential") & ROWS["need_total"].notna()].sort_values(
        ["need_total", "child_id"]
    )
    assert len(file) == len(expected) > 50, "a file has every page"
    assert sorted(file["Need"]) == sorted(expected["need_total"])
    assert set(file["Source"]) == {
        "Care Value Explorer · Demonstration data: these children are fictional · 31 March 2026"
    }
    assert set(file["List"]) == {
        "Children in residential, with a total need of 200 or less: to discuss whether price follows need."
    }
    assert not [child for child in ROWS["child_id"] if len(child) > 12 and child in file.to_csv()]
    left = [one for one in openings.recent(ledger, 500) if one.what == WHAT]
    assert sorted(one.child_id for one in left) == sorted(expected["child_id"])
    (line,) = [one for one in activity.recent(ledger) if one.what == WHAT]
    assert line.detail.startswith(f"{len(expected)} children · ")


def test_a_cell_of_the_file_never_runs_as_a_formula():
    table = pd.DataFrame({"Decision": ["=1+1", "not suitable"], "Home": ["@x", "y"]})
    assert review_file._bytes(table).decode("utf-8-sig").splitlines() == [
        "Decision,Home",
        "'=1+1,'@x",
        "not suitable,y",
    ]


def test_the_list_shows_what_was_decided_and_a_child_who_is_gone(ledger, visitor, monkeypatch):
    monkeypatch.setattr("ui.decisions.latest", lambda ids: {ids[0]: SimpleNamespace(told="not suitable: x")})
    monkeypatch.setattr("ui.child_choice.chosen", lambda: ("nobody-here", str(ROWS["child_id"].iloc[0])))
    app = opened(ledger, visitor, "commissioner")
    assert app.dataframe[0].value["Decision"].tolist()[0] == "not suitable: x"
    assert set(app.dataframe[0].value["Decision"].tolist()[1:]) == {review_rows.NOTHING}
    assert "1 child of your huddle is not in care in this data." in said(app)


def test_nothing_known_of_need_says_so(ledger, visitor):
    app = opened(ledger, visitor, "commissioner", settings="parents_or_adoption", review="weekly_cost:1..")
    assert "nothing recorded says who is costing £1 or more a week" in said(app)


def test_limits_that_no_rule_takes_away_are_said_with_the_children_they_leave():
    two = small.store([small.child("a"), small.child("b", setting_detail="secure_home")]).cohort()
    for rule, said_of_it in (
        (
            ReviewRule(purpose="family"),
            "Always: not in a secure or specialist home, nor deprived of liberty (1).",
        ),
        (ReviewRule(purpose="price"), ""),
    ):
        assert review_words.always(sift(two, rule), Gate(sees_small=True)) == said_of_it


def test_children_of_whom_nobody_is_assessed_say_so(monkeypatch):
    said = []
    monkeypatch.setattr("ui.review_steps.st.write", said.append)
    monkeypatch.setattr("ui.review_steps.st.button", lambda label, **_: said.append(label))
    few = small.store([small.child("a", scores=None), small.child("b", scores=None)]).cohort()
    rule = ReviewRule(conditions=(Within(fact="need_total", high=20),))
    review_steps.draw_nobody(few, rule, sift(few, rule), None, Gate(sees_small=True))
    assert said[:2] == [
        "Of the children left nothing recorded says who is with a total need of 20 or less.",
        review_words.UNASSESSED,
    ]
    assert said[2].startswith("Take away “with a total need of 20 or less”: leaves 2 children")


@pytest.mark.parametrize(
    ("gate", "n"),
    [(Gate(sees_small=True), "1 child"), (Gate(sees_small=False), "children (number hidden: c)")],
)
def test_who_is_not_listed_because_nothing_is_recorded_is_counted(gate, n):
    two = small.store([small.child("a"), small.child("b", scores=None)]).cohort()
    rule = ReviewRule(conditions=(Within(fact="need_total", high=20),))
    said_of_it = f"Not listed, because it is not recorded: “with a total need of 20 or less” for {n}."
    assert review_words.not_told(sift(two, rule), gate) == said_of_it


PLACES = pd.DataFrame(
    [
        ("North", "in_house_fostering", "2026-02-01", 10, 1),
        ("North", "in_house_fostering", "2026-03-01", 10, 7),
        ("South", "in_house_fostering", "2026-03-01", 4, 5),  # more than approved: none free
        ("East", "independent_fostering", "2026-03-01", 9, 8),
        ("North", "private_residential", "2026-03-01", 90, 0),
    ],
    columns=["authority", "setting_detail", "month", "approved", "filled"],
).astype({"month": "datetime64[us]"})
FAMILY = ReviewRule(purpose="family")


@pytest.mark.parametrize(
    ("councils", "words_"),
    [
        (
            ["North"] * 5 + ["South"] * 7,
            "12 to discuss, 3 free places match (March 2026, council by council).",
        ),
        (["North"] * 2 + ["East"] * 3, "5 to discuss, 3 free places match (March 2026, council by council)."),
        (["East"], "1 to discuss, 1 free place matches (March 2026, council by council)."),
        (["West"], "1 to discuss, 0 free places match (March 2026, council by council)."),
    ],
)
def test_places_beside_the_list_are_counted_council_by_council(councils, words_):
    found = matching(PLACES, np.array(councils), PURPOSES["family"].moves_to)
    assert (found.free, found.month) == (4, date(2026, 3, 1))
    assert review_places.line(found, FAMILY) == words_


def test_places_nobody_records_and_talks_without_a_move():
    none = matching(PLACES, np.array(["North"]), PURPOSES["supported"].moves_to)
    assert review_places.line(none, ReviewRule(purpose="supported")) == (
        "1 to discuss; no council here records its places in supported accommodation."
    )
    assert review_places.line(none, ReviewRule(purpose="price")) == ""


def test_places_by_home_and_month():
    assert review_places.table(PLACES).to_numpy().tolist() == [
        ["In-house fostering", "March 2026", "14", "12", "2"],
        ["In-house fostering", "February 2026", "10", "1", "9"],
        ["Agency fostering", "March 2026", "9", "8", "1"],
        ["Children's home (private)", "March 2026", "90", "0", "90"],
    ]
