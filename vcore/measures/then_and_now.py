"""What groups of children cost and needed on an earlier date, and what the same children cost and need now.

Wherever they live now. Prices rise for all, and those who left care are in no mean: a group says something only beside
another.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from vcore.measures.disclosure import dominated
from vcore.measures.history import History
from vcore.measures.intervals import means
from vcore.measures.providers import outside_provider
from vcore.store import Snapshot


def then_and_now(history: History, now: Snapshot, groups: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """One row a `group`, of children of `history.then` (a yes or no each; nobody is in two); `now` is on `until`.

    Columns: `children`; `costed` on both dates with the means `cost_then`, `cost_now` and `cost_change`, and
    `cost_reach`, half of the 95% interval of the change (£ a week, all funders); `assessed` then and again since,
    with `need_then`, `need_now`, `need_change` and `need_reach` (points); `one_provider`: whether a cost there is
    mostly what one outside provider charges.
    """
    then = history.then
    there = then.snapshot.places_in(now)[then.chosen]
    days = (history.until - then.as_of).days
    age = _at(now, "assessment_age_days", there)
    pairs = {
        "cost": (then.numbers("weekly_cost_gbp"), _at(now, "weekly_cost_gbp", there)),
        "need": (
            then.numbers("need_total"),
            np.where(age < days, _at(now, "need_total", there), np.nan),  # assessed again since
        ),
    }
    group = np.select(list(groups.values()), list(range(len(groups))), len(groups))
    columns: dict[str, object] = {
        "group": list(groups),
        "children": np.bincount(group, minlength=len(groups))[: len(groups)],
    }
    for name, counted in (("cost", "costed"), ("need", "assessed")):
        before, after = pairs[name]
        known = ~np.isnan(before) & ~np.isnan(after)
        before, after = (np.where(known, amounts, np.nan) for amounts in (before, after))
        for told, amounts in (("then", before), ("now", after), ("change", after - before)):
            n, mean, reach = (part[: len(groups)] for part in means(group, amounts, len(groups) + 1))
            columns |= {counted: n, f"{name}_{told}": mean}
        columns[f"{name}_reach"] = reach
    prices = [
        _one_provider(snapshot, places, np.where(np.isnan(other), np.nan, cost), group, len(groups))
        for snapshot, places, cost, other in (
            (then.snapshot, then.chosen, pairs["cost"][0], pairs["cost"][1]),
            (now, there, pairs["cost"][1], pairs["cost"][0]),
        )
    ]
    return pd.DataFrame(columns | {"one_provider": prices[0] | prices[1]})


def _one_provider(
    snapshot: Snapshot, places: np.ndarray, cost: np.ndarray, group: np.ndarray, groups: int
) -> np.ndarray:
    """Whether the cost of each group is mostly what one outside provider charges."""
    paid = ~np.isnan(cost) & (group < groups)
    named = snapshot.frame[["provider", "setting_detail", "sourced"]].take(places[paid])
    whose = outside_provider(named).to_numpy()
    rows = pd.DataFrame({"group": group[paid], "whose": whose, "cost": cost[paid]})
    by_provider = rows.pivot_table(
        index="group", columns="whose", values="cost", aggfunc="sum", fill_value=0.0
    )
    total = rows.groupby("group")["cost"].sum()
    return np.array(
        [
            place in by_provider.index and dominated(by_provider.loc[place].to_numpy() / total[place])
            for place in range(groups)
        ]
    )


def _at(now: Snapshot, column: str, places: np.ndarray) -> np.ndarray:
    """A column of another date's snapshot for these rows of it; NaN where the place is −1."""
    return np.append(now.numbers(column), np.nan)[places]
