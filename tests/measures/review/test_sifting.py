"""Review rules: who is listed and how the funnel narrows, against plain pandas over the same rows."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.small import AS_OF, NEEDS, child, store
from tests.ui import populated
from vcore import CohortFilter
from vcore.facts.school_years import school_year
from vcore.measures.breakdown_signal import SignalRule
from vcore.measures.child_facts import facts_of
from vcore.measures.cost_model import CostModel
from vcore.measures.review import PURPOSES, AtLevel, Flagged, LivesIn, ReviewRule, Within, sift
from vcore.measures.review.numbers import FACTS
from vcore.measures.review.order import in_order
from vcore.measures.review.presets import presets
from vcore.measures.review.reasons import flags, reasons, rows_at
from vcore.measures.review.sifting import above_expected, ways_out

STORE = populated.store()
ALL = STORE.cohort()
ROWS = ALL.children
NOTHING = np.full(len(ROWS), np.nan)


def model(expected: np.ndarray) -> CostModel:
    return CostModel(0, expected, expected, expected, pd.DataFrame(), (0.0, 0.0, 0.0))


EXPECTED = np.where(ROWS["need_total"].isna() | ROWS["weekly_cost_gbp"].isna(), np.nan, 1_500.0)
MODEL = model(EXPECTED)


def plainly(rule: ReviewRule) -> pd.Series:
    """Who is listed, condition by condition in pandas."""
    rows, keep = ROWS, pd.Series(True, index=ROWS.index)
    for one in rule.conditions:
        if isinstance(one, LivesIn):
            keep &= rows["setting"].isin(one.places) | rows["setting_detail"].isin(one.places)
        elif isinstance(one, AtLevel):
            score = rows[f"need_{one.domain}"].astype("float64")
            starts = {"none": 0, "minor": 1, "moderate": 4, "severe": 7}
            tops = {"none": 0, "minor": 3, "moderate": 6}
            keep &= score <= tops[one.level] if one.or_less else score >= starts[one.level]
        elif isinstance(one, Flagged):
            numbers = rows[["need_total", "severe_count", "need_change"]].astype("float64")
            limits = [one.signal.total, one.signal.severe, one.signal.rise]
            keep &= (numbers >= [np.inf if limit is None else limit for limit in limits]).any(axis=1)
        elif isinstance(one, Within):
            column = FACTS[one.fact].column
            value = rows["weekly_cost_gbp"] - EXPECTED if column is None else rows[column].astype("float64")
            if one.low is not None:
                keep &= value >= one.low
            if one.high is not None:
                keep &= value <= one.high
    if rule.purpose in ("family", "supported"):
        keep &= ~rows["setting_detail"].isin(["secure_home", "specialist_residential"])
        keep &= ~rows["dol"].fillna(False)
    if rule.purpose == "supported":
        keep &= rows["age"] >= 16
    out = {
        "stale_assessment": rows["assessment_age_days"].astype("float64") > 183,
        "recently_moved": rows["months_in_placement"] < 6,
        "rising_need": rows["need_change"].astype("float64") >= 5,
        "unsuitable_for_fostering": rows["foster_suitability"] == "unsuitable",
        "long_settled": rows["months_in_placement"] >= 24,
    }
    for screen in rule.screens:
        keep &= ~out[screen]
    return keep.astype(bool)


def spans(fact: str, low: float, high: float):
    ends = st.tuples(
        st.none() | st.integers(int(low), int(high)), st.none() | st.integers(int(low), int(high))
    )
    return ends.filter(lambda pair: pair != (None, None)).map(
        lambda pair: Within(fact=fact, low=min_(pair), high=max_(pair))
    )


def min_(pair):
    return pair[0] if None in pair else min(pair)


def max_(pair):
    return pair[1] if None in pair else max(pair)


CONDITIONS = st.one_of(
    st.sets(
        st.sampled_from(["fostering", "residential", "private_residential", "semi_independent"]), min_size=1
    ).map(lambda names: LivesIn(places=tuple(names))),
    spans("need_total", 0, 90),
    spans("severe_count", 0, 6),
    spans("weekly_cost", 0, 8_000),
    spans("above_expected", -2_000, 4_000),
    spans("age", 0, 18),
    spans("months_in_placement", 0, 40),
    st.builds(
        lambda domain, level: AtLevel(domain=domain, level=level[0], or_less=level[1]),
        st.sampled_from(["emotional_health", "self_care"]),
        st.sampled_from([("severe", False), ("minor", False), ("moderate", True), ("none", True)]),
    ),
    st.builds(
        lambda total, severe, rise: Flagged(signal=SignalRule(total=total, severe=severe, rise=rise)),
        st.integers(0, 90),
        st.none() | st.integers(0, 6),
        st.none() | st.integers(1, 9),
    ),
)
RULES = st.builds(
    lambda purpose, conditions, screens: ReviewRule(
        purpose=purpose, conditions=tuple(conditions), screens=screens
    ),
    st.sampled_from(sorted(PURPOSES)),
    st.lists(CONDITIONS, max_size=4, unique_by=lambda condition: condition.key),
    st.lists(
        st.sampled_from(["stale_assessment", "recently_moved", "long_settled"]), max_size=3, unique=True
    ),
)


@settings(max_examples=60, deadline=None)
@given(RULES)
def test_who_is_listed_is_what_pandas_picks(rule):
    found = sift(ALL, rule, MODEL)
    assert found.listed.tolist() == plainly(rule).tolist()
    assert found.children == int(plainly(rule).sum())


@settings(max_examples=40, deadline=None)
@given(RULES, st.randoms())
def test_a_funnel_only_narrows_and_order_changes_nobody(rule, random):
    found = sift(ALL, rule, MODEL)
    left = [step.left for step in found.steps]
    assert left[0] == len(ALL) and left == sorted(left, reverse=True)
    assert left[-1] == int(found.listed.sum())
    assert all(step.not_recorded <= before for step, before in zip(found.steps[1:], left, strict=False))
    shuffled = list(rule.conditions)
    random.shuffle(shuffled)
    again = ReviewRule(purpose=rule.purpose, conditions=tuple(shuffled), screens=rule.screens[::-1])
    assert again == rule and sift(ALL, again, MODEL).steps == found.steps


@settings(max_examples=40, deadline=None)
@given(RULES)
def test_taking_anything_away_loses_nobody_and_parts_of_a_cohort_add_up(rule):
    listed = sift(ALL, rule, MODEL).listed
    for key in [*(one.key for one in rule.conditions), *rule.screens]:
        assert not (listed & ~sift(ALL, rule.without(key), MODEL).listed).any()
    parts = [STORE.cohort(CohortFilter(authorities=(name,))) for name in ("North", "South")]
    assert sum(sift(part, rule, MODEL).children for part in parts) == int(listed.sum())


@pytest.mark.parametrize("place", range(6))
def test_presets_list_whom_pandas_lists(place):
    rule = presets(ALL.as_of)[place].rule
    found = sift(ALL, rule, MODEL)
    assert found.listed.tolist() == plainly(rule).tolist()
    assert found.children > 0, "the preset is tried on somebody"


def test_ends_count_and_what_is_missing_meets_no_condition_and_is_counted():
    few = store(
        [
            child("a", scores=[2] * 13),  # 26
            child("b", scores=[2] * 12 + [1]),  # 25
            child("c", scores=[2] * 12 + [3]),  # 27
            child("d", scores=None),
        ]
    ).cohort()
    found = sift(few, ReviewRule(conditions=(Within(fact="need_total", low=25, high=26),)))
    assert found.listed.tolist() == [True, True, False, False]
    assert found.steps[1].not_recorded == 1


@pytest.mark.parametrize(
    ("facts", "purpose", "named"),
    [
        ({}, "family", True),
        ({"dol": True}, "family", False),
        ({"dol": True}, "leaving", True),  # nobody moves: a talk about plans is for them too
        ({"setting_detail": "secure_home", "place_code": "K1"}, "family", False),
        ({"birth_month": date(2010, 5, 1)}, "supported", False),  # 15
        ({"birth_month": date(2010, 3, 1)}, "supported", True),  # 16 this month
    ],
)
def test_hard_limits_hold_for_moves_whatever_the_rule_says(facts, purpose, named):
    assert sift(store([child("a", **facts)]).cohort(), ReviewRule(purpose=purpose)).listed.tolist() == [named]


def test_a_condition_on_price_waits_for_what_placements_should_cost():
    rule = ReviewRule(conditions=(Within(fact="above_expected", low=0),))
    assert rule.waits and not ReviewRule(conditions=(Within(fact="weekly_cost", low=0),)).waits
    assert sift(ALL, rule).children == 0
    gap = above_expected(ALL, MODEL)
    assert gap is not None
    np.testing.assert_allclose(gap, ROWS["weekly_cost_gbp"] - EXPECTED)


def test_an_empty_list_names_what_empties_it_and_what_would_not():
    few = store([child("a", scores=[2] * 13), child("b", scores=[1] * 13)]).cohort()
    rule = ReviewRule(
        conditions=(
            LivesIn(places=("residential",)),
            Within(fact="need_total", high=5),
            Within(fact="age", high=30 - 5),
        )
    )
    emptied = sift(few, rule).emptied_by
    assert emptied is not None and emptied.key == "need_total"
    assert ways_out(few, rule) == {"need_total": 2}


SENTENCES = [
    (ReviewRule(), "All children here: to discuss whether price follows need."),
    (
        ReviewRule(
            purpose="family",
            conditions=(LivesIn(places=("residential",)), Within(fact="severe_count", high=0)),
        ),
        "Children in residential, with no severe and complex need: to discuss a move to a family.",
    ),
    (
        ReviewRule(
            conditions=(Within(fact="severe_count", low=1, high=1), Within(fact="years_in_care", low=1)),
            screens=("recently_moved",),
        ),
        "Children in care 1 year or more, with 1 severe and complex need; settled for six months or more: "
        "to discuss whether price follows need.",
    ),
    (
        ReviewRule(
            purpose="stability",
            conditions=(
                LivesIn(places=("fostering", "semi_independent")),
                AtLevel(domain="self_care", level="moderate"),
                Within(fact="need_change", low=5),
            ),
        ),
        "Children in fostering or supported accommodation, with moderate or more need in self-care and independent "
        "living, whose need changed by +5 points or more: to discuss what would keep the placement.",
    ),
    (
        ReviewRule(
            conditions=(Within(fact="weekly_cost", low=1_000, high=3_000), Within(fact="age", high=11))
        ),
        "Children aged 11 or less, costing £1,000 to £3,000 a week: to discuss whether price follows need.",
    ),
    (
        ReviewRule(
            purpose="leaving",
            conditions=(
                Within(fact="days_to_17", low=1, high=30),
                AtLevel(domain="attachments", level="none", or_less=True),
            ),
        ),
        "Children turning 17 in 1 to 30 days, with no need in positive and healthy attachments: to discuss plans for "
        "leaving care.",
    ),
]


@pytest.mark.parametrize(("rule", "sentence"), SENTENCES)
def test_a_rule_reads_as_one_sentence(rule, sentence):
    assert rule.sentence(NEEDS) == sentence


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Within(fact="sex", low=1),
        lambda: Within(fact="age"),
        lambda: Within(fact="age", low=12, high=5),
        lambda: Within(fact="age", low=99),
        lambda: LivesIn(places=("a castle",)),
        lambda: LivesIn(places=()),
        lambda: AtLevel(domain="self_care", level="none"),
        lambda: AtLevel(domain="self_care", level="severe", or_less=True),
        lambda: ReviewRule(purpose="saving"),
        lambda: ReviewRule(screens=("ethnicity",)),
        lambda: ReviewRule(conditions=(Within(fact="age", low=1), Within(fact="age", low=2))),
        lambda: ReviewRule.model_validate({"ethnicity": "White"}),
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValidationError):
        wrong()


def test_no_protected_characteristic_can_be_a_condition():
    columns = {about.column for about in FACTS.values()}
    assert not columns & {"sex", "ethnicity", "ethnic_code", "disability", "uasc"}


def test_the_order_of_a_list_puts_what_is_not_known_last():
    few = store(
        [
            child("a", scores=[2] * 13),
            child("b", scores=None),
            child("c", scores=[1] * 13),
            child("d", scores=[2] * 13),
        ]
    ).cohort()
    listed = np.array([True, True, True, True])
    assert in_order(facts_of(few), listed, "need_low", None).tolist() == [2, 0, 3, 1]
    assert in_order(facts_of(few), listed, "need_high", None).tolist() == [0, 3, 2, 1]
    above = np.array([5.0, np.nan, 900.0, 5.0])
    assert in_order(facts_of(few), ~np.eye(4, dtype=bool)[0], "above_expected", above).tolist() == [2, 3, 1]


@dataclasses.dataclass
class Row:
    """A child's row, as `itertuples` gives it."""

    child_id: str = "a"
    severe_count: int | None = 0
    need_change: float = float("nan")
    breakdowns_12m: int = 0
    days_to_17: float = 45
    years_in_care: float = 3.25
    assessment_age_days: float = 213
    foster_suitability: str | None = None
    above_expected: float = float("nan")
    days_to_18: int = 600
    ehcp: bool | None = None
    place_code: str = "K2"
    siblings: int = 0
    sibling_group: str | None = None
    missing_12m: object = 0
    away_12m: object = 0
    previous_permanence: str | None = None


