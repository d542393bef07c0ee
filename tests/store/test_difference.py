"""What a new load would change, worked by hand from a few children."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import NEEDS, child, tables
from vcore.store import Store
from vcore.store.difference import Change, Difference, difference
from vcore.store.preview import previewed
from vcore.store.snapshot import Snapshot

MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 30)


def snapshot(children: list[dict], as_of: date):
    return Store.of_tables(tables(children), as_of=as_of, needs=NEEDS).snapshot()


def compared(before: list[dict], after: list[dict]):
    return difference(snapshot(before, MARCH), snapshot(after, APRIL), "North")


def test_every_kind_of_change_is_counted_and_priced_once():
    before = [
        child("stays", weekly_cost_gbp=1000.0),
        child("leaves", weekly_cost_gbp=700.0),
        child("moves", weekly_cost_gbp=500.0),
        child("dearer", weekly_cost_gbp=2000.0),
        child("found", weekly_cost_gbp=None),
        child("lost", weekly_cost_gbp=300.0),
        child("elsewhere", authority="South", weekly_cost_gbp=9000.0),
    ]
    after = [
        child("stays", weekly_cost_gbp=1000.0),
        child("moves", weekly_cost_gbp=4500.0, started_on=date(2026, 4, 15)),
        child("dearer", weekly_cost_gbp=2100.0, assessed_on=date(2026, 4, 20)),
        child("found", weekly_cost_gbp=800.0),
        child("lost", weekly_cost_gbp=None),
        child("joins", weekly_cost_gbp=1200.0),
    ]
    found = compared(before, after)
    assert (found.before.children, found.before.costed, found.before.weekly_cost_gbp) == (6, 5, 4500.0)
    assert (found.after.children, found.after.costed, found.after.weekly_cost_gbp) == (6, 5, 9600.0)
    assert found.joined == Change(1, 1200.0)
    assert found.left == Change(1, -700.0)
    assert found.moved == Change(1, 4000.0)
    assert found.repriced == Change(1, 100.0)
    assert found.cost_found == Change(1, 800.0)
    assert found.cost_lost == Change(1, -300.0)
    assert found.assessed == 1
    assert found.weekly_gbp == 5100.0
    assert found.weekly_share == pytest.approx(5100 / 4500)


def test_what_is_live_and_no_longer_in_the_files_is_named():
    full = [child("a", ehcp=True, uasc=False, scores=[1] * 13), child("b", ehcp=None, weekly_cost_gbp=None)]
    live = Store.of_tables(tables(full), as_of=MARCH, needs=NEEDS)
    live.cards = (live.cards[0].model_copy(update={"rows": {"cost": 1, "assessment": 2, "budget": 0}}),)

    def gone(after: list[dict]) -> tuple[str, ...]:
        found = previewed(tables(after), authority="North", as_of=APRIL, needs=NEEDS, live=live)
        assert isinstance(found, Difference)
        return found.no_longer

    assert gone(full) == ()
    assert gone([full[0] | {"child_id": "c"}]) == ()
    without = [child("a", ehcp=None, uasc=True, weekly_cost_gbp=None, scores=[1] * 13)]
    assert set(gone(without)) == {"cost", "ehcp"}
    assert set(gone([full[0] | {"scores": None}])) == {"assessment"}


def test_the_same_files_again_change_nothing():
    same = [child("a"), child("b", weekly_cost_gbp=None, scores=None)]
    found = compared(same, same)
    assert {found.joined, found.left, found.moved, found.repriced, found.cost_found, found.cost_lost} == {
        Change(0, 0.0)
    }
    assert (found.assessed, found.weekly_gbp) == (0, 0.0)


def test_half_a_penny_is_a_change_of_price_and_less_is_not():
    def repriced(cost: float) -> int:
        return compared(
            [child("a", weekly_cost_gbp=100.0)], [child("a", weekly_cost_gbp=cost)]
        ).repriced.children

    assert (repriced(100.006), repriced(100.004)) == (1, 0)


def test_a_share_of_nothing_is_not_said():
    found = compared([child("a", weekly_cost_gbp=None)], [child("a", weekly_cost_gbp=900.0)])
    assert found.weekly_share is None and found.weekly_gbp == 900.0


_ROWS = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.sampled_from([None, 0.0, 450.0, 450.25, 3000.0]),
        st.sampled_from([date(2024, 3, 31), date(2026, 3, 1)]),
    ),
    unique_by=lambda row: row[0],
)


def bare(rows: list[tuple], as_of: date) -> Snapshot:
    """A snapshot of only the columns that are compared."""
    frame = pd.DataFrame(
        {
            "child_id": pd.Series([name for name, _, _ in rows], dtype="str"),
            "authority": "North",
            "weekly_cost_gbp": pd.Series([cost for _, cost, _ in rows], dtype="float64"),
            "placement_started_on": pd.Series([start for *_, start in rows], dtype="datetime64[s]"),
            "assessment_age_days": pd.Series([None] * len(rows), dtype="Int64"),
            "need_total": pd.Series([None] * len(rows), dtype="Int64"),
        }
    )
    return Snapshot(as_of, NEEDS, frame, np.empty((len(rows), 13)))


@settings(max_examples=25, deadline=None)
@given(_ROWS, _ROWS)
def test_the_parts_add_up_to_the_difference(before, after):
    found = difference(bare(before, MARCH), bare(after, APRIL), "North")
    kinds = (found.joined, found.left, found.moved, found.repriced, found.cost_found, found.cost_lost)
    plain = sum(cost or 0 for _, cost, _ in after) - sum(cost or 0 for _, cost, _ in before)
    assert sum(kind.weekly_gbp for kind in kinds) == pytest.approx(plain, abs=0.01)
    assert found.joined.children - found.left.children == len(after) - len(before)
    started = {name: start for name, _, start in before}
    moved = [name for name, _, start in after if started.get(name, start) != start]
    assert found.moved.children == len(moved)
