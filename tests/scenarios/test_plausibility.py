"""A result beside what has been published, worked by hand."""

from __future__ import annotations

import pytest

from tests.small import child, store
from vcore.facts.delivered import delivered
from vcore.scenarios import FeeChange, NeedBands, PriceCap, Scenario, StaffingTaper, StepDown, run
from vcore.scenarios.plausibility import plausibility

PRINTED = {  # domain guide, section 6, thousands of pounds a child
    "Oxfordshire": 159,
    "Lincolnshire": 129,
    "One reunification": 105,
    "Northamptonshire": 100,
    "Birmingham": 59,
}


def checks(*levers, children, basis="gross"):
    found = plausibility(run(Scenario(levers=levers, cost_basis=basis), store(children).cohort()))
    return {check.figure: check for check in found}


def test_the_published_results_are_the_printed_ones():
    assert {one.council: round(one.per_child_gbp / 1_000) for one in delivered()} == PRINTED
    assert [one.council for one in delivered()] == list(PRINTED)


@pytest.mark.parametrize(
    ("weekly", "thousands", "verdict"),
    [
        (1500, 26, "below"),
        (2134, 59, "below"),
        (2135, 59, "within"),
        (4059, 159, "within"),
        (4060, 159, "above"),
    ],
)
def test_a_move_is_held_against_what_councils_published(weekly, thousands, verdict):
    """A child who moves for good from £x to £1,000 a week saves 52 × (x − 1,000), whatever share moves."""
    move = StepDown(matched=0.5, holds=0.5, destination_cost_gbp=1000)
    found = checks(move, children=[child("a", weekly_cost_gbp=weekly), child("b", weekly_cost_gbp=weekly)])
    check = found["saved_a_child"]
    assert check.value == pytest.approx(52 * (weekly - 1000))
    assert (check.verdict, check.children) == (verdict, 2)
    assert check.sentence.startswith(f"Each child who moves for good saves £{thousands}k a year, ")
    assert (
        "Oxfordshire £159k (22 children), Lincolnshire £129k (45 children), One reunification £105k,"
        in check.sentence
    )


def test_a_move_that_costs_more_says_so():
    move = StepDown(destination_cost_gbp=3000)
    check = checks(move, children=[child("a", weekly_cost_gbp=2000)])["saved_a_child"]
    assert check.sentence.startswith(
        "Each child who moves for good costs £52k more a year, less than any published"
    )


@pytest.mark.parametrize(("price", "verdict"), [(574, "below"), (575, "within"), (1750, "within")])
def test_the_price_of_fostering_is_held_against_england(price, verdict):
    check = checks(StepDown(destination_cost_gbp=price), children=[child("a", weekly_cost_gbp=6000)])[
        "price_there"
    ]
    assert check.verdict == verdict
    assert ("under what nine in ten councils pay (£575)" in check.sentence) == (verdict == "below")
    assert "£765 a week across England (2024-25)" in check.sentence


@pytest.mark.parametrize(
    ("cap", "verdict"), [(6019, "below"), (6020, "within"), (9590, "within"), (9591, "above")]
)
def test_a_cap_is_held_against_what_councils_pay(cap, verdict):
    check = checks(PriceCap(cap_gbp=cap), children=[child("a", weekly_cost_gbp=20_000)])["cap"]
    assert check.verdict == verdict
    assert "£6,020 to £9,590 for eight in ten, £7,385 across England (2024-25)." in check.sentence


@pytest.mark.parametrize(
    ("cap", "verdict", "percent"), [(7740, "within", 23), (7739, "above", 23), (5000, "above", 50)]
)
def test_a_cut_deeper_than_the_margin_is_said(cap, verdict, percent):
    """10,000 less 22.6% is 7,740; the child under the cap does not count."""
    two = [child("a", weekly_cost_gbp=10_000), child("b", weekly_cost_gbp=4000)]
    for lever in (
        PriceCap(cap_gbp=cap),
        PriceCap(cap_gbp=cap, handed_back=0.4, replacement_cost_gbp=0),
        NeedBands(standard_gbp=cap, enhanced_gbp=cap, complex_gbp=cap),
    ):
        check = checks(lever, children=two)["price_cut"]
        assert check.value == pytest.approx(1 - cap / 10_000)
        assert (check.verdict, check.children) == (verdict, 1)
        assert check.sentence.startswith(f"Where prices fall they fall by {percent}% on average, ")
        assert ("hand placements back" in check.sentence) == (verdict == "above")


def test_a_cut_is_of_the_price_before_the_lever():
    """The bands bring 10,000 to 8,000; the cap takes a quarter of that, not two fifths of the first price."""
    bands = NeedBands(standard_gbp=8000, enhanced_gbp=8000, complex_gbp=8000)
    cohort = store([child("a", weekly_cost_gbp=10_000)]).cohort()
    found = plausibility(run(Scenario(levers=(PriceCap(cap_gbp=6000), bands)), cohort))
    assert [check.value for check in found if check.figure == "price_cut"] == pytest.approx([0.2, 0.25])


@pytest.mark.parametrize(
    ("change", "said", "verdict"),
    [
        (-0.03, "−3.0%", "below"),
        (0.061, "+6.1%", "below"),
        (0.062, "+6.2%", "within"),
        (0.09, "+9.0%", "within"),
        (0.1, "+10.0%", "above"),
    ],
)
def test_fees_stand_beside_the_growth_of_prices(change, said, verdict):
    check = checks(FeeChange(change=change), children=[child("a")])["fee_change"]
    assert check.verdict == verdict
    assert check.sentence == (
        f"A change of {said} stands beside prices that rose by 6.2% in fostering and 9.0% in residential "
        "care across England (2024-25)."
    )


def test_nothing_is_said_of_a_lever_without_effect_or_without_anything_published():
    plain = [child("a", weekly_cost_gbp=1000, staffing_ratio=2.0)]
    assert checks(PriceCap(cap_gbp=5000), StaffingTaper(), children=plain) == {}
    assert checks(StepDown(matched=0, destination_cost_gbp=800), children=plain).keys() == {"price_there"}
