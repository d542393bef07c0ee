"""The levers on prices and on who pays, worked by hand: every boundary, and what each says when it acts on nobody."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from tests.small import child, store
from vcore.scenarios import (
    FeeChange,
    JointFunding,
    NeedBands,
    PriceCap,
    Scenario,
    StaffingTaper,
    StepDown,
    run,
)
from vcore.scenarios.baseline import baseline_of
from vcore.store import CohortFilter


def one(lever, *children, basis="gross"):
    """The step of one lever on a few children."""
    return run(Scenario(levers=(lever,), cost_basis=basis), store(list(children)).cohort()).steps[0]


def scored(*, severe: int = 0, moderate: int = 0) -> list[int]:
    return [7] * severe + [4] * moderate + [0] * (13 - severe - moderate)


# --- price cap: the added fields ---


@pytest.fixture(scope="module")
def homes():
    return [
        child("a", weekly_cost_gbp=9000, social_care_cost_gbp=4500, provider="Ash"),
        child("b", weekly_cost_gbp=8000, provider="Birch", setting_detail="semi_independent"),
        child("c", weekly_cost_gbp=7000, provider="Birch", setting_detail="in_house_residential"),
        child("d", weekly_cost_gbp=6000, provider=None),
    ]


@pytest.mark.parametrize(
    ("fields", "saving", "above"),
    [
        ({}, 4000 + 3000 + 2000 + 1000, 4),
        ({"settings": ("residential",)}, 4000 + 2000 + 1000, 3),
        ({"settings": ("private_residential", "semi_independent")}, 4000 + 3000 + 1000, 3),
        ({"providers": ("Birch",)}, 3000 + 2000, 2),
        ({"providers": ("Birch",), "settings": ("residential",)}, 2000, 1),
        ({"top_share": 0.5}, 4000 + 3000, 2),
        ({"top_share": 0.5, "settings": ("residential",)}, 4000, 1),  # the dearest half of all four
        ({"accepts": 0.25}, 2500, 4),
        ({"accepts": 0.0}, 0, 4),
        ({"handed_back": 0.1}, 0.9 * 10_000, 4),  # the tenth that goes costs what it cost
        ({"handed_back": 0.1, "accepts": 0.5}, 0.9 * 5000, 4),
        ({"handed_back": 0.1, "replacement_cost_gbp": 10_000}, 9000 - 0.1 * (1000 + 2000 + 3000 + 4000), 4),
        ({"handed_back": 1.0, "replacement_cost_gbp": 10_000}, -10_000, 4),
        ({"handed_back": 0.5, "replacement_cost_gbp": 0}, 0.5 * 30_000 + 0.5 * 10_000, 4),
    ],
)
def test_a_cap_within_its_reach_and_what_providers_make_of_it(homes, fields, saving, above):
    step = one(PriceCap(cap_gbp=5000, **fields), *homes)
    assert step.in_sequence_gbp == pytest.approx(saving)
    assert step.eligible == above
    assert step.moved == pytest.approx(above * fields.get("handed_back", 0))


def test_every_funder_goes_on_paying_its_share_of_what_replaces_a_placement(homes):
    lever = PriceCap(cap_gbp=5000, handed_back=0.5, replacement_cost_gbp=11_000)
    step = one(lever, homes[0], basis="social_care")
    assert step.in_sequence_gbp == pytest.approx(0.5 * (0.5 * -2000 + 0.5 * 4000))


def test_what_was_handed_back_is_final(homes):
    levers = PriceCap(cap_gbp=5000, handed_back=0.25), PriceCap(cap_gbp=4000)
    result = run(Scenario(levers=levers, cost_basis="gross"), store(homes).cohort())
    assert result.steps[1].in_sequence_gbp == pytest.approx(0.75 * 4 * 1000)
    assert result.steps[1].effect.book.remaining == pytest.approx([0.75] * 4)


@pytest.mark.parametrize(("dear", "warned"), [(1, False), (2, True)])
def test_a_cap_is_tested_to_a_tenth_of_placements(dear, warned):
    cohort = [child(f"{n:02}", weekly_cost_gbp=6000 if n < dear else 1000) for n in range(10)]
    step = one(PriceCap(cap_gbp=5000), *cohort)
    told = ("Tested to 10% of placements; beyond it providers may hand placements back.",)
    assert step.cautions == (told if warned else ())


def test_a_cap_says_all_it_assumes():
    lever = PriceCap(cap_gbp=5000, top_share=0.07, settings=("residential",), accepts=0.7, handed_back=0.05)
    assert lever.explain() == (
        "Bring the dearest 7% of placements, only those in residential, down to £5,000 a week where they cost "
        "more. Providers hand back 5%, and the next placement costs what it costs now. Providers of 70% of "
        "those kept accept it."
    )
    assert PriceCap(cap_gbp=5000, providers=("Ash", "Birch")).explain() == (
        "Bring all placements with Ash or Birch down to £5,000 a week where they cost more."
    )


def test_a_reach_without_anybody_says_so(homes):
    step = one(PriceCap(cap_gbp=5000, providers=("Cedar",)), *homes)
    assert step.notes == ("The cap changes nothing: no placement with a cost is in its reach.",)
    assert (step.eligible, step.in_sequence_gbp) == (0, 0)


@pytest.mark.parametrize("lever", [PriceCap, FeeChange, NeedBands, JointFunding])
def test_a_reach_nobody_knows_is_refused_with_the_nearest_word(lever):
    with pytest.raises(ValidationError, match="Did you mean 'residential'"):
        lever(settings=("residental",), **({"cap_gbp": 1} if lever is PriceCap else {}))
    with pytest.raises(ValidationError):
        lever(settings=(), **({"cap_gbp": 1} if lever is PriceCap else {}))


# --- fee change ---


@pytest.mark.parametrize(
    ("fields", "saving", "reached"),
    [
        ({"change": -0.1}, 900 + 800 + 600, 3),  # not the home the council runs itself
        ({"change": -0.1, "settings": None}, 3000, 4),
        ({"change": 0.05, "settings": ("in_house_residential",)}, -350, 1),
        ({"change": 0.0}, 0, 3),
        ({"change": -0.1, "providers": ("Birch",)}, 800, 1),
    ],
)
def test_a_fee_goes_up_or_down_by_its_share(homes, fields, saving, reached):
    step = one(FeeChange(**fields), *homes)
    assert step.in_sequence_gbp == pytest.approx(saving)
    assert step.eligible == reached
    assert step.cautions == (("This raises what is paid.",) if saving < 0 else ())


def test_fees_come_after_the_cap_and_only_on_what_remains(homes):
    move = StepDown(from_settings=("residential",), matched=0.5, holds=0.5, destination_cost_gbp=0)
    levers = FeeChange(change=-0.1), PriceCap(cap_gbp=5000), move
    result = run(Scenario(levers=levers, cost_basis="gross"), store([homes[0]]).cohort())
    assert [step.lever for step in result.steps] == ["StepDown", "PriceCap", "FeeChange"]
    assert [step.in_sequence_gbp for step in result.steps] == pytest.approx(
        [0.25 * 9000, 0.75 * 4000, 0.75 * 500]
    )


def test_a_fee_change_explains_itself():
    assert FeeChange(change=-0.03).explain() == (
        "Fees of placements in supported accommodation, agency fostering or children's homes (private) fall by 3.0%."
    )
    assert FeeChange(change=0.09, settings=None).explain() == "Fees of placements rise by 9.0%."
    assert FeeChange(change=0, settings=None).explain() == "Fees of placements stay as they are."


@pytest.mark.parametrize("change", [-0.51, 1.01])
def test_a_fee_change_has_limits(change):
    with pytest.raises(ValidationError):
        FeeChange(change=change)


# --- staffing taper ---

TAPER = StaffingTaper(tapers=0.5, point_weekly_gbp=3000)


@pytest.mark.parametrize(
    ("facts", "saving"),
    [
        ({"staffing_ratio": 2.0}, 0.5 * 3000),
        ({"staffing_ratio": 1.9}, 0),
        ({"staffing_ratio": 2.5}, 0.5 * 4500),
        ({"staffing_ratio": 4.0}, 0.5 * 8000),  # never more than the price
        ({"staffing_ratio": None}, 0),
        ({"staffing_ratio": 2.0, "dol": True}, 0),
        ({"staffing_ratio": 2.0, "dol": False}, 0.5 * 3000),
        ({"staffing_ratio": 2.0, "setting_detail": "secure_home"}, 0),
        ({"staffing_ratio": 2.0, "weekly_cost_gbp": None}, 0),
        ({"staffing_ratio": 2.0, "scores": None}, 0.5 * 3000),  # nothing says that need is rising
    ],
)
def test_staffing_comes_down_where_it_is_high_and_need_is_not_rising(facts, saving):
    step = one(TAPER, child("a", **({"weekly_cost_gbp": 8000} | facts)))
    assert step.in_sequence_gbp == pytest.approx(saving)
    assert step.eligible == (saving > 0)
    assert step.moved == 0


@pytest.mark.parametrize(("rise", "eligible"), [(4, 1), (5, 0), (None, 1)])
def test_a_rising_need_keeps_its_staff(rise, eligible):
    cohort = store([child("a", staffing_ratio=3.0)]).cohort()
    baseline_of(cohort)._numbers["need_change"] = np.array([np.nan if rise is None else rise])
    step = run(Scenario(levers=(TAPER,)), cohort).steps[0]
    assert step.eligible == eligible
    if not eligible:
        assert step.notes == (
            "The taper changes nothing: the need of every child staffed so high is rising.",
        )


def test_staffing_comes_down_once():
    deep = StaffingTaper(to_ratio=0.0, tapers=1.0, point_weekly_gbp=1000)
    result = run(
        Scenario(levers=(TAPER, deep), cost_basis="gross"), store([child("a", staffing_ratio=2.0)]).cohort()
    )
    assert [step.in_sequence_gbp for step in result.steps] == [1500, 0]
    assert result.overlap_gbp == 2000


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, "no placement here has both a cost and its staffing recorded"),
        ({"staffing_ratio": 1.0}, "no child has 2 or more staff of their own"),
        (
            {"staffing_ratio": 2.0, "dol": True},
            "others set the staffing of every child staffed so high",
        ),
    ],
)
def test_a_taper_for_nobody_says_why(facts, why):
    assert one(TAPER, child("a", **facts)).notes == (f"The taper changes nothing: {why}.",)


def test_a_taper_takes_months_and_says_so():
    assert StaffingTaper().ramp_months == 6
    assert TAPER.explain() == (
        "Where 2 or more staff are beside one child and need is not rising, 50% come down to 1 over 6 months; "
        "one member of staff less saves £3,000 a week."
    )
    assert "come down to 1 at once;" in TAPER.model_copy(update={"ramp_months": 0}).explain()


def test_a_taper_goes_down():
    with pytest.raises(ValidationError, match="swap the two"):
        StaffingTaper(from_ratio=1, to_ratio=2)


# --- need bands ---

PROFILES = {  # severe, moderate → the band in words of the rule
    (0, 0): "standard",
    (0, 2): "standard",
    (0, 3): "enhanced",
    (1, 0): "enhanced",  # the gap in the published rule
    (1, 12): "enhanced",
    (2, 0): "complex",
    (13, 0): "complex",
}
TYPED = {"standard_gbp": 1000, "enhanced_gbp": 2000, "complex_gbp": 3000}


@pytest.mark.parametrize(("severe", "moderate"), PROFILES)
def test_each_profile_costs_at_most_its_own_band(severe, moderate):
    band = PROFILES[severe, moderate]
    step = one(
        NeedBands(**TYPED), child("a", weekly_cost_gbp=5000, scores=scored(severe=severe, moderate=moderate))
    )
    assert step.in_sequence_gbp == 5000 - TYPED[f"{band}_gbp"]


@pytest.mark.parametrize(
    ("points", "ceiling"), [(0, 1000), (24, 1000), (25, 2000), (47, 2000), (48, 3000), (130, 3000)]
)
def test_bands_by_total_need_end_where_the_register_says(points, ceiling):
    scores = [min(10, max(0, points - 10 * n)) for n in range(13)]
    step = one(NeedBands(by="need_total", **TYPED), child("a", weekly_cost_gbp=5000, scores=scores))
    assert step.in_sequence_gbp == 5000 - ceiling


@pytest.mark.parametrize(
    ("price", "saving", "below"),
    [(1000, 0, 1), (1001, 0, 0), (2000, 0, 0), (2001, 1, 0)],
)
def test_need_above_price_is_counted_beside(price, saving, below):
    """An enhanced child at the standard band's price or under needs more than its price says."""
    step = one(NeedBands(**TYPED), child("a", weekly_cost_gbp=price, scores=scored(severe=1)))
    assert step.in_sequence_gbp == saving
    assert step.effect.beside == {"need_above_price": below}


