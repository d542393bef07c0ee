"""The published figures with an interval, each measured on the demonstration's children.

One entry a statement, by its id in `published_figures.csv`; money in £, shares in %.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from vcore.demo.evidence import MODERATE, SEVERE, Evidence
from vcore.facts.assumptions import value

CAP_GBP = 5_000
LOW_TOTAL = 24


def _mean_cost(**facts: object) -> Callable[[Evidence], float]:
    return lambda seen: seen.where(**facts)["weekly_cost_gbp"].mean()


def _mean_total(**facts: object) -> Callable[[Evidence], float]:
    return lambda seen: seen.where(**facts)["total"].mean()


def _share_at(domain: str, score: int) -> Callable[[Evidence], float]:
    return lambda seen: 100 * (seen.children[domain] >= score).mean()


def _dearer_or_equal(gbp: float) -> Callable[[Evidence], float]:
    return lambda seen: 100 * (seen.children["weekly_cost_gbp"] >= gbp).mean()


def _higher_if_disabled(domain: str) -> Callable[[Evidence], float]:
    return lambda seen: _percent_more(
        seen.where(disability=True)[domain].mean(), seen.where(disability=False)[domain].mean()
    )


def _step(
    sex: str, ages: tuple[int, int], other_sex: str, other_ages: tuple[int, int]
) -> Callable[[Evidence], float]:
    """% by which one sex and age band's mean total lies above another's."""

    def measure(seen: Evidence) -> float:
        return _percent_more(
            _of(seen, sex, ages)["total"].mean(), _of(seen, other_sex, other_ages)["total"].mean()
        )

    return measure


def _of(seen: Evidence, sex: str, ages: tuple[int, int]) -> pd.DataFrame:
    return seen.where(sex=sex).query("@ages[0] <= age <= @ages[1]")


def _percent_more(one: float, other: float) -> float:
    return 100 * (one / other - 1)


def _homes(seen: Evidence) -> pd.DataFrame:
    return seen.where(setting="residential")


def _annual_cap_saving(seen: Evidence) -> float:
    return seen.above_cap(CAP_GBP) * value("weeks_per_year")


def _residential_ratio(seen: Evidence) -> float:
    disabled, others = (seen.where(disability=answer)["setting"] for answer in (True, False))
    return (disabled == "residential").mean() / (others == "residential").mean()


UNDER_12, TO_16, FROM_17 = (0, 11), (12, 16), (17, 99)

FIGURES: dict[str, Callable[[Evidence], float]] = {
    "M-01": lambda seen: seen.children["total"].count(),
    "M-03": lambda seen: seen.children["weekly_cost_gbp"].mean(),
    "M-04": lambda seen: seen.children["weekly_cost_gbp"].max(),
    "M-05": lambda seen: seen.children["weekly_cost_gbp"].sum(),
    "M-09": lambda seen: seen.children["authority"].nunique(),
    "K11-01": lambda seen: seen.children["total"].corr(seen.children["weekly_cost_gbp"]),
    "K11-02": lambda seen: seen.top_share(0.10),
    "K11-03": lambda seen: seen.top_share(0.05),
    "K11-04": lambda seen: seen.top_share(0.01),
    "K11-05": lambda seen: 100 - _dearer_or_equal(2_000)(seen),
    "K11-06": lambda seen: 100 - _dearer_or_equal(CAP_GBP)(seen),
    "K11-07": _dearer_or_equal(CAP_GBP),
    "K11-08": lambda seen: seen.above_cap(CAP_GBP),
    "K11-09": _annual_cap_saving,
    "K11-10": lambda seen: _annual_cap_saving(seen) * value("children_in_care_england") / len(seen.children),
    "K11-11": _mean_total(setting_detail="in_house_residential"),
    "K11-12": _mean_total(setting_detail="private_residential"),
    "K11-13": _mean_cost(setting_detail="in_house_residential"),
    "K11-14": _mean_cost(setting_detail="private_residential"),
    "K12-01": lambda seen: len(_homes(seen)),
    "K12-03": lambda seen: (_homes(seen)["total"] <= LOW_TOTAL).sum(),
    "K12-04": lambda seen: 100 * (_homes(seen)["total"] <= LOW_TOTAL).mean(),
    "K12-06": lambda seen: (_homes(seen)["peak"] < SEVERE).sum(),
    "K12-07": lambda seen: 100 * (_homes(seen)["peak"] < SEVERE).mean(),
    "K13-01": _mean_total(setting_detail="in_house_fostering"),
    "K13-02": _mean_total(setting_detail="independent_fostering"),
    "K13-03": _mean_cost(setting_detail="in_house_fostering"),
    "K13-04": _mean_cost(setting_detail="independent_fostering"),
    "K21-01": _share_at("emotional_health", 1),
    "K21-02": _share_at("life_story", 1),
    "K21-05": _share_at("emotional_health", MODERATE),
    "K23-01": _mean_cost(setting="fostering"),
    "K23-02": _mean_cost(setting="semi_independent"),
    "K23-03": _mean_cost(setting="residential"),
    "K23-05": _mean_cost(setting_detail="specialist_residential"),
    "K24-01": _higher_if_disabled("expressing_feelings"),
    "K24-02": _higher_if_disabled("managing_emotions"),
    "K24-03": _higher_if_disabled("emotional_health"),
    "K24-04": _residential_ratio,
    "K25-01": _step("M", UNDER_12, "F", UNDER_12),
    "K25-02": _step("M", TO_16, "F", TO_16),
    "K25-03": _step("M", FROM_17, "F", FROM_17),
    "K25-04": _step("M", TO_16, "M", UNDER_12),
    "K25-05": _step("F", TO_16, "F", UNDER_12),
    "K25-06": _step("M", FROM_17, "M", TO_16),
    "K25-07": _step("F", FROM_17, "F", TO_16),
    "K26-01": _mean_cost(ehcp=True),
    "K26-02": _mean_cost(ehcp=False),
    "K26-03": lambda seen: _mean_cost(ehcp=True)(seen) - _mean_cost(ehcp=False)(seen),
    "K26-04": _mean_cost(excluded=True),
    "K26-05": _mean_cost(excluded=False),
}
# Counts and sums of the 3,528: at another size their intervals grow with the cohort.
GROW_WITH_COHORT = ("M-01", "M-05", "K11-08", "K11-09", "K12-01", "K12-03", "K12-06")
