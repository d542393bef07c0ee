"""Running levers together: order, overlap, weeks, refusals, and both levers against a row-by-row reckoning."""

from __future__ import annotations

import pytest

from tests.scenarios.many import many, reckon
from tests.small import child, store
from vcore.errors import RefusedRun
from vcore.scenarios import JointFunding, PriceCap, Scenario, StepDown, run
from vcore.store import CohortFilter

MOVE = StepDown(matched=0.5, holds=0.64, destination_cost_gbp=1000)
CAP = PriceCap(cap_gbp=5000)


@pytest.fixture(scope="module")
def varied():
    return many()


@pytest.fixture(scope="module")
def pair():
    """One child who may move and one who may not, both above the cap."""
    return store(
        [child("a", weekly_cost_gbp=6000), child("b", weekly_cost_gbp=8000, scores=[9] * 13)]
    ).cohort()


@pytest.mark.parametrize("levers", [(MOVE, CAP), (CAP, MOVE)])
def test_a_later_cap_acts_on_what_was_not_moved(pair, levers):
    result = run(Scenario(levers=levers, cost_basis="gross"), pair)
    assert [step.lever for step in result.steps] == ["StepDown", "PriceCap"]
    step_down, cap = result.steps
    assert step_down.alone_gbp == step_down.in_sequence_gbp == pytest.approx(0.32 * 5000)
    assert cap.alone_gbp == pytest.approx(1000 + 3000)
    assert cap.in_sequence_gbp == pytest.approx(0.68 * 1000 + 3000)
    assert result.weekly_saving_gbp == pytest.approx(1600 + 3680)
    assert result.overlap_gbp == pytest.approx(0.32 * 1000)
    assert result.baseline_weekly_gbp == 14_000
    assert result.children_moved == pytest.approx(0.32)
    assert result.children_affected == 2


def test_a_claim_stands_beside_what_is_saved():
    """Twenty at £6,000, all of it social care's; half of a claim of 50% of the price is agreed."""
    cohort = store(
        [child(str(n), weekly_cost_gbp=6000, scores=[9] * 13, ehcp=True) for n in range(20)]
    ).cohort()
    claim = JointFunding(health_share=0.2, education_share=0.3, agreed=0.5)
    move = StepDown(matched=0, support_weekly_gbp=0)
    result = run(Scenario(levers=(claim, CAP, move)), cohort)
    # capped at £5,000 first, then a quarter of that is claimed; by itself a quarter of £6,000
    assert result.weekly_saving_gbp == pytest.approx(20 * (1000 + 1250))
    assert result.annual_saving_gbp == pytest.approx(20 * 2250 * 52)
    assert result.claimed_gbp == pytest.approx(20 * 1250)
    assert result.unclaimed_weekly_gbp == pytest.approx(20 * 1000)
    assert result.unclaimed_annual_gbp == result.unclaimed_net_first_year_gbp == pytest.approx(1_040_000)
    assert result.overlap_gbp == pytest.approx(20 * 250)
    assert result.unclaimed_overlap_gbp == pytest.approx(0)
    assert [step.lever for step in result.unclaimed] == ["StepDown", "PriceCap"]
    assert result.national_annual_gbp(200) == pytest.approx(10_400_000)
    gross = run(Scenario(levers=(claim, CAP), cost_basis="gross"), cohort)
    assert gross.claimed_gbp == pytest.approx(0)  # the public saves nothing by it
    assert gross.unclaimed_annual_gbp == pytest.approx(gross.annual_saving_gbp)


def test_levers_of_one_kind_keep_the_order_they_were_listed_in(pair):
    caps = PriceCap(cap_gbp=7000), PriceCap(cap_gbp=5000)
    result = run(Scenario(levers=caps, cost_basis="gross"), pair)
    assert [step.in_sequence_gbp for step in result.steps] == [1000, 1000 + 2000]
    assert [step.alone_gbp for step in result.steps] == [1000, 1000 + 3000]
    assert result.overlap_gbp == 1000


@pytest.mark.parametrize(("weeks", "annual"), [(52, 52 * 4000), (365 / 7, 365 / 7 * 4000)])
def test_a_year_is_the_week_times_the_weeks(pair, weeks, annual):
    result = run(Scenario(levers=(CAP,), cost_basis="gross", weeks_per_year=weeks), pair)
    assert result.annual_saving_gbp == pytest.approx(annual)


def test_weeks_default_to_fifty_two_and_the_basis_to_social_care():
    plain = Scenario(levers=())
    assert (plain.weeks_per_year, plain.cost_basis, plain.name) == (52, "social_care", "Untitled")


