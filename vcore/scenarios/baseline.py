"""What is true of a cohort's children before any lever, as plain arrays read once a cohort.

Levers ask here instead of the frame: moving a slider must not read 84,000 rows of text again. Holds no
lever's settings and is never changed.
"""

from __future__ import annotations

from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from vcore import scoring
from vcore.measures.child_facts import ChildFacts
from vcore.scenarios.calendar import Months
from vcore.scoring import BandRule, TotalRule
from vcore.store import Cohort
from vcore.store.snapshot import Snapshot

KINSHIP = (
    "kinship"  # fostered by a relative or friend, whoever supervises it: a place beside the setting details
)
_PLANS_KEPT = 8  # one a month to start in
_known: WeakKeyDictionary[Cohort, Baseline] = WeakKeyDictionary()


def baseline_of(cohort: Cohort) -> Baseline:
    """The cohort's baseline; kept for as long as the cohort is."""
    if cohort not in _known:
        _known[cohort] = Baseline(cohort.snapshot, cohort.chosen, cohort.base)
    return _known[cohort]


class Baseline(ChildFacts):
    """The children of one cohort, what is recorded of them, and what their placements cost; a value a child."""

    def __init__(self, snapshot: Snapshot, chosen: np.ndarray, base: np.ndarray) -> None:
        super().__init__(snapshot, chosen)
        self._base = base
        self._upper_quartiles: dict[str, float] = {}
        self._means: dict[str, float] = {}
        self._bands: dict[BandRule | TotalRule, np.ndarray] = {}
        self._band_prices: dict[tuple, tuple[np.ndarray, ...]] = {}

    def bands(self, rule: BandRule | TotalRule) -> np.ndarray:
        """Each child's need band as its index in `scoring.BANDS`; −1 without an assessment."""
        if rule not in self._bands:
            scores = self._snapshot.scores[self._chosen]
            self._bands[rule] = (
                scoring.band(scores, self._snapshot.needs.cut_points, rule)
                if isinstance(rule, BandRule)
                else scoring.band_by_total(scores, rule)
            )
        return self._bands[rule]

    def band_prices(
        self, rule: BandRule | TotalRule, places: tuple[str, ...] | None
    ) -> tuple[np.ndarray, ...]:
        """The weekly £ of the costed placements of each band in some settings or kinds of home (None: all), rising.

        Over the whole base, as `upper_quartile_gbp`.
        """
        key = (rule, places)
        if key not in self._band_prices:
            here = self._whole_base
            bands = np.where(np.isnan(here.gross) | ~here.placed(places), -1, here.bands(rule))
            self._band_prices[key] = tuple(
                np.sort(here.gross[bands == band]) for band in range(len(scoring.BANDS))
            )
        return self._band_prices[key]

    @cached_property
    def _whole_base(self) -> Baseline:
        whole = len(self._base) == len(self)
        return self if whole else Baseline(self._snapshot, self._base, self._base)

    @cached_property
    def count(self) -> np.ndarray | float:
        """How many children a row stands for."""
        return 1.0

    @cached_property
    def children(self) -> int:
        """How many children all rows stand for."""
        return round(float(np.sum(self.count * np.ones(len(self)))))

    @cached_property
    def gross(self) -> np.ndarray:
        """Gross weekly cost, £; NaN where not costed."""
        return self.numbers("weekly_cost_gbp")

    @cached_property
    def social_care_share(self) -> np.ndarray:
        """How much of each gross pound children's social care pays (0–1); 1 where nothing is paid."""
        social = self.numbers("social_care_cost_gbp")
        return np.divide(social, self.gross, out=np.ones(len(self)), where=self.gross > 0)

    @cached_property
    def ends_on(self) -> np.ndarray:
        """The day the child's placement is known to end (datetime64[D]): the planned end or the 18th birthday,
        whichever is first; NaT where neither is known. A planned end that has passed says nothing more."""
        as_of = np.datetime64(self._snapshot.as_of, "D")
        birthday = as_of + self.numbers("days_to_18").astype("timedelta64[D]")
        planned = self._snapshot.frame["planned_end_on"].take(self._chosen).to_numpy().astype("datetime64[D]")
        return np.fmin(birthday, np.where(planned > as_of, planned, np.datetime64("NaT")))

    def ends_in(self, months: Months) -> tuple[np.ndarray, np.ndarray]:
        """The month of a plan in which each child's end falls, and the share of it before (`Months.places`)."""
        if months not in self._ends_in:
            if len(self._ends_in) >= _PLANS_KEPT:
                self._ends_in.clear()
            self._ends_in[months] = months.places(self.ends_on)
        return self._ends_in[months]

    @cached_property
    def _ends_in(self) -> dict[Months, tuple[np.ndarray, np.ndarray]]:
        return {}

    @cached_property
    def health_share(self) -> np.ndarray:
        """How much of each gross pound health pays (0–1); 0 where nothing is paid."""
        health = np.nan_to_num(self.numbers("health_cost_gbp"))
        return np.divide(health, self.gross, out=np.zeros(len(self)), where=self.gross > 0)

    @cached_property
    def rank(self) -> np.ndarray:
        """0 for the dearest placement; ties by child id; uncosted children last."""
        order = np.argsort(-self.gross, kind="stable")  # children are in child id order; NaN sorts last
        rank = np.empty(len(order), dtype="int64")
        rank[order] = np.arange(len(order))
        return rank

    def lives_in(self, place: str) -> np.ndarray:
        """Which children live in a setting detail, or in kinship fostering."""
        if place == KINSHIP:
            return self.among("setting", ["fostering"]) & (self.numbers("kinship") == 1)
        return self.among("setting_detail", [place])

    def upper_quartile_gbp(self, place: str) -> float:
        """75th percentile (linear) of weekly £ there, over the whole base; NaN where none has a cost."""
        if place not in self._upper_quartiles:
            self._upper_quartiles[place] = float(self._costs(place).quantile(0.75, interpolation="linear"))
        return self._upper_quartiles[place]

    def mean_gbp(self, place: str) -> float:
        """Mean of weekly £ there, over the whole base; NaN where none has a cost."""
        if place not in self._means:
            self._means[place] = float(self._costs(place).mean())
        return self._means[place]

    def _costs(self, place: str) -> pd.Series:
        """Weekly £ of each placement there; NaN where not costed.

        Of the base and not the snapshot: a reader limited to one authority learns no price of another.
        """
        everyone = self._snapshot.frame[["setting", "setting_detail", KINSHIP, "weekly_cost_gbp"]].take(
            self._base
        )
        if place == KINSHIP:
            there = (everyone["setting"] == "fostering") & everyone[KINSHIP].fillna(False)
        else:
            there = everyone["setting_detail"] == place
        return everyone.loc[there, "weekly_cost_gbp"]
