"""What this reader may be told of each provider: every number of the rows through the gate.

Finance sees what placements cost, so of all children a provider's cost stands at any size; of children picked
by a filter it needs ten, since it would tell what sort of child is placed there. Whoever may not see prices
sees none of a single outside provider. Asks the measures, never the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from ui import reads
from ui.disclosure import Gate
from vcore.measures.cost_model import CostModel
from vcore.measures.disclosure import HIDDEN
from vcore.measures.providers import Providers, added_up, rates, tally
from vcore.store import Cohort

SHOWN = 15  # of the outside providers, before the rest become one row
_LARGEST, _REST = "largest", "rest"
_BEHIND = {  # count → what is told over so many children
    "children": ("share_of_children",),
    "costed": ("weekly_gbp", "share_of_spend", "mean_weekly_gbp"),
    "assessed": ("mean_need_total",),
    "expected": ("gap_gbp",),
    "assessed_twice": ("mean_need_change",),
    "compared": ("price_rise",),
    "bought": ("spot_share",),
    "located": ("in_area_share",),
    "measured": ("mean_miles",),
    "breakdowns": (),
    "carer_requests": (),
}
_PARTS = {"spot_share": ("spot", "bought"), "in_area_share": ("in_area", "located")}
PRICES = ("weekly_gbp", "share_of_spend", "mean_weekly_gbp", "gap_gbp", "price_rise")


class Told(NamedTuple):
    """`every`: a row each provider, most spend first, or most children for whoever sees no prices.

    `few`: the largest, the rest as one row, and who is no provider. Both indexed by name, with the columns of
    `providers.rates`; a cell is a number, NaN, or "c".
    """

    every: pd.DataFrame
    few: pd.DataFrame


def summed(cohort: Cohort, known: Providers, model: CostModel | None) -> pd.DataFrame:
    """`tally` of the cohort, and of what its children would be expected to cost where that is worked out."""
    return tally(cohort, known, None if model is None else model.expected_from_need)


def told(cohort: Cohort, known: Providers, model: CostModel | None, gate: Gate) -> Told:
    """The providers of a cohort as this reader may see them."""
    added = reads.measured(summed, cohort, known, model)
    rows = rates(added)
    if not gate.sees_prices:  # their order would tell who is paid more
        rows = rows.sort_values("children", ascending=False, kind="stable")
    everyone_else = reads.measured(summed, cohort.everyone_else, known, model).drop(columns="is_outside")
    rest = everyone_else.reindex(rows.index).fillna(0)
    outside = rows.index[rows["is_outside"]]
    kept = set(outside if len(outside) <= SHOWN + 1 else outside[:SHOWN])
    groups = [
        str(name) if not is_outside else _LARGEST if name in kept else _REST
        for name, is_outside in rows["is_outside"].items()
    ]
    costs_open = gate.sees_prices and len(cohort) == len(cohort.base)
    every = _through(rows, rest, groups, gate, costs_open)
    by_group = rates(added_up(added.loc[rows.index], groups))
    rest_by_group = (
        rest.fillna({"is_outside": False}).fillna(0).groupby(np.asarray(groups, dtype=object)).sum()
    )
    told_groups = _through(by_group, rest_by_group.reindex(by_group.index), None, gate, costs_open)
    others = [name for name in outside if name not in kept]
    shares = rows.loc[others, "weekly_gbp"] / rows.loc[others, "weekly_gbp"].sum()
    last = told_groups.loc[told_groups.index == _REST].rename(index={_REST: f"{len(others)} other providers"})
    last = last if not len(last) else _without_prices(last, gate, [shares.fillna(0).tolist()])
    every = _without_prices(every, gate, [[1.0] if out else [] for out in rows["is_outside"]])
    ours = [name for name, out in rows["is_outside"].items() if not out]
    return Told(
        every, pd.concat([every.loc[[name for name in outside if name in kept]], last, every.loc[ours]])
    )


def stands_beside(cohort: Cohort, other: Cohort, gate: Gate) -> bool:
    """Whether this reader may see two cohorts side by side, provider by provider.

    For whoever sees no small numbers: everyone else, all children, or all of two dates. Of other pairs nobody has
    worked out how few are between them at each provider.
    """
    everyone = len(cohort) == len(cohort.base) and len(other) == len(other.base)
    return gate.sees_small or everyone or other in (cohort.everyone_else, cohort.whole_base)


def told_beside(
    cohort: Cohort, known: Providers, other: Cohort, known_there: Providers, gate: Gate
) -> pd.DataFrame:
    """`told`'s `every` of what a cohort is compared with; no row where the two may not stand side by side. What is
    hidden here is hidden there."""
    there = reads.measured(told, other, known_there, None, gate).every
    if not stands_beside(cohort, other, gate):
        return there.head(0)
    if gate.sees_small:
        return there
    here = reads.measured(told, cohort, known, None, gate).every
    hidden = (here == HIDDEN).reindex(there.index, fill_value=False)
    return there.mask(hidden[there.columns].astype(bool), HIDDEN)


def _through(
    rows: pd.DataFrame, rest: pd.DataFrame, within: Sequence[str] | None, gate: Gate, costs_open: bool
) -> pd.DataFrame:
    shown = rows.astype("object")
    for count, values in _BEHIND.items():
        told_of = gate.table(
            rows[[count, *values]], count, list(values), rest[count].astype("int64").tolist(), within
        )
        for name in (count, *values):
            shown[name] = told_of[name].astype("object")
    for share, (part, whole) in _PARTS.items():
        few = [not gate.counts(int(a), int(b)) for a, b in zip(rows[part], rows[whole], strict=True)]
        shown.loc[np.array(few, dtype=bool), share] = HIDDEN
    few = [
        not (gate.counts(int(part)) and gate.counts(int(whole - part)))
        for part, whole in zip(rows["carer_requests"], rows["breakdowns"], strict=True)
    ]
    shown.loc[np.array(few, dtype=bool) | (shown["breakdowns"] == HIDDEN), "carer_requests"] = HIDDEN
    if costs_open:
        open_ones = ["weekly_gbp", "share_of_spend"]
        shown[open_ones] = rows[open_ones].astype("object")
        counted = shown["costed"] != HIDDEN  # else cost ÷ mean would be the count
        shown.loc[counted, "mean_weekly_gbp"] = rows["mean_weekly_gbp"][counted].astype("object")
    return shown


def _without_prices(rows: pd.DataFrame, gate: Gate, shares: Sequence[Sequence[float]]) -> pd.DataFrame:
    """Rows without what one provider charges, given the shares of each row's cost by outside provider."""
    secret = np.array([gate.price("", own) == HIDDEN for own in shares], dtype=bool)
    rows.loc[secret, list(PRICES)] = HIDDEN
    return rows
