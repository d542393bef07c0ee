"""The breakdown signal: who is flagged, what counts as broken down, and its evidence against plain SQL."""

from __future__ import annotations

from datetime import date
from math import exp, isnan, log, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.demo.conftest import rows, tables
from tests.histories import THEN, history, leaver, life, spell, store_of
from tests.small import NEEDS
from vcore import CohortFilter, Store
from vcore.demo import AS_OF
from vcore.measures.breakdown_signal import NoLimit, SignalRule, check, followed, reached, watched
from vcore.measures.history import History, HistoryTooShort, months_after, years_before
from vcore.tables import checked

__all__ = ["rows", "tables"]

RULE = SignalRule(total=48, severe=2, rise=5)
JAN, EARLIER = date(2025, 1, 31), date(2024, 6, 30)  # 215 days apart


def scores(total: int, severe: int = 0) -> list[int]:
    """Thirteen scores that add up, `severe` of them 7 and the others below."""
    rest, free = total - 7 * severe, 13 - severe
    return [7] * severe + [rest // free + (place < rest % free) for place in range(free)]


def fostered(
    child_id: str, *, now: list[int] | None = None, before: list[int] | None = None, **facts: Any
) -> dict:
    """A child who lives with a foster family and was assessed once or twice, unless the facts say otherwise."""
    scored = {JAN: now or scores(13)} | ({EARLIER: before} if before else {})
    told: dict[str, Any] = {"spells": (spell("fostering"),), "assessed": scored} | facts
    return life(child_id, *told.pop("spells"), **told)


FLAGGED = [
    ({"now": scores(47)}, set()),
    ({"now": scores(48)}, {"total"}),
    ({"now": scores(30, severe=1)}, set()),
    ({"now": scores(30, severe=2)}, {"severe"}),
    ({"now": scores(24), "before": scores(20)}, set()),
    ({"now": scores(25), "before": scores(20)}, {"rise"}),
    ({"now": scores(20), "before": scores(25)}, set()),
    ({"now": scores(50, severe=4), "before": scores(40)}, {"total", "severe", "rise"}),
    ({"now": scores(50, severe=4), "spells": (spell("residential"),)}, set()),
    ({"assessed": {}}, set()),
]


def test_both_sides_of_every_limit():
    lives = [fostered(f"{place:02d}", **made) for place, (made, _) in enumerate(FLAGGED)]
    cohort = store_of(*lives).cohort(as_of=THEN)
    for found, seen, (made, limits) in zip(
        reached(cohort, RULE).to_dict("records"), watched(cohort), FLAGGED, strict=True
    ):
        assert {name for name in ("total", "severe", "rise") if found[name]} == limits, made
        assert found["any"] == bool(limits), made
        assert seen == (made.keys().isdisjoint(("spells", "assessed"))), made


FOLLOWED = [  # one child, whether its home broke down, whether it left first
    ({}, False, False),
    ({"end": date(2025, 4, 1), "broke": True}, True, False),
    ({"end": date(2026, 3, 31), "broke": True}, True, False),  # on the last day
    ({"end": date(2026, 4, 1), "broke": True}, False, False),  # the day after
    ({"end": date(2025, 9, 1)}, False, False),  # a planned move
    ({"end": date(2025, 9, 1), "left": date(2025, 9, 1)}, False, True),
    ({"end": date(2025, 9, 1), "left": date(2025, 9, 1), "broke": True}, True, False),
    ({"end": date(2025, 9, 1), "left": date(2025, 12, 1), "broke": True}, True, False),
    ({"end": date(2026, 4, 1), "left": date(2026, 4, 1)}, False, False),
    ({"birth_month": date(2007, 9, 1), "end": date(2025, 9, 1), "left": date(2025, 9, 1)}, False, True),
    ({"birth_month": date(2007, 9, 1), "end": date(2025, 9, 2), "broke": True}, False, True),  # at 18
    ({"birth_month": date(2008, 3, 1)}, False, True),  # turned 18 this month, still there
    ({"birth_month": date(2008, 4, 1)}, False, False),
]


def test_what_counts_as_broken_down_and_who_left_first():
    lives = []
    for place, (one, _, _) in enumerate(FOLLOWED):
        facts = {name: one[name] for name in ("left", "birth_month") if name in one}
        home = spell("fostering", end=one.get("end"), broke=one.get("broke", False))
        later = [spell("residential", one["end"])] if "end" in one and "left" not in one else []
        lives.append(fostered(f"{place:02d}", spells=(home, *later), **facts))
    came = followed(history(store_of(*lives, as_of=date(2026, 6, 30))))
    for told, (one, broke_down, left) in zip(came.to_dict("records"), FOLLOWED, strict=True):
        assert told == {"broke_down": broke_down, "left": left}, one


def test_a_breakdown_after_the_first_home_was_left_as_planned_is_not_this_placements():
    spells = (
        spell("fostering", end=date(2025, 6, 1)),
        spell("fostering", date(2025, 6, 1), date(2025, 9, 1), broke=True),
        spell("residential", date(2025, 9, 1)),
    )
    assert not followed(history(store_of(fostered("a", spells=spells))))["broke_down"].any()


def made_year() -> Store:
    """Four flagged (two broke down, one left), six others (one broke down, one left), and a leaver."""
    high, low = scores(60), scores(13)
    broken = (spell("fostering", end=date(2025, 8, 1), broke=True), spell("residential", date(2025, 8, 1)))
    gone = {"spells": (spell("fostering", end=date(2025, 7, 1)),), "left": date(2025, 7, 1)}
    return store_of(
        fostered("f1", now=high, spells=broken),
        fostered("f2", now=high, spells=broken),
        fostered("f3", now=high),
        fostered("f4", now=high, **gone),
        fostered("o1", now=low, spells=broken),
        *(fostered(f"o{place}", now=low) for place in (2, 3, 4, 5)),
        fostered("o6", now=low, **gone),
        leaver(),
    )


def test_the_check_by_hand():
    row = check(history(made_year()), RULE).to_dict("records")[0]
    assert row["limit"] == "any"
    counted = {
        name: row[name] for name in map(str, row) if name.split("_")[-1] in ("left", "followed", "broke")
    }
    assert (row["flagged"], row["others"]) == (4, 6)
    assert counted == {
        "flagged_left": 1, "flagged_followed": 3, "flagged_broke": 2,
        "others_left": 1, "others_followed": 5, "others_broke": 1,
    }  # fmt: skip
    assert (row["flagged_share"], row["others_share"]) == pytest.approx((2 / 3, 1 / 5))
    assert row["ratio"] == pytest.approx(10 / 3)
    spread = 1.96 * sqrt(1 / 2 - 1 / 3 + 1 / 1 - 1 / 5)
    assert row["ratio_low"] == pytest.approx(exp(log(10 / 3) - spread))
    assert row["ratio_high"] == pytest.approx(exp(log(10 / 3) + spread))
    assert row["gap_low"] < 2 / 3 - 1 / 5 < row["gap_high"]  # Newcombe's own test is that of intervals
    z2, n, p = 1.96**2, 3, 2 / 3
    middle, half = (
        (p + z2 / (2 * n)) / (1 + z2 / n),
        1.96 / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n)),
    )
    assert (row["flagged_low"], row["flagged_high"]) == pytest.approx((middle - half, middle + half))


