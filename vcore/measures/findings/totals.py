"""Who is in the cohort and what they cost altogether: the figures the report opens with (M-01 to M-11)."""

from __future__ import annotations

import numpy as np

from vcore.facts.assumptions import value
from vcore.measures.findings.evidence import Evidence
from vcore.measures.findings.readings import Part, Reading, Statement, count, total
from vcore.scoring import stale


def _all_children(seen: Evidence, amount: float) -> Reading:
    return Reading(amount, len(seen), counted=(("", len(seen), len(seen)),))


def _weekly(seen: Evidence, weeks: float = 1.0) -> Reading:
    found = total(seen.cost, int(seen.costed.sum()), len(seen), weeks)
    return found._replace(provider_share=seen.provider_share(seen.everyone))


def _annual(seen: Evidence) -> Reading:
    return _weekly(seen, seen.weeks)


def _of_england(seen: Evidence) -> Reading:
    return _all_children(seen, 100 * len(seen) / value("children_in_care_england"))


def _of_englands_spending(seen: Evidence) -> Reading:
    annual = _annual(seen)
    return annual._replace(
        value=100 * annual.value / value("children_services_spend_england"), interval=(np.nan, np.nan)
    )


def _mean_weekly(seen: Evidence) -> Reading:
    """Over the costed, and beside it over all, £0 where there is no cost: the report does not say which it means."""
    found = seen.mean_cost(seen.everyone)
    if not found.n:
        return found
    over_all = float(np.nansum(seen.cost)) / len(seen)
    return found._replace(parts=(Part("over all children, £0 where there is no cost", over_all, "gbp"),))


def _dearest(seen: Evidence) -> Reading:
    return Reading(float(np.nanmax(seen.cost)), int(seen.costed.sum()), single=True)


def _authorities(seen: Evidence) -> Reading:
    return _all_children(seen, float(np.count_nonzero(seen.cohort.groups("authority").counts())))


def _latest_assessment(seen: Evidence) -> Reading:
    ages = seen.numbers("assessment_age_days")
    n = seen.cohort.recorded("assessment_age_days")
    old = int(stale(ages, value("stale_assessment_days")).sum())
    return Reading(
        1.0,
        n,
        parts=(
            Part("median age in days", float(np.nanmedian(ages)) if n else np.nan, "points"),
            Part("older than six months", 100 * old / n, "percent"),
        ),
        groups=(("", n),),
        counted=(("", old, n),),
    )


TOTALS = {
    "M-01": Statement(("need_total",), lambda seen: count(seen.assessed)),
    "M-02": Statement((), _of_england),
    "M-03": Statement(("weekly_cost_gbp",), _mean_weekly),
    "M-04": Statement(("weekly_cost_gbp",), _dearest),
    "M-05": Statement(("weekly_cost_gbp",), _weekly),
    "M-06": Statement(("weekly_cost_gbp",), _annual),
    "M-07": Statement(("weekly_cost_gbp",), _of_englands_spending),
    "M-08": Statement((), lambda seen: _all_children(seen, float(seen.needs.highest_total))),
    "M-09": Statement((), _authorities),
    "M-11": Statement(("need_total",), _latest_assessment),
    "E-03": Statement((), _authorities),
}
