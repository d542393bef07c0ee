"""Three children whose placements and fees are written down here: one moves, one leaves care, one stays."""

from __future__ import annotations

from datetime import date

import pandas as pd

from tests.small import AS_OF, NEEDS, child, tables
from vcore.store import Store
from vcore.tables import checked

PLACEMENTS = [  # child, from, to, kind
    ("a", date(2024, 1, 1), date(2025, 5, 1), "private_residential"),
    ("a", date(2025, 5, 1), None, "independent_fostering"),
    ("b", date(2024, 1, 1), date(2025, 6, 1), "in_house_fostering"),
    ("c", date(2024, 1, 1), None, "in_house_fostering"),
]
FEES = [  # child, from, to, £ a week, of which social care
    ("a", date(2024, 1, 1), date(2025, 4, 1), 4_000.0, 3_000.0),
    ("a", date(2025, 4, 1), date(2025, 5, 1), 4_200.0, 3_100.0),
    ("a", date(2025, 6, 1), None, 1_000.0, 1_000.0),
    ("b", date(2024, 1, 1), date(2025, 6, 1), 500.0, 500.0),
    ("c", date(2024, 1, 1), None, 700.0, 600.0),
]
PLACES = {
    "private_residential": ("K2", "PR4", "residential"),
    "independent_fostering": ("U4", "PR4", "fostering"),
    "in_house_fostering": ("U4", "PR1", "fostering"),
}


def store() -> Store:
    """The children as a store in memory."""
    whole = tables([child(name, weekly_cost_gbp=None) for name in "abc"])
    whole["placement"] = pd.DataFrame(
        [
            {
                "child_id": name, "authority": "South" if name == "c" else "North", "started_on": began, "ended_on": to,
                "place_code": PLACES[kind][0], "provider_code": PLACES[kind][1], "setting": PLACES[kind][2],
                "setting_detail": kind, "kinship": False, "end_reason": None, "breakdown": False,
            }
            for name, began, to, kind in PLACEMENTS
        ]
    )  # fmt: skip
    whole["cost"] = pd.DataFrame(
        [
            {
                "child_id": name, "authority": "South" if name == "c" else "North", "started_on": began, "ended_on": to,
                "weekly_cost_gbp": gbp, "social_care_cost_gbp": own, "education_cost_gbp": gbp - own,
                "health_cost_gbp": 0.0,
            }
            for name, began, to, gbp, own in FEES
        ]
    )  # fmt: skip
    return Store.of_tables(checked(whole, NEEDS), as_of=AS_OF, needs=NEEDS)