def test_prices_not_typed_are_a_quantile_of_the_band_here_over_the_whole_base():
    costs = [1000, 2000, 3000, 6000]
    standard = [child(f"s{cost}", weekly_cost_gbp=cost, scores=scored()) for cost in costs]
    elsewhere = child("f", weekly_cost_gbp=99, scores=scored(), setting_detail="in_house_fostering")
    whole = store([*standard, elsewhere, child("x", weekly_cost_gbp=50_000, scores=None)])
    lever = NeedBands()
    cohort = whole.cohort()
    assert lever.ceilings(baseline_of(cohort))["standard"] == 3750  # 3000 + 0.25 × 3000
    step = run(Scenario(levers=(lever,), cost_basis="gross"), cohort).steps[0]
    assert step.in_sequence_gbp == 6000 - 3750
    assert step.funnel == {"in_reach": 5, "costed_and_assessed": 4, "above_band": 1}
    median = NeedBands(quantile=0.5)

    dear = whole.cohort(CohortFilter(weekly_cost_min=5000, need_total_min=0))
    step = run(Scenario(levers=(median,), cost_basis="gross"), dear).steps[0]
    assert step.in_sequence_gbp == 6000 - 2500  # the median of all four, though one is looked at


def test_prices_that_fall_as_need_rises_are_said():
    upside_down = NeedBands(standard_gbp=3000, enhanced_gbp=2000, complex_gbp=4000)
    step = one(upside_down, child("a", weekly_cost_gbp=5000, scores=scored()))
    assert step.cautions == (
        "A lower band has the higher price: prices here do not follow need. Type prices that rise with it.",
    )
    assert one(NeedBands(**TYPED), child("a", scores=scored())).cautions == ()


