"""What would happen if: levers, a scenario of them, and the run that never counts a child twice."""

from vcore.scenarios.levers import FeeChange, JointFunding, NeedBands, PriceCap, StaffingTaper, StepDown
from vcore.scenarios.run import Result, Step, run
from vcore.scenarios.scenario import Scenario

__all__ = [
    "FeeChange",
    "JointFunding",
    "NeedBands",
    "PriceCap",
    "Result",
    "Scenario",
    "StaffingTaper",
    "Step",
    "StepDown",
    "run",
]
