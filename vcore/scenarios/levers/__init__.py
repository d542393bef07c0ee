"""The levers: what a council could do, each a frozen model of its own."""

from typing import Annotated

from pydantic import Field

from vcore.scenarios.levers.price_cap import PriceCap
from vcore.scenarios.levers.step_down import StepDown

LEVERS = (StepDown, PriceCap)  # in the order they act
AnyLever = Annotated[StepDown | PriceCap, Field(discriminator="kind")]

__all__ = ["LEVERS", "AnyLever", "PriceCap", "StepDown"]
