"""The bridge, the funnel and who is affected, against pandas over the same rows."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from tests.ui import populated
from ui import scenario_figures as figures
from ui import scenario_reach as reach
from ui.disclosure import Gate
from vcore import CohortFilter
from vcore.scenarios import JointFunding, PriceCap, Scenario, StepDown, run

OPEN, CLOSED = Gate(sees_small=True), Gate(sees_small=False)
STORE = populated.store()
ALL = STORE.cohort()
MOVE = StepDown(max_severe=3, matched=0.5, holds=0.64, destination_cost_gbp=1000)
CAP = PriceCap(cap_gbp=4000)


def run_on(cohort=ALL, levers=(MOVE, CAP), basis="gross"):
    return run(Scenario(levers=levers, cost_basis=basis), cohort)


def movable(rows: pd.DataFrame) -> pd.Series:
    return (
        (rows["setting"] == "residential")
        & rows["weekly_cost_gbp"].notna()
        & (rows["severe_count"] <= 3).fillna(False)
        & ~rows["dol"].fillna(False)
        & ~(rows["assessment_age_days"] > 183).fillna(False)
    )


def test_the_bridge_adds_up_to_the_rows():
    rows = ALL.children
    cost, moves = rows["weekly_cost_gbp"], movable(rows)
    move = 0.32 * (cost[moves] - 1000).sum() * 52
    cap = (cost - 4000).clip(lower=0).sum() * 52
    twice = 0.32 * (cost[moves] - 4000).clip(lower=0).sum() * 52
    table = figures.bridge(run_on(), OPEN).table.set_index("Part")["£ a year"]
    assert table.to_dict() == pytest.approx(
        {
            "Step-down to agency fostering": move,
            "Price cap at £4,000": cap,
            "Counted twice": -twice,
            "Together": move + cap - twice,
        }
    )


def test_each_bar_starts_where_the_one_before_ended():
    spec = figures.bridge(run_on(), OPEN).spec
    bars = spec["datasets"][figures.BARS]
    assert bars[0]["start"] == 0
    assert [bar["start"] for bar in bars[1:3]] == [bar["end"] for bar in bars[:2]]
    assert bars[2]["end"] == pytest.approx(bars[3]["end"])
    assert bars[3]["start"] == 0
    assert all(bar["room"] > bar["edge"] >= max(bar["start"], bar["end"]) for bar in bars)


def test_a_claim_is_no_bar_and_nothing_counted_twice_with_it_is():
    claim = JointFunding(health_share=1, health_from="minor", agreed=1)
    bridge = figures.bridge(run_on(levers=(MOVE, CAP, claim), basis="social_care"), OPEN)
    plain = figures.bridge(run_on(basis="social_care"), OPEN)
    assert bridge.table.equals(plain.table)
    assert bridge.title == plain.title
    only = figures.bridge(run_on(levers=(claim,), basis="social_care"), OPEN)
    assert list(only.table["Part"]) == []
    assert only.title == "Nothing is saved until partners agree"


def test_one_lever_needs_no_sum():
    table = figures.bridge(run_on(levers=(CAP,)), OPEN).table
    assert list(table["Part"]) == ["Price cap at £4,000"]


def test_a_move_that_costs_more_goes_left_of_nothing():
    dear = MOVE.model_copy(update={"destination_cost_gbp": 20_000})
    (bar,) = figures.bridge(run_on(levers=(dear,)), OPEN).spec["datasets"][figures.BARS]
    assert bar["end"] < 0 == bar["start"] == bar["edge"]
    assert bar["words"].startswith("−£")


def test_a_slider_brings_new_rows_and_the_same_picture():
    one = figures.bridge(run_on(), OPEN).spec
    other = figures.bridge(run_on(levers=(MOVE, PriceCap(cap_gbp=5000))), OPEN).spec
    assert {**one, "datasets": None} == {**other, "datasets": None}
    assert one["datasets"] != other["datasets"]


def test_the_funnel_tells_each_step():
    rows = ALL.children
    counted = reach.funnel(run_on(), run_on().steps[0], OPEN).table.set_index("Test")["Children left"]
    assert counted["in residential"] == (rows["setting"] == "residential").sum()
    assert counted.iloc[-1] == movable(rows).sum()
    assert list(counted) == sorted(counted, reverse=True)


def test_the_funnel_hides_a_step_that_sets_a_few_aside():
    result = run_on()
    step = result.steps[0]
    counts = [len(ALL), *step.funnel.values()]
    shown = reach.funnel_counts(step, len(ALL), CLOSED)
    left = [len(ALL)] + [int(words.replace(",", "")) for words in shown.values() if words != "c"]
    assert "c" in shown.values()
    assert [words != "c" for words in shown.values()].count(True) >= 2
    for before, after in pairwise(left):
        assert before == after or before - after >= 10
    assert set(left) <= set(counts)
    assert "c" not in reach.funnel_counts(step, len(ALL), OPEN).values()


def test_need_stands_beside_cost_for_those_each_lever_looks_at():
    rows = ALL.children
    table = reach.affected(run_on(), OPEN).table.set_index("Who")
    private = rows[movable(rows) & (rows["setting_detail"] == "private_residential")]
    row = table.loc["To discuss: children's home (private)"]
    assert row["Children"] == len(private)
    assert row["Mean total need"] == pytest.approx(private["need_total"].astype(float).mean())
    assert row["Mean weekly cost"] == pytest.approx(private["weekly_cost_gbp"].mean())
    above = rows[(rows["weekly_cost_gbp"] > 4000) & (rows["setting_detail"] == "private_residential")]
    assert table.loc["Price or payer changes: children's home (private)", "Children"] == len(above)
    assert table.loc["Everyone here", "Children"] == len(rows)


def test_a_few_children_in_a_home_are_hidden():
    table = reach.affected(run_on(), CLOSED).table.set_index("Who")
    unregistered = table.loc["Price or payer changes: unregistered placements"]
    assert set(unregistered) == {"c"}
    assert (table["Children"] == "c").sum() >= 2


@pytest.mark.parametrize(
    "cohort", [ALL, STORE.cohort(CohortFilter(settings=("residential",)))], ids=["all", "some"]
)
@pytest.mark.parametrize("gate", [OPEN, CLOSED], ids=["open", "closed"])
def test_every_figure_has_words_and_its_table_is_what_it_shows(cohort, gate):
    result = run_on(cohort)
    for figure in (
        figures.bridge(result, gate),
        reach.funnel(result, result.steps[0], gate),
        reach.affected(result, gate),
    ):
        assert figure.alt.endswith(".")
        assert figure.title
        assert figure.subtitle
        assert figure.spec["$schema"]
        assert set(figure.units) == set(figure.table.columns[1:])
        assert figure.file(rounded=True).startswith(b"\xef\xbb\xbf")