@pytest.mark.parametrize(("placements", "warned"), [(29, True), (30, False)])
def test_a_price_that_rests_on_few_placements_is_said(placements, warned):
    homes = [child(f"{n:02}", weekly_cost_gbp=1000 + n, scores=scored()) for n in range(placements)]
    told = ("A band's price rests on fewer than 30 placements here. Type one instead.",)
    assert one(NeedBands(), *homes).cautions == (told if warned else ())
    assert one(NeedBands(**TYPED), *homes).cautions == ()


def test_bands_without_anybody_say_why():
    assert one(NeedBands(**TYPED), child("a", weekly_cost_gbp=900, scores=scored())).notes == (
        "The bands change nothing: no placement in their reach costs more than its band's price.",
    )
    assert one(NeedBands(**TYPED), child("a", scores=None)).notes == (
        "The bands change nothing: no placement in their reach has both a cost and a needs assessment.",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"standard_max_severe": 2, "enhanced_max_severe": 1},
        {"standard_max_total": 60},
        {"quantile": 1.1},
        {"complex_gbp": -1},
    ],
)
def test_impossible_bands_cannot_be_built(wrong):
    with pytest.raises(ValidationError):
        NeedBands(**wrong)


def test_bands_explain_themselves():
    assert NeedBands(standard_gbp=1000, quantile=0.5).explain() == (
        "Pay at most the price of the child's need band for placements in residential: standard £1,000, "
        "enhanced the median here, complex the median here."
    )


