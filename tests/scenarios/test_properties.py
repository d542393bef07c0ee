"""What must hold for every scenario and every cohort."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios.many import many, part_of
from vcore.scenarios import (
    InHouseFostering,
    OwnHomes,
    Permanence,
    PriceCap,
    Reunification,
    Scenario,
    StepDown,
    run,
)

EVERYONE = many(120, seed=7).cohort()
COHORTS = st.sets(st.integers(0, len(EVERYONE) - 1)).map(lambda some: part_of(EVERYONE, list(some)))
SHARES = st.floats(0, 1)
CAPS = st.builds(PriceCap, cap_gbp=st.floats(0, 20_000), top_share=st.one_of(st.none(), SHARES))
MOVES = st.builds(
    StepDown,
    from_settings=st.sampled_from([("residential",), ("residential", "fostering")]),
    to=st.sampled_from(["independent_fostering", "in_house_fostering", "semi_independent"]),
    max_severe=st.integers(0, 13),
    screens=st.sets(st.sampled_from(StepDown().screens)).map(tuple),
    matched=SHARES,
    holds=SHARES,
)
OTHER_MOVES = st.one_of(
    st.builds(Reunification, max_severe=st.integers(0, 13), matched=SHARES),
    st.builds(Permanence, max_severe=st.integers(0, 13), matched=SHARES, holds=SHARES),
    st.builds(
        InHouseFostering,
        matched=SHARES,
        vacancies=st.integers(0, 50),
        screens=st.sampled_from([(), ("rising_need",)]),
    ),
    st.builds(OwnHomes, matched=SHARES, homes=st.integers(0, 20), screens=st.just(())),
)
LEVERS = st.lists(st.one_of(CAPS, MOVES, OTHER_MOVES), max_size=5).map(tuple)
BASES = st.sampled_from(["gross", "social_care"])
quick = settings(max_examples=60, deadline=None)


@quick
@given(cohort=COHORTS, levers=LEVERS, basis=BASES)
def test_nobody_is_moved_twice_and_no_price_rises(cohort, levers, basis):
    result = run(Scenario(levers=levers, cost_basis=basis), cohort)
    gross = cohort.children["weekly_cost_gbp"].to_numpy()
    price = gross
    for step in result.steps:
        book = step.effect.book
        assert ((book.remaining >= 0) & (book.remaining <= 1)).all()
        assert np.all(np.isnan(gross) == np.isnan(book.price))
        assert not (book.price > price + 1e-9).any()
        price = book.price
    moved = sum((step.effect.moved for step in result.steps), np.zeros(len(cohort)))
    assert (moved <= 1 + 1e-9).all()
    if result.steps:
        assert np.allclose(moved + result.steps[-1].effect.book.remaining, 1)


@quick
@given(cohort=COHORTS, cap=CAPS, basis=BASES)
def test_a_cap_saves_at_most_what_is_spent_and_never_costs(cohort, cap, basis):
    result = run(Scenario(levers=(cap,), cost_basis=basis), cohort)
    assert (result.steps[0].effect.weekly_saving_gbp >= 0).all()
    assert result.weekly_saving_gbp <= result.baseline_weekly_gbp * (1 + 1e-9)


@quick
@given(cohort=COHORTS, share=st.one_of(st.none(), SHARES), caps=st.tuples(*[st.floats(0, 20_000)] * 2))
def test_a_higher_cap_never_saves_more(cohort, share, caps):
    low, high = (
        run(Scenario(levers=(PriceCap(cap_gbp=cap, top_share=share),)), cohort).weekly_saving_gbp
        for cap in sorted(caps)
    )
    assert high <= low + 1e-6


@quick
@given(cohort=COHORTS, cap=st.floats(0, 20_000), shares=st.tuples(SHARES, SHARES))
def test_a_wider_reach_never_saves_less(cohort, cap, shares):
    narrow, wide = (
        run(Scenario(levers=(PriceCap(cap_gbp=cap, top_share=share),)), cohort).weekly_saving_gbp
        for share in sorted(shares)
    )
    assert narrow <= wide + 1e-6


@quick
@given(cohort=COHORTS, cap=CAPS, move=MOVES, basis=BASES)
def test_together_they_never_save_more_than_the_sum_of_each_alone(cohort, cap, move, basis):
    result = run(Scenario(levers=(move, cap), cost_basis=basis), cohort)
    assert result.overlap_gbp >= -1e-6
    assert result.weekly_saving_gbp + result.overlap_gbp == pytest.approx(
        sum(step.alone_gbp for step in result.steps), abs=1e-6
    )


@quick
@given(cohort=COHORTS, cap=CAPS, family=MOVES, basis=BASES)
def test_the_order_they_are_listed_in_changes_nothing(cohort, cap, family, basis):
    family = family.model_copy(update={"to": "independent_fostering"})
    older = family.model_copy(update={"to": "semi_independent"})
    answers = [
        run(Scenario(levers=order, cost_basis=basis), cohort) for order in permutations((cap, family, older))
    ]
    assert len({(a.weekly_saving_gbp, a.overlap_gbp, a.delivery_cost_gbp) for a in answers}) == 1
    assert [step.settings for step in answers[0].steps] == [family, older, cap]


@quick
@given(cohort=COHORTS, move=st.one_of(MOVES, OTHER_MOVES))
def test_a_funnel_only_narrows_and_ends_at_the_eligible(cohort, move):
    step = run(Scenario(levers=(move,)), cohort).steps[0]
    counts = list(step.funnel.values())
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == step.eligible
    most = step.eligible * move.matched * move.lasting
    if isinstance(move, InHouseFostering | OwnHomes):
        filled = move.occupancy if isinstance(move, OwnHomes) else 1
        assert step.moved == pytest.approx(min(most, move.places * filled), abs=1e-6)
    else:
        assert step.moved == pytest.approx(most)


@quick
@given(cohort=COHORTS, move=st.one_of(MOVES, OTHER_MOVES), basis=BASES)
def test_only_the_eligible_move_and_none_who_is_barred(cohort, move, basis):
    effect = run(Scenario(levers=(move,), cost_basis=basis), cohort).steps[0].effect
    assert not effect.moved[~effect.eligible].any()
    assert not effect.weekly_saving_gbp[~effect.eligible].any()
    children = cohort.children
    barred = children["setting_detail"].isin(["secure_home", "specialist_residential"]) | children["dol"].eq(
        True
    )
    assert not effect.eligible[barred.fillna(False).to_numpy(bool)].any()


@given(move=st.one_of(MOVES, OTHER_MOVES), months=st.lists(st.integers(0, 120), min_size=2, max_size=8))
def test_fewer_and_fewer_stay_and_never_fewer_than_last(move, months):
    staying = move.staying(np.array([0, *sorted(months), 240]))
    assert staying[0] == 1
    assert (np.diff(staying) <= 1e-12).all()
    assert staying[-1] == pytest.approx(move.lasting)
