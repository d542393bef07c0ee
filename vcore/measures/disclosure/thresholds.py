"""From how many children a number may be shown at all, and how it is rounded to be taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from vcore.facts.assumptions import value

HIDDEN: Final = "c"
ROUNDED_TO = 5
MONEY_ROUNDED_TO = 100


def is_small(count: int) -> bool:
    """Whether a count is above 0 and small enough to point at a child."""
    return 0 < count <= value("small_count")


def may_show(children: int, base_children: int | None = None) -> bool:
    """Whether a cohort's size may be shown: neither it nor what is left of its base is a small number."""
    rest = 0 if base_children is None else base_children - children
    return not is_small(children) and not is_small(rest)


def may_average(children: int, base_children: int | None = None) -> bool:
    """Whether a mean, a cost or a share over this many children may be shown.

    With a base, what is left of it must be large enough too: else the difference gives it away.
    """
    fewest = value("smallest_n_for_mean")
    rest = 0 if base_children is None else base_children - children
    return children >= fewest and (rest == 0 or rest >= fewest)


def leaves_enough(part: Sequence[int], whole: Sequence[int]) -> bool:
    """Whether a cohort's figures may stand beside those of its base: it leaves out nobody, or enough children.

    Both count the same things in the same order, such as children, costed and assessed ones. Of all but three,
    every total is the base's less those three, so hiding single figures would not do.
    """
    fewest = value("smallest_n_for_mean")
    return all(n == 0 or base == n or base - n >= fewest for n, base in zip(part, whole, strict=True))


def rounded_count(count: float) -> int:
    """To the nearest 5, half up: what a role without child level may take away."""
    return int(np.floor(count / ROUNDED_TO + 0.5) * ROUNDED_TO)


def rounded_money(amount_gbp: float) -> float:
    """To the nearest £100, half up."""
    return float(np.floor(amount_gbp / MONEY_ROUNDED_TO + 0.5) * MONEY_ROUNDED_TO)
