"""Every lever can be set on the screen: its dials name its fields, within its limits, and nothing is left out."""

import pytest

from ui import lever_dials
from ui.lever_dials import DIALS
from ui.scenario_draft import KINDS
from ui.scenario_link import limits
from vcore.facts.domains import NeedModel


def test_every_lever_has_dials_and_no_dial_is_for_a_lever_that_is_not_there():
    assert set(DIALS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_dial_stays_within_the_limits_of_its_field(kind):
    lever = KINDS[kind]
    for dial in DIALS[kind]:
        low, high = limits(lever, dial.field)
        assert low * dial.per_unit <= dial.least < dial.most <= high * dial.per_unit
        here = getattr(lever.starting(), dial.field)
        assert here is not None or (not dial.slides and lever_dials.may_be_none(lever, dial.field))
        assert here is None or dial.least <= here * dial.per_unit <= dial.most


def test_a_number_box_says_where_it_stops_and_why():
    cap = DIALS["price_cap"][0]
    assert lever_dials.limit_words(cap, 100_000) == (
        "Type 1,000 to 100,000: below it a cap would reach foster care, and above it no placement costs as much."
    )
    (stays,) = (dial for dial in DIALS["prevention"] if dial.field == "months_avoided")
    assert lever_dials.limit_words(stays, 216) == (
        "Type 0 to 216: nobody is in care for longer than 18 years."
    )
    assert lever_dials.limit_words(DIALS["step_down"][0], 100) == ""  # a share plainly ends at 100%


@pytest.mark.parametrize("kind", KINDS)
def test_every_other_setting_has_a_control_and_words(kind):
    lever = KINDS[kind]
    started = lever.starting()
    for name in lever_dials.others(started):
        here = getattr(started, name)
        assert lever.model_fields[name].description, name
        words = lever_dials.choices(lever, name, NeedModel())
        if words is not None:
            chosen = here if isinstance(here, tuple) else () if here is None else (here,)
            assert set(chosen) <= set(words)
        elif not isinstance(here, bool):
            low, high = limits(lever, name)
            assert here is None or low <= here <= high
