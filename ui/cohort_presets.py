"""The cohorts people ask for most, ready made. Their thresholds are assumptions, in the register."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ui import reads
from ui.theme import money_full
from vcore.facts.assumptions import value
from vcore.facts.school_years import next_march
from vcore.measures.composition import is_recorded
from vcore.store import Cohort, CohortFilter


class Preset(NamedTuple):
    """A named filter, and the column it needs the data to hold (None: always there)."""

    label: str
    filter: CohortFilter
    needs: str | None = None


def presets(as_of: date) -> tuple[Preset, ...]:
    """All of them at a date, in the order of the menu."""
    low, high = int(value("low_need_total")), int(value("high_need_total"))
    cheap, dear = value("middle_cost_low_gbp"), value("middle_cost_high_gbp")
    march = next_march(as_of)
    costly, far = value("high_cost_weekly_gbp"), value("far_from_home_miles")
    return (
        Preset(
            "Residential with no severe need", CohortFilter(settings=("residential",), severe_count_max=0)
        ),
        Preset(f"{money_full(costly)} a week or more", CohortFilter(weekly_cost_min=costly)),
        Preset("High need in fostering", CohortFilter(settings=("fostering",), need_total_min=high)),
        Preset("Low need in fostering", CohortFilter(settings=("fostering",), need_total_max=low)),
        Preset(
            f"The middle: moderate need at {money_full(cheap)} to {money_full(dear)}",
            CohortFilter(
                need_total_min=low + 1, need_total_max=high - 1, weekly_cost_min=cheap, weekly_cost_max=dear
            ),
        ),
        Preset("Unregistered placements", CohortFilter(setting_details=("unregistered",))),
        Preset("Placed in an emergency", CohortFilter(emergency=True), "emergency"),
        Preset(f"Far from home: {far:.0f} miles or more", CohortFilter(distance_min=far), "distance_miles"),
        Preset(
            f"Turning 17 before March {march.year}",
            CohortFilter(days_to_17_min=1, days_to_17_max=(march - as_of).days - 1),
        ),
    )


def offered(base: Cohort) -> list[Preset]:
    """The presets that this data can answer."""
    return [
        preset
        for preset in presets(base.as_of)
        if preset.needs is None or reads.measured(is_recorded, base, preset.needs)
    ]
