"""How far chance alone could have moved a figure: what a 95% interval is, that of means by groups, and of shares."""

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


def share(k: np.ndarray | int, n: np.ndarray | int) -> np.ndarray:
    """k ÷ n, 0–1; NaN of none."""
    return np.asarray(k) / np.where(np.asarray(n) > 0, n, np.nan)


def wilson(k: np.ndarray | int, n: np.ndarray | int) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's 95% interval of shares k of n, 0–1; NaN of none."""
    p, n, z2 = share(k, n), np.where(np.asarray(n) > 0, n, np.nan), Z95 * Z95
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * np.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return np.maximum(0.0, middle - half), np.minimum(1.0, middle + half)


def share_gap(
    k: np.ndarray, n: np.ndarray | int, other_k: np.ndarray, other_n: np.ndarray | int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Share k of n less share other_k of other_n, of different children, and its 95% interval; NaN where n is 0.

    Newcombe's interval, from Wilson's of each share (Statistics in Medicine 1998, method 10): it never leaves −1
    to 1 and holds for few children too.
    """
    p, other_p = share(k, n), share(other_k, other_n)
    (low, high), (other_low, other_high) = wilson(k, n), wilson(other_k, other_n)
    below = np.sqrt((p - low) ** 2 + (other_high - other_p) ** 2)
    above = np.sqrt((high - p) ** 2 + (other_p - other_low) ** 2)
    return p - other_p, p - other_p - below, p - other_p + above
