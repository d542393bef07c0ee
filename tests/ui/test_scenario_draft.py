"""The scenario somebody works on: switching a lever off keeps its settings, and nothing impossible gets in."""

import pytest

from ui.scenario_draft import Draft
from vcore.scenarios import PriceCap
from vcore.scenarios.own_numbers import OwnNumbers


def test_a_lever_switched_off_and_on_again_has_the_settings_it_had():
    draft = Draft().set("price_cap", {"cap_gbp": 6100.0})
    without = draft.switched(("step_down",))
    assert without.on == ("step_down",)
    assert without.lever("price_cap") == PriceCap(cap_gbp=6100, top_share=0.07)
    again = without.switched(("price_cap", "step_down"))
    assert again.scenario.in_order == draft.scenario.in_order


def test_setting_a_lever_that_is_off_switches_it_on():
    assert Draft().switched(()).set("price_cap", {"top_share": None}).on == ("price_cap",)


def test_an_impossible_setting_is_refused_and_changes_nothing():
    draft = Draft()
    with pytest.raises(ValueError, match="less than or equal to 1"):
        draft.set("step_down", {"matched": 1.5})
    assert draft == Draft()


def test_money_counted_otherwise_keeps_the_levers():
    draft = Draft().counted(cost_basis="gross")
    assert draft.scenario.cost_basis == "gross"
    assert draft.scenario.levers == Draft().scenario.levers


def test_another_register_moves_what_stood_where_the_old_one_had_it_and_nothing_else():
    ours = (OwnNumbers(key="holds_share", value=0.55, low=0.4, high=0.7),)
    theirs = (
        OwnNumbers(key="holds_share", value=0.6, low=0.5, high=0.7),
        OwnNumbers(key="matched_share", value=0.3, low=0.2, high=0.4),
        OwnNumbers(key="price_cap_gbp", value=6000, low=5000, high=7000),
    )
    begun = Draft.begun(ours)
    assert begun.lever("step_down").holds == 0.55
    draft = begun.set("step_down", {"matched": 0.45}).switched(("step_down",)).resting_on(theirs)
    step_down, cap = draft.lever("step_down"), draft.lever("price_cap")
    assert (step_down.holds, step_down.matched) == (0.6, 0.45)  # typed by hand: stays
    assert cap.cap_gbp == 6000  # switched off, and follows all the same
    assert draft.on == ("step_down",)
    assert draft.resting_on(()).lever("step_down").holds == 0.64
    assert draft.lever("staffing_taper") == Draft().lever("staffing_taper")
