"""Some hundred generated children in two authorities, published in a data folder, and plain frames of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from tests.small import AS_OF, NEEDS, child, tables
from vcore import Store
from vcore.store.folder import DataFolder
from vcore.store.parts import by_authority, new_card, write_part
from vcore.store.states import publish

HOMES = {  # setting_detail → PLACE, PLACE_PROVIDER, how many, typical £ a week
    "in_house_fostering": ("U4", "PR1", 150, 460),
    "independent_fostering": ("U4", "PR4", 80, 1_100),
    "private_residential": ("K2", "PR4", 60, 5_000),
    "in_house_residential": ("K2", "PR1", 25, 3_300),
    "semi_independent": ("K3", "PR4", 30, 1_400),
    "with_parents": ("P1", "PR1", 12, None),
    "unregistered": ("K2", "PR4", 3, 6_000),
}


def children(seed: int = 7) -> list[dict]:
    """The children's facts, before they are a store."""
    draw = np.random.default_rng(seed)
    made = []
    for detail, (place, provider, n, price) in HOMES.items():
        for _ in range(n):
            cost = (
                None
                if price is None or draw.random() < 0.04
                else float(round(price * draw.lognormal(0, 0.4)))
            )
            highest = 9 if "residential" in detail else 6
            made.append(
                child(
                    f"{len(made):05d}",
                    authority=str(draw.choice(["North", "South"], p=[0.7, 0.3])),
                    setting_detail=detail,
                    place_code=place,
                    provider_code=provider,
                    provider=None if cost is None else f"Home {draw.integers(1, 4)}",
                    weekly_cost_gbp=cost,
                    scores=None if draw.random() < 0.03 else draw.integers(0, highest, 13).tolist(),
                    assessed_on=AS_OF - timedelta(days=int(draw.integers(5, 230))),
                    birth_month=pd.Timestamp(2008 + int(draw.integers(0, 16)), 5, 1),
                    sex=str(draw.choice(["F", "M"])),
                    ethnicity=str(draw.choice(["White", "Mixed", "Black"])),
                    ehcp=[True, False, None][draw.choice(3, p=[0.4, 0.55, 0.05])],
                    dol=True if detail == "private_residential" and draw.random() < 0.2 else None,
                )
            )
    return made


def store() -> Store:
    """The children as a store in memory."""
    return Store.of_tables(tables(children()), as_of=AS_OF, needs=NEEDS, demonstration=True)


def publish_children(data_folder: Path) -> None:
    """Publishes the children as demonstration data."""
    folder = DataFolder(data_folder)
    cards = []
    for authority, own in by_authority(tables(children())).items():
        card = new_card(authority=authority, as_of=AS_OF, needs=NEEDS, demonstration=True)
        cards.append(write_part(folder, own, card, NEEDS))
    publish(folder, cards)
