"""What would happen if: levers, a scenario of them, and the run that never counts a child twice."""

from vcore.scenarios.levers import (
    FeeChange,
    InHouseFostering,
    JointFunding,
    NeedBands,
    OwnHomes,
    Permanence,
    Prevention,
    PriceCap,
    Reunification,
    StaffingTaper,
    StepDown,
)
from vcore.scenarios.run import Result, run
from vcore.scenarios.scenario import Scenario
from vcore.scenarios.step import Step

__all__ = [
    "FeeChange",
    "InHouseFostering",
    "JointFunding",
    "NeedBands",
    "OwnHomes",
    "Permanence",
    "Prevention",
    "PriceCap",
    "Result",
    "Reunification",
    "Scenario",
    "StaffingTaper",
    "Step",
    "StepDown",
    "run",
]
