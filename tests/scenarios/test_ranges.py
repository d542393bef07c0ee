"""How sure an answer is: against a loop of ordinary runs, against hand arithmetic, and what must hold of any range."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios.many import many, part_of
from tests.small import child, store
from vcore.facts.assumptions import assumption
from vcore.scenarios import (
    FeeChange,
    InHouseFostering,
    JointFunding,
    NeedBands,
    OwnHomes,
    Permanence,
    Prevention,
    PriceCap,
    Reunification,
    Scenario,
    StaffingTaper,
    StepDown,
    run,
)
from vcore.scenarios import ranges as ranges_module
from vcore.scenarios.alike import grouped
from vcore.scenarios.baseline import baseline_of
from vcore.scenarios.book import Book
from vcore.scenarios.own_numbers import OwnNumbers
from vcore.scenarios.ranges import APART, DRAWS, SEED, Span, ranges, spans_of

EVERYONE = many(400, seed=21).cohort()
CAP = PriceCap(cap_gbp=2_500, top_share=0.4, accepts=0.7, handed_back=0.05, replacement_cost_gbp=4_000)
ALL = (
    Reunification(max_severe=2, home_support_weekly_gbp=100),
    Permanence(max_severe=2, settled_years=1),
    StepDown(max_severe=2),
    StaffingTaper(from_ratio=1.0, to_ratio=0.5),
    InHouseFostering(max_severe=4, vacancies=1, carers_a_year=1),
    OwnHomes(homes=1, health_weekly_gbp=200, grant_share=0.3),
    NeedBands(settings=None, quantile=0.6),
    CAP,
    FeeChange(settings=None),
    JointFunding(settings=None, health_from="moderate"),
    Prevention(service_gbp=2_000),
)


def future(result, spans, number, seed=SEED, draws=50):
    """One future by an ordinary run: every lever validated and run with that draw's values."""
    levers = [lever.model_dump() for lever in result.scenario.in_order]
    for span in spans:
        levers[span.place][span.field] = float(span.at(ranges_module._points(draws, seed, span.key))[number])
    data = result.scenario.model_dump() | {"levers": levers}
    return run(Scenario.model_validate(data), result.cohort)


@pytest.mark.parametrize("basis", ["gross", "social_care"])
@pytest.mark.parametrize("levers", [(ALL[2],), (CAP,), ALL], ids=["move", "cap", "all"])
def test_futures_are_as_many_ordinary_runs(levers, basis):
    result = run(Scenario(levers=levers, cost_basis=basis), EVERYONE)
    found = ranges(result, draws=50)
    assert found is not None
    for number in range(50):
        alone = future(result, found.spans, number)
        size = abs(result.annual_saving_gbp)
        assert found.futures.annual_saving_gbp[number] == pytest.approx(
            alone.annual_saving_gbp, abs=3 * APART * size
        )
        assert found.futures.net_first_year_gbp[number] == pytest.approx(
            alone.net_first_year_gbp, abs=3 * APART * size
        )
        assert found.futures.children_moved[number] == pytest.approx(
            alone.children_moved, rel=0.01
        )  # a price that a taper brings near the cap may fall on its other side
        assert found.futures.avoided_gbp[number] == pytest.approx(
            alone.avoided_gbp * result.scenario.weeks_per_year
        )


