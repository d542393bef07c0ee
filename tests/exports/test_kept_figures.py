"""The figures kept with a scenario, against pandas over the same rows."""

from __future__ import annotations

import pytest

from tests.ui import populated
from vcore import CohortFilter, PriceCap, Scenario, StepDown, run
from vcore.exports.kept_figures import KeptFigures, figures_of, to_take_away
from vcore.scenarios import JointFunding

STORE = populated.store()


def test_the_figures_are_those_of_the_rows():
    cohort = STORE.cohort(CohortFilter(settings=("residential",)))
    figures = figures_of(run(Scenario(levers=(PriceCap(cap_gbp=4000),), cost_basis="gross"), cohort))
    rows, base = cohort.children, STORE.cohort().children
    above = rows[rows["weekly_cost_gbp"] > 4000]
    weekly = (above["weekly_cost_gbp"] - 4000).sum()
    assert figures.weekly_saving_gbp == pytest.approx(weekly, abs=0.01)
    assert figures.annual_saving_gbp == pytest.approx(weekly * 52, abs=0.01)
    assert figures.net_first_year_gbp == figures.annual_saving_gbp
    assert figures.baseline_weekly_gbp == pytest.approx(rows["weekly_cost_gbp"].sum(), abs=0.01)
    assert (figures.children_affected, figures.children_moved) == (len(above), 0)
    assert figures.affected_assessed == above["need_total"].notna().sum()
    assert figures.affected_mean_need == pytest.approx(above["need_total"].dropna().astype(float).mean())
    for counts, children in ((figures.cohort, rows), (figures.base, base)):
        assert counts.children == len(children)
        assert counts.costed == children["weekly_cost_gbp"].notna().sum()
        assert counts.assessed == children["need_total"].notna().sum()
    (lever,) = figures.levers
    assert (lever.kind, lever.eligible, lever.moved) == ("price_cap", len(above), 0)
    assert lever.alone_weekly_gbp == lever.in_sequence_weekly_gbp == figures.weekly_saving_gbp


def test_levers_in_sequence_add_up_and_overlap_is_what_is_over():
    levers = (PriceCap(cap_gbp=3000), StepDown(max_severe=3, destination_cost_gbp=1000))
    figures = figures_of(run(Scenario(levers=levers), STORE.cohort()))
    assert [lever.kind for lever in figures.levers] == ["step_down", "price_cap"]  # as they act
    together = sum(lever.in_sequence_weekly_gbp for lever in figures.levers)
    alone = sum(lever.alone_weekly_gbp for lever in figures.levers)
    assert together == pytest.approx(figures.weekly_saving_gbp, abs=0.02)
    assert alone - together == pytest.approx(figures.overlap_weekly_gbp, abs=0.05)
    assert figures.overlap_weekly_gbp > 0


def before_claims_stood_apart(figures: KeptFigures) -> str:
    """The figures as they were kept then."""
    return figures.model_dump_json(exclude={"claimed_annual_gbp"})


def test_figures_kept_before_claims_stood_apart_have_them_apart_when_they_are_read():
    claim = JointFunding(health_share=1, health_from="minor", agreed=0.5)
    whole = Scenario(levers=(PriceCap(cap_gbp=4000), claim), cost_basis="social_care", weeks_per_year=50)
    figures = figures_of(run(whole, STORE.cohort()))
    asked = next(lever for lever in figures.levers if lever.kind == "joint_funding")
    read = KeptFigures.model_validate_json(before_claims_stood_apart(figures))
    assert asked.in_sequence_weekly_gbp > 0
    assert read.claimed_annual_gbp == pytest.approx(asked.in_sequence_weekly_gbp * 50, abs=0.01)
    assert read.claimed_annual_gbp == pytest.approx(figures.claimed_annual_gbp, abs=1)
    capped = next(lever for lever in figures.levers if lever.kind == "price_cap")
    assert read.unclaimed_annual_gbp == pytest.approx(capped.in_sequence_weekly_gbp * 50, abs=1)


@pytest.mark.parametrize("levers", [(), (PriceCap(cap_gbp=4000),)])
def test_figures_without_a_claim_read_the_same_then_and_now(levers):
    figures = figures_of(run(Scenario(levers=levers, cost_basis="gross"), STORE.cohort()))
    assert KeptFigures.model_validate_json(before_claims_stood_apart(figures)) == figures


def test_nobody_and_no_lever_are_figures_too():
    nobody = figures_of(run(Scenario(levers=(PriceCap(cap_gbp=1),)), STORE.cohort(CohortFilter(age_min=24))))
    nothing = figures_of(run(Scenario(levers=()), STORE.cohort()))
    assert (nobody.cohort.children, nobody.annual_saving_gbp, nobody.affected_mean_need) == (0, 0, None)
    assert (nothing.levers, nothing.children_affected, nothing.net_first_year_gbp) == ((), 0, 0)


def test_to_take_away_means_counts_to_five_and_money_to_a_hundred():
    figures = figures_of(run(Scenario(levers=(PriceCap(cap_gbp=4321),)), STORE.cohort()))
    taken = to_take_away(figures)
    assert taken.rounded and not figures.rounded
    for count in (
        taken.children_affected,
        taken.cohort.costed,
        taken.base.children,
        taken.levers[0].eligible,
    ):
        assert count % 5 == 0
    assert taken.annual_saving_gbp % 100 == 0 == taken.levers[0].alone_weekly_gbp % 100
    assert abs(taken.annual_saving_gbp - figures.annual_saving_gbp) <= 50
    assert (taken.levers[0].kind, len(taken.levers)) == ("price_cap", 1)
