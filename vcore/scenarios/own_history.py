"""The step-down rule tried on the store's own past: who it would have flagged, and what came of them without it.

Here and not among the measures, which know no lever: the rule asked is the lever itself, tests and screens and all,
so that what is found speaks of the same children. It says what happened, not what the move did: who moved was chosen
by people who knew the children, scores that were low tend to come back up, and those who left are not in the means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from vcore.errors import RefusedRun
from vcore.facts.assumptions import value
from vcore.facts.placements import SETTING_OF, SETTINGS
from vcore.measures.history import NEVER, History, months_after
from vcore.measures.intervals import share as share_of
from vcore.measures.intervals import wilson
from vcore.measures.then_and_now import then_and_now
from vcore.scenarios.baseline import KINSHIP, baseline_of
from vcore.scenarios.levers import StepDown
from vcore.scenarios.run import refuse_if_unfair
from vcore.store import Snapshot

FOSTERING = SETTINGS.index("fostering")
FAMILY = (FOSTERING, SETTINGS.index("parents_or_adoption"))
OUTCOMES = ("family", "left", "same", "elsewhere")
GROUPS = ("moved", "not_moved", "others")
MONTHS_A_YEAR = 12
HELD_AFTER = (6, MONTHS_A_YEAR)
FIELDS = {"matched": "share found a family", "holds": "share of moves that last"}


class Found(NamedTuple):
    """A share of this council's own: `k` of `n` children, and the lever's field it gives, with its 95% interval."""

    k: int
    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class OwnHistory:
    """What came of the children a rule would have flagged, and of the others in the same settings.

    `funnel`: children left after each of the rule's tests. `outcomes`: a row each of `OUTCOMES`, children `flagged`
    and `others`: moved to a foster family, left care or turned 18 before that, live in one of the settings asked
    about, live elsewhere. `held`: a row each of `HELD_AFTER` `months`; of the `moved` flagged children `followed`
    that long, those who `held` and those who `ended`; `left` care by then and moved too `recent`ly, both followed no
    further; `share` (0–1) of those followed with `low`, `high` (Wilson). `means`: as `then_and_now` for `GROUPS`.
    """

    lever: StepDown
    history: History
    flagged: int
    funnel: dict[str, int]
    outcomes: pd.DataFrame
    held: pd.DataFrame
    means: pd.DataFrame

    @property
    def matched(self) -> Found | None:
        """Of all flagged, those who moved to a foster family; None for too few to say."""
        k = int(self.outcomes["flagged"].iloc[OUTCOMES.index("family")])
        return _found(k, self.flagged, 1.0)

    @property
    def holds(self) -> Found | None:
        """Moves that last as the lever means it: those that held a year, with as many lost in each further year."""
        row = self.held[self.held["months"] == MONTHS_A_YEAR].iloc[0]
        return _found(int(row["held"]), int(row["followed"]), value("holds_months") / MONTHS_A_YEAR)

    def offered(self) -> dict[str, Found]:
        """The lever's fields that this history can set, by name; none where there are too few children.

        Raises `RefusedRun` for children picked by what may never choose who moves.
        """
        refuse_if_unfair(self.history.then)
        return {name: found for name in FIELDS if (found := getattr(self, name)) is not None}


def own_history(lever: StepDown, history: History, now: Snapshot) -> OwnHistory:
    """What followed for the children whom the lever would have discussed on the date of `history.then`.

    `now` is the snapshot on `history.until`. A child counts as moved with the first foster home that began before it
    left care or turned 18; the move holds while it lives with a family (foster, adoptive or its own) without a day
    elsewhere. Children who lived with a family already are not asked about.

    Raises `HistoryTooShort`, and `RefusedRun` for a lever that moves children to no family.
    """
    if lever.to != KINSHIP and SETTING_OF[lever.to] != "fostering":
        raise RefusedRun(
            "The step-down lever is set to supported accommodation; what is looked at here are moves to a family. "
            "Choose a foster home as where they move to, on Scenario."
        )
    history.refuse_if_too_short()
    then = history.then
    base = baseline_of(then)
    outside = ~np.isin(then.settings, FAMILY)
    left, funnel = outside, {}
    for name, passed in lever.tests(base).items():
        left = left & passed
        funnel[name] = int(left.sum())
    here = outside & lever.lives_there(base)
    flagged, others = left, here & ~left
    moved_on, out_on = _family(history)
    moved = ~np.isnat(moved_on)
    asked = np.isin(
        _today(history, now), [SETTINGS.index(name) for name in lever.from_settings if name in SETTINGS]
    )
    gone = ~np.isnat(history.gone_on)
    outcome = np.select([moved, gone, asked], [0, 1, 2], 3)
    counts = {
        name: np.bincount(outcome[group], minlength=len(OUTCOMES))
        for name, group in (("flagged", flagged), ("others", others))
    }
    return OwnHistory(
        lever=lever,
        history=history,
        flagged=int(flagged.sum()),
        funnel=funnel,
        outcomes=pd.DataFrame({"outcome": OUTCOMES, **counts}),
        held=_held(history, moved_on, out_on, flagged & moved),
        means=then_and_now(
            history, now, dict(zip(GROUPS, (flagged & moved, flagged & ~moved, others), strict=True))
        ),
    )


def _found(k: int, n: int, power: float) -> Found | None:
    if n < value("smallest_n_for_mean"):
        return None
    ends = (share_of(k, n), *wilson(k, n))
    return Found(k, n, *(float(np.round(end**power, 2)) for end in ends))


def _family(history: History) -> tuple[np.ndarray, np.ndarray]:
    """When each child moved to a foster family, and the first day after it with no family; NaT: never."""
    later, snapshot = history.afterwards.later, history.then.snapshot
    n = len(snapshot.frame)
    gone = np.full(n, NEVER, dtype="datetime64[D]")
    gone[history.then.chosen] = history.gone_on
    in_time = ~(later.started_on >= gone[later.position])  # NaT: not gone
    fostered = in_time & (later.setting == FOSTERING)
    moved_on = _first(n, later.position[fostered], later.started_on[fostered])
    after = in_time & (later.started_on >= moved_on[later.position])  # none where NaT
    home = np.isin(later.setting, FAMILY)
    follows = np.append(later.position[1:] == later.position[:-1], False)
    next_on = np.where(follows, np.append(later.started_on[1:], NEVER), NEVER)
    nowhere = ~np.isnat(later.ended_on) & ~(next_on <= later.ended_on)
    out = after & (~home | nowhere)
    out_on = _first(n, later.position[out], np.where(home, later.ended_on, later.started_on)[out])
    return moved_on[history.then.chosen], out_on[history.then.chosen]


def _first(n: int, position: np.ndarray, days: np.ndarray) -> np.ndarray:
    """The earliest day of each of `n` rows; NaT for those without one."""
    first = np.full(n, np.iinfo("int64").max)
    np.minimum.at(first, position, days.astype("int64"))
    never = first == np.iinfo("int64").max
    return np.where(never, np.datetime64("NaT"), first.astype("datetime64[D]"))


def _held(history: History, moved_on: np.ndarray, out_on: np.ndarray, moved: np.ndarray) -> pd.DataFrame:
    rows = []
    for months in HELD_AFTER:
        day = months_after(moved_on[moved], months)
        out, gone = out_on[moved], history.gone_on[moved]
        recent = day > np.datetime64(history.until, "D")
        ended = ~recent & (out <= day) & ~(gone <= out)
        left = ~recent & (gone <= day) & ~ended
        held = ~recent & ~ended & ~left
        n, k = int((held | ended).sum()), int(held.sum())
        low, high = wilson(k, n)
        rows.append(
            {
                "months": months,
                "moved": int(moved.sum()),
                "followed": n,
                "held": k,
                "ended": int(ended.sum()),
                "left": int(left.sum()),
                "recent": int(recent.sum()),
                "share": float(share_of(k, n)),
                "low": float(low),
                "high": float(high),
            }
        )
    return pd.DataFrame(rows)


def _today(history: History, now: Snapshot) -> np.ndarray:
    """Where each child lives on the later date, as its place in `SETTINGS`; −1: not in care."""
    there = history.then.snapshot.places_in(now)[history.then.chosen]
    return np.where(there < 0, -1, np.append(now.settings, -1)[there])
