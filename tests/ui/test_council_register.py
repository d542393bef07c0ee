"""The council's register on the screen: finance changes it, new scenarios follow, and what was made stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from ledger import open_ledger
from ledger.assumption_edits import APPS_OWN, NO_EDIT, AssumptionEdit, Entry, edit_assumption, history
from ledger.demonstration import enable_demonstration_people
from ledger.people import find_person
from tests.ui import populated
from tests.ui.doorstep import MAIN, cookie_of, join, words
from tests.ui.test_cohort_bar import press
from ui import assumption_form, council_register, register_notice
from ui.doorway import COOKIE
from ui.menu import PAGES_FOLDER
from vcore.facts.assumptions import register

PLAN = PAGES_FOLDER / "decide" / "money_plan.py"
SCENARIO = PAGES_FOLDER / "decide" / "scenario.py"
OURS = Entry(0.55, 0.4, 0.7, "Our own moves, 2023 to 2026", "finance", "2026-04", "medium", "31 of 56 held.")
WHEN = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)


@pytest.fixture
def ledger(data_folder):
    """The ledger of an app that holds the generated children."""
    populated.publish_children(data_folder)
    ledger = open_ledger(data_folder)
    enable_demonstration_people(ledger)
    for username, role in (("fin", "finance"), ("dir", "director")):
        join(ledger, username, role)
    return ledger


def open_page(ledger, visitor, username, page, **parameters):
    """A page as somebody finds it in a fresh tab, at a link."""
    visitor.cookies[COOKIE] = cookie_of(ledger, username)
    app = AppTest.from_file(MAIN, default_timeout=60)
    app.query_params.update(parameters)
    return app.run().switch_page(str(page)).run()


def html(app) -> str:
    return "".join(str(each.proto) for each in app.get("html"))


def captions(app) -> str:
    return " ".join(caption.value for caption in app.caption)


def keep_button(app) -> str:
    return next(str(each.key) for each in app.button if "Keep it" in each.label)


def test_finance_changes_a_number_and_the_screens_follow(ledger, visitor):
    app = open_page(ledger, visitor, "fin", PLAN, plan="assumptions")
    app.session_state["register-change"] = True
    app.run()
    app.selectbox(key="assumption-choice").set_value("holds_share").run()
    field = f"assumption-holds_share-{NO_EDIT}-"
    app.number_input(key=f"{field}value").set_value(140.0)
    app.text_input(key=f"{field}source").input("Our own moves")
    press(app, keep_button(app))
    assert "outside its limits of 0% to 100%, because a share is at most all of them" in app.error[0].value
    assert history(ledger, find_person(ledger, "fin")) == []
    app.number_input(key=f"{field}value").set_value(55.0)
    press(app, keep_button(app))
    (edit,) = history(ledger, find_person(ledger, "fin"))
    assert (edit.entry.value, edit.entry.source, edit.who) == (0.55, "Our own moves", "fin")
    assert "Moves that hold is 55%" in words(app)
    assert "Fin, " in html(app)  # who and when, in the table
    fresh = open_page(ledger, visitor, "dir", SCENARIO)
    assert "holds:0.55" in str(fresh.query_params.get("step_down")) or "55%" in html(fresh)


def test_a_reader_who_may_not_change_it_sees_no_form(ledger, visitor):
    edit_assumption(ledger, find_person(ledger, "fin"), "holds_share", OURS, seen=NO_EDIT)
    app = open_page(ledger, visitor, "dir", PLAN, plan="assumptions")
    assert "55%" in html(app) and "Fin, " in html(app) and "Our own moves, 2023 to 2026" in html(app)
    assert not [each for each in app.expander if each.label.startswith("Change")]
    assert [each for each in app.expander if each.label.startswith("What was changed")]


def test_a_scenario_made_before_keeps_its_numbers_until_asked(ledger, visitor):
    app = open_page(ledger, visitor, "dir", PLAN, plan="assumptions", step_down="matched:0.5,holds:0.64")
    edit_assumption(ledger, find_person(ledger, "fin"), "holds_share", OURS, seen=NO_EDIT)
    app.run()
    assert "1 assumption has other numbers now" in words(app) and "“Moves that hold”" in words(app)
    assert "kept with this scenario" in html(app)
    press(app, "register-follow")
    assert "other numbers now" not in words(app)
    assert "holds:0.55" in str(app.query_params["step_down"])
    assert "holds_share:0.55:0.4:0.7" in str(app.query_params["own_numbers"])


def test_the_history_says_what_each_change_took_the_place_of():
    other = Entry(0.6, 0.4, 0.7, "Panel of *June*", "panel", "2026-06", "low", "Seen again.")
    weeks = replace(OURS, value=30.0, low=20.0, high=40.0)
    edits = [
        AssumptionEdit(1, "holds_share", WHEN, "fin", "Fin", OURS),
        AssumptionEdit(2, "support_weeks", WHEN, "fin", "Fin", weeks),
        AssumptionEdit(3, "holds_share", WHEN + timedelta(minutes=2), "zoe", "Zoe", other),
        AssumptionEdit(4, "no_longer_asked", WHEN, "fin", "Fin", OURS),
        AssumptionEdit(5, "holds_share", WHEN + timedelta(minutes=9), "fin", "Fin", APPS_OWN),
    ]
    table = assumption_form.history_table(edits[::-1])
    ours, theirs, shipped = "55% (40% to 70%)", "60% (40% to 70%)", "64% (47% to 79%)"
    assert table["When (UTC)"].tolist() == [
        "22/11/2026 09:14", "22/11/2026 09:07", "22/11/2026 09:05", "22/11/2026 09:05",
    ]  # fmt: skip
    assert table["Who"].tolist() == ["Fin", "Zoe", "Fin", "Fin"]
    moves = table[table["Assumption"] == "Moves that hold"]
    assert moves["It was"].tolist() == [theirs, ours, shipped]
    assert moves["It became"].tolist() == [shipped, theirs, ours]
    assert moves["Quality"].tolist() == ["low → high", "medium → low", "high → medium"]
    assert moves["Kept by"].tolist() == [
        "panel → commissioning", "finance → panel", "commissioning → finance",
    ]  # fmt: skip
    assert moves["Source"].tolist() == ["as the app comes", "Panel of \\*June\\*", OURS.source]


def test_of_two_changes_on_one_day_each_can_be_put_back(ledger, visitor):
    fin = find_person(ledger, "fin")
    first = edit_assumption(ledger, fin, "holds_share", OURS, seen=NO_EDIT)
    second = edit_assumption(ledger, fin, "holds_share", replace(OURS, quality="low"), seen=first)
    third = edit_assumption(ledger, fin, "holds_share", replace(OURS, owner="panel"), seen=second)
    app = open_page(ledger, visitor, "fin", PLAN, plan="assumptions")
    app.session_state["register-change"] = True
    app.run()
    app.selectbox(key="assumption-choice").set_value("holds_share").run()
    at = {edit.id: f"{edit.at:%H:%M} UTC" for edit in history(ledger, fin)}
    back = app.selectbox(key=f"assumption-holds_share-{third}-back")
    assert [option.split(", ")[-1] for option in back.options[:2]] == [at[second], at[first]]
    assert "Quality low, kept by finance" in captions(app)
    back.set_value(first).run()
    assert "Quality medium, kept by finance" in captions(app)
    press(app, f"assumption-holds_share-{third}-undo")
    assert history(ledger, fin)[0].entry == OURS


def test_what_changed_is_told_in_words():
    known = register()["holds_share"]
    edit = AssumptionEdit(3, "holds_share", WHEN, "fin", "Fin", OURS)
    found = council_register.edited(known, edit)
    assert (found.value, found.source, found.changed) == (0.55, OURS.source, "Fin, 22 November 2026")
    back = council_register.edited(known, AssumptionEdit(4, "holds_share", WHEN, "fin", "Fin", APPS_OWN))
    assert (back.value, back.changed) == (0.64, "the app's own again: Fin, 22 November 2026")
    assert "4 assumptions have other numbers now (“A”, “B”, “C” and 1 more)" in register_notice.words(
        ("A", "B", "C", "D")
    )