# --- joint funding ---

CLAIM = JointFunding(health_share=0.2, education_share=0.3, agreed=0.5)
SICK = [0] * 13
SICK[0] = 7  # physical health
LEARNING = [0] * 13
LEARNING[8] = 4  # learning difficulties and disabilities, moderate
BOTH = [max(pair) for pair in zip(SICK, LEARNING, strict=True)]


@pytest.mark.parametrize(
    ("facts", "health", "education"),
    [
        ({"scores": SICK}, 0.5 * 200, 0),
        ({"scores": [6] * 13, "ehcp": False}, 0, 0),  # not severe, and no plan
        ({"scores": LEARNING}, 0, 0),
        ({"scores": LEARNING, "ehcp": True}, 0, 0.5 * 300),
        ({"scores": BOTH, "ehcp": True}, 0.5 * 200, 0.5 * 300),
        ({"scores": SICK, "social_care_cost_gbp": 850, "health_cost_gbp": 150}, 0.5 * 50, 0),
        ({"scores": SICK, "social_care_cost_gbp": 700, "health_cost_gbp": 300}, 0, 0),
        ({"scores": SICK, "social_care_cost_gbp": 700}, 0.5 * 200, 0),  # what education pays is not health's
        ({"scores": LEARNING, "ehcp": True, "social_care_cost_gbp": 800}, 0, 0.5 * 100),
        ({"scores": BOTH, "ehcp": True, "setting_detail": "in_house_fostering"}, 0, 0),
        ({"scores": None, "ehcp": True}, 0, 0),
    ],
)
def test_partners_are_asked_for_what_they_do_not_pay_yet(facts, health, education):
    step = one(CLAIM, child("a", **({"weekly_cost_gbp": 1000} | facts)), basis="social_care")
    assert step.by_purse == pytest.approx(
        {"social_care": health + education, "education": -education, "health": -health, "public": 0}
    )
    assert step.by_kind == pytest.approx({"claimed": health + education})
    assert step.others_gbp == pytest.approx(-health - education)
    assert step.eligible == (health + education > 0)


