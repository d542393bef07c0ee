"""The range of futures and the tornado: the model's numbers as pictures, hidden where the answer's amounts are."""

from __future__ import annotations

import json
import time
from threading import Event
from types import SimpleNamespace

import numpy as np
import pytest

from tests.small import child, store
from tests.ui import populated
from ui import ranges_figures as figures
from ui import ranges_words as words
from ui import scenario_ranges, simulating
from ui.assumption_words import amount
from ui.charts import TOO_FEW
from ui.disclosure import Gate
from vcore import CohortFilter
from vcore.facts.assumptions import assumption
from vcore.scenarios import FeeChange, JointFunding, Prevention, PriceCap, Result, Scenario, StepDown, run
from vcore.scenarios.ranges import Ranges, ranges

OPEN, CLOSED = Gate(sees_small=True), Gate(sees_small=False)
STORE = populated.store()
CAP = PriceCap(cap_gbp=4_000, accepts=0.7, handed_back=0.05)
RESULT = run(Scenario(levers=(CAP,), cost_basis="gross"), STORE.cohort())


def range_of(result: Result) -> Ranges:
    """The result's range: it has one."""
    found = ranges(result)
    assert found is not None
    return found


FOUND = range_of(RESULT)


def above_gbp() -> float:
    """By hand: what all placements cost above the cap, £ a year."""
    return float((STORE.cohort().children["weekly_cost_gbp"] - 4_000).clip(lower=0).sum() * 52)


def test_the_range_is_that_of_the_two_shares_it_rests_on():
    table = figures.interval(RESULT, FOUND, OPEN).table.set_index("£ saved")
    plain = np.random.default_rng(3)
    accepts, back = plain.triangular(0.4, 0.7, 1.0, 300_000), plain.triangular(0, 0.05, 0.2, 300_000)
    expected = np.quantile(above_gbp() * accepts * (1 - back), (0.1, 0.5, 0.9))
    for row in table.index:  # nothing is paid once
        low, middle, high, here = table.loc[row].tolist()
        assert [low, middle, high] == pytest.approx(expected, rel=0.01)
        assert here == pytest.approx(above_gbp() * 0.7 * 0.95)


def test_the_tornado_prints_its_inputs_and_starts_from_the_answer():
    figure = figures.swings(RESULT, FOUND, OPEN)
    accepts, back = figure.table.to_numpy().tolist()
    assert accepts[0] == assumption("cap_accepts_share").label
    assert (accepts[1], accepts[3]) == ("40%", "100%")
    assert (back[1], back[3]) == ("0%", "20%")
    assert accepts[2::2] == pytest.approx([above_gbp() * 0.4 * 0.95, above_gbp() * 0.95])
    assert back[2::2] == pytest.approx([above_gbp() * 0.7, above_gbp() * 0.7 * 0.8])
    drawn = figure.spec["datasets"][figures.ROWS]
    assert [row["at"] for row in drawn] == ["40%", "100%", "0%", "20%"]
    assert [row["change"] for row in drawn[:2]] == pytest.approx(
        [-above_gbp() * 0.3 * 0.95, above_gbp() * 0.3 * 0.95]
    )
    assert "one assumption at a time" in figure.subtitle


def test_what_changes_nothing_is_named_and_not_drawn():
    result = run(Scenario(levers=(StepDown(max_severe=4),)), STORE.cohort())
    found = range_of(result)
    figure = figures.swings(result, found, OPEN)
    assert "Without effect on a full year: Support for a move" in figure.note
    assert len(figure.table) == 7 and len(figure.spec["datasets"][figures.ROWS]) == 4


def test_where_nobody_is_affected_no_future_differs_and_avoided_growth_is_said_apart():
    nobody = run(Scenario(levers=(StepDown(max_severe=0, age_min=25),)), STORE.cohort())
    assert range_of(nobody).same_everywhere
    assert words.moved(range_of(nobody), nobody) == words.avoided(range_of(nobody), nobody) == ""
    assert not FOUND.same_everywhere
    staying_out = run(Scenario(levers=(Prevention(cost_weekly_gbp=1_000),)), STORE.cohort())
    assert range_of(staying_out).same_everywhere
    assert words.avoided(range_of(staying_out), staying_out).startswith(
        "Growth avoided, no part of the saving: £"
    )


def test_a_claim_has_a_range_of_its_own_and_no_part_in_the_saving_s():
    """Twenty at £6,000: the cap saves £1,000 each whatever partners agree to."""
    facts = {"weekly_cost_gbp": 6000, "scores": [9] * 13, "ehcp": True}
    cohort = store([child(f"{n:02}", **facts) for n in range(20)]).cohort()
    levers = (PriceCap(cap_gbp=5000), JointFunding(health_share=0.2, education_share=0.3, agreed=0.5))
    result = run(Scenario(levers=levers), cohort)
    found = range_of(result)
    assert found.same_everywhere
    assert found.unclaimed_annual_gbp == pytest.approx((1_040_000,) * 3)
    assert found.chance(1_000_000) == 1 and found.chance(1_100_000) == 0
    low, _, high = found.claimed_gbp
    assert 0 < low < 20 * 1250 * 52 < high
    assert words.claimed(found, result).startswith(
        "Claimed from partners, no part of the saving until they agree: £"
    )
    assert words.claimed(FOUND, RESULT) == ""


