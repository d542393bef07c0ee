"""What is published about all of England: children in care, where they live, what a week costs.

Built in, so that every council can see itself beside it; newer files of the same publications are loaded on top
(`vcore.ingest.benchmarks`). `PLACES` and `UNIT_COSTS` say how those publications name what we call settings.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from vcore.errors import InvalidChoice


class Reference(BaseModel):
    """A published number about England."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    label: str
    value: float
    unit: Literal["children", "GBP/week", "% a year"]
    period: str
    source: str
    confidence: Literal["high", "medium", "low"]


class Place(NamedTuple):
    """Where children live, as the Department for Education groups it.

    `details` are our kinds of home that it holds, all of one `setting`; `series` is its name in the Local
    Authority Interactive Tool, `england` the built-in number of children. Empty where none is published.
    """

    label: str
    setting: str
    details: tuple[str, ...]
    series: str = ""
    england: str = ""


class UnitCost(NamedTuple):
    """The published cost of a week. `setting` empty: of all children; `spread`: the authorities' P10, median, P90;
    `growth`: how much England's rose in a year. Empty where none is published."""

    label: str
    setting: str
    series: str
    england: str
    spread: tuple[str, ...] = ()
    growth: str = ""


PLACES = {
    "fostering": Place(
        "Fostering",
        "fostering",
        ("in_house_fostering", "independent_fostering", "other_authority_fostering"),
        "LAC_Foster_Placements",
        "cla_england_foster",
    ),
    "homes": Place(
        "Secure and children's homes",
        "residential",
        ("in_house_residential", "private_residential", "other_authority_residential", "secure_home"),
        "LAC_SecHome_And_ChildHome",
        "cla_england_childrens_homes",
    ),
    "specialist": Place(
        "Hospital, custody or family centre",
        "residential",
        ("specialist_residential",),
        "LAC_Other_Res_Settings",
    ),
    "supported": Place(
        "Supported or independent accommodation",
        "semi_independent",
        ("semi_independent",),
        "LAC_Ind_SInd_Liv_Arr",
        "cla_england_supported",
    ),
    "parents": Place(
        "With parents",
        "parents_or_adoption",
        ("with_parents",),
        "LAC_Parents_OR_Others",
        "cla_england_with_parents",
    ),
    "adoption": Place("Placed for adoption", "parents_or_adoption", ("for_adoption",)),
    "other": Place(
        "Other, with unregistered placements", "other", ("unregistered", "other"), "LAC_Other_Place_Inc_Unreg"
    ),
}
UNIT_COSTS = {
    "residential": UnitCost(
        "Residential",
        "residential",
        "RescareFinance",
        "residential_unit_cost_england",
        ("residential_unit_cost_la_p10", "residential_unit_cost_la_median", "residential_unit_cost_la_p90"),
        "residential_price_growth",
    ),
    "fostering": UnitCost(
        "Fostering",
        "fostering",
        "FosteringFinance",
        "fostering_unit_cost_england",
        ("fostering_unit_cost_la_p10", "fostering_unit_cost_la_median", "fostering_unit_cost_la_p90"),
        "fostering_price_growth",
    ),
    "all": UnitCost("All children", "", "LACFinance", "cla_unit_cost_england"),
}


@cache
def register() -> dict[str, Reference]:
    """Every published number by its key."""
    text = Path(__file__).with_name("england.toml").read_text(encoding="utf-8")
    return {key: Reference(**entry) for key, entry in tomllib.loads(text).items()}


def reference(key: str) -> Reference:
    """One published number. Raises `InvalidChoice` for a key that is not in the register."""
    if key not in register():
        raise InvalidChoice("known value of England", key, register())
    return register()[key]
