"""What would happen if: levers, a scenario of them, and the run that never counts a child twice."""

from vcore.scenarios.price_cap import PriceCap
from vcore.scenarios.run import Result, Step, run
from vcore.scenarios.scenario import Scenario
from vcore.scenarios.step_down import StepDown

__all__ = ["PriceCap", "Result", "Scenario", "Step", "StepDown", "run"]
