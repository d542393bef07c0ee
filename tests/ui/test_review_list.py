"""The review list on its page: who may open it, what is kept of it, and its designed states."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ledger import activity, open_ledger, openings
from tests.ui import populated
from tests.ui.doorstep import MAIN, cookie_of, join, words
from ui import menu
from ui.doorway import COOKIE
from ui.review_link import read, written
from vcore.facts.domains import NeedModel
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
    ],
)
def test_what_a_link_cannot_say_is_named(part, why):
    rule, (problem,) = read([part, "need_total:..24"], NEEDS)
    assert part.split(":")[0] in problem.words and why in problem.words
    assert [one.key for one in rule.conditions] == ["need_total"]
