"""How far chance alone could have moved a figure: what a 95% interval is, and that of means, by groups."""

from __future__ import annotations

import numpy as np

# Standard errors either side that hold the true value 95 times in 100. Rounded, as every formula on the screen
# prints it: whoever works one out by hand comes to the same interval.
Z95 = 1.96


def means(group: np.ndarray, amounts: np.ndarray, groups: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each group: how many amounts there are, their mean, and half the width of its 95% interval.

    `group` is each amount's group, 0 to `groups` − 1; NaN amounts are left out. Half the width is 1.96 × standard
    deviation ÷ √n; NaN for fewer than two.
    """
    known = ~np.isnan(amounts)
    group, amounts = group[known], amounts[known]
    n = np.bincount(group, minlength=groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(group, weights=amounts, minlength=groups) / n
        squares = np.bincount(group, weights=(amounts - mean[group]) ** 2, minlength=groups)
        return n, mean, Z95 * np.sqrt(squares / np.where(n > 1, n - 1, np.nan) / n)
