"""Fostering, and need and cost by where children live: key findings 1.3 and 2.3 (K13 and K23)."""

from __future__ import annotations

from collections.abc import Callable

from vcore.facts.assumptions import value
from vcore.facts.placements import DETAIL_LABELS, SETTING_LABELS
from vcore.measures.findings.evidence import Evidence
from vcore.measures.findings.readings import Part, Reading, Statement, composed, count, holding, ordered
from vcore.measures.findings.spend import Measure, in_residential, mean_in

ALIKE = 1.25  # settings whose mean needs are within a quarter of one another are alike
TOLD_SETTINGS = ("fostering", "semi_independent", "residential")
TOLD_FOSTERING = ("in_house_fostering", "independent_fostering")


def _fostered(detail: str, what: Measure) -> Callable[[Evidence], Reading]:
    return lambda seen: mean_in(seen, detail, what, "fostering", TOLD_FOSTERING)


def _cost_in(setting: str) -> Callable[[Evidence], Reading]:
    def read(seen: Evidence) -> Reading:
        rest = seen.costed.copy()
        for told in TOLD_SETTINGS:
            rest &= ~seen.where("setting", told)
        return seen.mean_cost(seen.where("setting", setting), (int(rest.sum()),))

    return read


def _high_need(seen: Evidence) -> Reading:
    totals = seen.total[seen.where("setting", "fostering") & seen.assessed]
    return count(totals >= value("high_need_total"))


def _not_costed(seen: Evidence) -> Reading:
    return count(seen.costed[seen.where("setting", "parents_or_adoption")])


def _by_setting(seen: Evidence) -> Reading:
    means, sizes = seen.totals_by("setting")
    rest = {name: mean for name, mean in means.items() if name not in ("fostering", "residential")}
    claims = holding(
        means,
        lambda found: found["residential"] >= max(found.values()) and len(found) > 1,
        lambda found: found["fostering"] <= min(found.values()) and len(found) > 1,
    )
    if len(rest) > 1:
        claims += (max(rest.values()) <= ALIKE * min(rest.values()),)
    parts = [
        Part(SETTING_LABELS[name], means[name], "points") for name in sorted(means, key=lambda n: means[n])
    ]
    n = int(seen.assessed.sum())
    return ordered(parts, claims, sizes, n, (n - sum(sizes.values()),))


def _by_kind_of_home(seen: Evidence) -> Reading:
    kinds = ("in_house_residential", "private_residential", "specialist_residential")
    found = {DETAIL_LABELS[kind]: in_residential(kind, "need")(seen) for kind in kinds}
    return composed(found, "points", next(iter(found.values())).apart)


COST, NEED = "weekly_cost_gbp", "need_total"
HOMES = {
    "K13-01": Statement((NEED,), _fostered("in_house_fostering", "need")),
    "K13-02": Statement((NEED,), _fostered("independent_fostering", "need")),
    "K13-03": Statement((COST,), _fostered("in_house_fostering", "cost")),
    "K13-04": Statement((COST,), _fostered("independent_fostering", "cost")),
    "K13-05": Statement((NEED,), _high_need),
    "K23-01": Statement((COST,), _cost_in("fostering")),
    "K23-02": Statement((COST,), _cost_in("semi_independent")),
    "K23-03": Statement((COST,), _cost_in("residential")),
    "K23-04": Statement(("setting",), _not_costed),
    "K23-05": Statement((COST,), in_residential("specialist_residential", "cost")),
    "K23-06": Statement((NEED,), _by_setting),
    "F-15": Statement((NEED,), _by_setting),
    "F-16": Statement((NEED,), _by_kind_of_home),
}
