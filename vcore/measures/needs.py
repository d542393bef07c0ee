"""What a cohort needs: levels, prevalence and depth by domain, and how many children have severe needs.

Every count of severe needs can be asked again under the alternative cut-points, since ours are an
assumption.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from vcore import scoring
from vcore.facts.domains import LEVELS, CutPoints
from vcore.store import Cohort


def level_counts(cohort: Cohort) -> pd.DataFrame:
    """Assessed children at each level: a row a domain (by id, in the council's order), a column a level."""
    needs, scores = cohort.snapshot.needs, cohort.scores
    cuts = needs.cut_points
    assessed = np.full(len(needs.ids), int((~np.isnan(scores).any(axis=1)).sum()))
    at_least = [(scores >= cut).sum(axis=0) for cut in (cuts.minor, cuts.moderate, cuts.severe)]
    reached = [assessed, *at_least, np.zeros_like(assessed)]
    counts = [lower - higher for lower, higher in pairwise(reached)]
    return pd.DataFrame(np.stack(counts, axis=1), index=list(needs.ids), columns=list(LEVELS))


def by_domain(cohort: Cohort) -> pd.DataFrame:
    """One row a domain: `domain`, `label`, `assessed` (n), `mean`, `prevalence` (0–1), `depth` (points) and
    one column a level with the share (0–1) of assessed children at it."""
    needs, scores = cohort.snapshot.needs, cohort.scores
    counts = level_counts(cohort)
    n = int(counts.iloc[0].sum())
    assessed = scores[~np.isnan(scores).any(axis=1)]
    table = pd.DataFrame(
        {
            "domain": needs.ids,
            "label": list(needs.labels.values()),
            "assessed": n,
            "mean": assessed.mean(axis=0) if n else np.nan,
            "prevalence": scoring.prevalence(scores, needs.cut_points),
            "depth": scoring.depth(scores),
        }
    )
    for level in LEVELS:
        table[level] = counts[level].to_numpy() / n if n else np.nan
    return table


def without_severe(cohort: Cohort, setting: str | None, cuts: CutPoints | None = None) -> tuple[int, int]:
    """Children living in a setting (None: anywhere) with no severe need, and the assessed children there."""
    severe = cohort.snapshot.severe_counts(cuts or cohort.snapshot.needs.cut_points)[cohort.chosen]
    if setting is not None:
        severe = severe[cohort.lives_in(setting)]
    return int((severe == 0).sum()), int((~np.isnan(severe)).sum())


def severe_in_residential(cohort: Cohort) -> dict[str, np.ndarray]:
    """Which children live in residential and are assessed without, and with, a severe need."""
    there = cohort.lives_in("residential")
    severe = cohort.numbers("severe_count")
    return {"without": there & (severe == 0), "with": there & (severe > 0)}
