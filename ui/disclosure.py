"""The one gate every number passes on its way to a screen or a file.

Who sees small numbers is the ledger's answer; what counts as small is `vcore.measures.disclosure`'s. Here
the two meet. A hidden number is "c", one that is not available is "x", and a true zero is 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ui.theme import NOT_AVAILABLE, number
from vcore.measures import disclosure
from vcore.measures.disclosure import HIDDEN

TOTAL = "Total"
KEY = (
    f"{HIDDEN}: hidden, so that no child can be picked out, nor what one provider charges · "
    f"{NOT_AVAILABLE}: not available · 0: none"
)


@dataclass(frozen=True)
class Gate:
    """What one reader may see. `sees_small`: numbers of any size; `sees_prices`: what one provider charges;
    `sees_placements`: what single placements cost, with nobody's need beside it."""

    sees_small: bool
    sees_prices: bool = False
    sees_placements: bool = False

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

    def leaves_enough(self, part: Sequence[int], whole: Sequence[int]) -> bool:
        """Whether a cohort that counts `part` of a base of `whole` may be told of beside it."""
        return self.sees_small or disclosure.leaves_enough(part, whole)

    def beside(self, parts: Sequence[int]) -> bool:
        """Whether two cohorts that hold so many each by itself, together and not at all may be told of both."""
        return self.sees_small or disclosure.may_stand_beside(parts)

    def cells(self, counts: Sequence[int], within: Sequence[str] | None = None) -> list[str]:
        """The counts of one list in words, with enough of them hidden that none can be worked out.

        `within` names the larger group each is part of, where those groups are shown somewhere too.
        """
        open_cells = np.zeros(len(counts), dtype=bool)
        hide = open_cells if self.sees_small else disclosure.hidden_cells(counts, within)
        return [HIDDEN if hidden else number(n) for n, hidden in zip(counts, hide, strict=True)]

    def rows(self, counts: np.ndarray, rest: np.ndarray) -> np.ndarray:
        """Which cells of several lists, a row each, to hide where each row's total is known. True = hide.

        `rest` is what each cell leaves of its base: that must not be small either.
        """
        if self.sees_small:
            return np.zeros(counts.shape, dtype=bool)
        pairs = zip(counts, rest, strict=True)
        return np.array(
            [disclosure.hidden_cells(own) | disclosure.hidden_cells(others) for own, others in pairs]
        )

    def steps(self, counts: Sequence[int] | np.ndarray, first: Sequence[int] = ()) -> np.ndarray:
        """Which points of a running total over so many children may be shown; those in `first` rather."""
        return np.ones(len(counts), dtype=bool) if self.sees_small else disclosure.shown_steps(counts, first)

    def crosstab(self, counts: pd.DataFrame, rest: pd.DataFrame | None = None) -> pd.DataFrame:
        """A two-way table of counts with its totals, and "c" wherever a cell would follow from the others.

        `rest` is the same table of those whom the base holds besides: what must be hidden of them, or of all
        together, is hidden here too, else two tables side by side would give it away. All of it is "c", zeros
        too, where so few children are counted that any cell would tell about them.
        """
        numbers = counts.to_numpy("int64")
        told = disclosure.with_totals(numbers).astype("object")
        if not self.sees_small:
            hide = disclosure.hidden_table(numbers)
            if rest is not None:
                others = rest.to_numpy("int64")
                hide |= disclosure.hidden_table(others) | disclosure.hidden_table(numbers + others)
            told[hide] = HIDDEN
        rows, columns = ([*names, TOTAL] for names in (counts.index, counts.columns))
        return pd.DataFrame(told, index=rows, columns=columns, dtype="object")

    def price(self, words: str, cost_shares: Sequence[float]) -> str:
        """The words of a cost, or "c" where one outside provider makes up most of it: that is its price.

        `cost_shares`: each outside provider's share (0–1) of that cost. How many children there are is another
        question, for `amount`.
        """
        return words if self.sees_prices or not disclosure.dominated(cost_shares) else HIDDEN

    def prices(
        self, told: pd.DataFrame, values: Sequence[str], by_provider: np.ndarray, total: np.ndarray
    ) -> pd.DataFrame:
        """Rows of cost with "c" in `values` where they would tell what one provider charges.

        The rest as in `disclosure.hidden_prices`, a row each of the table's.
        """
        if self.sees_prices:
            return told
        return _with_hidden(told, dict.fromkeys(values, disclosure.hidden_prices(by_provider, total)))

    def table(
        self,
        groups: pd.DataFrame,
        count: str,
        values: Sequence[str],
        rest: Sequence[int] | None = None,
        within: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """A table of groups, a row each, with "c" in every cell of `count` and `values` that must be hidden.

        `rest` is how many of what `count` counts each group has in the base outside this table; `within` as in
        `cells`.
        """
        if self.sees_small:
            return groups
        hide, thin = disclosure.hidden_rows(groups[count].to_numpy(), rest, within)
        return _with_hidden(groups, {count: hide} | dict.fromkeys(values, thin))

    def table_beside(
        self,
        groups: pd.DataFrame,
        count: str,
        values: Sequence[str],
        parts: np.ndarray,
        within: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """`table` of two cohorts in one: `parts` as in `disclosure.hidden_beside`, which see."""
        if self.sees_small:
            return groups
        hide, thin = disclosure.hidden_beside(parts, within)
        return _with_hidden(groups, {count: hide} | dict.fromkeys(values, thin))


def _with_hidden(groups: pd.DataFrame, hide: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """The table with "c" in the columns named, in the rows to hide; what is not available stays so."""
    told = {}
    for name, hidden in hide.items():
        cells = groups[name].to_numpy("object", copy=True)
        cells[hidden & groups[name].notna().to_numpy()] = HIDDEN
        told[name] = pd.Series(cells, index=groups.index, dtype="object")
    return groups.assign(**told)
