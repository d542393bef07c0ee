"""What the Scenario screen says: children before money, right plurals, and silence where n is small."""

from __future__ import annotations

from datetime import date

import pytest

from tests.small import child, store
from ui import lever_words
from ui import scenario_words as words
from ui.disclosure import Gate
from ui.scenario_headlines import headlines
from vcore import CohortFilter
from vcore.facts.assumptions import register
from vcore.scenarios import JointFunding, PriceCap, Scenario, StepDown, run
from vcore.scenarios.levers import Prevention
from vcore.scenarios.plan import plan

OPEN, CLOSED = Gate(sees_small=True), Gate(sees_small=False)
MOVE = StepDown(matched=0.5, holds=0.64, destination_cost_gbp=1000)
CAP = PriceCap(cap_gbp=5000)
SETTLED = [9] * 13


def result_for(movable: int, capped: int, *levers, basis="gross", plain: int = 0, **scenario):
    """`movable` children at £4,000 with low need; `capped` at £6,000 with high need; `plain` in fostering."""
    children = [
        *[child(f"m{n:03}", weekly_cost_gbp=4000) for n in range(movable)],
        *[child(f"c{n:03}", weekly_cost_gbp=6000, scores=SETTLED) for n in range(capped)],
        *[child(f"p{n:03}", weekly_cost_gbp=500, setting_detail="in_house_fostering") for n in range(plain)],
    ]
    return run(Scenario(levers=levers, cost_basis=basis, **scenario), store(children).cohort())


@pytest.mark.parametrize(
    ("movable", "sentence"),
    [
        (0, "Nobody would be discussed for a move."),
        (1, "1 child would be discussed; perhaps nobody would move."),
        (3, "3 children would be discussed; about 1 would move."),
        (40, "40 children would be discussed; about 13 would move."),
    ],
)
def test_children_come_first(movable, sentence):
    assert words.headline(result_for(movable, 2, MOVE, CAP), OPEN) == sentence


@pytest.mark.parametrize(
    ("capped", "sentence"),
    [
        (0, "No child would move; no placement would cost less."),
        (1, "No child would move; 1 placement would cost less."),
        (12, "No child would move; 12 placements would cost less."),
    ],
)
def test_a_cap_alone_moves_nobody(capped, sentence):
    assert words.headline(result_for(1, capped, CAP), OPEN) == sentence


def test_no_lever_changes_nothing():
    assert words.headline(result_for(1, 0), OPEN) == "Nothing changes: no lever is on."


@pytest.mark.parametrize(
    ("movable", "plain", "sentence"),
    [
        (5, 100, "Too few children to say how many would be discussed."),
        (6, 100, "6 children would be discussed; about 2 would move."),
        (100, 5, "Too few children to say how many would be discussed."),  # who is left would be told
        (100, 0, "100 children would be discussed; about 32 would move."),
    ],
)
def test_small_counts_are_not_said_to_a_role_without_them(movable, plain, sentence):
    assert words.headline(result_for(movable, 0, MOVE, plain=plain), CLOSED) == sentence


@pytest.mark.parametrize(
    ("movable", "capped", "told"),
    [(10, 10, True), (9, 10, False), (10, 9, False), (0, 10, True), (0, 0, True)],
)
def test_amounts_need_ten_children_behind_every_lever(movable, capped, told):
    result = result_for(movable, capped, MOVE, CAP, plain=20)
    assert words.all_told(result, CLOSED) is told
    assert words.all_told(result, OPEN)
    hidden = [words.effect(step, result, CLOSED) == "c" for step in result.steps]
    assert hidden == [0 < movable < 10, 0 < capped < 10]


@pytest.mark.parametrize(
    ("annual", "said"),
    [
        (7_167_967.0, ("£7.2m", "less a year")),
        (-340_000.0, ("£340k", "more a year")),
        (0.2, ("£0", "a year")),
    ],
)
def test_which_way_money_goes_is_said_in_words(annual, said):
    assert words.yearly(annual) == said


def test_each_lever_says_its_own_effect():
    result = result_for(10, 20, MOVE, CAP)
    weekly = 10 * 0.32 * 3000
    assert words.effect(result.steps[0], result, OPEN) == f"£{weekly * 52 / 1000:.0f}k less a year"
    assert words.effect(result.steps[1], result, OPEN) == "£1.0m less a year"


def test_the_year_follows_from_the_week():
    assert (
        words.money_line(result_for(0, 20, CAP)) == "£20,000 a week × 52 weeks, a full year at today's prices"
    )
    assert words.money_line(result_for(0, 20, CAP, weeks_per_year=365 / 7)).startswith(
        "£20,000 a week × 52.14 weeks"
    )


