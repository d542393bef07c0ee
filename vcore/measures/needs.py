"""What a cohort needs: levels, prevalence and depth by domain, and how many children have severe needs.

Every count of severe needs can be asked again under the alternative cut-points, since ours are an
assumption.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore import scoring
from vcore.facts.domains import LEVELS, CutPoints
from vcore.store import Cohort


def by_domain(cohort: Cohort) -> pd.DataFrame:
    """One row a domain: `domain`, `label`, `assessed` (n), `mean`, `prevalence` (0–1), `depth` (points) and
    one column a level with the share (0–1) of assessed children at it."""
    needs, scores = cohort.snapshot.needs, cohort.scores
    assessed = ~np.isnan(scores).any(axis=1)
    n = int(assessed.sum())
    level = scoring.levels(scores[assessed], needs.cut_points)
    table = pd.DataFrame(
        {
            "domain": needs.ids,
            "label": list(needs.labels.values()),
            "assessed": n,
            "mean": scores[assessed].mean(axis=0) if n else np.nan,
            "prevalence": scoring.prevalence(scores, needs.cut_points),
            "depth": scoring.depth(scores),
        }
    )
    for index, name in enumerate(LEVELS):
        table[name] = (level == index).mean(axis=0) if n else np.nan
    return table


def without_severe(cohort: Cohort, setting: str | None, cuts: CutPoints | None = None) -> tuple[int, int]:
    """Children living in a setting (None: anywhere) with no severe need, and the assessed children there."""
    scores = cohort.scores if setting is None else cohort.scores[cohort.column("setting") == setting]
    severe = scoring.severe_count(scores, cuts or cohort.snapshot.needs.cut_points)
    return int((severe == 0).sum()), int((~np.isnan(severe)).sum())
