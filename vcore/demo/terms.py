"""The terms of each placement: who provides it, how it was bought, who shares the fee, until when.

A placement's price is settled before it gets here and is never changed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.dates import NEVER, TODAY, birthdays
from vcore.demo.people import RESIDENTIAL, WHERE
from vcore.demo.providers import SOURCES, providers, sourced

SHARED_SHARE, SHARED_ABOVE_GBP = 0.04, 4_000  # few fees are shared, but many dear ones in homes


def terms(rng: np.random.Generator, children: pd.DataFrame, priced: pd.DataFrame) -> pd.DataFrame:
    """The terms of each priced placement, the same through all its fees.

    `education` and `health` are those partners' shares of the fee; `provider` and `sourced` are positions in
    `providers.ALL` and `providers.SOURCES`.
    """
    n, child, where = len(priced), priced["child"].to_numpy(), priced["where"].to_numpy()
    code, price = priced["provider"].to_numpy(), priced["price"].to_numpy()
    authority = children["authority"].to_numpy()[child]
    homes, source = RESIDENTIAL[where], sourced(rng, where, code)
    unregistered = where == WHERE.index("unregistered")
    education, health = _partners(rng, children.iloc[child], priced, homes)
    chance = np.select([unregistered, homes & (source == SOURCES.index("spot"))], [0.8, 0.22], 0.05)
    emergency = rng.random(n) < chance
    notice = pd.array(rng.choice([28, 28, 28, 28, 14, 42, 56, 7], n), dtype="Int64")
    notice[source == 0] = pd.NA
    staffed = homes & (rng.random(n) < 0.65)
    return pd.DataFrame(
        {
            "child": child,
            "where": where,
            "education": education,
            "health": health,
            "provider": providers(rng, authority, where, code),
            "sourced": source,
            "notice_days": notice,
            "staffing_ratio": np.where(staffed, np.clip(np.rint(price / 2_400) / 2, 0.5, 4.0), np.nan),
            "registered": ~unregistered,
            "emergency": emergency,
            "planned_end_on": _planned_ends(
                rng, children["birth_month"].to_numpy()[child], priced, emergency
            ),
        }
    )


def _partners(
    rng: np.random.Generator, who: pd.DataFrame, priced: pd.DataFrame, homes: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Education's and health's share of each fee: nothing for most, some for dear placements in homes."""
    n = len(priced)
    ehcp, disabled = ((who[name] == 1).to_numpy() for name in ("ehcp", "disability"))
    school = (priced["place"] == "S1").to_numpy()
    dear = homes & (priced["price"].to_numpy() > SHARED_ABOVE_GBP)
    chance = np.select([school, dear], [1.0, 0.25 + 0.25 * ehcp + 0.15 * disabled], SHARED_SHARE)
    shared = rng.random(n) < chance
    with_education = shared & (school | ehcp | (rng.random(n) < 0.5))
    with_health = shared & (~with_education | disabled & (rng.random(n) < 0.6) | (rng.random(n) < 0.2))
    return with_education * rng.uniform(0.1, 0.34, n), with_health * rng.uniform(0.05, 0.2, n)


def _planned_ends(
    rng: np.random.Generator, birth_month: np.ndarray, priced: pd.DataFrame, emergency: np.ndarray
) -> np.ndarray:
    """A planned end for some: ahead of today while the placement lasts, else near the day it ended."""
    n = len(priced)
    start, end = (priced[name].to_numpy().astype("M8[D]") for name in ("start", "end"))
    planned = rng.random(n) < np.where(emergency, 0.6, 0.25)
    ahead = np.minimum(TODAY + rng.integers(20, 500, n), birthdays(birth_month, 18))
    about = np.maximum(end + rng.integers(-30, 60, n), start + 1)
    return np.where(planned, np.where(np.isnat(end), ahead, about), NEVER)
