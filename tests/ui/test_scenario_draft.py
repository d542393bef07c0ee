"""The scenario somebody works on: switching a lever off keeps its settings, and nothing impossible gets in."""

import pytest

from ui.scenario_draft import Draft
from vcore.scenarios import PriceCap


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
