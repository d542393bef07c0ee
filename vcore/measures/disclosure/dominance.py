"""Where one provider makes up most of a cost, the cost tells what that provider charges: a secret of business."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vcore.facts.assumptions import value


def dominated(cost_shares: Sequence[float] | np.ndarray) -> bool:
    """Whether one provider's share (0–1) of a figure's cost is so large that the figure is its price.

    `cost_shares` has one share an outside provider; what the council pays its own services is no secret.
    """
    return any(share > value("dominant_provider_share") for share in cost_shares)
