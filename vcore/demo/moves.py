"""Placements inside each period of care, walked backwards from the last one.

They chain without a gap from the first day of the period to its end. Codes and settings agree with
`vcore.facts.placements`, which alone knows what a code means.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.dates import DAYS_PER_YEAR, birthdays, days_between
from vcore.demo.people import WHERE
from vcore.demo.shares import deal_within

STAYED_PUT_SHARE = 0.4  # one placement for the whole period
MOVES_A_YEAR, MOST_MOVES, SHORTEST_DAYS = 0.8, 6, 7
LONGEST_DAYS = {"unregistered": 110, "for_adoption": 320}  # of a last placement
YOUNGEST = {"in_house_residential": 7, "private_residential": 7, "semi_independent": 16}
IN_HOUSE_FOSTERING, AGENCY = (WHERE.index(f"{run}_fostering") for run in ("in_house", "independent"))

# Where children lived earlier (weights), by where they live at the end of the period.
_BEFORE_COLUMNS = (
    "in_house_fostering",
    "independent_fostering",
    "in_house_residential",
    "private_residential",
    "semi_independent",
    "with_parents",
    "other",
)
_BEFORE = {
    "in_house_fostering": (86, 6, 0, 0, 0, 6, 2),
    "independent_fostering": (40, 52, 1, 4, 0, 3, 0),
    "other_authority_fostering": (66, 26, 0, 4, 0, 4, 0),
    "in_house_residential": (34, 30, 20, 14, 0, 0, 2),
    "private_residential": (26, 27, 12, 33, 0, 0, 2),
    "specialist_residential": (15, 30, 0, 55, 0, 0, 0),
    "semi_independent": (38, 26, 6, 16, 14, 0, 0),
    "with_parents": (66, 26, 0, 4, 0, 4, 0),
    "for_adoption": (86, 14, 0, 0, 0, 0, 0),
    "unregistered": (0, 20, 10, 70, 0, 0, 0),
    "other": (35, 35, 0, 30, 0, 0, 0),
}
BEFORE = np.zeros((len(WHERE), len(WHERE)))
BEFORE[:, [WHERE.index(column) for column in _BEFORE_COLUMNS]] = [_BEFORE[last] for last in WHERE]

# PLACE, PLACE_PROVIDER and how often each is used. H5 and Z1 stand for K3 and Z11–Z14 before their years.
_CODES = {
    "in_house_fostering": "U1 PR1 9, U2 PR1 2, U3 PR1 15, U4 PR1 38, U5 PR1 3, U6 PR1 33",
    "independent_fostering": "U4 PR4 40, U6 PR4 48, U6 PR5 12",
    "other_authority_fostering": "U4 PR2 55, U6 PR2 45",
    "in_house_residential": "K2 PR1 100",
    "private_residential": "K2 PR4 84, K2 PR5 7, S1 PR4 9",
    "specialist_residential": "R2 PR3 40, R5 PR3 36, R3 PR5 24",
    "semi_independent": "K3 PR4 82, K3 PR1 18",
    "with_parents": "P1 PR0 100",
    "for_adoption": "A3 PR1 12, A5 PR1 88",
    "unregistered": "Z11 PR4 60, Z12 PR4 40",
    "other": "Z13 PR4 45, Z14 PR1 55",
}
CODES = tuple((where, *code.split()) for where in WHERE for code in _CODES[where].split(", "))
CODE_WEIGHTS = np.array([[(w == where) * float(weight) for w, _, _, weight in CODES] for where in WHERE])
PLACE_CODES = np.array([place for _, place, _, _ in CODES])
PROVIDER_CODES = np.array([provider for _, _, provider, _ in CODES])
OLDER_CODES = (("K3", "H5", np.datetime64("2024-04-01")), ("Z", "Z1", np.datetime64("2025-04-01")))

_MOVED = "CARPL 46, PLACE 12, OTHER 9, CREQB 12, CREQO 5, CHILD 4, STAND 3, ALLEG 3, LAREQ 4, CLOSE 2"
_LEFT = {  # how care ends, by where the child lived
    "for_adoption": "E12 90, E11 10",
    "with_parents": "E4A 80, E8 20",
    "young": "E4A 38, E4B 12, E45 18, E46 16, E47 4, E48 4, E8 8",
    "at 18": "E17 40, E15 25, E16 10, E5 15, E6 10",
}


def placements(rng: np.random.Generator, children: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Every placement, by period and date: `period`, `child`, `start`, `end` (NaT while it lasts), `until`,
    `last` of its period, `where` (position in `WHERE`), `place`, `provider` (codes) and `end_reason`."""
    born = children["birth_month"].to_numpy()[periods["child"]]
    start, until = (periods[name].to_numpy().astype("M8[D]") for name in ("start", "until"))
    stay = days_between(start, until)
    in_last = _days_in_last(rng, periods["where"].to_numpy(), stay, days_between(birthdays(born, 16), until))
    before = stay - in_last
    moves = np.where(before > 0, 1 + rng.poisson(MOVES_A_YEAR * before / DAYS_PER_YEAR), 0)
    moves = np.minimum(moves, np.minimum(MOST_MOVES, -(-before // SHORTEST_DAYS)))
    period = np.repeat(np.arange(len(periods)), moves + 1)
    last = np.append(period[1:] != period[:-1], True)
    begins = start[period] + _days_before(rng, period, last, before, moves)
    ends = np.where(last, periods["end"].to_numpy().astype("M8[D]")[period], np.roll(begins, -1))
    where = periods["where"].to_numpy()[period]
    where[~last] = _where_before(rng, where[~last], born[period][~last], begins[~last])
    code = deal_within(rng, where, CODE_WEIGHTS)
    place = PLACE_CODES[code]
    for newer, older, since in OLDER_CODES:
        place = np.where(np.char.startswith(place, newer) & (begins < since), older, place)
    frame = pd.DataFrame(
        {"period": period, "child": periods["child"].to_numpy()[period], "start": begins, "end": ends}
    )
    return frame.assign(
        until=np.where(last, until[period], ends),
        last=last,
        where=where,
        place=place,
        provider=PROVIDER_CODES[code],
        end_reason=_end_reasons(rng, where, last, ends, birthdays(born[period], 18)),
    )


def _days_in_last(
    rng: np.random.Generator, where: np.ndarray, stay: np.ndarray, since_16: np.ndarray
) -> np.ndarray:
    """How long the last placement has lasted; nobody moves into supported accommodation before 16."""
    n = len(stay)
    days = (stay * rng.beta(1.4, 1.4, n)).astype("int64")
    days = np.where(rng.random(n) < STAYED_PUT_SHARE, stay, np.maximum(days, SHORTEST_DAYS))
    for name, longest in LONGEST_DAYS.items():
        days = np.where(where == WHERE.index(name), np.minimum(days, rng.integers(20, longest, n)), days)
    supported = where == WHERE.index("semi_independent")
    since = np.maximum(since_16 * rng.uniform(0.35, 1.0, n), 1).astype("int64")
    days = np.where(supported, np.minimum(stay, since), days)
    return np.where(stay - days < SHORTEST_DAYS, np.where(supported, days, stay), days)


def _days_before(
    rng: np.random.Generator, period: np.ndarray, last: np.ndarray, before: np.ndarray, moves: np.ndarray
) -> np.ndarray:
    """Days from the start of the period to the start of each placement: shares of the time before the last."""
    share = np.where(last, 0.0, rng.exponential(1.0, len(period)))
    running = np.cumsum(share) - share
    first = np.append(0, np.flatnonzero(last)[:-1] + 1)
    position = np.arange(len(period)) - first[period]
    total = np.bincount(period, share)[period]
    reached = (running - running[first][period]) / np.where(total > 0, total, 1.0)
    spare = np.maximum(before - SHORTEST_DAYS * moves, 0)[period]
    days = SHORTEST_DAYS * position + np.floor(spare * reached).astype("int64")
    return np.where(last, before[period], days)


def _where_before(
    rng: np.random.Generator, last_where: np.ndarray, born: np.ndarray, begins: np.ndarray
) -> np.ndarray:
    where = deal_within(rng, last_where, BEFORE)
    for name, age in YOUNGEST.items():
        too_young = (where == WHERE.index(name)) & (begins < birthdays(born, age))
        where[too_young] = np.where(rng.random(too_young.sum()) < 0.6, AGENCY, IN_HOUSE_FOSTERING)
    return where


def _end_reasons(
    rng: np.random.Generator, where: np.ndarray, last: np.ndarray, ends: np.ndarray, at_18: np.ndarray
) -> np.ndarray:
    """Why each placement ended: a reason for moving, a way of leaving care, or nothing yet."""
    left = last & ~np.isnat(ends)
    special = {name: left & (where == WHERE.index(name)) for name in ("for_adoption", "with_parents")}
    groups = {"at 18": left & (ends >= at_18), **special, "young": left}
    reasons = np.full(len(where), "", dtype="U5")
    reasons[~last] = _drawn(rng, _MOVED, (~last).sum())
    done = ~left
    for name, members in groups.items():
        reasons[members & ~done] = _drawn(rng, _LEFT[name], (members & ~done).sum())
        done = done | members
    return reasons


def _drawn(rng: np.random.Generator, weighted: str, count: int) -> np.ndarray:
    labels, weights = zip(*(entry.split() for entry in weighted.split(", ")), strict=True)
    chances = np.array(weights, float)
    return rng.choice(np.array(labels), count, p=chances / chances.sum())
