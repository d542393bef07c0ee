"""Bands of age and of time in care, as the published report groups them (CCN/IMPOWER 2023, profiles)."""

from __future__ import annotations

from collections.abc import Mapping

AGE_BANDS: Mapping[str, int] = {  # label → the youngest age in it
    "Under 2": 0,
    "2 to 4": 2,
    "5 to 11": 5,
    "12 to 16": 12,
    "17 and over": 17,
}
TIME_IN_CARE_BANDS: Mapping[str, int] = {"Under 1 year": 0, "1 to 3 years": 1, "Over 3 years": 3}
BANDS = {  # name of the banded attribute → the column it bands, and its bands
    "age_band": ("age", AGE_BANDS),
    "time_in_care_band": ("years_in_care", TIME_IN_CARE_BANDS),
}
WEEKLY_COST_BANDS_GBP = (0, 250, 500, 750, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000, 7_500, 10_000, 15_000)
"""The lowest weekly cost of each band, rising with cost; the last is open. The report splits at 2,000 and 5,000."""
