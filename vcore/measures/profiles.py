"""Need profiles: the mean score of each domain in each group of any attribute."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.store import Cohort


def by_group(cohort: Cohort, attribute: str) -> pd.DataFrame:
    """Mean score of each domain in each group: a row a value of the attribute, most assessed children first.

    Columns: the attribute (text; "Not recorded" is a value), `assessed` (n), and a column a domain id with the
    mean (points), NaN where nobody is assessed.
    """
    needs = cohort.snapshot.needs
    scores = cohort.scores
    assessed = ~np.isnan(scores).any(axis=1)
    place, values = cohort.groups(attribute)
    here = np.bincount(place, minlength=len(values)) > 0
    place = place[assessed]
    n = np.bincount(place, minlength=len(values))
    table: dict[str, object] = {attribute: pd.array(values, dtype="str"), "assessed": n}
    for index, domain in enumerate(needs.ids):
        total = np.bincount(place, weights=scores[assessed, index], minlength=len(values))
        table[domain] = np.divide(total, n, out=np.full(len(values), np.nan), where=n > 0)
    shown = pd.DataFrame(table)[here]  # of what nobody here has there is no row
    return shown.sort_values("assessed", ascending=False, kind="stable", ignore_index=True)