PLAIN = ReviewRule()


@pytest.mark.parametrize(
    ("row", "rule", "said"),
    [
        (Row(), PLAIN, ["no severe need in any domain", "assessed 7 months ago"]),
        (
            Row(above_expected=1_140.4),
            PLAIN,
            [
                "no severe need in any domain",
                "assessed 7 months ago",
                "£1,140 a week above what need alone suggests",
            ],
        ),
        (
            Row(severe_count=1, above_expected=-20),
            PLAIN,
            ["severe need in 1 domain", "assessed 7 months ago", "£20 a week below what need alone suggests"],
        ),
        (
            Row(severe_count=3, need_change=6, assessment_age_days=3),
            PLAIN,
            ["severe need in 3 domains", "need up 6 points", "assessed this month"],
        ),
        (Row(need_change=4), PLAIN, ["no severe need in any domain", "assessed 7 months ago"]),
        (
            Row(need_change=-1),
            ReviewRule(conditions=(Within(fact="need_change", high=0),)),
            ["no severe need in any domain", "need down 1 point", "assessed 7 months ago"],
        ),
        (
            Row(breakdowns_12m=2, foster_suitability="suitable"),
            PLAIN,
            [
                "no severe need in any domain",
                "2 breakdowns in 12 months",
                "assessed 7 months ago",
                "fostering recorded as suitable",
            ],
        ),
        (
            Row(),
            ReviewRule(conditions=(Within(fact="days_to_17", high=90),)),
            ["no severe need in any domain", "turns 17 in 1 month", "assessed 7 months ago"],
        ),
    ],
)
def test_every_row_says_why(row, rule, said):
    assert reasons(row, rule) == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row(), ["Year 11: GCSEs"]),  # 18 on 21 November 2027
        (Row(days_to_18=900), ["Year 10: GCSEs"]),  # 16 September 2028
        (Row(days_to_18=2_000), []),
        (Row(days_to_18=2_000, ehcp=True), []),
        (
            Row(days_to_18=2_000, ehcp=True, place_code="S1"),
            ["EHCP, and lives at a residential school it may name"],
        ),
        (Row(days_to_18=2_000, siblings=3, sibling_group="g"), ["one of 3 siblings in care"]),
        (Row(days_to_18=2_000, siblings=1, sibling_group="g"), ["to be kept with siblings"]),
        (Row(days_to_18=2_000, child_id="w"), ["has said what they wish"]),
        (Row(days_to_18=2_000, missing_12m=pd.NA, away_12m=pd.NA, previous_permanence="Z1"), []),
        (
            Row(days_to_18=2_000, missing_12m=4, away_12m=1, previous_permanence="P1", child_id="w"),
            [
                "missing 4 times and away once in the last 12 months",
                "was adopted before",
                "has said what they wish",
            ],
        ),
        (Row(days_to_18=2_000, previous_permanence="P2"), ["was under special guardianship before"]),
    ],
)
def test_what_to_weigh_is_flagged(row, said):
    assert flags(row, AS_OF, {"w"}) == said


@pytest.mark.parametrize(
    ("as_of", "turns_18", "year"),
    [
        (date(2026, 3, 31), date(2027, 9, 1), 11),
        (date(2026, 3, 31), date(2028, 8, 31), 11),
        (date(2026, 3, 31), date(2028, 9, 1), 10),
        (date(2026, 9, 1), date(2028, 8, 31), 12),
        (date(2026, 8, 31), date(2028, 8, 31), 11),
    ],
)
def test_the_school_year_turns_in_september(as_of, turns_18, year):
    assert school_year(as_of, turns_18) == year


def test_rows_count_siblings_in_care():
    few = store([child("a", sibling_group="g"), child("b", sibling_group="g"), child("c")]).cohort()
    rows = rows_at(few, np.array([2, 0]), None)
    assert rows["child_id"].tolist() == ["c", "a"]
    assert rows["siblings"].tolist() == [0, 2]
