"""Where children live now and where they lived on an earlier date: who moved between settings.

Settings on two dates, not moves: somebody who moved away and back has stayed, and somebody who came into
care and left again between the two dates is in neither.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from vcore.facts.placements import SETTINGS
from vcore.store import Cohort

NOT_IN_CARE: Final = "not_in_care"  # on the earlier date
LEFT_CARE: Final = "left_care"  # since then
THEN = (*SETTINGS, NOT_IN_CARE)
NOW = (*SETTINGS, LEFT_CARE)


def flows(now: Cohort, then: Cohort) -> pd.DataFrame:
    """How many children by setting then (rows, `THEN`) and now (columns, `NOW`).

    The two cohorts are one filter on two dates. Every child who fitted it on either counts once: so those who
    moved out of a chosen setting are here, as are those who moved into it.
    """
    left, came = then.snapshot, now.snapshot
    before = np.append(left.settings, THEN.index(NOT_IN_CARE))  # one place more, where −1 finds it
    after = np.append(came.settings, NOW.index(LEFT_CARE))
    earlier = came.places_in(left)[now.chosen]
    here = np.zeros(len(came.frame) + 1, dtype=bool)
    here[now.chosen] = True
    later = left.places_in(came)[then.chosen]
    only_then = ~here[later]
    rows = np.concatenate([before[earlier], before[then.chosen[only_then]]])
    columns = np.concatenate([after[now.chosen], after[later[only_then]]])
    counts = np.bincount(rows * len(NOW) + columns, minlength=len(THEN) * len(NOW))
    return pd.DataFrame(
        counts.reshape(len(THEN), len(NOW)),
        index=pd.Index(THEN, name="then"),
        columns=pd.Index(NOW, name="now"),
    )


def stayed(counts: pd.DataFrame) -> tuple[int, int]:
    """Of `flows`: children in the same setting on both dates, and children in care on both."""
    both = counts.loc[list(SETTINGS), list(SETTINGS)].to_numpy()
    return int(np.trace(both)), int(both.sum())
