"""Levers on prices and on who pays, against a reckoning one child at a time, and what must hold for all of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios.many import many, part_of
from tests.scenarios.price_rows import PURSES, reckon
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
from vcore.scenarios.baseline import baseline_of
from vcore.scenarios.book import Book

EVERYONE = many(120, seed=11).cohort()
COHORTS = st.sets(st.integers(0, len(EVERYONE) - 1)).map(lambda some: part_of(EVERYONE, list(some)))
SHARES = st.floats(0, 1)
PLACES = st.sampled_from([None, ("residential",), ("fostering", "secure_home"), ("private_residential",)])
PROVIDERS = st.sampled_from([None, ("Ash",), ("Ash", "Birch"), ("Nobody",)])
CAPS = st.builds(
    PriceCap,
    cap_gbp=st.floats(0, 12_000),
    top_share=st.one_of(st.none(), SHARES),
    settings=PLACES,
    providers=PROVIDERS,
    accepts=SHARES,
    handed_back=SHARES,
    replacement_cost_gbp=st.one_of(st.none(), st.floats(0, 12_000)),
)
FEES = st.builds(FeeChange, change=st.floats(-0.5, 1), settings=PLACES, providers=PROVIDERS)
FEE_CUTS = st.builds(FeeChange, change=st.floats(-0.5, 0), settings=PLACES, providers=PROVIDERS)
TAPERS = st.builds(
    StaffingTaper,
    from_ratio=st.sampled_from([1.0, 1.5, 2.0]),
    to_ratio=st.sampled_from([0.0, 0.5, 1.0]),
    tapers=SHARES,
    point_weekly_gbp=st.floats(0, 9_000),
)
PRICES = st.one_of(st.none(), st.floats(0, 12_000))
BANDS = st.builds(
    NeedBands,
    settings=PLACES,
    providers=PROVIDERS,
    by=st.sampled_from(["severe_count", "need_total"]),
    standard_gbp=PRICES,
    enhanced_gbp=PRICES,
    complex_gbp=PRICES,
    quantile=SHARES,
)
CLAIMS = st.builds(
    JointFunding,
    settings=PLACES,
    providers=PROVIDERS,
    health_share=SHARES,
    education_share=SHARES,
    with_plan_only=st.booleans(),
    agreed=SHARES,
)
quick = settings(max_examples=60, deadline=None)


@pytest.fixture(scope="module")
def varied():
    return many().cohort()


EXAMPLES = [
    PriceCap(cap_gbp=3000, top_share=0.2, settings=("residential",), accepts=0.6, handed_back=0.25),
    PriceCap(cap_gbp=3000, providers=("Ash",), handed_back=0.1, replacement_cost_gbp=9000),
    FeeChange(change=-0.05, settings=("independent_fostering", "private_residential"), providers=("Birch",)),
    FeeChange(change=0.09, settings=None),
    StaffingTaper(),
    StaffingTaper(from_ratio=1.0, to_ratio=0.5, tapers=0.9, point_weekly_gbp=9_000),
    NeedBands(),
    NeedBands(by="need_total", quantile=0.5, settings=None),
    NeedBands(standard_gbp=1000, enhanced_gbp=2500, providers=("Ash",)),
    JointFunding(),
    JointFunding(settings=None, health_share=0.7, education_share=0.6, agreed=1.0, health_from="minor"),
]


@pytest.mark.parametrize("lever", EXAMPLES, ids=lambda lever: type(lever).__name__)
@pytest.mark.parametrize("basis", ["gross", "social_care"])
def test_each_lever_against_a_reckoning_one_child_at_a_time(varied, lever, basis):
    (expected,) = reckon(varied.children, [lever])
    step = run(Scenario(levers=(lever,), cost_basis=basis), varied).steps[0]
    assert step.eligible == expected["eligible"] > 0
    assert step.moved == pytest.approx(expected["moved"])
    assert step.by_purse == pytest.approx({purse: expected[purse] for purse in PURSES}, abs=1e-6)
    in_basis = expected["public" if basis == "gross" else "social_care"]
    assert step.alone_gbp == step.in_sequence_gbp == pytest.approx(in_basis, abs=1e-6)


def test_all_of_them_in_their_order(varied):
    taper, bands, cap, fees, claim = EXAMPLES[4], EXAMPLES[6], EXAMPLES[0], EXAMPLES[3], EXAMPLES[10]
    in_order = [taper, bands, cap, fees, claim, claim]
    expected = reckon(varied.children, in_order)
    result = run(Scenario(levers=(claim, fees, cap, bands, taper, claim)), varied)
    assert [step.settings for step in result.steps] == in_order
    for step, told in zip(result.steps, expected, strict=True):
        assert step.by_purse == pytest.approx({purse: told[purse] for purse in PURSES}, abs=1e-6)
        assert step.eligible == told["eligible"]
    assert result.by_purse == pytest.approx(
        {purse: sum(told[purse] for told in expected) for purse in PURSES}, abs=1e-5
    )


def test_after_every_move_they_act_on_what_is_left(varied):
    """All eleven levers together: prices change for what the moves have left of each child, and for nothing else."""
    moves = [
        Reunification(max_severe=3),
        Permanence(max_severe=3, settled_years=1),
        StepDown(max_severe=3),
        InHouseFostering(max_severe=6, vacancies=2),
        OwnHomes(homes=1),
    ]
    prices = [
        EXAMPLES[6],
        EXAMPLES[0],
        EXAMPLES[3],
        EXAMPLES[10],
    ]  # the taper goes before the shifts: left out
    result = run(Scenario(levers=(*prices, *moves, Prevention())), varied)
    after_moves = result.steps[len(moves) - 1].effect.book
    assert (after_moves.remaining < 1).any()
    expected = reckon(varied.children, prices, after_moves.remaining)
    for step, told in zip(result.steps[len(moves) : -1], expected, strict=True):
        assert step.by_purse == pytest.approx({purse: told[purse] for purse in PURSES}, abs=1e-6)
        assert step.eligible == told["eligible"]
    own = {**result.by_purse}
    assert own.pop("public") == pytest.approx(sum(own.values()))
    assert own["social_care"] == pytest.approx(result.weekly_saving_gbp)
    assert result.overlap_gbp == pytest.approx(
        sum(step.alone_gbp for step in result.steps) - sum(step.in_sequence_gbp for step in result.steps)
    )


@quick
@given(levers=st.lists(st.one_of(CAPS, FEES, TAPERS, BANDS, CLAIMS), max_size=4).map(tuple))
def test_json_there_and_back_is_the_same_scenario(levers):
    scenario = Scenario(levers=levers)
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


ANY = st.lists(st.one_of(CAPS, FEES, TAPERS, BANDS, CLAIMS), max_size=4).map(tuple)


@quick
@given(cohort=COHORTS, levers=ANY, basis=st.sampled_from(["gross", "social_care"]))
def test_children_are_conserved_and_purses_add_up(cohort, levers, basis):
    result = run(Scenario(levers=levers, cost_basis=basis), cohort)
    book = result.steps[-1].effect.book if result.steps else Book.opened(baseline_of(cohort), basis)
    moved = sum((step.effect.moved for step in result.steps), np.zeros(len(cohort)))
    assert np.allclose(moved + book.remaining, 1)
    assert (book.remaining >= -1e-12).all()
    assert ((book.social_care_share >= -1e-9) & (book.social_care_share <= 1 + 1e-9)).all()
    assert (np.nan_to_num(book.price) >= -1e-9).all()
    own = {**result.by_purse}
    assert own.pop("public") == pytest.approx(sum(own.values()), abs=1e-5)
    assert result.others_gbp == pytest.approx(own["education"] + own["health"], abs=1e-5)
    for step in result.steps:
        untouched = ~step.effect.eligible
        assert (step.effect.weekly_saving_gbp[untouched] == 0).all()
        assert (step.effect.moved[untouched] == 0).all()
        assert bool(step.notes) == (step.eligible == 0)


@quick
@given(cohort=COHORTS, levers=st.lists(st.one_of(CAPS, FEE_CUTS, TAPERS, BANDS), max_size=4).map(tuple))
def test_caps_bands_tapers_and_fee_cuts_never_raise_a_price(cohort, levers):
    result = run(Scenario(levers=levers), cohort)
    prices = [baseline_of(cohort).gross, *(step.effect.book.price for step in result.steps)]
    assert all(not (later > earlier + 1e-9).any() for earlier, later in pairwise(prices))
    for step in result.steps:
        if not (isinstance(step.settings, PriceCap) and step.settings.replacement_cost_gbp is not None):
            assert (step.effect.weekly_saving_gbp >= -1e-9).all()


@quick
@given(cohort=COHORTS, claims=st.lists(CLAIMS, min_size=1, max_size=3).map(tuple))
def test_a_claim_moves_money_between_purses_and_saves_the_public_nothing(cohort, claims):
    result = run(Scenario(levers=claims), cohort)
    assert result.by_purse["public"] == 0
    assert result.by_purse["social_care"] >= -1e-9
    assert result.by_purse["health"] <= 1e-9
    assert result.by_purse["education"] <= 1e-9
    assert set(result.by_kind) == {"claimed"}
    assert run(Scenario(levers=claims, cost_basis="gross"), cohort).weekly_saving_gbp == 0


@quick
@given(cohort=COHORTS, cap=CAPS, move=st.builds(StepDown, matched=SHARES, holds=SHARES))
def test_added_fields_left_alone_change_nothing(cohort, cap, move):
    plain = PriceCap(cap_gbp=cap.cap_gbp, top_share=cap.top_share)
    same = plain.model_copy(update={"accepts": 1.0, "handed_back": 0.0, "replacement_cost_gbp": 9_999.0})
    before, after = (run(Scenario(levers=(move, one)), cohort) for one in (plain, same))
    assert before.weekly_saving_gbp == pytest.approx(after.weekly_saving_gbp)
    assert after.children_moved == before.steps[0].moved


DRAWS = 3


@pytest.mark.parametrize(
    "lever",
    [PriceCap(cap_gbp=3000), FeeChange(), StaffingTaper(), NeedBands(), JointFunding()],
    ids=lambda lever: lever.kind,
)
def test_many_draws_at_once_are_each_draw_on_its_own(varied, lever):
    """Assumption-backed fields as columns of draws, prices as draws × rows: what simulated futures pass."""
    base = baseline_of(varied)
    spread = np.array([[0.8], [1.0], [1.2]])
    backed = {name: getattr(lever, name) for name in lever.assumptions() if getattr(lever, name) is not None}
    several = type(lever).model_construct(
        **dict(lever) | {name: value * spread for name, value in backed.items()}
    )
    opened = Book.opened(base, "social_care")
    book = Book(
        base,
        "social_care",
        opened.price * spread,
        opened.remaining * np.ones((DRAWS, 1)),
        opened.social_care_share,
    )
    together = several.apply(book)
    for draw in range(DRAWS):
        one = type(lever).model_construct(
            **dict(lever) | {name: value * spread[draw, 0] for name, value in backed.items()}
        )
        alone = one.apply(
            Book(
                base,
                "social_care",
                opened.price * spread[draw, 0],
                opened.remaining,
                opened.social_care_share,
            )
        )
        assert book.total(together.weekly_saving_gbp)[draw] == pytest.approx(
            float(opened.total(alone.weekly_saving_gbp))
        )
        assert together.by_purse["health"][draw] == pytest.approx(float(alone.by_purse["health"]), abs=1e-6)
        assert np.allclose(together.book.price[draw], alone.book.price, equal_nan=True)
