"""How concentrated spend is: what share of it the dearest placements take.

Shares are taken over all children, uncosted ones ranked last: a missing cost is missing, never £0.
"""

from __future__ import annotations

from math import ceil

import numpy as np
import pandas as pd

from vcore.store import Cohort

CURVE_POINTS = 100


def dearest_count(top_share: float, n: int) -> int:
    """How many of n children a top share (0–1) takes. The tiny step keeps 7% of 84,000 at 5,880."""
    return max(0, ceil(top_share * n - 1e-9))


def running_spend(cohort: Cohort) -> np.ndarray:
    """What the dearest child, the dearest two, … and all together cost a week, in £: one value a child."""
    return running_total(cohort.numbers("weekly_cost_gbp"))


def running_total(weekly_cost_gbp: np.ndarray) -> np.ndarray:
    """The same of any costs; a missing one adds nothing."""
    return np.cumsum(np.sort(np.nan_to_num(weekly_cost_gbp))[::-1])


def share_of_spend(running: np.ndarray, top_share: float) -> float:
    """Share (0–1) of all spend (`running_total`) that the dearest `top_share` of children take; NaN without any."""
    k = dearest_count(top_share, len(running))
    return float(running[k - 1] / running[-1]) if k and running[-1] > 0 else float("nan")


def curve(running: np.ndarray) -> pd.DataFrame:
    """The concentration curve of spend, a `running_total`: `share_of_children` and `share_of_spend` (0–1).

    At most `CURVE_POINTS` + 1 rows, from (0, 0) to (1, 1); empty without any spend.
    """
    n = len(running)
    if not n or running[-1] <= 0:
        return pd.DataFrame({"share_of_children": [], "share_of_spend": []}, dtype="float64")
    steps = np.unique([dearest_count(point / CURVE_POINTS, n) for point in range(CURVE_POINTS + 1)])
    spend = np.where(steps > 0, running[steps - 1], 0.0) / running[-1]
    return pd.DataFrame({"share_of_children": steps / n, "share_of_spend": spend})
