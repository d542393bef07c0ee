"""Does cost follow need, and how is spend spread: key finding 1.1 (K11-01 to K11-16)."""

from __future__ import annotations

from collections.abc import Callable
from math import atanh, sqrt, tanh

import numpy as np
import pandas as pd

from vcore.facts.assumptions import value
from vcore.measures import concentration
from vcore.measures.findings.evidence import Evidence
from vcore.measures.findings.readings import (
    Part,
    Reading,
    Statement,
    around,
    mean,
    share,
    standard_error,
    total,
)

CAP_GBP, LOWER_GBP = 5_000, 2_000


def _correlation(seen: Evidence) -> Reading:
    """Pearson's r over children with both, with Fisher's interval."""
    both = seen.costed & seen.assessed
    cost, need, n = seen.cost[both], seen.total[both], int(both.sum())
    if n < 2 or not cost.std() or not need.std():
        return Reading()
    r = float(np.corrcoef(cost, need)[0, 1])
    known = n > 3 and abs(r) < 1
    low, high = around(atanh(r), 1 / sqrt(n - 3)) if known else (np.nan, np.nan)
    return Reading(r, n, (tanh(low), tanh(high)), groups=(n,))


def _top(top_share: float) -> Callable[[Evidence], Reading]:
    def read(seen: Evidence) -> Reading:
        """Share of spend of the dearest; its interval by linearization of the Lorenz curve."""
        cost, n = np.nan_to_num(seen.cost), len(seen)
        k = concentration.dearest_count(top_share, n)
        found = concentration.share_of_spend(pd.Series(cost), top_share)
        if np.isnan(found):
            return Reading()
        last = np.partition(cost, n - k)[n - k]  # the least dear of the dearest
        pull = np.maximum(cost - last, 0) + k / n * last - found * cost
        error = standard_error(pull) / cost.mean()
        low, high = around(100 * found, 100 * error)
        return Reading(100 * found, n, (low, high), groups=(k,), apart=(int(seen.costed.sum()) - k,))

    return read


def _from(gbp: float) -> Callable[[Evidence], Reading]:
    return lambda seen: share(seen.cost >= gbp)


def _under(gbp: float) -> Callable[[Evidence], Reading]:
    return lambda seen: share(~(seen.cost >= gbp))  # children without a cost stand at the bottom


def _above_cap(times: Callable[[Evidence], float]) -> Callable[[Evidence], Reading]:
    def read(seen: Evidence) -> Reading:
        above = np.maximum(seen.cost - CAP_GBP, 0)
        return total(above, int((above > 0).sum()), len(seen), times(seen))

    return read


def _national(seen: Evidence) -> float:
    return seen.weeks * value("children_in_care_england") / len(seen)


def in_residential(detail: str, values: Callable[[Evidence], np.ndarray]) -> Callable[[Evidence], Reading]:
    """The mean in one kind of residential home; what the other printed kinds leave over stands apart."""
    told = ("in_house_residential", "private_residential", "specialist_residential")

    def read(seen: Evidence) -> Reading:
        known = ~np.isnan(values(seen))
        rest = known & seen.where("setting", "residential")
        for kind in told:
            rest = rest & ~seen.where("setting_detail", kind)
        return mean(values(seen)[seen.where("setting_detail", detail)], (int(rest.sum()),))

    return read


def _need_above_and_below(seen: Evidence) -> Reading:
    known = seen.costed & seen.assessed
    dear = known & (seen.cost >= CAP_GBP)
    sides = [mean(seen.total[dear]), mean(seen.total[known & ~dear])]
    names = ("total need at £5,000 or more", "below £5,000")
    parts = [Part(name, side.value, "points") for name, side in zip(names, sides, strict=True)]
    return Reading(n=int(known.sum()), parts=tuple(parts), groups=tuple(side.n for side in sides))


def _with_both(seen: Evidence) -> Reading:
    n = int((seen.costed & seen.assessed).sum())
    return Reading(float(n), n, counted=((n, len(seen)),))


COST, NEED, SETTING = "weekly_cost_gbp", "need_total", "setting_detail"
SPEND = {
    "K11-01": Statement((COST, NEED), _correlation),
    "K11-02": Statement((COST,), _top(0.10)),
    "K11-03": Statement((COST,), _top(0.05)),
    "K11-04": Statement((COST,), _top(0.01)),
    "K11-05": Statement((COST,), _under(LOWER_GBP)),
    "K11-06": Statement((COST,), _under(CAP_GBP)),
    "K11-07": Statement((COST,), _from(CAP_GBP)),
    "K11-08": Statement((COST,), _above_cap(lambda _: 1.0)),
    "K11-09": Statement((COST,), _above_cap(lambda seen: seen.weeks)),
    "K11-10": Statement((COST,), _above_cap(_national)),
    "K11-11": Statement((NEED, SETTING), in_residential("in_house_residential", lambda seen: seen.total)),
    "K11-12": Statement((NEED, SETTING), in_residential("private_residential", lambda seen: seen.total)),
    "K11-13": Statement((COST, SETTING), in_residential("in_house_residential", lambda seen: seen.cost)),
    "K11-14": Statement((COST, SETTING), in_residential("private_residential", lambda seen: seen.cost)),
    "K11-15": Statement((COST, NEED), _need_above_and_below),
    "K11-16": Statement((COST, NEED), _with_both),
    "E-01": Statement((COST,), _from(CAP_GBP)),
}
