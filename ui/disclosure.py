"""The one gate every number passes on its way to a screen or a file.

Who sees small numbers is the ledger's answer; what counts as small is `vcore.measures.disclosure`'s. Here
the two meet. A hidden number is "c", one that is not available is "x", and a true zero is 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ui.theme import NOT_AVAILABLE, number
from vcore.measures import disclosure
from vcore.measures.disclosure import HIDDEN

KEY = f"{HIDDEN}: hidden, so that no child can be picked out · {NOT_AVAILABLE}: not available"


class Gate:
    """What one reader may see. `sees_small`: the role sees numbers of any size."""

    def __init__(self, *, sees_small: bool) -> None:
        self.sees_small = sees_small

    def counts(self, n: int, of: int | None = None) -> bool:
        """Whether a count may be shown; `of` is the total it could be taken from."""
        return self.sees_small or disclosure.may_show(n, of)

    def averages(self, n: int, of: int | None = None) -> bool:
        """Whether an amount, a mean or a share over n children may be shown; `of` as in `counts`."""
        return self.sees_small or disclosure.may_average(n, of)

    def count(self, n: int, of: int | None = None) -> str:
        """The count in words, or "c"."""
        return number(n) if self.counts(n, of) else HIDDEN

    def amount(self, words: str, n: int, of: int | None = None) -> str:
        """The words of an amount, mean or share over n children; "c" for too few, "x" for nobody."""
        if n == 0:
            return NOT_AVAILABLE
        return words if self.averages(n, of) else HIDDEN

    def table(
        self, groups: pd.DataFrame, count: str, values: Sequence[str], rest: Sequence[int] | None = None
    ) -> pd.DataFrame:
        """A table of groups, a row each, with "c" in every cell of `count` and `values` that must be hidden.

        `rest` is how many children of the base each group has outside this table.
        """
        if self.sees_small:
            return groups
        kept = disclosure.suppressed(groups, count, values, rest)
        told = groups.astype(dict.fromkeys((count, *values), "object"))
        for name in (count, *values):
            told.loc[kept[name].isna() & groups[name].notna(), name] = HIDDEN
        return told
