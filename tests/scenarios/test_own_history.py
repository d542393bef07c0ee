"""The step-down rule on the store's own past: moves, how long they held, means, what is offered; and plain SQL."""

from __future__ import annotations

from datetime import date
from math import sqrt

import numpy as np
import pytest

from tests.demo.conftest import rows, tables
from tests.histories import THEN, history, leaver, life, spell, store_of
from tests.small import AS_OF, NEEDS
from vcore import CohortFilter, StepDown, Store
from vcore.demo import AS_OF as DEMO_DAY
from vcore.errors import RefusedRun
from vcore.measures.history import History, HistoryTooShort
from vcore.scenarios.own_history import OwnHistory, own_history
from vcore.tables import checked

__all__ = ["rows", "tables"]

RULE = StepDown(
    matched=0.5, holds=0.64, return_cost_gbp=0, support_weekly_gbp=0, support_weeks=0, double_running_weeks=0
)
NEEDY = [9] * 2 + [1] * 11
LATER = date(2027, 3, 31)


def home(child_id: str, *moves: tuple[str, date], left: date | None = None, **facts) -> dict:
    """A child in residential on `THEN` who moves on these days."""
    starts = [("residential", date(2022, 1, 1)), *moves]
    ends = [day for _, day in moves] + [left]
    spells = [spell(setting, start, end) for (setting, start), end in zip(starts, ends, strict=True)]
    return life(child_id, *spells, left=left, **facts)


def look(*lives: dict, until: date = AS_OF, **rule) -> OwnHistory:
    store = store_of(*lives, leaver(), as_of=until)
    return own_history(RULE.model_copy(update=rule), history(store, THEN, until), store.snapshot(until))


def held(found: OwnHistory, months: int) -> dict:
    row = found.held[found.held["months"] == months].iloc[0]
    return {name: int(row[name]) for name in ("followed", "held", "ended", "left", "recent")}


NOBODY = dict.fromkeys(("followed", "held", "ended", "left", "recent"), 0)
HELD, ENDED = {"followed": 1, "held": 1}, {"followed": 1, "ended": 1}
MOVE = date(2025, 6, 30)


HOLDING = [
    # moves, other facts, what they are 6 and 12 months after
        ([("fostering", date(2025, 9, 30))], {}, HELD, {"recent": 1}),  # six months to the day (31 March is later)
        ([("fostering", date(2025, 10, 1))], {}, {"recent": 1}, {"recent": 1}),  # five months and 30 days
        ([("fostering", date(2025, 4, 1))], {}, HELD, {"recent": 1}),
        ([("fostering", MOVE), ("residential", date(2025, 12, 29))], {}, ENDED, {"recent": 1}),
        ([("fostering", MOVE), ("residential", date(2025, 12, 30))], {}, ENDED, {"recent": 1}),  # on the day
        ([("fostering", MOVE), ("residential", date(2025, 12, 31))], {}, HELD, {"recent": 1}),
        ([("fostering", MOVE), ("fostering", date(2025, 9, 1))], {}, HELD, {"recent": 1}),  # another foster home
        ([("fostering", MOVE), ("parents_or_adoption", date(2025, 9, 1))], {}, HELD, {"recent": 1}),
        ([("fostering", MOVE), ("semi_independent", date(2025, 9, 1))], {}, ENDED, {"recent": 1}),
        ([("fostering", MOVE), ("residential", date(2025, 9, 1)), ("fostering", date(2025, 9, 8))], {}, ENDED,
         {"recent": 1}),  # back with a family on the day: it ended all the same
        ([("fostering", MOVE)], {"left": date(2025, 12, 30)}, {"left": 1}, {"recent": 1}),  # on the day
        ([("fostering", MOVE)], {"left": date(2025, 12, 31)}, HELD, {"recent": 1}),
        ([("fostering", MOVE)], {"birth_month": date(2007, 12, 1)}, {"left": 1}, {"recent": 1}),  # turned 18
        ([("fostering", MOVE)], {"birth_month": date(2008, 1, 1)}, HELD, {"recent": 1}),
        ([("fostering", MOVE), ("residential", date(2025, 9, 1))], {"left": date(2025, 12, 1)}, ENDED,
         {"recent": 1}),  # went back, and then left
]  # fmt: skip


