"""Places beside the list: how many there are, how many are free, and how many of the listed children they match.

A free place is not a match for a child: who could live where is for people to say. Places are counted council by
council, since a council's own place is seldom another council's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd


class Matching(NamedTuple):
    """Of the listed children, how many free places of the kinds asked there are for them: `match` never counts more
    than a council's children, nor more than its places. `month` is the latest recorded, None where none is."""

    listed: int
    free: int
    match: int
    month: date | None


def matching(places: pd.DataFrame, authorities: np.ndarray, kinds: Sequence[str]) -> Matching:
    """`places` as in `Store.places_by_month`; `authorities` is the council of each listed child."""
    mine = places[places["setting_detail"].isin(kinds)]
    if not len(mine):
        return Matching(len(authorities), 0, 0, None)
    latest = mine.sort_values("month").groupby(["authority", "setting_detail"]).tail(1)
    free = (latest["approved"] - latest["filled"]).clip(lower=0).groupby(latest["authority"]).sum()
    listed = pd.Series(authorities).value_counts().reindex(free.index, fill_value=0)
    month = pd.Timestamp(mine["month"].max()).date()
    return Matching(len(authorities), int(free.sum()), int(np.minimum(free, listed).sum()), month)


def by_month(places: pd.DataFrame) -> pd.DataFrame:
    """One row a kind of home and month, latest month first: `setting_detail`, `month`, `approved`, `filled`,
    `vacant`, added up over councils."""
    added = places.groupby(["setting_detail", "month"], as_index=False)[["approved", "filled"]].sum()
    added["vacant"] = added["approved"] - added["filled"]
    return added.sort_values(["setting_detail", "month"], ascending=[True, False], ignore_index=True)