def test_partners_never_pay_more_than_social_care_does_now():
    """Social care pays 100 of 1,000 and is asked to hand on 200 + 100: it hands on 100, shared 2 to 1."""
    greedy = JointFunding(health_share=0.2, education_share=1.0, agreed=1.0)
    facts = {"scores": BOTH, "ehcp": True, "weekly_cost_gbp": 1000, "social_care_cost_gbp": 100}
    step = one(greedy, child("a", **facts), basis="social_care")  # education pays 900: asked for 100 more
    assert step.by_purse == pytest.approx(
        {"social_care": 100, "education": -100 / 3, "health": -200 / 3, "public": 0}
    )
    assert step.effect.book.social_care_share == pytest.approx([0.0])


def test_two_claims_never_ask_twice():
    full = JointFunding(health_share=0.2, education_share=0.3, agreed=1.0)
    cohort = store([child("a", scores=BOTH, ehcp=True, weekly_cost_gbp=1000)]).cohort()
    result = run(Scenario(levers=(full, full)), cohort)
    assert [step.in_sequence_gbp for step in result.steps] == pytest.approx([500, 0])
    assert result.overlap_gbp == pytest.approx(500)


def test_a_claim_after_a_cap_is_on_the_price_by_then():
    cohort = store([child("a", scores=SICK, weekly_cost_gbp=6000)]).cohort()
    result = run(Scenario(levers=(CLAIM, PriceCap(cap_gbp=5000))), cohort)
    assert result.steps[1].in_sequence_gbp == pytest.approx(0.5 * 0.2 * 5000)


def test_a_claim_on_nobody_says_why():
    told = "The claim changes nothing: "
    assert one(CLAIM, child("a", weekly_cost_gbp=None)).notes == (
        f"{told}no placement with a cost is in its reach.",
    )
    assert one(CLAIM, child("a", scores=[0] * 13)).notes == (
        f"{told}no child in its reach has the needs it rests on.",
    )
    paid = child("a", scores=SICK, weekly_cost_gbp=1000, social_care_cost_gbp=800, health_cost_gbp=200)
    assert one(CLAIM, paid).notes == (
        f"{told}partners already pay their share of every placement it asks about.",
    )


# --- whose purse ---


def test_a_move_gives_partners_back_what_they_paid_and_a_cap_falls_to_all_alike():
    payers = {"weekly_cost_gbp": 5000, "social_care_cost_gbp": 3000, "health_cost_gbp": 500}
    cohort = store([child("a", scores=[0] * 13, **payers)]).cohort()
    move = StepDown(matched=0.5, holds=0.5, destination_cost_gbp=400)
    result = run(Scenario(levers=(move, PriceCap(cap_gbp=4000))), cohort)
    assert result.steps[0].by_purse == pytest.approx(
        {"social_care": 0.25 * 2600, "education": 0.25 * 1500, "health": 0.25 * 500, "public": 0.25 * 4600}
    )
    assert result.steps[1].by_purse == pytest.approx(
        {"social_care": 0.75 * 600, "education": 0.75 * 300, "health": 0.75 * 100, "public": 0.75 * 1000}
    )