def test_the_line_under_the_answer_says_low_middle_and_high():
    low, middle, high = (f"£{gbp / 1e6:.1f}m" for gbp in FOUND.unclaimed_annual_gbp)
    assert words.line(FOUND) == (
        f"Low to high: {low} to {high} less a year, middle {middle} (8 in 10 simulated futures)."
    )
    nothing_above = CAP.model_copy(update={"cap_gbp": 90_000})
    same = range_of(run(Scenario(levers=(nothing_above,)), STORE.cohort()))
    assert words.line(same) == "Low to high: the same in every simulated future."


def test_an_empty_cohort_has_an_answer_that_stays_the_same():
    empty = STORE.cohort(
        CohortFilter(age_min=17, age_max=17, settings=("residential",), weekly_cost_min=90_000)
    )
    assert len(empty) == 0
    assert range_of(run(Scenario(levers=(StepDown(), CAP)), empty)).same_everywhere


def test_where_amounts_are_hidden_so_is_their_range():
    few = STORE.cohort(CohortFilter(setting_details=("unregistered",)))
    result = run(Scenario(levers=(PriceCap(cap_gbp=1_000, accepts=0.7),)), few)
    assert 0 < result.steps[0].eligible < 10
    found = range_of(result)
    for of in (figures.interval, figures.swings):
        hidden = of(result, found, CLOSED)
        told = json.dumps(hidden.spec) + hidden.table.to_csv() + hidden.alt + hidden.title + hidden.subtitle
        assert TOO_FEW in told and "£" not in told
        assert "£" in of(result, found, OPEN).alt


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "None of 2,000 simulated futures save at least £2.0m a year."),
        (0.02, "Fewer than 1 in 20 simulated futures save at least £2.0m a year."),
        (0.66, "About 7 in 10 simulated futures save at least £2.0m a year."),
        (0.949, "About 9 in 10 simulated futures save at least £2.0m a year."),
        (0.95, "More than 19 in 20 simulated futures save at least £2.0m a year."),
        (1.0, "All of 2,000 simulated futures save at least £2.0m a year."),
    ],
)
def test_a_chance_is_said_in_tens(share, said):
    assert words.chance(share, 2_000_000) == said


def test_a_rise_of_fees_costs_more_and_what_may_do_either_says_so():
    dearer = run(Scenario(levers=(FeeChange(change=0.9, settings=None),)), STORE.cohort())
    found = range_of(dearer)
    assert words.interval_title(found).endswith("more a year")
    either = run(Scenario(levers=(FeeChange(settings=None),)), STORE.cohort())
    found = range_of(either)
    assert "lie between" in words.interval_title(found)
    assert len(words.interval_title(found).split()) <= 15


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("holds_share", 0.64, "64%"),
        ("support_weeks", 26.0, "26"),
        ("children_a_carer", 1.5, "1.5"),
        ("return_cost_gbp", 105_804.0, "£105,804"),
    ],
)
def test_an_assumption_is_said_in_its_unit(key, value, said):
    assert amount(value, assumption(key)) == said


def test_of_a_nation_a_range_is_simulated_on_asking_and_of_a_council_at_each_move(monkeypatch):
    said: list[str] = []
    place = SimpleNamespace(html=said.append)
    monkeypatch.setattr(scenario_ranges.st, "empty", lambda: place)
    result = run(Scenario(levers=(CAP.model_copy(update={"cap_gbp": 4_321}),)), STORE.cohort())
    assert scenario_ranges.draw_line(result) is place and words.LINE_SIMULATING in said[-1]
    monkeypatch.setattr(scenario_ranges, "AT_EACH_MOVE", len(STORE.cohort()) - 1)
    assert scenario_ranges.draw_line(result) is None and "How sure is this?" in said[-1]
    assert simulating.known(result) is None
    with monkeypatch.context() as room:  # where nobody can ask
        room.setattr(scenario_ranges.presenting, "on", lambda: True)
        assert scenario_ranges.draw_line(result) is place and words.LINE_SIMULATING in said[-1]
    scenario_ranges.fill_line(place, result)
    assert scenario_ranges.draw_line(result) is None and "8 in 10 simulated futures" in said[-1]


def test_nobody_waits_and_each_answer_is_simulated_once(monkeypatch):
    go_on, asked = Event(), []

    def slow(result):
        asked.append(result)
        assert go_on.wait(10)
        return FOUND

    monkeypatch.setattr(simulating.model, "ranges", slow)
    result = run(Scenario(levers=(CAP,)), populated.store().cohort())
    assert [simulating.simulated(result) for _ in range(5)] == [None] * 5
    renamed = run(Scenario(levers=(CAP,), name="Another name"), result.cohort)
    assert simulating.simulated(renamed) is None
    go_on.set()
    until = time.monotonic() + 5
    while simulating.simulated(result) is None and time.monotonic() < until:
        time.sleep(0.02)
    assert simulating.simulated(result) is FOUND
    assert simulating.simulated(renamed) is FOUND
    assert len(asked) == 1