def one_by_one(*lives: dict, until: date = AS_OF, latest: date = AS_OF) -> list[OwnHistory]:
    """The history of each by itself, from one store: a case an authority, each with a leaver of its own."""
    names = [f"case {place}" for place in range(len(lives))]
    made = [
        one | {"child_id": kind + name, "authority": name}
        for name, life_of in zip(names, lives, strict=True)
        for kind, one in (("child of ", life_of), ("leaver of ", leaver()))
    ]
    store = store_of(*made, as_of=latest)
    after, now = store.afterwards(THEN, until), store.snapshot(until)
    cohorts = [store.cohort(CohortFilter(authorities=(name,)), THEN) for name in names]
    return [own_history(RULE, History(cohort, after), now) for cohort in cohorts]


def test_whether_a_move_held():
    lives = [home("a", *moves, **facts) for moves, facts, _, _ in HOLDING]
    for found, (moves, facts, at_6, at_12) in zip(one_by_one(*lives), HOLDING, strict=True):
        assert (found.flagged, found.outcomes["flagged"].tolist()) == (1, [1, 0, 0, 0]), (moves, facts)
        assert held(found, 6) == NOBODY | at_6, (moves, facts)
        assert held(found, 12) == NOBODY | at_12, (moves, facts)


def test_a_year_is_asked_where_a_year_has_passed():
    back = home("b", ("fostering", MOVE), ("residential", date(2026, 6, 1)))
    found = look(home("a", ("fostering", MOVE)), back, until=LATER)
    assert held(found, 6) == NOBODY | {"followed": 2, "held": 2}
    assert held(found, 12) == NOBODY | {"followed": 2, "held": 1, "ended": 1}


def test_nowhere_is_not_with_a_family():
    """A foster home that ended, the child still looked after and in no placement that is known."""
    lost = life("a", spell("residential", end=MOVE), spell("fostering", MOVE, date(2025, 9, 1)))
    assert held(look(lost), 6) == NOBODY | ENDED


OUTCOMES = [
    (home("a"), "same"),
    (home("a", ("residential", MOVE)), "same"),
    (home("a", ("semi_independent", MOVE)), "elsewhere"),
    (home("a", ("parents_or_adoption", MOVE)), "elsewhere"),  # home, or to adopters: other levers
    (home("a", left=MOVE), "left"),
    (home("a", birth_month=date(2008, 3, 1)), "left"),
    (home("a", ("semi_independent", MOVE), ("fostering", date(2025, 8, 1))), "family"),
    (
        home("a", ("fostering", date(2025, 9, 1)), birth_month=date(2007, 9, 1)),
        "left",
    ),  # moved on turning 18
    (home("a", ("fostering", date(2025, 8, 31)), birth_month=date(2007, 9, 1)), "family"),
    (home("a", ("fostering", AS_OF)), "family"),
    (home("a", ("fostering", date(2026, 4, 1))), "same"),  # after the later date
]


def test_where_those_flagged_are_now():
    for found, (one, outcome) in zip(
        one_by_one(*(one for one, _ in OUTCOMES), latest=LATER), OUTCOMES, strict=True
    ):
        counts = found.outcomes.set_index("outcome")["flagged"].to_dict()
        assert counts == dict.fromkeys(("family", "left", "same", "elsewhere"), 0) | {outcome: 1}, one


def test_the_rule_is_the_levers_own():
    needy = home("needy", assessed={date(2025, 1, 31): NEEDY})
    late = home("late", assessed={date(2024, 1, 1): [1] * 13})
    fostered = life("fostered", spell("fostering"))
    found = look(home("a"), needy, late, fostered)
    assert (found.flagged, found.outcomes["others"].sum()) == (1, 3)  # the leaver too, who was never assessed
    assert found.funnel["in_setting"] == 4
    assert look(home("a"), needy, late, max_severe=2).flagged == 2
    assert look(home("a"), needy, late, screens=()).flagged == 2
    assert look(home("a"), needy, from_settings=("fostering",)).flagged == 0


