"""Goal seek against a walk over every setting of each dial, and by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.scenarios.many import many
from tests.small import child, store
from vcore.errors import InvalidChoice, RefusedRun
from vcore.facts.assumptions import assumption
from vcore.scenarios import (
    FeeChange,
    InHouseFostering,
    JointFunding,
    OwnHomes,
    PriceCap,
    Scenario,
    StepDown,
    run,
)
from vcore.scenarios.baseline import baseline_of
from vcore.scenarios.calendar import Calendar, by_year
from vcore.scenarios.dials import DIALS
from vcore.scenarios.goal_seek import goal_seek
from vcore.scenarios.levers import LEVERS
from vcore.scenarios.plan import plan
from vcore.store import CohortFilter


@pytest.fixture(scope="module")
def varied():
    return many(200, seed=5).cohort()


def row(rows, kind):
    return next(row for row in rows if row.lever.kind == kind)


def test_every_lever_has_its_dial():
    assert {*DIALS, "prevention"} == {lever.model_fields["kind"].default for lever in LEVERS}
    for kind, dial in DIALS.items():
        lever = next(lever for lever in LEVERS if lever.model_fields["kind"].default == kind)
        assert dial.field in lever.model_fields
        assert set(dial.freed) <= set(lever.model_fields)


def test_a_cap_by_hand():
    """Ten placements at £6,000: a cap at £c saves 10 × (6,000 − c) a week. £520,000 a year is £1,000 a week each."""
    cohort = store([child(str(n), weekly_cost_gbp=6000) for n in range(10)]).cohort()
    plain = Scenario(levers=(PriceCap(cap_gbp=5500),), cost_basis="gross")
    found = row(goal_seek(520_000, plain, cohort), "price_cap")
    assert found.reaches
    assert (found.setting, found.today, found.field) == (5000, 5500, "cap_gbp")
    assert found.lever == PriceCap(cap_gbp=5000)
    assert found.annual_gbp == pytest.approx(520_000)
    assert found.eligible == 10
    assert found.distance == pytest.approx(500 / 2000)  # the dial runs from £6,000 to £4,000
    further = row(goal_seek(520_001, plain, cohort), "price_cap")
    assert further.setting == 4950
    most = row(goal_seek(1e9, plain, cohort), "price_cap")
    assert not most.reaches
    assert most.setting == 4000
    assert most.annual_gbp == pytest.approx(10 * 2000 * 52)


def test_a_move_by_hand_leads_with_the_places_it_needs():
    """Half of four children placed, 64% of moves last: 4 × ½ × 0.64 × £5,000 × 52 = £332,800 a year."""
    cohort = store([child(str(n), weekly_cost_gbp=6000) for n in range(4)]).cohort()
    move = StepDown(matched=0.2, holds=0.64, destination_cost_gbp=1000)
    plain = Scenario(levers=(move,))
    found = row(goal_seek(332_800, plain, cohort, free_places={"independent_fostering": 3}), "step_down")
    assert found.setting == 0.5
    assert found.children_moved == pytest.approx(4 * 0.5 * 0.64)
    assert found.places == pytest.approx({"independent_fostering": 2})
    assert found.free_places == {"independent_fostering": 3}
    assert found.delivery_cost_gbp == pytest.approx(
        run(Scenario(levers=(found.lever,)), cohort).delivery_cost_gbp
    )
    assert found.distance == pytest.approx(0.3 / 0.65)
    assert row(goal_seek(332_800, plain, cohort), "step_down").free_places == {}


def settings_of(dial, cohort, end):
    start = dial.nothing
    if start is None:
        dearest = cohort.children["weekly_cost_gbp"].max()
        start = dial.step * -(-dearest // dial.step)
    count = round(abs(end - start) / dial.step + 0.499999)
    walk = [round(start + n * dial.step * (1 if end > start else -1), 9) for n in range(count)]
    return [*walk, end]


@pytest.mark.parametrize("basis", ["gross", "social_care"])
@pytest.mark.parametrize("with_others", [False, True])
@pytest.mark.parametrize("share", [0.05, 0.4, 0.9])
def test_the_first_setting_on_each_dial_that_reaches_it(varied, basis, with_others, share):
    scenario = Scenario(levers=(FeeChange(change=-0.02), PriceCap(cap_gbp=6000)), cost_basis=basis)
    others = {lever.kind: lever for lever in scenario.levers}

    def saved(lever):
        rest = [other for kind, other in others.items() if kind != lever.kind] if with_others else []
        return run(scenario.model_copy(update={"levers": (*rest, lever)}), varied).annual_saving_gbp

    most = max(row.annual_gbp for row in goal_seek(1e15, scenario, varied, with_others=with_others))
    target = share * most
    rows = goal_seek(target, scenario, varied, with_others=with_others)
    assert len(rows) == len(DIALS)
    for kind, dial in DIALS.items():
        found = row(rows, kind)
        assert saved(found.lever) == pytest.approx(found.annual_gbp)
        walk = settings_of(dial, varied, dial.end(baseline_of(varied), assumption))
        by_hand = [
            saved(found.lever.model_copy(update={dial.field: setting}))
            for setting in walk[:: max(1, len(walk) // 12)]
        ]
        if found.reaches:
            assert found.annual_gbp >= target
            place = walk.index(pytest.approx(found.setting))
            if place:
                before = found.lever.model_copy(update={dial.field: walk[place - 1]})
                assert saved(before) < target
        else:
            assert max(by_hand) < target
            assert found.annual_gbp == pytest.approx(
                max(saved(found.lever), saved(found.lever.model_copy(update={dial.field: walk[0]})))
            )


def test_those_that_reach_it_come_first_nearest_to_today(varied):
    rows = goal_seek(400_000, Scenario(levers=(), cost_basis="gross"), varied)
    reaching = [found for found in rows if found.reaches]
    assert list(rows[: len(reaching)]) == reaching
    assert reaching
    assert [found.distance for found in reaching] == sorted(found.distance for found in reaching)
    rest = [found.annual_gbp for found in rows[len(reaching) :]]
    assert rest == sorted(rest, reverse=True)
    assert all(0 <= found.distance <= 1 for found in rows)


def test_a_claim_saves_the_public_nothing_so_it_never_reaches_a_gross_target(varied):
    found = row(goal_seek(1, Scenario(levers=(), cost_basis="gross"), varied), "joint_funding")
    assert not found.reaches
    assert found.annual_gbp == 0
    assert row(goal_seek(1, Scenario(levers=()), varied), "joint_funding").reaches


def test_a_claim_that_is_on_brings_nobody_nearer_to_the_target():
    """Ten at £6,000, a quarter of it claimed: a cap at £5,000 saves £520,000 a year, with the claim or without."""
    facts = {"weekly_cost_gbp": 6000, "scores": [9] * 13, "ehcp": True}
    cohort = store([child(str(n), **facts) for n in range(10)]).cohort()
    claim = JointFunding(health_share=0.2, education_share=0.3, agreed=0.5)
    on = Scenario(levers=(PriceCap(cap_gbp=6000), claim))
    found = row(goal_seek(520_000, on, cohort, with_others=True), "price_cap")
    assert (found.reaches, found.setting) == (True, 5000)
    assert found.annual_gbp == found.saved_gbp == pytest.approx(520_000)


def test_a_move_that_costs_more_gives_at_most_nothing():
    cohort = store([child("a", weekly_cost_gbp=500)]).cohort()
    dear = Scenario(levers=(StepDown(destination_cost_gbp=900),))
    found = row(goal_seek(1000, dear, cohort), "step_down")
    assert (found.reaches, found.annual_gbp, found.setting) == (False, 0, 0)


def test_what_cannot_be_worked_out_says_why():
    cohort = store([child("a", weekly_cost_gbp=6000)]).cohort()  # nobody fostered, so no price of it
    found = row(goal_seek(1000, Scenario(levers=()), cohort), "step_down")
    assert not found.reaches
    assert "its price is unknown" in found.why


@pytest.mark.parametrize("target", [0, -1, float("nan"), float("inf")])
def test_a_target_is_an_amount(varied, target):
    with pytest.raises(RefusedRun, match="an amount above £0"):
        goal_seek(target, Scenario(levers=()), varied)


def test_nobody_and_nothing_costed_reach_nothing(varied):
    for cohort in (
        many(20).cohort(CohortFilter(age_min=25)),
        store([child("a", weekly_cost_gbp=None)]).cohort(),
    ):
        rows = goal_seek(1000, Scenario(levers=()), cohort)
        assert all((found.reaches, found.annual_gbp, found.eligible) == (False, 0, 0) for found in rows)
        assert all(found.why for found in rows)


def test_refused_for_children_picked_by_ethnicity(varied):
    with pytest.raises(RefusedRun, match="ethnicity"):
        goal_seek(1000, Scenario(levers=()), many(20).cohort(CohortFilter(ethnicities=("White",))))


def test_carers_and_homes_are_as_many_as_the_register_allows():
    """£2,000 a week with an agency, £500 with a carer of the council's own: £1,500 saved for each child who goes."""
    agency = [
        child(f"a{n:02}", setting_detail="independent_fostering", weekly_cost_gbp=2000) for n in range(40)
    ]
    own = [child(f"o{n:02}", setting_detail="in_house_fostering", weekly_cost_gbp=500) for n in range(30)]
    cohort = store(agency + own).cohort()
    lever = InHouseFostering(
        children_a_carer=1.5, price_weekly_gbp=500, overhead_weekly_gbp=0, screens=(), matched=1
    )
    scenario = Scenario(levers=(lever,), cost_basis="gross")
    found = row(goal_seek(2.5 * 1500 * 52, scenario, cohort), "in_house_fostering")
    assert found.reaches
    assert (found.field, found.setting, found.today) == ("carers_a_year", 2, 10)
    assert found.places == pytest.approx({"in_house_fostering": 3})
    most = row(goal_seek(1e9, scenario, cohort), "in_house_fostering")
    carers = -(-30 * assumption("carer_growth_share").high // assumption("children_a_carer").value)
    assert (most.reaches, most.setting) == (False, carers)
    homes = [child(f"h{n:02}", weekly_cost_gbp=6000) for n in range(30)]
    building = OwnHomes(
        places_a_home=2, occupancy=1, running_weekly_gbp=4000, capital_gbp=0, screens=(), matched=1
    )
    found = row(goal_seek(3 * 2000 * 52, Scenario(levers=(building,)), store(homes).cohort()), "own_homes")
    assert (found.reaches, found.setting, found.today) == (True, 2, 1)
    assert found.lever.homes == 2
    assert found.places == pytest.approx({"in_house_residential": 4})


def test_a_setting_found_looks_at_so_many_children_at_least_where_any_does():
    """At £9,000, £8,000, £7,000: £52,000 a year is a cap of £8,000; a cap that three costs exceed is £6,950."""
    cohort = store([child(str(n), weekly_cost_gbp=7000 + 1000 * n) for n in range(3)]).cohort()
    plain = Scenario(levers=(PriceCap(cap_gbp=5500),), cost_basis="gross")
    for fewest, setting, eligible in ((0, 8000, 1), (1, 8000, 1), (2, 7950, 2), (3, 6950, 3), (4, 8000, 1)):
        found = row(goal_seek(52_000, plain, cohort, fewest=fewest), "price_cap")
        assert (found.setting, found.eligible, found.reaches) == (setting, eligible, True)


def test_of_all_funders_money_a_setting_found_tells_about_enough_children_whose_cost_partners_share():
    """At £9,000, £8,000, £7,000, £6,000, the two cheapest shared: £3,500 a week is a cap of £6,800, which tells what
    partners pay for one of them; what exceeds both is £5,950. Two that nobody shares are told of as they are.
    """
    costs = ((6000.0, 3000.0), (7000.0, 6500.0), (8000.0, 8000.0), (9000.0, 9000.0))
    rows = [
        child(str(n), weekly_cost_gbp=gross, social_care_cost_gbp=ours)
        for n, (gross, ours) in enumerate(costs)
    ]
    capped = Scenario(levers=(PriceCap(cap_gbp=5500),), cost_basis="gross")
    for weekly, children, setting, eligible in (
        (3500, rows, 5950, 4),
        (3000, rows, 7000, 2),
        (1000, rows, 7950, 2),
        (3000, rows[2:], 7000, 2),
    ):
        found = row(goal_seek(weekly * 52, capped, store(children).cohort(), fewest=2), "price_cap")
        assert (found.setting, found.eligible, found.fewest_told) == (setting, eligible, 2)


def test_a_financial_year_counts_from_the_start_at_the_pace_to_each_childs_own_end():
    """Two at £7,000 from October: six months of £1,000 each under a cap of £6,000, and one of them ends after two.

    8 months × £1,000 × 52 ÷ 12 = £34,667; a full year of both is £104,000.
    """
    two = [
        child("a", weekly_cost_gbp=7000.0),
        child("b", weekly_cost_gbp=7000.0, planned_end_on=date(2026, 12, 1)),
    ]
    cohort = store(two).cohort()
    calendar = Calendar(start=date(2026, 10, 1))
    scenario = Scenario(levers=(PriceCap(cap_gbp=6500),), cost_basis="gross", calendar=calendar)
    found = row(goal_seek(8 * 1000 * 52 / 12 - 1, scenario, cohort, year="2026/27"), "price_cap")
    assert (found.reaches, found.setting) == (True, 6000)
    assert (found.saved_gbp, found.annual_gbp) == pytest.approx((8 * 1000 * 52 / 12, 2 * 1000 * 52))
    later = row(goal_seek(51_999, scenario, cohort, year="2027/28"), "price_cap")
    assert (later.setting, later.saved_gbp) == (6000, pytest.approx(52_000))  # only one is left
    slow = Scenario(levers=(PriceCap(cap_gbp=6000, ramp_months=6),), cost_basis="gross", calendar=calendar)
    most = row(goal_seek(1e9, slow, cohort, year="2026/27"), "price_cap")
    # at £4,000, a sixth more each month: 1 to 6 sixths of the one, 1 and 2 of the other
    assert most.saved_gbp == pytest.approx((21 + 3) / 6 * 3000 * 52 / 12)
    with pytest.raises(InvalidChoice, match="2026/27"):
        goal_seek(1, scenario, cohort, year="2026/72")


@pytest.mark.parametrize("with_others", [False, True])
def test_in_a_year_every_lever_saves_what_its_plan_says(varied, with_others):
    scenario = Scenario(
        levers=(FeeChange(change=-0.02, ramp_months=9), PriceCap(cap_gbp=6000, notice_weeks=5)),
        calendar=Calendar(start=date(2026, 8, 1), yearly_uplift=0.03),
    )
    for year, place in (("2026/27", 0), ("2028/29", 2)):
        for found in goal_seek(300_000, scenario, varied, year=year, with_others=with_others):
            others = [lever for lever in scenario.levers if with_others and lever.kind != found.lever.kind]
            alone = scenario.model_copy(update={"levers": (*others, found.lever)})
            lines = plan(run(alone, varied)).lines
            by_hand = sum(float(by_year(line.saving)[place]) for line in lines)
            assert found.saved_gbp == pytest.approx(by_hand, abs=0.01), found.lever.kind
            assert found.reaches == (found.saved_gbp >= 300_000)


def test_what_only_costs_more_says_how_much_at_the_end_of_its_range():
    """A home with places for three at £9,000 beside private ones at £4,000: nothing of it saves."""
    homes = [child(f"h{n:02}", weekly_cost_gbp=4000.0) for n in range(30)]
    building = OwnHomes(running_weekly_gbp=9000, capital_gbp=0, screens=(), matched=1)
    found = row(
        goal_seek(1000, Scenario(levers=(building,), cost_basis="gross"), store(homes).cohort()), "own_homes"
    )
    assert (found.reaches, found.saved_gbp, found.setting) == (False, 0, 0)
    # a fifth of 30 children in homes of three: two homes, six places, 85% filled
    assert found.dearer is not None and found.dearer.setting == 2
    assert found.dearer.annual_gbp == pytest.approx((6 * 9000 - 6 * 0.85 * 4000) * 52)
    assert found.dearer.fewest_told == 30
