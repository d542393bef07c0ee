"""A child's page: who may open it, what is kept of each opening, and what it says when nobody can be shown."""

from __future__ import annotations

import pandas as pd
import pytest

from ledger import activity, open_ledger, openings
from ledger.grants import allow_child_level
from ledger.people import set_authorities
from tests.ui import populated
from tests.ui.doorstep import button, field, join, visit_as, words
from ui import menu, theme

PAGE = next(entry.path for entry in menu.ENTRIES if entry.stem == "child")
OVERVIEW = next(entry.path for entry in menu.ENTRIES if entry.stem == "overview")
CHILD = "00100"


@pytest.fixture
def ledger(data_folder):
    """The ledger of an app that holds some hundred children."""
    populated.publish_children(data_folder)
    return open_ledger(data_folder)


@pytest.fixture
def app(ledger, visitor):
    """The page as a commissioner comes to it, nobody open."""
    join(ledger, "ann", "commissioner")
    return visit_as(visitor, ledger, "ann", PAGE)


def open_by_code(app, code):
    field(app, "Short code of a child").input(code)
    return button(app, "Open").click().run()


def opened(ledger):
    return [(line.who, line.what, line.child_id) for line in openings.recent(ledger)]


def test_nobody_is_open_at_first_and_nothing_is_kept(app, ledger):
    assert "No child is open" in words(app)
    assert opened(ledger) == []


def test_a_code_opens_a_child_and_it_is_kept_once_while_one_stays(app, ledger):
    open_by_code(app, CHILD)
    assert app.title[0].value.startswith("Child 00100 · ")
    app.run()
    assert opened(ledger) == [("ann", "opened a child", CHILD)]
    (line,) = (line for line in activity.recent(ledger) if line.what == "opened a child")
    assert (line.who, CHILD in line.detail) == ("ann", False)


def test_coming_back_is_another_opening(app, ledger):
    open_by_code(app, CHILD)
    app.switch_page(str(OVERVIEW)).run()
    app.switch_page(str(PAGE)).run()
    assert app.title[0].value.startswith("Child 00100 · ")
    assert opened(ledger) == [("ann", "opened a child", CHILD)] * 2


@pytest.mark.parametrize("code", ["0010", "9", "not a code"])
def test_a_code_of_nobody_or_of_several_opens_nobody(app, ledger, code):
    open_by_code(app, code)
    assert "No single child" in words(app)
    assert opened(ledger) == []


def test_no_child_stands_in_the_address(app):
    open_by_code(app, CHILD)
    assert CHILD not in str(dict(app.query_params))


@pytest.mark.parametrize("role", ["director", "finance", "administrator"])
def test_others_are_told_whom_it_is_for_and_nothing_is_kept(ledger, visitor, role):
    join(ledger, "ben", role)
    app = visit_as(visitor, ledger, "ben", PAGE)
    app.session_state["child_open"] = CHILD
    app.run()
    assert "may not see children one by one" in words(app)
    assert CHILD not in words(app)
    assert opened(ledger) == []


def test_a_director_with_child_level_opens_a_child_and_it_is_kept(ledger, visitor):
    join(ledger, "dee", "director")
    allow_child_level(ledger, "dee", True, "chairs the resource panel")
    app = visit_as(visitor, ledger, "dee", PAGE)
    open_by_code(app, CHILD)
    assert app.title[0].value.startswith("Child 00100 · ")
    assert opened(ledger) == [("dee", "opened a child", CHILD)]


def test_a_child_of_another_authority_is_not_opened(ledger, visitor):
    elsewhere = next(child for child in populated.children() if child["authority"] == "South")["child_id"]
    join(ledger, "ann", "commissioner")
    set_authorities(ledger, "ann", ["North"])
    app = visit_as(visitor, ledger, "ann", PAGE)
    open_by_code(app, elsewhere)
    assert "No single child" in words(app)
    app.session_state["child_open"] = elsewhere
    app.run()
    assert app.title[0].value == "Child" and "not among the children" in str(app.warning[0].value)
    assert opened(ledger) == []


def test_not_on_a_projected_screen(app, ledger):
    open_by_code(app, CHILD)
    app.session_state["presenting"] = True
    app.run()
    assert "projected screen" in app.warning[0].value and "Child 00100" not in words(app)


def test_their_words_come_before_any_number_and_missing_is_said(app):
    open_by_code(app, CHILD)
    first = next(element.proto.body for element in app.get("html") if "cve-voice" in element.proto.body)
    assert "Nothing is written down in their own words." in first and "No goals are written down." in first
    row = pd.DataFrame(populated.children()).set_index("child_id").loc[CHILD]
    said = " ".join(str(caption.value) for caption in app.caption)
    assert theme.date_words(row["assessed_on"]) in said
    assert "no strengths and difficulties score recorded" in said


def test_similar_children_are_listed_need_before_cost(app):
    open_by_code(app, CHILD)
    (table,) = (each.value for each in app.table if "How near" in each.value.columns)
    rows = populated.store().cohort().children.set_index("child_id")
    assert len(table) == 12 and CHILD not in set(table["Child"])
    costs = rows.loc[list(table["Child"]), "weekly_cost_gbp"]
    assert list(table["Weekly cost"]) == ["not recorded" if pd.isna(c) else f"£{c:,.0f}" for c in costs]
    assert list(table.columns).index("Total need") < list(table.columns).index("Weekly cost")


def test_opening_a_similar_child_is_kept(app, ledger):
    open_by_code(app, CHILD)
    (table,) = (each.value for each in app.table if "How near" in each.value.columns)
    app.selectbox(key="similar-child").select_index(1)
    button(app, "Open this child").click().run()
    other = table["Child"].iloc[1]
    assert app.title[0].value.startswith(f"Child {other} · ")
    assert [child_id for _, _, child_id in opened(ledger)] == [other, CHILD]


def test_a_child_without_an_assessment_is_said_to_be_unknown(app):
    bare = next(child for child in populated.children() if child["scores"] is None)["child_id"]
    open_by_code(app, bare)
    said = " ".join([words(app), *(str(caption.value) for caption in app.caption)])
    assert "Never assessed" in said and "nobody can be said to be similar" in said
    assert not app.exception