@pytest.mark.parametrize(
    ("levers", "title"),
    [
        ((CAP,), "£1.0m less a year from the price cap at £5,000"),
        ((MOVE,), "£499k less a year from the step-down to agency fostering"),
        ((MOVE, CAP), "£1.5m less a year together; nothing is counted twice"),
        (
            (MOVE, PriceCap(cap_gbp=3000)),
            "£4.0m less a year together, once £166k counted twice is taken off",
        ),
        (
            (MOVE.model_copy(update={"destination_cost_gbp": 9000}),),
            "£832k more a year from the step-down to agency fostering",
        ),
    ],
)
def test_the_bridge_says_what_it_finds(levers, title):
    """10 movable at £4,000, 20 capped at £6,000: 10 × 0.32 × 3,000 a week, 20 × 1,000, and so on."""
    assert words.bridge_title(result_for(10, 20, *levers)) == title


def test_titles_stay_short():
    for levers in ((CAP,), (MOVE,), (MOVE, PriceCap(cap_gbp=3000))):
        assert len(words.bridge_title(result_for(10, 20, *levers)).split()) <= 15


def test_what_must_stand_beside_a_cap_and_a_move():
    both = words.caveats(result_for(10, 20, MOVE, CAP))
    assert len(both) == 2
    assert "No legal price cap exists" in both[0]
    assert "section 17" in both[0]
    assert "hand placements back" in both[0]
    assert "decides nothing about a child" in both[1]
    assert words.caveats(result_for(10, 20)) == []


def test_the_dearest_of_a_filtered_cohort_are_said_to_be_that():
    children = [child(f"{n}", weekly_cost_gbp=6000, age=n) for n in range(30)]
    top = Scenario(levers=(PriceCap(cap_gbp=5000, top_share=0.07),))
    picked, everyone = (
        run(top, store(children).cohort(choice)) for choice in (CohortFilter(age_min=1), CohortFilter())
    )
    assert words.caveats(picked)[1:] == [
        "The dearest 7% here is of this filtered cohort, not the dearest 7% of all placements."
    ]
    assert len(words.caveats(everyone)) == 1
    assert words.national(picked, OPEN) == ""


def test_an_equality_note_comes_first():
    children = [child(f"{n}", weekly_cost_gbp=6000, sex="F" if n % 2 else "M") for n in range(30)]
    cohort = store(children).cohort(CohortFilter(sexes=("F",)))
    said = words.caveats(run(Scenario(levers=(CAP,)), cohort))
    assert said[0] == "This cohort is picked by sex. Check the effect on equality before deciding."


def test_the_scale_up_is_called_a_scale():
    result = result_for(0, 20, CAP)
    national = 20_000 * 52 * 81_770 / 20
    assert words.national(result, OPEN) == (
        f"If every council's children and prices were like these, £{national / 1e9:.1f}bn a year across "
        "England: a scale by head-count (81,770 children in care, 2025), not a forecast."
    )
    assert words.national(result_for(0, 9, CAP), CLOSED) == ""


def test_assumptions_carry_their_source_and_placeholders_are_called_that():
    table = lever_words.assumptions(result_for(10, 20, MOVE, CAP), register())
    by_name = table.set_index("Assumption")
    assert by_name.loc["Moves that hold", "Here"] == "64%"
    assert "20 of 31" in by_name.loc["Moves that hold", "Source"]
    assert by_name.loc["Support for a move", "Source"].startswith("Placeholder: no source yet")
    assert by_name.loc["Weekly price cap to start from", "Here"] == "£5,000"
    assert "CYP" not in table.to_string()


@pytest.mark.parametrize(
    ("name", "lever", "said"),
    [
        ("in_setting", MOVE, "in residential"),
        ("in_setting", StepDown(from_settings=("residential", "other")), "in residential or in other"),
        ("within_severe_limit", MOVE, "with no severe need"),
        ("within_severe_limit", StepDown(max_severe=1), "with at most 1 severe need"),
        ("within_severe_limit", StepDown(max_severe=2), "with at most 2 severe needs"),
        ("hard_limits", MOVE, "not in a secure or specialist home, nor deprived of liberty"),
        (
            "hard_limits",
            StepDown(to="semi_independent"),
            "not in a secure or specialist home, nor deprived of liberty, 16 or older",
        ),
        ("recently_moved", MOVE, "settled for six months or more"),
    ],
)
def test_each_test_of_the_funnel_has_words(name, lever, said):
    assert lever_words.funnel_words(name, lever) == said


def test_what_the_total_is_made_of_is_said_where_it_is_not_all_cash():
    children = [
        *[child(f"s{n:02}", weekly_cost_gbp=4000, sourced="spot") for n in range(20)],
        *[child(f"b{n:02}", weekly_cost_gbp=4000, sourced="block") for n in range(10)],
    ]
    cohort = store(children).cohort()
    result = run(Scenario(levers=(MOVE, Prevention(entries_avoided_a_year=12, months_avoided=12))), cohort)
    assert words.kinds_line(result, CLOSED) == (
        f"Of it £{20 * 0.32 * 3000 * 52 / 1e3:.0f}k cash, £{10 * 0.32 * 3000 * 52 / 1e3:.0f}k capacity released until "
        f"it is filled again. Beside it, no part of the saving: £{12 * 4000 * 52 / 1e6:.1f}m of growth avoided once "
        "built up."
    )
    assert words.effect(result.steps[1], result, CLOSED) == (
        f"£{12 * 4000 * 52 / 1e6:.1f}m of growth avoided a year"
    )
    few = store(children[:29]).cohort()  # nine in block places: their share of the total would be told
    assert words.kinds_line(run(Scenario(levers=(MOVE,)), few), CLOSED) == ""
    assert "released" in words.kinds_line(run(Scenario(levers=(MOVE,)), few), OPEN)
    assert words.kinds_line(result_for(0, 20, CAP), OPEN) == ""


