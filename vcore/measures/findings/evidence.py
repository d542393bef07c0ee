"""A cohort as the statements read it: costs, scores and facts as arrays, each gathered once and only if asked.

Missing stays missing: a child without a cost is NaN, a fact that is not recorded matches neither yes nor no.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from vcore.facts.bands import BANDS
from vcore.facts.domains import CutPoints, NeedModel
from vcore.facts.published import Format
from vcore.measures.findings.readings import Part, Reading, enough, mean
from vcore.measures.provider_shares import outside_codes
from vcore.store import Cohort


class Evidence:
    """One cohort's arrays, in the order of its children. `weeks`: weeks a year."""

    def __init__(self, cohort: Cohort, weeks: float) -> None:
        self.cohort = cohort
        self.weeks = weeks
        self._masks: dict[tuple[str, Any], np.ndarray] = {}
        self._groups: dict[str, tuple[list[str], np.ndarray]] = {}

    def __len__(self) -> int:
        return len(self.cohort)

    @property
    def needs(self) -> NeedModel:
        return self.cohort.snapshot.needs

    @property
    def cuts(self) -> CutPoints:
        return self.needs.cut_points

    @cached_property
    def cost(self) -> np.ndarray:
        """£ a week; NaN where not costed."""
        return self.numbers("weekly_cost_gbp")

    @cached_property
    def total(self) -> np.ndarray:
        """Total need; NaN without an assessment."""
        return self.cohort.scores.sum(axis=1)

    @cached_property
    def peak(self) -> np.ndarray:
        """The highest score; NaN without an assessment."""
        return self.cohort.scores.max(axis=1) if len(self) else np.empty(0)

    @cached_property
    def severe(self) -> np.ndarray:
        """How many areas are severe; NaN without an assessment."""
        counted = (self.cohort.scores >= self.cuts.severe).sum(axis=1).astype("float64")
        counted[np.isnan(self.total)] = np.nan
        return counted

    @cached_property
    def everyone(self) -> np.ndarray:
        return np.ones(len(self), bool)

    @cached_property
    def costed(self) -> np.ndarray:
        return ~np.isnan(self.cost)

    @cached_property
    def assessed(self) -> np.ndarray:
        return ~np.isnan(self.total)

    @cached_property
    def age(self) -> np.ndarray:
        return self.numbers("age")

    @cached_property
    def _providers(self) -> np.ndarray:
        """The place of each child's outside provider among them; −1 where there is none or it is not recorded."""
        return outside_codes(self.cohort.snapshot)[0][self.cohort.chosen]

    def provider_share(self, chosen: np.ndarray) -> float:
        """The largest share (0–1) that one outside provider has of what these children cost."""
        costs, place = np.nan_to_num(self.cost[chosen]), self._providers[chosen]
        outside = place >= 0
        if not costs.sum() or not outside.any():
            return 0.0
        return float(np.bincount(place[outside], weights=costs[outside]).max() / costs.sum())

    def mean_cost(self, chosen: np.ndarray, apart: Sequence[int] = ()) -> Reading:
        """What these children cost on average, and how much of it is one provider's price."""
        return mean(self.cost[chosen], apart)._replace(provider_share=self.provider_share(chosen))

    def numbers(self, column: str) -> np.ndarray:
        """A column of numbers as floats; NaN where missing."""
        return self.cohort.numbers(column)

    def where(self, column: str, wanted: Any) -> np.ndarray:
        """Which children have this value; a missing one never matches."""
        key = (column, wanted)
        if key not in self._masks:
            self._masks[key] = self.cohort.groups(column).has(wanted)
        return self._masks[key]

    def score(self, domain: str) -> np.ndarray:
        """The scores of one area of need."""
        return self.cohort.scores[:, self.needs.ids.index(domain)]

    def domain_means(self, among: np.ndarray) -> dict[str, float]:
        """Mean score by area, of the assessed children among these; empty for nobody."""
        scores = self.cohort.scores[among & self.assessed]
        return dict(zip(self.needs.ids, scores.mean(axis=0).tolist(), strict=True)) if len(scores) else {}

    def ranked(self, values: dict[str, float], format_: Format, count: int = 3) -> list[Part]:
        """The areas with the highest values, highest first, under their labels."""
        top = sorted(values, key=lambda domain: -values[domain])[:count]
        return [Part(self.needs.labels[domain], values[domain], format_) for domain in top]

    def grouped(self, attribute: str) -> tuple[list[str], np.ndarray]:
        """The values of an attribute or of its bands, and each child's place among them; −1 where missing."""
        if attribute not in self._groups:
            self._groups[attribute] = self._group(attribute)
        return self._groups[attribute]

    def _group(self, attribute: str) -> tuple[list[str], np.ndarray]:
        if attribute in BANDS:
            column, bands = BANDS[attribute]
            place = np.searchsorted(list(bands.values()), self.numbers(column), side="right") - 1
            return list(bands), place
        found = self.cohort.groups(attribute).recorded()
        return list(found.values), found.place

    def totals_by(self, attribute: str) -> tuple[dict[str, float], dict[str, int]]:
        """Mean total need by group, of groups large enough for one, and each group's assessed children."""
        names, place = self.grouped(attribute)
        known = self.assessed & (place >= 0)
        n = np.bincount(place[known], minlength=len(names))
        sums = np.bincount(place[known], weights=self.total[known], minlength=len(names))
        kept = [index for index in range(len(names)) if enough(n[index])]
        return (
            {names[index]: float(sums[index] / n[index]) for index in kept},
            {names[index]: int(n[index]) for index in kept},
        )

    def means_by(self, attribute: str) -> dict[str, dict[str, float]]:
        """Mean score by area (outer) and group (inner), of groups large enough for a mean."""
        names, place = self.grouped(attribute)
        known = self.assessed & (place >= 0)
        n = np.bincount(place[known], minlength=len(names))
        kept = [index for index in range(len(names)) if enough(n[index])]
        found = {}
        for column, domain in enumerate(self.needs.ids):
            scores = self.cohort.scores[known, column]
            sums = np.bincount(place[known], weights=scores, minlength=len(names))
            found[domain] = {names[index]: float(sums[index] / n[index]) for index in kept}
        return found
