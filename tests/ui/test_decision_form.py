"""The form for a decision: what it asks, what it records, and that no typed word is lost or moves to another child."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from ledger import activity, decisions, open_ledger, passwords, sign_ins
from ledger.decision_states import State
from ledger.people import find_person
from tests.small import AS_OF
from tests.ui import populated
from tests.ui.doorstep import button, join
from vcore.settings import settings

CHILDREN = populated.store().cohort().children
HOME = CHILDREN[(CHILDREN["setting_detail"] == "private_residential") & CHILDREN["weekly_cost_gbp"].notna()]
CHILD, OTHER = HOME["child_id"].iloc[0], HOME["child_id"].iloc[1]
BEGAN = date(2024, 3, 31)  # every placement of these children


def _page():
    import streamlit as st

    from ui import decision_form
    from vcore.errors import VcoreError

    try:
        decision_form.draw(st.session_state["child"])
    except VcoreError as refusal:
        st.error(str(refusal))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A data folder with the children, published once."""
    folder = tmp_path_factory.mktemp("decisions")
    populated.publish_children(folder)
    return folder


@pytest.fixture
def ledger(published, tmp_path, monkeypatch):
    """A ledger of one's own beside the published children, with two commissioners."""
    monkeypatch.setattr(passwords, "_ROUNDS", 4)
    monkeypatch.setenv("VCORE_DATA_FOLDER", str(published))
    monkeypatch.setenv("VCORE_LEDGER_URL", f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    settings.cache_clear()
    found = open_ledger(published)
    monkeypatch.setattr("ui.session.ledger", lambda: found)
    for username in ("ann", "bob"):
        join(found, username, "commissioner")
    yield found
    settings.cache_clear()


@pytest.fixture
def form(ledger):
    """The form of a child as somebody finds it."""

    def form(child=CHILD, username="ann"):
        app = AppTest.from_function(_page, default_timeout=30)
        app.session_state["child"] = child
        app.session_state["sign_in"] = sign_ins.start(ledger, username, "10.0.0.1").sign_in
        return app.run()

    return form


def said(app):
    kinds = ("markdown", "caption", "warning", "error")
    return " ".join(str(each.value) for kind in kinds for each in app.get(kind)).replace("\\", "")


def choose(app, state):
    app.button_group[0].set_value(State(state)).run()
    return app


def labelled(widgets, label):
    (found,) = (each for each in widgets if each.label.startswith(label))
    return found


def bob_decides(ledger, child=CHILD, **details):
    bob = find_person(ledger, "bob")
    details = {"authority": "North", "placement_started": BEGAN, "seen": None} | details
    return decisions.record(ledger, bob, child, details.pop("state", "suitable"), **details)


def test_what_is_agreed_is_recorded_with_its_plan(ledger, form):
    app = form()
    assert "Nothing has been decided" in said(app)
    choose(app, "agreed")
    labelled(app.selectbox, "Planned home").set_value("independent_fostering").run()
    cost = CHILDREN.set_index("child_id")["social_care_cost_gbp"][CHILD]
    there = CHILDREN.loc[CHILDREN["setting_detail"] == "independent_fostering", "weekly_cost_gbp"].quantile(
        0.75
    )
    assert app.number_input[0].value == round(cost - there)
    app.number_input[0].set_value(1_234.0)
    labelled(app.date_input, "Planned start").set_value(date(2026, 6, 1))
    labelled(app.date_input, "Next date").set_value(None)
    app.text_area[0].set_value("A carer is found.")
    button(app, "Record decision").click().run()
    (made,) = decisions.history(ledger, CHILD)
    assert (made.state, made.who, made.placement_started, made.destination) == (
        "agreed", "ann", BEGAN, "independent_fostering",
    )  # fmt: skip
    assert (made.weekly_saving_gbp, made.planned_start, made.note) == (
        1_234.0,
        date(2026, 6, 1),
        "A carer is found.",
    )
    assert made.authority == CHILDREN.set_index("child_id")["authority"][CHILD]
    assert "agreed" in said(app)
    assert not app.text_area  # the form is empty again
    assert activity.recent(ledger, 1)[0].detail == "agreed"


def test_what_is_missing_is_said_and_what_is_typed_stays(ledger, form):
    app = choose(form(), "not_suitable")
    app.text_area[0].set_value("long thought about")
    button(app, "Record decision").click().run()
    assert "choose a reason" in said(app)
    assert app.text_area[0].value == "long thought about"
    assert decisions.history(ledger, CHILD) == []


def test_two_at_once_the_second_is_told_keeps_the_words_and_can_record_them(ledger, form):
    app = choose(form(), "needs_more")
    app.text_area[0].set_value("ask the school")
    first = bob_decides(ledger, state="not_suitable", reason="childs_wishes")
    button(app, "Record decision").click().run()
    assert "Bob wrote “not suitable: the child wants to stay”" in said(app)
    assert decisions.history(ledger, CHILD) == [first]
    assert app.text_area[0].value == "ask the school"
    button(app, "Record decision").click().run()
    assert [each.note for each in decisions.history(ledger, CHILD)] == ["", "ask the school"]


def test_words_about_one_child_never_stand_beside_another(form):
    app = choose(form(), "needs_more")
    app.text_area[0].set_value("only about this child").run()
    app.session_state["child"] = OTHER
    choose(app.run(), "needs_more")
    assert app.text_area[0].value == ""


@pytest.mark.parametrize(
    ("began", "said_beside"),
    [
        (BEGAN, ""),
        (date(2024, 3, 30), "about the placement that began on 30 March 2024, which has since ended"),
    ],
)
def test_a_decision_about_a_placement_that_has_ended_says_so(ledger, form, began, said_beside):
    bob_decides(ledger, placement_started=began)
    text = said(form())
    assert "Bob · suitable" in text
    assert (said_beside in text) if said_beside else ("since ended" not in text)


def test_a_child_gone_from_the_new_load_keeps_its_decisions_and_can_only_move_or_end(ledger, form):
    bob_decides(ledger, child="gone")
    app = form("gone")
    assert "not in care in the latest data (31 March 2026)" in said(app)
    assert date(2026, 3, 31) == AS_OF
    assert [each.content for each in app.button_group[0].proto.options] == ["Moved", "Ended"]
    choose(app, "ended")
    app.selectbox[0].set_value("left_care")
    button(app, "Record decision").click().run()
    assert [each.state for each in decisions.history(ledger, "gone")] == ["suitable", "ended"]


def test_nothing_about_a_child_nobody_here_knows(form):
    app = form("unknown")
    assert not app.button_group
    assert "not in care" in said(app)


def test_no_id_reaches_the_browser(ledger, form):
    bob_decides(ledger)
    app = choose(form(), "agreed")
    assert CHILD not in str(app.main)
    assert all(
        CHILD not in str(widget.proto)
        for kind in ("button", "date_input", "text_area")
        for widget in app.get(kind)
    )


@pytest.mark.parametrize("role", ["director", "finance", "administrator"])
def test_nobody_else_is_shown_a_decision(ledger, form, role):
    join(ledger, "dee", role)
    app = form(username="dee")
    assert app.error[0].value.startswith(f"Your account ({role}) may not see children")
    assert not app.button_group
