"""Where children live and how long they have been in care, beside what they are compared with.

Every number passes the gate (`ui.composition`).
"""

from __future__ import annotations

from ui import composition
from ui.comparison import Comparison
from ui.composition import Attribute
from ui.disclosure import Gate
from ui.figure import Figure
from vcore.facts.bands import TIME_IN_CARE_BANDS
from vcore.facts.placements import SETTING_LABELS
from vcore.store import Cohort

METRICS = ("children",)
HEIGHT_PX = 420
SETTING = Attribute("setting", "Setting", "settings", SETTING_LABELS)
TIME_IN_CARE = Attribute(
    "time_in_care_band",
    "Time in care",
    labels={band: f"In care {band[0].lower()}{band[1:]}" for band in TIME_IN_CARE_BANDS},
)


def mix(cohort: Cohort, comparison: Comparison, gate: Gate) -> Figure:
    """Shares of children by setting and by time in care; without a comparison, beside shares of spend."""
    return composition.together(cohort, comparison, (SETTING, TIME_IN_CARE), HEIGHT_PX, gate)
