"""Who may see and do what: the only place that says it.

Never looks at data: screens and cached reads ask for a right by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from vcore.errors import InvalidChoice, VcoreError


class Role(StrEnum):
    """The readers of the app."""

    COMMISSIONER = "commissioner"
    ANALYST = "analyst"
    FINANCE = "finance"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What can be allowed. The value finishes the sentence "This account may not …"."""

    SEE_COHORTS = "see figures about groups of children"
    SEE_CHILDREN = "see children one by one"
    UNSUPPRESSED = "see small numbers"
    SEE_PLACEMENT_COSTS = "see what single placements cost"
    SEE_PROVIDERS = "see providers one by one"
    SEE_PRICES = "see what single providers charge"
    NAME_CHILDREN = "turn a pseudonym back into the council's own number"
    EDIT_ASSUMPTIONS = "change the council's assumptions"
    LOAD_DATA = "load data"
    MANAGE_PEOPLE = "manage people"
    SEE_ACTIVITY = "see who did what"


_CHILD_LEVEL = {
    Right.SEE_COHORTS,
    Right.SEE_CHILDREN,
    Right.UNSUPPRESSED,
    Right.SEE_PLACEMENT_COSTS,
    Right.SEE_PROVIDERS,
}

RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.COMMISSIONER: frozenset(_CHILD_LEVEL | {Right.SEE_PRICES}),
        Role.ANALYST: frozenset(_CHILD_LEVEL | {Right.LOAD_DATA}),
        Role.FINANCE: frozenset(
            {
                Right.SEE_COHORTS,
                Right.SEE_PLACEMENT_COSTS,
                Right.SEE_PROVIDERS,
                Right.SEE_PRICES,
                Right.EDIT_ASSUMPTIONS,
            }
        ),
        Role.DIRECTOR: frozenset({Right.SEE_COHORTS}),
        Role.ADMINISTRATOR: frozenset({Right.MANAGE_PEOPLE, Right.SEE_ACTIVITY}),  # and no child at all
    }
)


BY_PERSON = frozenset({Right.NAME_CHILDREN})
"""Rights that no role has: an administrator gives them to a person, who must see children in their role."""

CHILD_LEVEL_GRANT = frozenset({Right.SEE_CHILDREN, Right.UNSUPPRESSED})
CHILD_LEVEL_GIVEN_TO = frozenset({Role.DIRECTOR})
"""What an administrator may add to a person's role, and the roles it may be added to: nobody else ever has it."""


class NotAllowed(VcoreError):
    """The account lacks the right for what it asked."""

    def __init__(self, right: Right, role: Role) -> None:
        holders = " or ".join(f"{holder}" for holder in Role if right in RIGHTS[holder])
        whose = f"That is for: {holders}." if holders else "That is given to single people."
        super().__init__(
            f"Your account ({role}) may not {right}. {whose} Ask your administrator if you need it."
        )


def role_of(text: str) -> Role:
    """The role with this name. Raises `InvalidChoice` naming the nearest one."""
    try:
        return Role(text.strip().lower())
    except ValueError:
        raise InvalidChoice("role", text, Role) from None
