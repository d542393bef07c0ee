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


def hidden_prices(by_provider: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Which rows' costs to hide, given what of each goes to which outside provider (rows × providers) and in all.

    Rows that one provider dominates; then the smallest others, until it does not dominate what the hidden
    ones add up to either: that follows from the total.
    """
    hide = np.array(
        [_is_price(paid, whole) for paid, whole in zip(by_provider, total, strict=True)], dtype=bool
    )
    others = [row for row in np.argsort(total, kind="stable") if not hide[row] and total[row] > 0]
    while hide.any() and others and _is_price(by_provider[hide].sum(axis=0), total[hide].sum()):
        hide[others.pop(0)] = True
    return hide


def _is_price(paid: np.ndarray, whole: float) -> bool:
    return bool(whole > 0) and dominated(paid / whole)