def test_two_assumptions_by_hand():
    """Two placements of £3,000 and £7,000 under a cap of £2,000: £6,000 a week above it. What is kept comes down for
    those who accept, and a placement handed back costs what it costs now: 6,000 × 52 × accepts × (1 − handed back)."""
    cohort = store(
        [
            child("a", weekly_cost_gbp=3_000.0),
            child("b", weekly_cost_gbp=7_000.0),
            child("c", weekly_cost_gbp=900.0),
        ]
    ).cohort()
    cap = PriceCap(cap_gbp=2_000, accepts=0.7, handed_back=0.05)
    found = ranges(run(Scenario(levers=(cap,), cost_basis="gross"), cohort))
    assert found is not None
    saved = found.futures.annual_saving_gbp
    # means of a triangle: (0.4 + 0.7 + 1) / 3 and (0 + 0.05 + 0.2) / 3
    assert saved.mean() == pytest.approx(6_000 * 52 * 0.7 * (1 - 0.25 / 3), rel=0.005)
    plain = np.random.default_rng(7)
    accepts, back = plain.triangular(0.4, 0.7, 1.0, 400_000), plain.triangular(0.0, 0.05, 0.2, 400_000)
    expected = np.quantile(6_000 * 52 * accepts * (1 - back), (0.1, 0.5, 0.9))
    assert found.annual_saving_gbp == pytest.approx(tuple(expected), rel=0.01)
    assert found.chance(float(expected[1])) == pytest.approx(0.5, abs=0.02)
    assert found.chance(float(expected[0])) == pytest.approx(0.9, abs=0.02)
    assert found.chance(312_000) == 0.0
    assert [(swing.key, swing.low, swing.high) for swing in found.swings] == [
        ("cap_accepts_share", 0.4, 1.0),
        ("cap_handed_back_share", 0.0, 0.2),
    ]
    assert found.swings[0].at_low_gbp == pytest.approx(312_000 * 0.4 * 0.95)
    assert found.swings[0].at_high_gbp == pytest.approx(312_000 * 0.95)
    assert found.swings[1].at_low_gbp == pytest.approx(312_000 * 0.7)
    assert found.swings[1].at_high_gbp == pytest.approx(312_000 * 0.7 * 0.8)


@pytest.mark.parametrize(
    ("low", "central", "high"), [(0, 2, 10), (0, 0, 5), (1, 4, 4), (-8, -3, 9), (3, 3, 3)]
)
def test_values_lie_as_in_a_triangle(low, central, high):
    points = (np.arange(1_000) + 0.5) / 1_000
    values = Span(0, "change", "fee_change_share", low, central, high).at(points)
    assert values.min() >= low and values.max() <= high
    assert values.mean() == pytest.approx((low + central + high) / 3, abs=0.01)
    if low < high:
        assert np.mean(values < central) == pytest.approx((central - low) / (high - low), abs=0.002)


def test_a_setting_outside_its_range_stretches_it():
    known = assumption("holds_share")
    spans = spans_of(Scenario(levers=(StepDown(holds=0.95),)))
    span = next(span for span in spans if span.field == "holds")
    assert (span.low, span.central, span.high) == (known.low, 0.95, 0.95)


def test_what_is_chosen_or_left_neutral_never_varies():
    varied = {span.field for span in spans_of(Scenario(levers=(PriceCap(cap_gbp=5_000, top_share=0.07),)))}
    assert varied == set()
    assert set(CAP.uncertain) == {"accepts", "handed_back", "replacement_cost_gbp"}


@pytest.mark.parametrize("levers", [(), (NeedBands(),), (PriceCap(cap_gbp=3_000),)])
def test_no_range_no_probability(levers):
    assert ranges(run(Scenario(levers=levers), EVERYONE)) is None


def test_one_assumption_is_the_same_in_every_lever_that_rests_on_it():
    two = (StepDown(max_severe=2), StepDown(max_severe=4, to="semi_independent"))
    found = ranges(run(Scenario(levers=two), EVERYONE), draws=40)
    assert found is not None
    assert len(found.spans) == 14 and len(found.swings) == 7
    once = ranges(run(Scenario(levers=two[:1]), EVERYONE), draws=40)
    assert once is not None and len(once.swings) == 7
    alone = {swing.key for swing in once.swings}
    assert alone == {swing.key for swing in found.swings}


def test_the_same_seed_gives_the_same_futures_and_another_gives_others():
    result = run(Scenario(levers=ALL), EVERYONE)
    first, again, other = ranges(result), ranges(result), ranges(result, seed=SEED + 1)
    assert first is not None and again is not None and other is not None
    assert len(first.futures.annual_saving_gbp) == DRAWS
    assert np.array_equal(first.futures.annual_saving_gbp, again.futures.annual_saving_gbp)
    assert not np.array_equal(first.futures.annual_saving_gbp, other.futures.annual_saving_gbp)
    assert first.annual_saving_gbp.p50 == pytest.approx(other.annual_saving_gbp.p50, rel=0.02)


