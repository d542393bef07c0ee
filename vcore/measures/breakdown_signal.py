"""Foster placements at risk of breaking down, by an open rule, and what came of those it flagged a year earlier.

The rule is three limits anybody can read; a child fits by reaching any of them. It is nobody's prediction: whether
it tells children apart is counted on the store's own history, and said with its interval. Flags support a
discussion; they decide nothing about a child.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Self

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from vcore.errors import VcoreError
from vcore.facts.assumptions import value
from vcore.measures.history import History, HistoryTooShort, months_after
from vcore.measures.intervals import share, share_gap, wilson
from vcore.measures.risk import risk_ratio
from vcore.store import Cohort

MONTHS = 12
ANY = "any"
LIMITS = {
    "total": "need_total",
    "severe": "severe_count",
    "rise": "need_change",
}  # limit → column, in this order


class SignalRule(BaseModel):
    """From where a foster placement is flagged: any one limit reached is enough, None asks nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    total: int | None = Field(default=None, ge=0, le=4_000, description="Total need, points")
    severe: int | None = Field(default=None, ge=0, le=40, description="Severe and complex needs")
    rise: int | None = Field(
        default=None, ge=1, le=4_000, description="Rise in total need since the assessment before, points"
    )

    @classmethod
    def registered(cls) -> Self:
        """The rule a screen starts from, as the register of assumptions has it."""
        return cls(
            total=int(value("high_need_total")),
            severe=int(value("breakdown_severe_count")),
            rise=int(value("rising_need_points")),
        )

    def describe(self) -> str:
        """`a total need of 48 or more, 3 or more severe and complex needs, or a rise of 5 points or more`."""
        said = [
            words.format(limit)
            for words, limit in (
                ("a total need of {} or more", self.total),
                ("{} or more severe and complex needs", self.severe),
                ("a rise of {} points or more since the assessment before", self.rise),
            )
            if limit is not None
        ]
        if len(said) < 2:
            return said[0] if said else "no limit"
        return f"{', '.join(said[:-1])} or {said[-1]}"


class NoLimit(VcoreError):
    """A rule that asks nothing."""

    def __init__(self) -> None:
        super().__init__("The rule has no limit, so it flags nobody. Type at least one of its three limits.")


def watched(cohort: Cohort) -> np.ndarray:
    """Whom the rule can say something about, a yes or no a child: fostered, and assessed."""
    return cohort.lives_in("fostering") & ~np.isnan(cohort.numbers("need_total"))


def reached(cohort: Cohort, rule: SignalRule) -> pd.DataFrame:
    """Which children are flagged, a yes or no each: `any`, and one column a limit that is set, in their order.

    A missing value reaches no limit. Raises `NoLimit` for a rule that asks nothing.
    """
    here, found = watched(cohort), limits_reached(cohort.numbers, rule)
    columns = {name: here & flags for name, flags in found.items()}
    return pd.DataFrame({ANY: np.logical_or.reduce(list(columns.values())), **columns})


def limits_reached(numbers: Callable[[str], np.ndarray], rule: SignalRule) -> dict[str, np.ndarray]:
    """Who reaches each limit that is set, wherever they live; `numbers` gives a column, NaN where missing.

    Raises `NoLimit` for a rule that asks nothing.
    """
    asked = {name: limit for name in LIMITS if (limit := getattr(rule, name)) is not None}
    if not asked:
        raise NoLimit
    return {name: numbers(LIMITS[name]) >= limit for name, limit in asked.items()}


def last_day(history: History) -> date:
    """The last day on which a breakdown counts."""
    return months_after(np.array([history.then.as_of], dtype="datetime64[D]"), MONTHS)[0].item()


def followed(history: History) -> pd.DataFrame:
    """What came of each placement in the 12 months after: `broke_down`, or the child `left` first; one row a child.

    A breakdown counts on the day itself and up to 12 months later, and before the child left care or turned 18, or
    on that day. Who left before is said apart: how their placement would have gone, nobody knows. A planned move to
    another home is no breakdown.
    """
    after, chosen = history.afterwards, history.then.chosen
    end = np.datetime64(min(last_day(history), history.until), "D")
    ended, gone = after.ended_on[chosen], history.gone_on
    broke_down = after.broke_down[chosen] & (ended <= end) & ~(gone < ended)
    return pd.DataFrame({"broke_down": broke_down, "left": (gone <= end) & ~broke_down})


def check(history: History, rule: SignalRule) -> pd.DataFrame:
    """The rule tried on its own past: one row for `any` limit and one for each that is set, by `limit`.

    Counts: `flagged` children then, `flagged_left` of them who left care or turned 18 first, `flagged_followed` the
    rest, `flagged_broke` of these whose placement broke down within 12 months; the same of `others`, fostered and
    assessed children who were not flagged. Of each, `…_share` (0–1) with its 95% interval `…_low`, `…_high`
    (Wilson); `ratio` of the two with `ratio_low`, `ratio_high` (Katz), NaN where either group has no breakdown; and of
    their difference the 95% interval `gap_low`, `gap_high` (Newcombe), NaN only where either group is empty.

    Raises `NoLimit`, and `HistoryTooShort` where nobody could be flagged then, 12 months have not passed since, or
    those who left are missing.
    """
    flags, seen, came = reached(history.then, rule), watched(history.then), followed(history)
    broke, left = came["broke_down"].to_numpy(), came["left"].to_numpy()
    if not history.then.lives_in("fostering").any():
        raise HistoryTooShort(
            f"Nobody here lived in fostering on {history.then.as_of.day} {history.then.as_of:%B %Y}, so there is no "
            "placement to follow. Remove a filter, or look back less far."
        )
    if not seen.any():
        raise HistoryTooShort(
            "History is too short: no child in fostering had a needs assessment "
            f"by {history.then.as_of.day} {history.then.as_of:%B %Y}."
        )
    if last_day(history) > history.until:
        raise HistoryTooShort("History is too short: 12 months have not passed since that date.")
    history.refuse_if_too_short()
    return pd.DataFrame([_row(str(limit), flags[limit].to_numpy(), seen, broke, left) for limit in flags])


def _row(
    limit: str, flagged: np.ndarray, seen: np.ndarray, broke: np.ndarray, left: np.ndarray
) -> dict[str, object]:
    row: dict[str, object] = {"limit": limit}
    groups = {"flagged": flagged, "others": seen & ~flagged}
    for name, group in groups.items():
        n, k = int((group & ~left).sum()), int((group & broke).sum())
        low, high = wilson(k, n)
        row |= {
            name: int(group.sum()),
            f"{name}_left": int((group & left).sum()),
            f"{name}_followed": n,
            f"{name}_broke": k,
            f"{name}_share": float(share(k, n)),
            f"{name}_low": float(low),
            f"{name}_high": float(high),
        }
    found = risk_ratio(groups["flagged"] & ~left, groups["others"] & ~left, broke)
    _, low, high = share_gap(
        *(np.array(row[f"{name}_{part}"]) for name in groups for part in ("broke", "followed"))
    )
    return row | {
        "ratio": found.ratio,
        "ratio_low": found.low,
        "ratio_high": found.high,
        "gap_low": float(low),
        "gap_high": float(high),
    }