@pytest.mark.parametrize("basis", ["gross", "social_care"])
@pytest.mark.parametrize("to", ["independent_fostering", "semi_independent"])
@pytest.mark.parametrize("top_share", [None, 0.07, 0.3])
def test_both_levers_against_a_reckoning_row_by_row(varied, basis, to, top_share):
    cohort = varied.cohort()
    children = cohort.children
    step = StepDown(to=to, max_severe=2, from_settings=("residential", "fostering"))
    cap = PriceCap(cap_gbp=4000, top_share=top_share)
    upper_quartile = children.loc[children["setting_detail"] == to, "weekly_cost_gbp"].dropna().quantile(0.75)
    expected = reckon(children, step=step, cap=cap, destination=upper_quartile, basis=basis)
    result = run(Scenario(levers=(step, cap), cost_basis=basis), cohort)
    moves, capped = result.steps
    assert moves.eligible == expected["eligible"] > 0
    assert moves.in_sequence_gbp == pytest.approx(expected["step_down"])
    assert capped.alone_gbp == pytest.approx(expected["cap_alone"])
    assert capped.in_sequence_gbp == pytest.approx(expected["cap_after"])
    assert result.delivery_cost_gbp == pytest.approx(expected["delivery"])
    assert result.overlap_gbp == pytest.approx(expected["cap_alone"] - expected["cap_after"])


@pytest.mark.parametrize(
    ("chosen", "words"),
    [({"ethnicities": ("White",)}, "ethnicity"), ({"uasc": False}, "unaccompanied status")],
)
def test_refuses_children_picked_by_ethnicity_or_unaccompanied_status(varied, chosen, words):
    with pytest.raises(RefusedRun, match=f"Remove the {words} filter"):
        run(Scenario(levers=(CAP,)), varied.cohort(CohortFilter(**chosen)))


@pytest.mark.parametrize(
    ("chosen", "words"),
    [({"sexes": ("F",)}, "sex"), ({"disability": True}, "disability"), ({"disability": False}, "disability")],
)
def test_a_cohort_picked_by_sex_or_disability_carries_an_equality_note(varied, chosen, words):
    result = run(Scenario(levers=(CAP,)), varied.cohort(CohortFilter(**chosen)))
    assert result.notes[0] == (
        f"This cohort is picked by {words}. Check the effect on equality before deciding."
    )
    assert result.weekly_saving_gbp > 0


def test_a_plain_cohort_has_no_equality_note(varied):
    assert run(Scenario(levers=(CAP,)), varied.cohort(CohortFilter(age_min=10))).notes == ()


def test_an_empty_cohort_saves_nothing_and_says_so(varied):
    nobody = varied.cohort(CohortFilter(weekly_cost_min=99_999))
    result = run(Scenario(levers=(StepDown(), CAP)), nobody)
    assert (result.weekly_saving_gbp, result.delivery_cost_gbp, result.children_affected) == (0, 0, 0)
    assert len(result.notes) == 2
    with pytest.raises(RefusedRun, match="nothing to scale"):
        result.national_annual_gbp()


def test_no_lever_changes_nothing(pair):
    result = run(Scenario(levers=()), pair)
    assert (result.weekly_saving_gbp, result.overlap_gbp, result.children_affected, result.steps) == (
        0,
        0,
        0,
        (),
    )


def test_the_scale_up_is_by_head_count(pair):
    result = run(Scenario(levers=(CAP,), cost_basis="gross"), pair)
    assert result.national_annual_gbp() == pytest.approx(4000 * 52 * 81_770 / 2)
    assert result.national_annual_gbp(83_840) == pytest.approx(4000 * 52 * 83_840 / 2)


def test_a_run_leaves_the_cohort_as_it_was(varied):
    cohort = varied.cohort()
    before = cohort.children.copy(deep=True)
    run(Scenario(levers=(StepDown(), CAP)), cohort)
    assert cohort.children.equals(before)


def test_a_vacated_place_is_cash_or_capacity_by_how_it_was_sourced_and_partners_share_lapses():
    homes = {"spot": 5000, "framework": 4000, "in_house": 3000, "block": 2000, None: 1000}
    cohort = store(
        [
            child(
                str(name),
                setting_detail="private_residential",
                weekly_cost_gbp=cost,
                social_care_cost_gbp=cost * 0.8,
                sourced=name,
                scores=[0] * 13,
            )
            for name, cost in homes.items()
        ]
    ).cohort()
    move = StepDown(matched=0.5, holds=0.5, destination_cost_gbp=400, screens=())
    result = run(Scenario(levers=(move,)), cohort)
    assert result.steps[0].eligible == 5
    assert result.by_kind["released"] == pytest.approx(0.25 * (0.8 * (3000 + 2000) - 2 * 400))
    assert result.by_kind["cashable"] == pytest.approx(0.25 * (0.8 * (5000 + 4000 + 1000) - 3 * 400))
    assert result.others_gbp == pytest.approx(0.25 * 0.2 * 15_000)
    assert sum(result.by_kind.values()) == pytest.approx(result.weekly_saving_gbp)
