"""Children who lived in one place on a first date and in another, or nowhere, on a second; made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from tests.small import AS_OF, NEEDS, child, tables
from vcore import Store
from vcore.measures.flows import LEFT_CARE, NOT_IN_CARE

THEN_DAY, MOVED = date(2025, 3, 31), date(2025, 9, 30)
LONG_AGO = date(2023, 1, 1)
HOME = {"fostering": "in_house_fostering", "residential": "private_residential", "semi_independent": "semi_independent",
        "parents_or_adoption": "with_parents", "other": "unregistered"}  # fmt: skip


def spell(child_id: str, setting: str, start: date, end: date | None = None, **facts) -> dict:
    """One placement of a child."""
    return child(
        child_id,
        setting_detail=HOME[setting],
        care_started_on=start,
        started_on=start,
        ended_on=end,
        **facts,
    )


def between(child_id: str, then: str, now: str, **facts) -> list[dict]:
    """The placements of a child who lived in `then` on the first date and in `now` on the second."""
    if then == NOT_IN_CARE:
        return [spell(child_id, now, MOVED, **facts)]
    if now == LEFT_CARE:
        return [spell(child_id, then, LONG_AGO, MOVED, **facts)]
    if then == now:
        return [spell(child_id, now, LONG_AGO, **facts)]
    return [spell(child_id, then, LONG_AGO, MOVED, **facts), spell(child_id, now, MOVED, **facts)]


def store_of(spells: list[dict], broke: Sequence[str] = ()) -> Store:
    """A store in which each child may have several placements; those that ended of the children in `broke` broke
    down."""
    whole = tables([found | {"ended_on": found["ended_on"] or pd.NaT} for found in spells])
    placement = whole["placement"]
    whole["placement"] = placement.assign(
        breakdown=placement["child_id"].isin(list(broke)) & placement["ended_on"].notna()
    )
    one_each = {
        name: whole[name].drop_duplicates("child_id", keep="last") for name in ("child", "care", "assessment")
    }
    return Store.of_tables(whole | one_each, as_of=AS_OF, needs=NEEDS)