def test_means_then_and_now_by_hand():
    scored = {date(2025, 1, 31): [1] * 13}
    moved = home("m", ("fostering", MOVE), assessed=scored | {date(2025, 12, 1): [2] * 13})
    stayed = home("s", assessed=scored | {date(2025, 12, 1): [1] * 12 + [3]})
    again = home("n", assessed=scored)  # not assessed again: its need has not been seen to change
    found = look(moved, stayed, again).means.set_index("group")
    for name, counts in (("children", (1, 2, 1)), ("costed", (1, 2, 0)), ("assessed", (1, 1, 0))):
        assert tuple(found[name]) == counts, name
    of_moved, of_stayed = (found.to_dict("index")[group] for group in ("moved", "not_moved"))
    assert [of_moved[f"cost_{told}"] for told in ("then", "now", "change")] == [5_000, 800, -4_200]
    assert [of_stayed[f"cost_{told}"] for told in ("then", "now", "change", "reach")] == [5_000, 5_000, 0, 0]
    assert [of_moved[f"need_{told}"] for told in ("then", "now", "change")] == [13, 26, 13]
    assert of_stayed["need_change"] == 2


def wilson(k: int, n: int) -> tuple[float, float]:
    z2, p = 1.96**2, k / n
    middle, half = (
        (p + z2 / (2 * n)) / (1 + z2 / n),
        1.96 / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n)),
    )
    return middle - half, middle + half


def twenty() -> list[dict]:
    """Twenty flagged: twelve moved (nine held a year), eight did not."""
    back = (("fostering", MOVE), ("residential", date(2025, 9, 1)))
    return [
        *(home(f"h{place}", ("fostering", MOVE)) for place in range(9)),
        *(home(f"b{place}", *back) for place in range(3)),
        *(home(f"s{place}") for place in range(8)),
    ]


def test_what_is_offered_by_hand():
    offered = look(*twenty(), until=LATER).offered()
    matched, holds = offered["matched"], offered["holds"]
    low, high = wilson(12, 20)
    assert matched == (12, 20, 0.6, round(low, 2), round(high, 2))
    low, high = wilson(
        9, 12
    )  # a quarter is lost in the first of four years, and a quarter of the rest in each other
    assert holds == (9, 12, round(0.75**4, 2), round(low**4, 2), round(high**4, 2))
    lever = RULE.model_copy(update={"holds": 0.75**4})
    assert lever.staying(np.array([12.0]))[0] == pytest.approx(0.75)


def test_too_few_offer_nothing():
    few = twenty()
    assert look(*few[:3], *few[12:], until=LATER).offered().keys() == {
        "matched"
    }  # eleven flagged, three moved
    assert look(*few[:9], until=LATER).offered() == {}
    assert look(*few, until=date(2026, 6, 29)).offered().keys() == {"matched"}  # a day short of a year


def test_never_from_children_picked_by_ethnicity():
    store = store_of(*twenty(), leaver(), as_of=LATER)
    picked = store.cohort(CohortFilter(ethnicities=("White",)), THEN)
    found = own_history(RULE, History(picked, store.afterwards(THEN)), store.snapshot())
    assert found.flagged == 20
    with pytest.raises(RefusedRun, match="ethnicity"):
        found.offered()


def test_refused_without_a_family_or_a_past():
    with pytest.raises(RefusedRun, match="supported accommodation"):
        look(home("a"), to="semi_independent")
    store = store_of(home("a"))
    with pytest.raises(HistoryTooShort, match="nobody who left care in North"):
        own_history(RULE, history(store), store.snapshot())


