"""The levers: what a council could do, each a frozen model of its own."""

from typing import Annotated

from pydantic import Field

from vcore.scenarios.levers.fee_change import FeeChange
from vcore.scenarios.levers.joint_funding import JointFunding
from vcore.scenarios.levers.need_bands import NeedBands
from vcore.scenarios.levers.price_cap import PriceCap
from vcore.scenarios.levers.staffing_taper import StaffingTaper
from vcore.scenarios.levers.step_down import StepDown

LEVERS = (StepDown, StaffingTaper, NeedBands, PriceCap, FeeChange, JointFunding)  # in the order they act
AnyLever = Annotated[
    StepDown | StaffingTaper | NeedBands | PriceCap | FeeChange | JointFunding, Field(discriminator="kind")
]

__all__ = [
    "LEVERS",
    "AnyLever",
    "FeeChange",
    "JointFunding",
    "NeedBands",
    "PriceCap",
    "StaffingTaper",
    "StepDown",
]
