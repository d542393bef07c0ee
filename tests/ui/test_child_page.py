"""A child's page: who may open it, what is kept of each opening, and what it says when nobody can be shown."""

from __future__ import annotations

import io
from datetime import date

import pandas as pd
import pytest

from ledger import activity, decisions, open_ledger, openings
from ledger.decision_states import State
from ledger.grants import allow_child_level
from ledger.people import find_person, set_authorities
from tests.ui import populated
from tests.ui.doorstep import button, field, heading, join, visit_as, words
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


def similar_table(app):
    """The table as a reader sees it."""
    (drawn,) = (each.proto.body for each in app.get("html") if "How near" in each.proto.body)
    (table,) = pd.read_html(io.StringIO(drawn), converters={"Child": str})
    return table


def opened(ledger):
    return [(line.who, line.what, line.child_id) for line in openings.recent(ledger)]


def test_nobody_is_open_at_first_and_nothing_is_kept(app, ledger):
    assert "No child is open" in words(app)
    assert opened(ledger) == []


def test_a_code_opens_a_child_and_it_is_kept_once_while_one_stays(app, ledger):
    open_by_code(app, CHILD)
    assert heading(app).startswith("Child 00100 · ")
    app.run()
    assert opened(ledger) == [("ann", "opened a child", CHILD)]
    (line,) = (line for line in activity.recent(ledger) if line.what == "opened a child")
    assert (line.who, CHILD in line.detail) == ("ann", False)


def test_coming_back_is_another_opening(app, ledger):
    open_by_code(app, CHILD)
    app.switch_page(str(OVERVIEW)).run()
    app.switch_page(str(PAGE)).run()
    assert heading(app).startswith("Child 00100 · ")
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
    assert heading(app).startswith("Child 00100 · ")
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


@pytest.mark.parametrize(("of", "closes"), [("North", True), ("South", False)])
def test_what_was_decided_about_a_child_gone_from_the_data_can_be_closed_by_their_authority(
    ledger, visitor, of, closes
):
    gone = "ffff3456789abcde"
    join(ledger, "ann", "commissioner")
    decisions.record(
        ledger, find_person(ledger, "ann"), gone, "agreed", authority=of, placement_started=date(2024, 3, 31),
        seen=None, planned_start=date(2026, 6, 1), weekly_saving_gbp=500.0,
    )  # fmt: skip
    set_authorities(ledger, "ann", ["North"])
    app = visit_as(visitor, ledger, "ann", PAGE)
    app.session_state["child_open"] = gone
    app.run()
    assert "not among the children" in str(app.warning[0].value)
    assert opened(ledger) == [("ann", "opened a child", gone)] * closes
    assert [each.value for each in app.header] == ["Decisions about child FFFF"] * closes
    if not closes:
        assert not app.button_group
        return
    app.button_group[0].set_value(State.ENDED).run()
    app.selectbox[0].set_value("left_care")
    button(app, "Record decision").click().run()
    assert [each.state for each in decisions.history(ledger, gone)] == ["agreed", "ended"]


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
    assert theme.date_words(row["assessed_on"]) in first
    assert "no strengths and difficulties score recorded" in first


def test_similar_children_are_listed_need_before_cost(app):
    open_by_code(app, CHILD)
    table = similar_table(app)
    rows = populated.store().cohort().children.set_index("child_id")
    assert len(table) == 12 and CHILD not in set(table["Child"])
    costs = rows.loc[list(table["Child"]), "weekly_cost_gbp"]
    assert list(table["Weekly cost"]) == ["not recorded" if pd.isna(c) else f"£{c:,.0f}" for c in costs]
    assert list(table.columns).index("Total need") < list(table.columns).index("Weekly cost")


def test_opening_a_similar_child_is_kept(app, ledger):
    open_by_code(app, CHILD)
    table = similar_table(app)
    app.selectbox(key="similar-child").select_index(1)
    button(app, "Open this child").click().run()
    other = table["Child"].iloc[1]
    assert heading(app).startswith(f"Child {other} · ")
    assert [child_id for _, _, child_id in opened(ledger)] == [other, CHILD]


def test_a_child_without_an_assessment_is_said_to_be_unknown(app):
    bare = next(child for child in populated.children() if child["scores"] is None)["child_id"]
    open_by_code(app, bare)
    said = " ".join([words(app), *(piece.proto.body for piece in app.get("html"))])
    assert "Never assessed" in said and "nobody can be said to be similar" in said
    assert not app.exception
