"""Who may be discussed for a move: hard limits that cannot be switched off, and screens that can, each by name.

Flags are for discussion; they decide nothing about a child. A missing value never screens out.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from vcore.errors import InvalidChoice
from vcore.facts.assumptions import value
from vcore.measures.child_facts import ChildFacts
from vcore.scoring import stale

NEVER_FROM = ("secure_home", "specialist_residential")
YOUNGEST_IN_SUPPORTED = 16
LIMIT_WORDS = "not in a secure or specialist home, nor deprived of liberty"
SCREEN_WORDS = {
    "stale_assessment": "assessed in the last six months, or not dated",
    "recently_moved": "settled for six months or more",
    "rising_need": "not rising in need",
    "unsuitable_for_fostering": "not recorded as unsuitable for fostering",
    "long_settled": "less than two years where they live",
}
_SCREENED_OUT = {  # no comparison with a missing value holds
    "stale_assessment": lambda base: stale(
        base.numbers("assessment_age_days"), value("stale_assessment_days")
    ),
    "recently_moved": lambda base: base.numbers("months_in_placement") < value("recently_moved_months"),
    "rising_need": lambda base: base.numbers("need_change") >= value("rising_need_points"),
    "unsuitable_for_fostering": lambda base: base.among("foster_suitability", ["unsuitable"]),
    "long_settled": lambda base: settled(base, value("settled_years_in_placement")),
}


def screened_out(base: ChildFacts, screen: str) -> np.ndarray:
    """Which children a screen keeps from the discussion, one yes or no a row."""
    return _SCREENED_OUT[screen](base)


def barred(base: ChildFacts) -> np.ndarray:
    """Whom no lever moves: in secure homes, hospital or custody, or under a deprivation of liberty order."""
    return base.among("setting_detail", NEVER_FROM) | (base.numbers("dol") == 1)


def too_young_for_supported(base: ChildFacts) -> np.ndarray:
    """Who is under 16, and so never moves into supported accommodation."""
    return base.numbers("age") < YOUNGEST_IN_SUPPORTED


def settled(base: ChildFacts, years: float) -> np.ndarray:
    """Who has lived in the same placement for at least so many years."""
    return base.numbers("months_in_placement") >= 12 * years


def known(what: str, names: Iterable[str], valid: Iterable[str]) -> tuple[str, ...]:
    """The names once each, in the order of `valid`. Raises `InvalidChoice` for another name."""
    valid, names = tuple(valid), tuple(names)
    for name in names:
        if name not in valid:
            raise InvalidChoice(what, name, valid)
    return tuple(name for name in valid if name in names)
