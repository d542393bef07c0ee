"""What a review list is for: a move keeps the hard limits whatever else the rule says; other talks need none."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vcore.measures import screening
from vcore.measures.child_facts import ChildFacts

HARD_LIMITS = "hard_limits"


class Purpose(NamedTuple):
    """`words` end "to discuss …"; `moves_to` names the kinds of home it would move children to, none for no move."""

    label: str
    words: str
    moves_to: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()


PURPOSES = {
    "family": Purpose(
        "A move to a family",
        "a move to a family",
        ("in_house_fostering", "independent_fostering", "other_authority_fostering"),
        ("stale_assessment", "recently_moved", "rising_need", "unsuitable_for_fostering"),
    ),
    "supported": Purpose(
        "A move to supported accommodation",
        "a move to supported accommodation",
        ("semi_independent",),
        ("stale_assessment", "recently_moved", "rising_need"),
    ),
    "permanence": Purpose(
        "Permanence with their carers",
        "permanence with their carers",
        (),
        ("stale_assessment", "recently_moved", "rising_need"),
    ),
    "stability": Purpose("Keeping the placement", "what would keep the placement"),
    "price": Purpose("Need beside price", "whether price follows need"),
    "leaving": Purpose("Plans for leaving care", "plans for leaving care"),
}


def within_limits(facts: ChildFacts, purpose: str) -> np.ndarray | None:
    """Whom a list for this purpose may name at all; None where no limit holds, since nobody would move."""
    if not PURPOSES[purpose].moves_to:
        return None
    barred = screening.barred(facts)
    if purpose == "supported":
        barred = barred | screening.too_young_for_supported(facts)
    return ~barred


def limit_words(purpose: str) -> str:
    """What the children within the hard limits have in common."""
    older = f", {screening.YOUNGEST_IN_SUPPORTED} or older" if purpose == "supported" else ""
    return f"{screening.LIMIT_WORDS}{older}"
