"""The levers: what a council could do, each a frozen model of its own."""

from typing import Annotated

from pydantic import Field

from vcore.scenarios.levers.fee_change import FeeChange
from vcore.scenarios.levers.in_house_fostering import InHouseFostering
from vcore.scenarios.levers.joint_funding import JointFunding
from vcore.scenarios.levers.need_bands import NeedBands
from vcore.scenarios.levers.own_homes import OwnHomes
from vcore.scenarios.levers.permanence import Permanence
from vcore.scenarios.levers.prevention import Prevention
from vcore.scenarios.levers.price_cap import PriceCap
from vcore.scenarios.levers.reunification import Reunification
from vcore.scenarios.levers.staffing_taper import StaffingTaper
from vcore.scenarios.levers.step_down import StepDown

# in the order they act
LEVERS = (
    Reunification,
    Permanence,
    StepDown,
    StaffingTaper,
    InHouseFostering,
    OwnHomes,
    NeedBands,
    PriceCap,
    FeeChange,
    JointFunding,
    Prevention,
)
AnyLever = Annotated[
    Reunification
    | Permanence
    | StepDown
    | StaffingTaper
    | InHouseFostering
    | OwnHomes
    | NeedBands
    | PriceCap
    | FeeChange
    | JointFunding
    | Prevention,
    Field(discriminator="kind"),
]

__all__ = [
    "LEVERS",
    "AnyLever",
    "FeeChange",
    "InHouseFostering",
    "JointFunding",
    "NeedBands",
    "OwnHomes",
    "Permanence",
    "Prevention",
    "PriceCap",
    "Reunification",
    "StaffingTaper",
    "StepDown",
]
