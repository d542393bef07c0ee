"""What can be decided about a placement, and the reasons for what needs one. Never writes anything down."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """What was decided about a placement."""

    SUITABLE = "suitable"
    NOT_SUITABLE = "not_suitable"
    NEEDS_MORE = "needs_more"
    AGREED = "agreed"
    MOVED = "moved"
    ENDED = "ended"


STATES = tuple(State)
OTHER = "other"  # the reason that has to be put into words
_STAYS: Mapping[str, str] = {
    "home_works": "This home works for the child",
    "childs_wishes": "The child wants to stay",
    "education": "School or exams come first",
    "siblings": "Brothers and sisters stay together",
    "health": "Treatment or therapy depends on this home",
    "safety": "Not safe elsewhere for now",
    "legal": "A court or a legal order decides",
    "need_higher": "Need is higher than the scores say",
    OTHER: "Another reason",
}
_ENDS: Mapping[str, str] = {
    "no_home": "No suitable home was found",
    "childs_wishes": "The child wants to stay",
    "did_not_hold": "The move did not hold",
    "moved_elsewhere": "The child moved somewhere else",
    "left_care": "The child left care",
    "need_rose": "Need rose",
    "funding": "Money or a partner's share was not agreed",
    OTHER: "Another reason",
}
REASONS: Mapping[State, Mapping[str, str]] = MappingProxyType(
    {State.NOT_SUITABLE: _STAYS, State.ENDED: _ENDS}
)  # every other state needs none
