"""Need profiles: the mean score of each domain in each group of any attribute."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.facts.bands import BANDS
from vcore.measures.composition import as_text
from vcore.store import Cohort


def by_group(cohort: Cohort, attribute: str) -> pd.DataFrame:
    """Mean score of each domain in each group: a row a value of the attribute, most assessed children first.

    Columns: the attribute (text; "Not recorded" is a value), `assessed` (n), and a column a domain id with the
    mean (points), NaN where nobody is assessed.
    """
    needs = cohort.snapshot.needs
    column = BANDS[attribute][0] if attribute in BANDS else attribute
    scores = cohort.scores
    assessed = ~np.isnan(scores).any(axis=1)
    place, values = pd.factorize(as_text(cohort.columns(column), attribute), sort=True)
    n = np.bincount(place[assessed], minlength=len(values))
    table = pd.DataFrame({attribute: values, "assessed": n})
    for index, domain in enumerate(needs.ids):
        total = np.bincount(place[assessed], weights=scores[assessed, index], minlength=len(values))
        table[domain] = np.divide(total, n, out=np.full(len(values), np.nan), where=n > 0)
    return table.sort_values("assessed", ascending=False, kind="stable", ignore_index=True)
