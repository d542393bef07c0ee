"""Does cost follow need, and how is spend spread: key finding 1.1 (K11-01 to K11-16)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from vcore.facts.assumptions import value
from vcore.measures import association, concentration
from vcore.measures.findings.evidence import Evidence
from vcore.measures.findings.readings import (
    Reading,
    Statement,
    around,
    composed,
    mean,
    share,
    standard_error,
    total,
)

CAP_GBP, LOWER_GBP = 5_000, 2_000
TOLD_RESIDENTIAL = ("in_house_residential", "private_residential", "specialist_residential")
Measure = Literal["need", "cost"]


def _correlation(seen: Evidence) -> Reading:
    """Pearson's r over children with both, with Fisher's interval."""
    found = association.of_cohort(seen.cohort)
    return Reading(found.r, found.n, (found.low, found.high), groups=(("", found.n),))


def _top(top_share: float) -> Callable[[Evidence], Reading]:
    def read(seen: Evidence) -> Reading:
        """Share of spend of the dearest; its interval by linearization of the Lorenz curve."""
        cost, n = np.nan_to_num(seen.cost), len(seen)
        k = concentration.dearest_count(top_share, n)
        found = concentration.share_of_spend(concentration.running_total(cost), top_share)
        if np.isnan(found):
            return Reading()
        last = np.partition(cost, n - k)[n - k]  # the least dear of the dearest
        pull = np.maximum(cost - last, 0) + k / n * last - found * cost
        error = standard_error(pull) / cost.mean()
        low, high = around(100 * found, 100 * error)
        return Reading(100 * found, n, (low, high), groups=(("", k),), apart=(int(seen.costed.sum()) - k,))

    return read


def _with_middle(seen: Evidence, found: Reading) -> Reading:
    """The children between the two printed prices follow from both shares."""
    middle = int(((seen.cost >= LOWER_GBP) & (seen.cost < CAP_GBP)).sum())
    return found._replace(counted=(*found.counted, ("between", middle, found.n)))


def _from(gbp: float) -> Callable[[Evidence], Reading]:
    return lambda seen: _with_middle(seen, share(seen.cost >= gbp))


def _under(gbp: float) -> Callable[[Evidence], Reading]:
    # children without a cost stand at the bottom
    return lambda seen: _with_middle(seen, share(~(seen.cost >= gbp)))


def _above_cap(times: Callable[[Evidence], float]) -> Callable[[Evidence], Reading]:
    def read(seen: Evidence) -> Reading:
        above = np.maximum(seen.cost - CAP_GBP, 0)
        found = total(above, int((above > 0).sum()), len(seen), times(seen))
        return found._replace(provider_share=seen.provider_share(above > 0))

    return read


def _national(seen: Evidence) -> float:
    return seen.weeks * value("children_in_care_england") / len(seen)


def in_residential(detail: str, what: Measure) -> Callable[[Evidence], Reading]:
    """The mean need or cost in one kind of residential home."""
    return lambda seen: mean_in(seen, detail, what, "residential", TOLD_RESIDENTIAL)


def mean_in(seen: Evidence, detail: str, what: Measure, setting: str, told: tuple[str, ...]) -> Reading:
    """The mean in one kind of home; what the kinds that are told leave over of their setting stands apart."""
    values = seen.cost if what == "cost" else seen.total
    rest = ~np.isnan(values) & seen.where("setting", setting)
    for kind in told:
        rest = rest & ~seen.where("setting_detail", kind)
    chosen, apart = seen.where("setting_detail", detail), (int(rest.sum()),)
    return seen.mean_cost(chosen, apart) if what == "cost" else mean(values[chosen], apart)


def _need_above_and_below(seen: Evidence) -> Reading:
    known = seen.costed & seen.assessed
    dear = known & (seen.cost >= CAP_GBP)
    return composed(
        {
            "total need at £5,000 or more": mean(seen.total[dear]),
            "below £5,000": mean(seen.total[known & ~dear]),
        },
        "points",
    )


def _with_both(seen: Evidence) -> Reading:
    n = int((seen.costed & seen.assessed).sum())
    return Reading(float(n), n, counted=(("", n, len(seen)),))


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
    "K11-11": Statement((NEED, SETTING), in_residential("in_house_residential", "need")),
    "K11-12": Statement((NEED, SETTING), in_residential("private_residential", "need")),
    "K11-13": Statement((COST, SETTING), in_residential("in_house_residential", "cost")),
    "K11-14": Statement((COST, SETTING), in_residential("private_residential", "cost")),
    "K11-15": Statement((COST, NEED), _need_above_and_below),
    "K11-16": Statement((COST, NEED), _with_both),
    "E-01": Statement((COST,), _from(CAP_GBP)),
}
