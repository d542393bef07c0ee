"""What each council has: foster and home places by month, and this year's placement budget by line.

Both follow from the rows: filled places are placements in force, actual spend is fees paid. The actual runs
to the end of February, as month eleven's accounts do.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.authorities import AUTHORITIES
from vcore.demo.dates import THIS_MONTH, TODAY, first_days
from vcore.demo.people import WHERE
from vcore.facts.placements import COSTED, DETAIL_LABELS

MONTHS = 24
FILLED_SHARE = {"in_house_fostering": (0.76, 0.88), "in_house_residential": (0.82, 0.94)}
YEAR, YEAR_START, ACTUAL_TO = "2025/26", np.datetime64("2025-04-01"), np.datetime64("2026-02-28")
OVERSPEND = {"private_residential": (0.08, 0.17), "semi_independent": (0.03, 0.10)}
USUAL_OVERSPEND, ROUNDED_TO_GBP = (-0.03, 0.03), 1_000


def capacity(rng: np.random.Generator, authority: np.ndarray, placements: pd.DataFrame) -> pd.DataFrame:
    """The `capacity` table, with `authority` as a position; one row a council, kind of place and month.

    `authority` has one entry a placement.
    """
    months = first_days(np.arange(THIS_MONTH - MONTHS + 1, THIS_MONTH + 1))
    start, end = (placements[name].to_numpy().astype("M8[D]") for name in ("start", "end"))
    rows = []
    for detail, (low, high) in FILLED_SHARE.items():
        for council in range(len(AUTHORITIES)):
            mine = (placements["where"].to_numpy() == WHERE.index(detail)) & (authority == council)
            ended = np.sort(end[mine & ~np.isnat(end)])
            filled = np.searchsorted(np.sort(start[mine]), months, "right") - np.searchsorted(
                ended, months, "right"
            )
            approved = np.maximum(np.round(filled.mean() / rng.uniform(low, high)), filled)
            rows.append(
                pd.DataFrame(
                    {
                        "authority": council,
                        "setting_detail": detail,
                        "month": months,
                        "places_approved": approved,
                        "places_filled": filled,
                    }
                )
            )
    return pd.concat(rows, ignore_index=True)


def budget(
    rng: np.random.Generator, authority: np.ndarray, where: np.ndarray, fees: pd.DataFrame
) -> pd.DataFrame:
    """The `budget` table, with `authority` as a position; one row a council and kind of placement.

    `authority` and `where` have one entry a fee. The budget is what the year will cost less an overspend.
    """
    paid = _paid(fees, YEAR_START, ACTUAL_TO)
    whole_year = paid + _paid(fees, ACTUAL_TO, TODAY)
    lines = [code for code, name in enumerate(WHERE) if COSTED[name]]
    shape = (len(AUTHORITIES), len(WHERE))
    place = authority * shape[1] + where
    actual = np.bincount(place, paid, shape[0] * shape[1]).reshape(shape)[:, lines]
    outturn = np.bincount(place, whole_year, shape[0] * shape[1]).reshape(shape)[:, lines]
    low, high = np.array([OVERSPEND.get(WHERE[line], USUAL_OVERSPEND) for line in lines]).T
    planned = outturn / (1 + rng.uniform(low, high, outturn.shape))
    return pd.DataFrame(
        {
            "authority": np.repeat(np.arange(shape[0]), len(lines)),
            "financial_year": YEAR,
            "line": [DETAIL_LABELS[WHERE[line]] for line in lines] * shape[0],
            "budget_gbp": (np.round(planned / ROUNDED_TO_GBP) * ROUNDED_TO_GBP).ravel(),
            "actual_to_date_gbp": np.round(actual).ravel(),
            "actual_to_date_on": ACTUAL_TO,
        }
    )


def _paid(fees: pd.DataFrame, after: np.datetime64, to: np.datetime64) -> np.ndarray:
    """£ of each fee row from one date up to another."""
    start, end = (fees[name].to_numpy().astype("M8[D]") for name in ("started_on", "ended_on"))
    first, last = np.maximum(start, after), np.minimum(np.where(np.isnat(end), to, end), to)
    weeks = np.maximum((last - first).astype("int64"), 0) / 7
    return fees["weekly_cost_gbp"].to_numpy() * weeks