EVIDENCE = """
WITH here AS (
    SELECT placement.* FROM placement
    WHERE started_on <= DATE '2023-03-31' AND (ended_on IS NULL OR ended_on > DATE '2023-03-31')
        AND setting = 'residential'
), seen AS (
    SELECT *, list_sum(scores::INTEGER[]) AS total FROM assessment WHERE assessed_on <= DATE '2023-03-31'
), latest AS (
    FROM seen QUALIFY row_number() OVER (PARTITION BY child_id ORDER BY assessed_on DESC) = 1
), before AS (
    SELECT seen.child_id, seen.total FROM seen JOIN latest USING (child_id)
    WHERE seen.assessed_on <= latest.assessed_on - INTERVAL 150 DAY
    QUALIFY row_number() OVER (PARTITION BY child_id ORDER BY seen.assessed_on DESC) = 1
), flagged AS (
    SELECT here.child_id, birth_month + INTERVAL 18 YEAR AS adult FROM here JOIN latest USING (child_id)
    JOIN child USING (child_id) LEFT JOIN before USING (child_id)
    WHERE list_max(scores) < 7 AND setting_detail NOT IN ('secure_home', 'specialist_residential')
        AND coalesce(NOT dol, true) AND assessed_on >= DATE '2023-03-31' - 183
        AND date_diff('day', here.started_on, DATE '2023-03-31') / 30.4375 >= 6
        AND coalesce(latest.total - before.total < 5, true) AND coalesce(foster_suitability <> 'unsuitable', true)
        AND EXISTS (FROM cost WHERE cost.child_id = here.child_id AND cost.started_on <= DATE '2023-03-31'
            AND (cost.ended_on IS NULL OR cost.ended_on > DATE '2023-03-31'))
), gone AS (
    SELECT flagged.child_id, least(min(care_ended_on), min(CASE WHEN adult <= DATE '2026-03-31' THEN adult END)) AS day
    FROM flagged LEFT JOIN care ON care.child_id = flagged.child_id
        AND care_started_on <= DATE '2023-03-31' AND care_ended_on > DATE '2023-03-31'
        AND care_ended_on <= DATE '2026-03-31'
    GROUP BY ALL
), moved AS (
    SELECT flagged.child_id, min(started_on) AS moved_on, any_value(gone.day) AS gone
    FROM flagged JOIN gone ON gone.child_id = flagged.child_id JOIN placement ON placement.child_id = flagged.child_id
    WHERE started_on > DATE '2023-03-31' AND started_on <= DATE '2026-03-31' AND setting = 'fostering'
        AND (gone.day IS NULL OR started_on < gone.day)
    GROUP BY ALL
), told AS (
    SELECT moved.child_id, moved_on, gone, moved_on + INTERVAL 1 YEAR AS day, min(placement.started_on) AS back_on
    FROM moved LEFT JOIN placement ON placement.child_id = moved.child_id AND placement.started_on > moved_on
        AND setting NOT IN ('fostering', 'parents_or_adoption') AND (gone IS NULL OR placement.started_on < gone)
    GROUP BY ALL
)
SELECT (SELECT count(*) FROM flagged), (SELECT count(*) FROM moved),
    (SELECT count(*) FROM gone WHERE day IS NOT NULL AND child_id NOT IN (SELECT child_id FROM moved)),
    count(*) FILTER (day <= DATE '2026-03-31' AND back_on <= day),
    count(*) FILTER (day <= DATE '2026-03-31' AND (back_on IS NULL OR back_on > day) AND (gone IS NULL OR gone > day)),
    count(*) FILTER (day > DATE '2026-03-31')
FROM told
"""


def test_the_demonstrations_evidence_is_what_plain_sql_counts(tables, rows):
    store = Store.of_tables(checked(tables, NEEDS), as_of=DEMO_DAY, needs=NEEDS, demonstration=True)
    found = own_history(StepDown.starting(), history(store, date(2023, 3, 31)), store.snapshot())
    flagged, moved, left, ended, stayed, recent = rows.execute(EVIDENCE).fetchone()
    assert (found.flagged, *found.outcomes["flagged"][:2]) == (flagged, moved, left)
    assert moved > 9
    assert held(found, 12) == {
        "followed": stayed + ended, "held": stayed, "ended": ended, "left": moved - stayed - ended - recent,
        "recent": recent,
    }  # fmt: skip
    assert found.outcomes["flagged"].sum() == found.flagged
    assert found.means["children"].sum() == found.flagged + found.outcomes["others"].sum()
