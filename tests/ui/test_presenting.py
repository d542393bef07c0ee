"""Presenter mode without a browser: whoever presents, the gate is closed; leaving gives everything back."""

from __future__ import annotations

import pandas as pd
import pytest

from ledger import open_ledger
from ledger.demonstration import enable_demonstration_people
from ledger.people import Person
from ledger.rights import Role
from tests.ui import populated
from tests.ui.doorstep import join, visit_as
from ui import menu, presenting, reads, session
from ui.disclosure import Gate

COHORTS = next(entry.path for entry in menu.ENTRIES if entry.stem == "cohorts")
METHODS = next(entry.path for entry in menu.ENTRIES if entry.stem == "methods")


@pytest.fixture
def ledger(data_folder):
    """The ledger of an app that holds the generated children."""
    populated.publish_children(data_folder)
    ledger = open_ledger(data_folder)
    enable_demonstration_people(ledger)
    return ledger


def size(app) -> str:
    """Who is on the page, in words."""
    (found,) = [each.value for each in app.markdown if "cve-cohort-size" in each.value]
    return found.partition("<span>")[2].partition("</span>")[0]


def press(app, key: str):
    """Presses the button with this key."""
    return next(each for each in app.button if each.key == key).click().run()


@pytest.mark.parametrize(("role", "alone"), [(Role.COMMISSIONER, True), (Role.DIRECTOR, False)])
def test_the_gate_is_closed_while_presenting_and_as_before_after(monkeypatch, role, alone):
    someone = Person("eve", "Eve", role, None, False, True, False)
    monkeypatch.setattr(session, "signed_in", lambda: someone)
    for presents in (False, True, False):
        monkeypatch.setattr(presenting, "on", lambda presents=presents: presents)
        gate, open_ = reads.gate(), alone and not presents
        assert (gate.sees_small, gate.sees_prices, gate.sees_placements) == (open_, open_, open_)
        assert reads.may_see_small() is open_
        assert gate.count(3) == ("3" if open_ else "c")


def test_what_is_drawn_for_a_room_is_kept_apart_from_what_a_reader_sees(monkeypatch):
    cohort, closed = populated.store().cohort(), Gate(sees_small=False)
    drawn = reads.gated(lambda _cohort, _gate: presenting.on(), cohort)
    for presents in (False, True, False):
        monkeypatch.setattr(presenting, "on", lambda presents=presents: presents)
        assert drawn(closed) is presents


def test_presenting_opens_nothing_to_a_stranger(monkeypatch):
    monkeypatch.setattr(session, "signed_in", lambda: None)
    monkeypatch.setattr(presenting, "on", lambda: True)
    for ask in (reads.gate, reads.may_see_small):
        with pytest.raises(session.NotSignedIn):
            ask()


def test_a_commissioners_few_children_are_hidden_while_presenting_and_the_filters_stay(ledger, visitor):
    few = int((pd.DataFrame(populated.children())["setting_detail"] == "unregistered").sum())
    assert 1 <= few <= 5
    join(ledger, "ann", "commissioner")
    app = visit_as(visitor, ledger, "ann", COHORTS)
    app.query_params["setting_details"] = "unregistered"
    del app.session_state["cohort_choice"]  # as in a tab that opens with this link
    app.run()
    assert size(app).startswith(f"{few} ")
    press(app, "present-start")
    assert dict(app.query_params) == {"setting_details": "unregistered", "present": "1"}
    shown = " ".join(str(each.value) for each in [*app.markdown, *app.title])
    assert "hidden (c)" in size(app) and f"{few} children" not in shown
    assert size(app).startswith(
        "In unregistered placements"
    )  # who they are is said: the chips are out of sight
    press(app, "present-leave")
    assert size(app).startswith(f"{few} ")
    assert dict(app.query_params) == {"setting_details": "unregistered"}


def test_a_link_starts_it_and_a_page_without_it_offers_none(ledger, visitor):
    join(ledger, "ann", "director")
    app = visit_as(visitor, ledger, "ann", COHORTS)
    assert any(each.key == "present-start" for each in app.button)
    app.query_params["present"] = "1"
    del app.session_state["presenting"]
    app.run()
    assert any(each.key == "present-leave" for each in app.button)
    press(app, "present-leave")
    app.switch_page(str(METHODS)).run()
    assert not any(str(each.key).startswith("present-") for each in app.button)


def test_for_a_room_a_picture_keeps_to_its_first_rows_and_says_so(monkeypatch):
    table = pd.DataFrame({"row": list("abcdefg")})
    monkeypatch.setattr(presenting, "on", lambda: False)
    assert presenting.first_rows(table, 3)[0] is table and presenting.first_rows(table, 3)[1] == ""
    monkeypatch.setattr(presenting, "on", lambda: True)
    kept, said = presenting.first_rows(table, 3)
    assert (list(kept["row"]), said) == (["a", "b", "c"], " (first 3 of 7 rows)")
    assert presenting.first_rows(table, 7)[1] == ""
