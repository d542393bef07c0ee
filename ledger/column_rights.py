"""Which columns of the model a person may be shown row by row: the registry's word for each, as a right.

Never looks at data, and says nothing of figures about groups: those pass the gate of small numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType

from ledger.rights import Right
from vcore.facts.columns import Rights, registry

NEEDED: Mapping[Rights, Right | None] = MappingProxyType(
    {
        "all": Right.SEE_COHORTS,
        "child_level": Right.SEE_CHILDREN,
        "commissioner_and_finance": Right.SEE_PRICES,
        "never_shown": None,  # by nobody
    }
)
"""The right that each word of the registry stands for."""


def withheld(rights: Collection[Right]) -> frozenset[str]:
    """The names of the columns that no row may show to somebody with these rights."""
    return _withheld(frozenset(rights))


@cache
def _withheld(rights: frozenset[Right]) -> frozenset[str]:
    return frozenset(column.column for column in registry() if NEEDED[column.rights] not in rights)