def test_a_limit_not_set_has_no_row_and_none_at_all_is_refused():
    past = history(made_year())
    assert check(past, SignalRule(total=48))["limit"].tolist() == ["any", "total"]
    with pytest.raises(NoLimit, match="at least one of its three limits"):
        check(past, SignalRule())


def test_nobody_flagged_has_no_share_and_no_ratio():
    row = check(history(made_year()), SignalRule(total=130)).iloc[0]
    assert (row["flagged"], row["others"]) == (0, 10)
    assert isnan(row["flagged_share"])
    assert isnan(row["ratio"])


@pytest.mark.parametrize(
    ("lives", "until", "words"),
    [
        ([leaver()], None, "Nobody here lived in fostering on 31 March 2025"),
        (
            [fostered("a", assessed={}), leaver()],
            None,
            "no child in fostering had a needs assessment by 31 March 2025",
        ),
        ([fostered("a"), leaver(on=date(2025, 7, 2))], None, "nobody who left care in North within 92 days"),
        ([fostered("a"), leaver(), fostered("b", authority="South")], None, "left care in South"),
        ([fostered("a"), leaver()], date(2026, 3, 30), "12 months have not passed"),
    ],
)
def test_a_history_too_short_says_so(lives, until, words):
    with pytest.raises(HistoryTooShort, match=words):
        check(history(store_of(*lives), until=until), RULE)


def test_somebody_who_left_on_the_last_day_of_the_gap_is_enough():
    check(history(store_of(fostered("a"), leaver(on=date(2025, 7, 1)))), RULE)  # 92 days


def test_authorities_outside_the_cohort_are_not_asked_for_their_history():
    whole = store_of(fostered("a"), leaver(), fostered("b", authority="South"))
    north = whole.cohort(CohortFilter(authorities=("North",)), THEN)
    assert check(History(north, whole.afterwards(THEN)), RULE).iloc[0]["others"] == 1


