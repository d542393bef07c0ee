"""What children are good at, what they aim for, and what they say: warm, varied, and all invented.

The sentences are in `voices.toml`, by age; this module only joins and deals them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import permutations, product
from pathlib import Path

import numpy as np
import pandas as pd

from vcore.demo.names import named

RECORDED_SHARES = {"strengths": 0.72, "goals": 0.66, "child_view": 0.58}
BAND_STARTS, SPEAKS_FROM = (5, 12), 3


def voices(rng: np.random.Generator, age: np.ndarray) -> pd.DataFrame:
    """`strengths`, `goals` and `child_view` for children of these ages; empty where nothing is recorded.

    A view is in the child's own words, so there is none for the youngest.
    """
    band, columns = np.digitize(age, BAND_STARTS), {}
    for column, texts_by_band in _texts().items():
        sizes = np.array([len(texts) for texts in texts_by_band])
        first = np.cumsum(sizes) - sizes
        texts = [text for of_band in texts_by_band for text in of_band]
        chosen = first[band] + (rng.random(len(age)) * sizes[band]).astype("int64")
        silent = rng.random(len(age)) >= RECORDED_SHARES[column]
        if column == "child_view":
            silent |= age < SPEAKS_FROM
        columns[column] = named(texts, np.where(silent, -1, chosen))
    return pd.DataFrame(columns)


@cache
def _texts() -> dict[str, list[list[str]]]:
    """Every text of each column, by age band."""
    bands = tomllib.loads(Path(__file__).with_name("voices.toml").read_text(encoding="utf-8")).values()
    return {
        "strengths": [
            ["; ".join(pair) for pair in product(band["strengths_first"], band["strengths_second"])]
            for band in bands
        ],
        "goals": [[" ".join(pair) for pair in permutations(band["goals"], 2)] for band in bands],
        "child_view": [
            [" ".join(pair) for pair in product(band["view_first"], band["view_second"])] for band in bands
        ],
    }
