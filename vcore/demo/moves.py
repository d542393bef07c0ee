"""Placements inside each period of care, walked backwards from the last one.

They chain without a gap from the first day of the period to its end. Codes and settings agree with
`vcore.facts.placements`, which alone knows what a code means.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.dates import DAYS_PER_YEAR, birthdays, days_between
from vcore.demo.pathways import BEFORE, CODE_WEIGHTS, LEFT, MOVED, OLDER_CODES, PLACE_CODES, PROVIDER_CODES
from vcore.demo.people import WHERE
from vcore.demo.shares import deal_within

STAYED_PUT_SHARE = 0.4  # one placement for the whole period
MOVES_A_YEAR, MOST_MOVES, SHORTEST_DAYS = 0.9, 6, 7
# Last placements of these kinds end by a day drawn from this range.
LONGEST_DAYS = {"unregistered": (20, 110), "for_adoption": (20, 320), "private_residential": (200, 2_000)}
LONGEST_DAYS |= {"in_house_residential": (200, 2_500), "specialist_residential": (60, 900)}
YOUNGEST = {"in_house_residential": 7, "private_residential": 7, "semi_independent": 16}
IN_HOUSE_FOSTERING, AGENCY = (WHERE.index(f"{run}_fostering") for run in ("in_house", "independent"))


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
    days = (stay * rng.beta(1.6, 1.2, n)).astype("int64")
    days = np.where(rng.random(n) < STAYED_PUT_SHARE, stay, np.maximum(days, SHORTEST_DAYS))
    for name, span in LONGEST_DAYS.items():
        days = np.where(where == WHERE.index(name), np.minimum(days, rng.integers(*span, n)), days)
    days = np.where(stay - days < SHORTEST_DAYS, stay, days)
    since = np.maximum(since_16 * rng.uniform(0.35, 1.0, n), 1).astype("int64")
    return np.where(where == WHERE.index("semi_independent"), np.minimum(stay, since), days)


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
    reasons[~last] = _drawn(rng, MOVED, (~last).sum())
    done = ~left
    for name, members in groups.items():
        reasons[members & ~done] = _drawn(rng, LEFT[name], (members & ~done).sum())
        done = done | members
    return reasons


def _drawn(rng: np.random.Generator, weighted: str, count: int) -> np.ndarray:
    labels, weights = zip(*(entry.split() for entry in weighted.split(", ")), strict=True)
    chances = np.array(weights, float)
    return rng.choice(np.array(labels), count, p=chances / chances.sum())
