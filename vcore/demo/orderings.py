"""The published statements that are rules, not intervals: which group or domain comes first, and by how much.

One entry a statement, by its id in `published_figures.csv`: what was found, in words, and whether it holds.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from vcore.demo.evidence import CARE_BANDS, MODERATE, SEVERE, Evidence
from vcore.facts.assumptions import value

Finding = tuple[str, bool]
PREMIUM_GBP = (2_900, 4_100)
THIRD_PERCENT = (30, 37)
PRINTED_ANNUAL_PER_CHILD_GBP = 256_000_000 / 3_528  # does not reconcile with the printed £4.7m a week


def _annual_total(seen: Evidence) -> Finding:
    """The printed £256m a year is out of reach of the weekly total: say what the data gives."""
    annual = seen.children["weekly_cost_gbp"].sum() * value("weeks_per_year")
    printed = PRINTED_ANNUAL_PER_CHILD_GBP * len(seen.children)
    return (
        f"£{annual / 1e6:,.1f}m a year, printed £{printed / 1e6:,.0f}m for this many",
        annual < 0.98 * printed,
    )


def _range_in_homes(seen: Evidence) -> Finding:
    totals = seen.where(setting="residential")["total"]
    return f"{totals.min():.0f} to {totals.max():.0f}", (totals.min(), totals.max()) == (0, 118)


def _premium(seen: Evidence) -> Finding:
    homes = seen.where(setting="residential")
    mild = homes.loc[homes["peak"] < SEVERE, "weekly_cost_gbp"].mean()
    premium = mild - seen.where(setting_detail="independent_fostering")["weekly_cost_gbp"].mean()
    return f"£{premium:,.0f} a week", PREMIUM_GBP[0] <= premium <= PREMIUM_GBP[1]


def _needs_of_mild(seen: Evidence) -> Finding:
    homes = seen.where(setting="residential")
    top = seen.means(homes[homes["peak"] < SEVERE]).nlargest(3)
    return _listed(top), set(top.index) == {"emotional_health", "managing_emotions", "educational_progress"}


def _a_third(seen: Evidence) -> Finding:
    third = ["emotional_health", "attachments", "managing_emotions"]
    shares = 100 * (seen.children[third] >= MODERATE).mean()
    return _listed(shares, "%"), bool(shares.between(*THIRD_PERCENT).all())


def _most_severe(seen: Evidence) -> Finding:
    top = (100 * (seen.children[list(seen.domains)] >= SEVERE).mean()).nlargest(3)
    named = {"emotional_health", "educational_progress", "family_relationships"}
    return _listed(top, "%"), set(top.index) == named and top.index[0] == "educational_progress"


def _least_need(seen: Evidence) -> Finding:
    low = (100 * (seen.children[list(seen.domains)] < MODERATE).mean()).nlargest(2)
    return _listed(low, "%"), low.index[0] == "physical_health" and low.iloc[0] > low.iloc[1]


def _highest_mean(seen: Evidence) -> Finding:
    top = seen.means().nlargest(2)
    return _listed(top), top.index[0] == "emotional_health" and top.iloc[0] > top.iloc[1]


def _by_age(seen: Evidence) -> Finding:
    means = seen.children.groupby("age_band", observed=True)["total"].mean()
    baby, toddler, child, teen, _ = means
    lowest = baby == means.min()
    return _listed(means), bool(lowest and baby < toddler < child and abs(teen / child - 1) <= 0.15)


def _by_time_in_care(seen: Evidence) -> Finding:
    peaks = seen.means_by("care_band").idxmax()
    totals = seen.children.groupby("care_band", observed=True)["total"].mean()
    late = (peaks[["attachments", "self_care", "educational_progress"]] == CARE_BANDS[2]).all()
    holds = peaks["emotional_health"] == CARE_BANDS[1] and late and totals.is_monotonic_increasing
    return f"{_listed(totals)}; emotional health peaks at {peaks['emotional_health']}", bool(holds)


def _by_setting(seen: Evidence) -> Finding:
    means = seen.children.groupby("setting")["total"].mean().sort_values()
    between = means.drop(["fostering", "residential"])
    ends = means.index[0] == "fostering" and means.index[-1] == "residential"
    return _listed(means), bool(ends and between.max() <= 1.25 * between.min())


def _by_ethnicity(seen: Evidence) -> Finding:
    means = seen.means_by("ethnicity").drop(index="Not known", errors="ignore")
    others = ["Asian", "Black", "Other"]
    feelings = ["emotional_health", "managing_emotions", "family_relationships"]
    white_mixed = (means.loc[["White", "Mixed"], feelings].min() > means.loc[others, feelings].max()).all()
    expressing = means["expressing_feelings"]
    holds = white_mixed and expressing[others].min() > expressing[["White", "Mixed"]].max()
    schooling = means["educational_progress"]
    found = f"education highest: {schooling.idxmax()}; expressing feelings: {_listed(expressing)}"
    return found, bool(holds and schooling.idxmax() == "Black")


def _older_and_male(seen: Evidence) -> Finding:
    facts = pd.DataFrame({"aged 16+": seen.children["age"] >= 16, "male": seen.children["sex"] == "M"})
    shares = 100 * facts.groupby(seen.children["ethnicity"]).mean()
    white, others = shares.loc["White"], shares.loc[["Asian", "Black", "Other"]]
    found = "; ".join(f"{name}: {_listed(shares[name], '%')}" for name in shares)
    return found, bool((others > white).all(axis=None))


def _with_plan(seen: Evidence) -> Finding:
    gap = seen.means(seen.where(ehcp=True)) - seen.means(seen.where(ehcp=False))
    named = {"managing_emotions", "emotional_health", "learning_disabilities"}
    return _listed(gap.nlargest(3)), bool((gap > 0).all() and set(gap.nlargest(3).index) == named)


def _when_excluded(seen: Evidence) -> Finding:
    gap = seen.means(seen.where(excluded=True)) - seen.means(seen.where(excluded=False))
    return _listed(gap.nlargest(3)), bool((gap > 0).all() and gap.idxmax() == "emotional_health")


def _listed(values: pd.Series, unit: str = "") -> str:
    return ", ".join(f"{str(name).replace('_', ' ')} {number:.1f}{unit}" for name, number in values.items())


RULES: dict[str, Callable[[Evidence], Finding]] = {
    "M-06": _annual_total,
    "K12-02": _range_in_homes,
    "K12-08": _premium,
    "K12-09": _premium,
    "K12-12": _needs_of_mild,
    "K21-04": _a_third,
    "K21-07": _most_severe,
    "K21-08": _least_need,
    "K21-09": _highest_mean,
    "K22-01": _by_age,
    "K22-02": _by_time_in_care,
    "K23-06": _by_setting,
    "K24-05": _by_ethnicity,
    "K24-06": _older_and_male,
    "K26-06": _with_plan,
    "K26-07": _when_excluded,
}
