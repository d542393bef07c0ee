"""Children in residential, and those of them without a severe need: key finding 1.2 (K12-01 to K12-15)."""

from __future__ import annotations

import numpy as np

from vcore.measures.findings.evidence import Evidence
from vcore.measures.findings.readings import (
    Part,
    Reading,
    Statement,
    composed,
    count,
    difference,
    enough,
    ordered,
    share,
)

LOW_TOTAL = 24  # the report's threshold
LONG_YEARS = 10  # "a decade"
NOTABLE = ("emotional_health", "managing_emotions", "educational_progress")


def _homes(seen: Evidence) -> np.ndarray:
    return seen.where("setting", "residential")


def _assessed(seen: Evidence) -> np.ndarray:
    return _homes(seen) & seen.assessed


def _mild(seen: Evidence) -> np.ndarray:
    return _homes(seen) & (seen.severe == 0)


def _range(seen: Evidence) -> Reading:
    totals = seen.total[_assessed(seen)]
    if not len(totals):
        return Reading()
    ends = (Part("lowest", float(totals.min()), "points"), Part("highest", float(totals.max()), "points"))
    return Reading(n=len(totals), parts=ends, single=True)


def _low_need(seen: Evidence) -> Reading:
    return count(seen.total[_assessed(seen)] <= LOW_TOTAL)


def _mild_count(seen: Evidence) -> Reading:
    return count(seen.severe[_assessed(seen)] == 0)


def _mild_share(seen: Evidence) -> Reading:
    return share(seen.severe == 0, _assessed(seen))


def _of_all(seen: Evidence) -> Reading:
    """The 51% as misprinted, of all children, with that of residential beside."""
    everyone, homes = share(seen.severe == 0, seen.assessed), _mild_share(seen)
    if not homes.n:
        return everyone
    both = composed({"all": everyone, "in residential": homes}, "percent")
    return everyone._replace(parts=both.parts[1:], groups=both.groups, counted=both.counted)


def _premium(seen: Evidence) -> Reading:
    """What the homes of children without severe need cost above agency fostering, and by authority."""
    mild, agency = (
        _mild(seen) & seen.costed,
        seen.where("setting_detail", "independent_fostering") & seen.costed,
    )
    found = difference(seen.cost[mild], seen.cost[agency])
    names, place = seen.grouped("authority")
    gaps, apart = [], np.zeros(2, int)
    for index in range(len(names)):
        own = difference(seen.cost[mild & (place == index)], seen.cost[agency & (place == index)])
        sizes = [int((side & (place == index)).sum()) for side in (mild, agency)]
        if all(enough(size) for size in sizes):
            gaps.append(own)
        else:
            apart += sizes
    found = found._replace(provider_share=max(map(seen.provider_share, (mild, agency))))
    if len(gaps) < 2:
        return found
    ends = (min(gap.value for gap in gaps), max(gap.value for gap in gaps))
    parts = [
        Part(words, end, "gbp") for words, end in zip(("lowest authority", "highest"), ends, strict=True)
    ]
    return found._replace(parts=tuple(parts), apart=tuple(int(n) for n in apart))


def _annual_potential(seen: Evidence) -> Reading:
    premium, movable = _premium(seen), int(_mild(seen).sum())
    times = movable * seen.weeks
    low, high = premium.interval
    return premium._replace(
        value=premium.value * times,
        interval=(low * times, high * times),
        parts=(),
        counted=(("", movable, movable),),
    )


def _severe_needs(seen: Evidence) -> Reading:
    severe = seen.severe[_assessed(seen)]
    n = len(severe)
    if not n:
        return Reading()
    steps = [(f"{k}", severe == k) for k in range(3)] + [("3 or more", severe >= 3)]
    parts = [Part(words, 100 * float(found.mean()), "percent") for words, found in steps]
    return Reading(
        n=n,
        parts=tuple(parts),
        groups=(("", n),),
        counted=tuple((words, int(found.sum()), n) for words, found in steps),
    )


def _notable_needs(seen: Evidence) -> Reading:
    mild = _mild(seen)
    n, rest = int(mild.sum()), int(_assessed(seen).sum() - mild.sum())
    means = seen.domain_means(mild)
    top = sorted(means, key=lambda domain: -means[domain])[:3]
    claims = [domain in top for domain in NOTABLE] if n else []
    return ordered(seen.ranked(means, "points"), claims, {"": n}, n, (rest,))


def _long_in_care(seen: Evidence) -> Reading:
    return count(seen.numbers("years_in_care") >= LONG_YEARS)


SETTING, NEED, COST = "setting", "need_total", "weekly_cost_gbp"
RESIDENTIAL = {
    "K12-01": Statement((SETTING,), lambda seen: count(_homes(seen))),
    "K12-02": Statement((SETTING, NEED), _range),
    "K12-03": Statement((SETTING, NEED), _low_need),
    "K12-04": Statement((SETTING, NEED), lambda seen: share(seen.total <= LOW_TOTAL, _assessed(seen))),
    "K12-05": Statement((), lambda seen: Reading(LOW_TOTAL / len(seen.needs.domains), len(seen))),
    "K12-06": Statement((SETTING, NEED), _mild_count),
    "K12-07": Statement((SETTING, NEED), _mild_share),
    "K12-08": Statement((SETTING, NEED, COST), _premium),
    "K12-09": Statement((SETTING, NEED, COST), _premium),
    "K12-10": Statement((SETTING, NEED), _mild_share),
    "K12-11": Statement((SETTING, NEED), _severe_needs),
    "K12-12": Statement((SETTING, *(f"need_{domain}" for domain in NOTABLE)), _notable_needs),
    "K12-14": Statement(("years_in_care",), _long_in_care),
    "K12-15": Statement((SETTING, NEED, COST), _annual_potential),
    "V-13": Statement((SETTING, NEED), _mild_count),
    "E-02": Statement((SETTING, NEED), _of_all),
}