def test_the_rule_says_itself():
    assert SignalRule(severe=2).describe() == "2 or more severe and complex needs"
    assert RULE.describe() == (
        "a total need of 48 or more, 2 or more severe and complex needs or a rise of 5 points or more since the "
        "assessment before"
    )


def test_dates_of_the_calendar():
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    days = months_after(np.array(["2025-08-31", "2025-03-31"], dtype="datetime64[D]"), 6)
    assert days.tolist() == [date(2026, 2, 28), date(2025, 9, 30)]


@pytest.fixture(scope="module")
def past(tables):
    whole = Store.of_tables(checked(tables, NEEDS), as_of=AS_OF, needs=NEEDS, demonstration=True)
    return history(whole)


EVIDENCE = """
WITH fostered AS (
    SELECT child_id, ended_on, breakdown FROM placement
    WHERE started_on <= DATE '2025-03-31' AND (ended_on IS NULL OR ended_on > DATE '2025-03-31')
        AND setting = 'fostering'
), seen AS (
    SELECT child_id, list_sum(scores::INTEGER[]) AS total, len(list_filter(scores, lambda one: one >= 7)) AS severe,
        assessed_on
    FROM assessment WHERE assessed_on <= DATE '2025-03-31'
), latest AS (
    FROM seen QUALIFY row_number() OVER (PARTITION BY child_id ORDER BY assessed_on DESC) = 1
), before AS (
    SELECT seen.child_id, seen.total FROM seen JOIN latest USING (child_id)
    WHERE seen.assessed_on <= latest.assessed_on - INTERVAL 150 DAY
    QUALIFY row_number() OVER (PARTITION BY child_id ORDER BY seen.assessed_on DESC) = 1
), gone AS (
    SELECT child_id, max(care_ended_on) AS day FROM care
    WHERE care_started_on <= DATE '2025-03-31' AND care_ended_on > DATE '2025-03-31'
        AND care_ended_on <= DATE '2026-03-31'
    GROUP BY ALL
), told AS (
    SELECT latest.total >= 48 OR latest.severe >= 2 OR coalesce(latest.total - before.total >= 5, false) AS flagged,
        least(gone.day, CASE WHEN birth_month + INTERVAL 18 YEAR <= DATE '2026-03-31'
            THEN birth_month + INTERVAL 18 YEAR END) AS left_on,
        coalesce(breakdown AND ended_on <= DATE '2026-03-31' AND (left_on IS NULL OR left_on >= ended_on), false)
            AS broke
    FROM fostered JOIN latest USING (child_id) JOIN child USING (child_id)
    LEFT JOIN before USING (child_id) LEFT JOIN gone USING (child_id)
)
SELECT flagged, count(*), count(*) FILTER (left_on IS NOT NULL AND NOT broke), count(*) FILTER (broke)
FROM told GROUP BY ALL ORDER BY flagged DESC
"""


def test_the_demonstrations_evidence_is_what_plain_sql_counts(past, rows):
    row = check(past, RULE).iloc[0]
    (yes, n, left, broke), (no, others, others_left, others_broke) = rows.execute(EVIDENCE).fetchall()
    assert (yes, no) == (True, False)
    assert (row["flagged"], row["flagged_left"], row["flagged_broke"]) == (n, left, broke)
    assert (row["others"], row["others_left"], row["others_broke"]) == (others, others_left, others_broke)
    assert n > 100
    assert broke > 5


@settings(max_examples=25, deadline=None)
@given(
    total=some.none() | some.integers(0, 131),
    severe=some.none() | some.integers(0, 13),
    rise=some.integers(1, 40),
)
def test_every_fostered_and_assessed_child_counts_once_and_stricter_flags_fewer(past, total, severe, rise):
    rule = SignalRule(total=total, severe=severe, rise=rise)
    table = check(past, rule)
    everybody = int(watched(past.then).sum())
    assert (table["flagged"] + table["others"] == everybody).all()
    assert (table["flagged_followed"] + table["flagged_left"] == table["flagged"]).all()
    assert (table["others_followed"] + table["others_left"] == table["others"]).all()
    assert (table["flagged_broke"] + table["others_broke"]).nunique() == 1
    assert table["flagged"].iloc[0] == table["flagged"].max()
    stricter = reached(past.then, rule.model_copy(update={"rise": rise + 1}))["any"]
    assert not (stricter & ~reached(past.then, rule)["any"]).any()
