"""Whom a court had given a permanent home before they came into care: adopted, special guardianship, other orders.

A stream of its own: what it draws changes nothing else. How many: placeholders.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.dates import days_between, first_days
from vcore.demo.shares import highest
from vcore.facts.codes import NO_PERMANENCE

SHARES = {"P1": 0.009, "P2": 0.022, "P3": 0.012, "P4": 0.003}
NOT_RECORDED = 0.02
SHORTEST_DAYS = 540  # from birth to the order, and half of it from the order to coming into care
KNOWN_TO = {10: 0.7, 7: 0.9, 4: 0.97}  # letters of 2014-03-05 that are known: the share of orders up to there


def permanence(seed: int, children: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """`previous_permanence` and `permanence_ordered` of every child, in their order."""
    rng = np.random.default_rng([seed, 2014])
    count = len(children)
    began = periods.groupby("child")["start"].max().reindex(np.arange(count)).to_numpy().astype("M8[D]")
    first = first_days(children["birth_month"].to_numpy()) + SHORTEST_DAYS
    room = days_between(first, began) - SHORTEST_DAYS // 2
    option, free = np.full(count, NO_PERMANENCE), (room > 0) & ~children["uasc"].to_numpy()
    for code, share in SHARES.items():
        chosen = highest(rng.random(count), free, round(share * count))
        option[chosen], free = code, free & ~chosen
    ordered = first + (rng.random(count) * np.maximum(room, 1)).astype("int64")
    known = np.select([rng.random(count) < share for share in KNOWN_TO.values()], list(KNOWN_TO), 0)
    told = [str(day)[:letters] for day, letters in zip(ordered, known, strict=True)]
    unsaid = rng.random(count) < NOT_RECORDED
    option = pd.Series(option, dtype="str").mask(unsaid)
    said = option.notna() & (option != NO_PERMANENCE) & (known > 0)
    return pd.DataFrame(
        {"previous_permanence": option, "permanence_ordered": pd.Series(told, dtype="str").where(said)}
    )