CLAIM = JointFunding(health_share=0.2, education_share=0.3, agreed=0.5)


def claimed(*levers, n: int = 20):
    """Twenty at £6,000 with every need severe and a plan: a claim takes a quarter of the price."""
    facts = {"weekly_cost_gbp": 6000, "scores": SETTLED, "ehcp": True}
    cohort = store([child(f"{k:02}", **facts) for k in range(n)]).cohort()
    return run(Scenario(levers=levers), cohort)


def test_a_claim_is_beside_the_saving_and_in_none_of_its_figures():
    result = claimed(CAP, CLAIM)
    assert [one[:2] for one in headlines(result, None, CLOSED)] == [
        ("£1.0m", "less a year for the council"),
        ("£0", "one-off cost of the moves"),
        ("£1.0m", "net in the first full year"),
    ]
    assert words.kinds_line(result, CLOSED) == (
        "Beside it, no part of the saving: £1.3m claimed from partners, not yet agreed."
    )
    assert words.money_line(result) == "£20,000 a week × 52 weeks, a full year at today's prices"
    assert words.bridge_title(result) == "£1.0m less a year from the price cap at £5,000"
    assert words.effect(result.steps[1], result, CLOSED) == "£1.6m claimed a year"


def test_a_claim_alone_saves_nothing_until_it_is_agreed():
    result = claimed(CLAIM)
    assert headlines(result, None, CLOSED)[0][:2] == ("£0", "a year for the council")
    assert words.bridge_title(result) == "Nothing is saved until partners agree"
    assert words.kinds_line(result, CLOSED) == (
        "Beside it, no part of the saving: £1.6m claimed from partners, not yet agreed."
    )


@pytest.mark.parametrize(("shared", "gross_told"), [(0, True), (1, False), (9, False), (10, True)])
def test_what_partners_pay_for_a_few_children_is_not_told_by_the_two_views_together(shared, gross_told):
    children = [
        child(f"{n:02}", weekly_cost_gbp=6000, social_care_cost_gbp=3000 if n < shared else 6000)
        for n in range(20)
    ]
    cohort = store(children).cohort()
    for basis, expected in (("gross", gross_told), ("social_care", True)):
        (step,) = run(Scenario(levers=(CAP,), cost_basis=basis), cohort).steps
        assert words.told(step, CLOSED) is expected
        assert words.told(step, OPEN)


def test_the_headline_tells_a_full_year_and_this_one():
    """Twenty at £6,000; a cap at £5,000 over four months: ¼, ½, ¾ and then nine months of £1,000 a week each."""
    result = claimed(PriceCap(cap_gbp=5000, ramp_months=4), CLAIM)
    told = [one[:2] for one in headlines(result, plan(result), CLOSED)]
    assert told[0] == ("£1.0m", "less a year for the council")
    assert told[1] == (f"£{20 * 1000 * 52 / 12 * 10.5 / 1e3:.0f}k", "less in 2026/27")
    assert [words for _, words in told[2:]] == ["one-off cost of the moves", "net in the first full year"]


def test_a_year_in_which_a_few_turn_18_is_not_told_to_a_director():
    young = {"weekly_cost_gbp": 6000, "scores": SETTLED}
    children = [child(f"{k:02}", birth_month=date(2008, 10, 1), **young) for k in range(3)]
    children += [child(f"{k:02}", birth_month=date(2020, 1, 1), **young) for k in range(3, 20)]
    result = run(Scenario(levers=(CAP,), cost_basis="gross"), store(children).cohort())
    assert headlines(result, plan(result), CLOSED)[1][:2] == ("c", "in 2026/27")
    months = 17 * 12 + 3 * 6
    assert headlines(result, plan(result), OPEN)[1].number == f"£{months * 1000 * 52 / 12 / 1e3:.0f}k"
    assert [one.words for one in headlines(result, None, OPEN)][1] == "one-off cost of the moves"


@pytest.mark.parametrize(("costed", "priced"), [(0, False), (1, True)])
def test_where_no_cost_is_recorded_nothing_is_priced_not_even_at_nought(costed, priced):
    children = [child(f"c{n}", weekly_cost_gbp=6_000 if n < costed else None) for n in range(20)]
    result, gate = run(Scenario(levers=(CAP, MOVE)), store(children).cohort()), Gate(sees_small=True)
    assert words.all_told(result, gate) is priced
    assert (
        words.headline(result, gate) == "Nothing can be priced: no placement here has a cost."
    ) is not priced
    assert [words.effect(step, result, gate) == "x" for step in result.steps] == [not priced] * 2
    assert words.why_untold(result) == (words.AMOUNTS_HIDDEN if priced else words.LOAD_COSTS)
    assert not words.unpriced(run(Scenario(levers=()), store(children).cohort()))