def test_ranges_of_no_width_leave_one_answer():
    defaults = (StepDown(max_severe=2), FeeChange(), JointFunding())
    narrow = {
        key: OwnNumbers(key=key, value=known.value, low=known.value, high=known.value)
        for lever in defaults
        for key in lever.assumptions().values()
        for known in [assumption(key)]
    }
    result = run(Scenario(levers=defaults, assumptions=tuple(narrow.values())), EVERYONE)
    found = ranges(result)
    assert found is not None
    low, middle, high = found.annual_saving_gbp
    assert low == pytest.approx(high, rel=1e-12) == middle
    assert middle == pytest.approx(result.annual_saving_gbp, rel=APART)
    assert all(swing.width_gbp == 0 for swing in found.swings)


@settings(max_examples=15, deadline=None)
@given(
    st.sets(st.integers(0, len(EVERYONE) - 1), max_size=60).map(lambda some: part_of(EVERYONE, list(some))),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_a_range_is_in_order_and_holds_the_answer(cohort, accepts, handed_back):
    cap = PriceCap(cap_gbp=2_000, accepts=accepts, handed_back=handed_back)
    result = run(Scenario(levers=(StepDown(max_severe=3), cap)), cohort)
    found = ranges(result, draws=200)
    assert found is not None
    for name in ("annual_saving_gbp", "net_first_year_gbp", "children_moved"):
        low, middle, high = getattr(found, name)
        values = getattr(found.futures, name)
        assert low <= middle <= high
        assert np.isfinite(values).all()
    assert found.chance(-1e12) == 1 and found.chance(1e12) == 0
    widths = [swing.width_gbp for swing in found.swings]
    assert widths == sorted(widths, reverse=True)
    slack = 0.01 + 3 * APART * max(abs(value) for value in [*found.futures.annual_saving_gbp, 0.0])
    for swing in found.swings:  # each of these only ever raises or only ever lowers the saving
        ends = sorted((swing.at_low_gbp, swing.at_high_gbp))
        assert ends[0] - slack <= result.annual_saving_gbp <= ends[1] + slack
    moved, slack = found.futures.children_moved, 0.1 * found.futures.children_moved.max() + 1e-9
    assert moved.min() - slack <= result.children_moved <= moved.max() + slack


@pytest.mark.parametrize("bins", [1, 3, 1_000])
def test_groups_stand_for_every_child_and_all_its_money(bins):
    whole = baseline_of(EVERYONE)
    few = grouped(whole, ALL, bins)
    assert few.children == len(EVERYONE) == np.sum(few.count)
    for share, of_few in (
        (np.ones(len(whole)), np.ones(len(few))),
        (whole.social_care_share, few.social_care_share),
        (whole.health_share, few.health_share),
    ):
        assert np.nansum(few.gross * of_few * few.count) == pytest.approx(np.nansum(whole.gross * share))
    assert len(few) <= len(EVERYONE)
    assert np.isnan(whole.gross).sum() == np.sum(few.count * np.isnan(few.gross))


@pytest.mark.parametrize("lever", ALL[:-1], ids=lambda lever: lever.label)
def test_children_of_one_group_are_all_eligible_or_none_is(lever):
    """However few the groups by price: what a lever asks of a child is never averaged."""
    whole = baseline_of(EVERYONE)
    few = grouped(whole, (lever,), bins=1)
    assert len(few) <= len(whole) / 3
    alone = lever.apply(Book.opened(whole, "gross"))
    effect = lever.apply(Book.opened(few, "gross"))
    assert alone.eligible.sum() > 0
    assert effect.book.children(effect.eligible) == alone.eligible.sum()
    assert float(effect.book.total(effect.moved)) == pytest.approx(alone.moved.sum())
