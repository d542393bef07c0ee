"""Text columns from numbers: labels by position, and pseudonyms as a keyed hash makes them.

A pseudonym depends on the seed, the kind of thing and its number, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
import pandas as pd

_HEX = np.array([f"{byte:02x}" for byte in range(256)], dtype="S2")


def named(labels: Sequence[str], codes: np.ndarray) -> pd.Series:
    """The label at each position; empty where the position is negative."""
    return pd.Series(pd.array(list(labels), dtype="str").take(codes, allow_fill=True))


def pseudonyms(seed: int, kind: str, numbers: np.ndarray) -> pd.Series:
    """Sixteen hexadecimal characters for every number, no two alike; empty where a number is negative."""
    key = np.uint64(((seed & 0xFFFFFFFF) << 32) ^ crc32(kind.encode()))
    mixed = _mixed(_mixed(key) ^ np.asarray(numbers).astype("uint64"))
    text = _HEX[mixed.astype(">u8").view("u1").reshape(-1, 8)].view("S16").ravel()
    return pd.Series(text.astype("U16"), dtype="str").mask(np.asarray(numbers) < 0)


def _mixed(values: np.ndarray | np.uint64) -> np.ndarray:
    """The splitmix64 finaliser: a one-to-one scramble of 64 bits."""
    bits = np.atleast_1d(np.asarray(values, "uint64")) + np.uint64(0x9E3779B97F4A7C15)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))
