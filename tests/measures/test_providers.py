"""Providers of a dozen children worked by hand; every child once, shares that add up; the demonstration by plain SQL."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import AS_OF, NEEDS, child, tables
from vcore import CohortFilter, demo
from vcore.facts.placements import SETTING_OF
from vcore.measures import providers
from vcore.store import Store
from vcore.tables import checked

HERE = date(2025, 8, 1)  # placed within the year
LONG = date(2024, 3, 31)
FOSTERED = {"setting_detail": "in_house_fostering", "place_code": "U4", "provider_code": "PR1"}


def fee(child_id, weekly_gbp, started_on, ended_on=None, provider="Alder", sourced="spot"):
    return {
        "child_id": child_id,
        "authority": "North",
        "started_on": started_on,
        "ended_on": ended_on,
        "weekly_cost_gbp": weekly_gbp,
        "social_care_cost_gbp": weekly_gbp,
        "education_cost_gbp": 0.0,
        "health_cost_gbp": 0.0,
        "provider": provider,
        "sourced": sourced,
    }


def placement(child_id, started_on, ended_on, breakdown, detail="private_residential", reason=None):
    return {
        "end_reason": reason,
        "child_id": child_id,
        "authority": "North",
        "started_on": started_on,
        "ended_on": ended_on,
        "place_code": "K2",
        "setting": SETTING_OF[detail],
        "setting_detail": detail,
        "kinship": False,
        "breakdown": breakdown,
    }


def store(children, earlier_fees=(), earlier_placements=()):
    made = tables(children)
    for name, rows in (("cost", earlier_fees), ("placement", earlier_placements)):
        made[name] = pd.concat([made[name], pd.DataFrame(list(rows))], ignore_index=True)
    return Store.of_tables(checked(made, NEEDS), as_of=AS_OF, needs=NEEDS)


def told(of, chosen=None, expected=None):
    snapshot = of.snapshot()
    known = providers.providers(snapshot, of.year_before())
    return providers.rates(providers.tally(of.cohort(chosen), known, expected))


APRIL, MARCH = date(2025, 4, 1), date(2025, 3, 1)
STORE = store(
    [
        child("a", provider="Alder", sourced="spot", weekly_cost_gbp=5500.0, started_on=APRIL, in_area=True, distance_miles=10.0),
        child("b", provider="Alder", sourced="framework", weekly_cost_gbp=4500.0, started_on=HERE, in_area=False, distance_miles=30.0, scores=[3] * 13),
        child("c", provider="Birch", sourced="block", weekly_cost_gbp=2000.0, started_on=APRIL, scores=None),
        child("d", provider="Ours", sourced="in_house", weekly_cost_gbp=600.0, **FOSTERED),
        child("e", provider="Ours", sourced=None, weekly_cost_gbp=400.0, **FOSTERED),
        child("f", weekly_cost_gbp=None, **FOSTERED),  # no fee: in-house all the same
        child("g", weekly_cost_gbp=None, setting_detail="with_parents", place_code="P1"),
        child("h", provider=None, sourced=None, weekly_cost_gbp=3000.0),
    ],
    earlier_fees=[
        fee("a", 5000.0, date(2024, 3, 31), APRIL),
        fee("c", 1000.0, date(2024, 3, 31), APRIL, provider="Alder"),  # another provider then: not compared
        fee("g", 900.0, MARCH, APRIL, provider="Birch"),
    ],
    earlier_placements=[
        placement("b", MARCH, date(2025, 7, 31), True),  # no fee: whose it was is not recorded
        placement("g", MARCH, APRIL, True),  # broke down on 1 April 2025, with Birch
        placement("h", date(2023, 1, 1), date(2025, 3, 31), True),  # twelve months to the day: too long ago
    ],
)  # fmt: skip


def test_every_child_is_in_one_row_and_in_house_and_unrecorded_are_rows_of_their_own():
    table = told(STORE)
    assert table["children"].to_dict() == {
        "Alder": 2,
        providers.NOT_RECORDED: 2,
        "Birch": 1,
        providers.OWN: 3,
    }
    assert list(table.index) == ["Alder", providers.NOT_RECORDED, "Birch", providers.OWN]  # most spend first
    assert table["is_outside"].to_dict() == {
        "Alder": True,
        "Birch": True,
        providers.NOT_RECORDED: False,
        providers.OWN: False,
    }


def test_one_provider_by_hand():
    alder = told(STORE).loc["Alder"]
    assert (alder["weekly_gbp"], alder["mean_weekly_gbp"], alder["share_of_spend"]) == (10_000, 5_000, 0.625)
    assert alder["share_of_children"] == 0.25
    assert (alder["assessed"], alder["mean_need_total"]) == (2, (13 + 39) / 2)
    assert (alder["bought"], alder["spot_share"]) == (2, 0.5)
    assert (alder["in_area_share"], alder["mean_miles"]) == (0.5, 20)
    assert (alder["compared"], alder["price_rise"]) == (1, pytest.approx(0.1))  # b was not here a year ago
    assert alder["assessed_twice"] == 0 and np.isnan(alder["mean_need_change"])


def test_what_is_missing_is_missing_and_never_nought():
    table = told(STORE)
    assert np.isnan(table.loc["Birch", "mean_need_total"]) and np.isnan(table.loc["Birch", "price_rise"])
    assert table.loc[providers.NOT_RECORDED, ["costed", "weekly_gbp"]].tolist() == [1, 3000]
    parents = told(STORE, CohortFilter(setting_details=("with_parents",)))
    assert np.isnan(parents.loc[providers.NOT_RECORDED, "weekly_gbp"])
    assert parents["share_of_spend"].isna().all()


def test_a_breakdown_counts_with_whoever_was_paid_on_its_last_day():
    table = told(STORE)["breakdowns"]
    assert table.to_dict() == {"Alder": 0, "Birch": 1, providers.NOT_RECORDED: 1, providers.OWN: 0}
    assert told(STORE, CohortFilter(age_min=20)).empty


def test_what_the_carer_asked_for_is_counted_among_the_breakdowns():
    ended = date(2025, 9, 30)
    reasons = ["CREQB", "CREQO", "CREQB", "CHILD", "STAND", None]
    names = "abcdef"
    of = store(
        [child(name, provider="Alder", sourced="spot", started_on=ended) for name in names],
        earlier_fees=[fee(name, 900.0, LONG, ended, provider="Birch" if name < "c" else "Alder") for name in names],
        earlier_placements=[
            *(placement(name, LONG, ended, True, reason=reason) for name, reason in zip(names, reasons, strict=True)),
            placement("f", date(2023, 1, 1), LONG, True, reason="CREQB"),  # before the twelve months
        ],
    )  # fmt: skip
    added = providers.tally(of.cohort(), providers.providers(of.snapshot(), of.year_before()))
    assert added.loc["Alder", ["children", "breakdowns", "carer_requests"]].tolist() == [6, 4, 1]
    assert list(added.index) == ["Alder"]  # nobody here lives with Birch now


def test_the_gap_is_over_children_with_a_price_and_one_to_expect():
    expected = np.array([5000, np.nan, 2500, 600, 500, 700, 800, np.nan])  # in the order of a to h
    table = told(STORE, expected=expected)
    assert table["expected"].to_dict() == {
        "Alder": 1,
        "Birch": 1,
        providers.OWN: 2,
        providers.NOT_RECORDED: 0,
    }
    assert table.loc[["Alder", "Birch", providers.OWN], "gap_gbp"].tolist() == [500, -500, -50]
    assert told(STORE)["gap_gbp"].isna().all()


def test_groups_add_up_before_anything_is_divided():
    known = providers.providers(STORE.snapshot(), STORE.year_before())
    added = providers.tally(STORE.cohort(), known)
    both = providers.rates(
        providers.added_up(added, ["outside" if out else name for name, out in added["is_outside"].items()])
    )
    assert both.loc["outside", ["children", "weekly_gbp", "mean_weekly_gbp"]].tolist() == [3, 12_000, 4_000]
    assert both["is_outside"].to_dict() == {
        "outside": True,
        providers.OWN: False,
        providers.NOT_RECORDED: False,
    }


def test_the_largest_are_outside_and_never_all_of_several():
    known = providers.providers(STORE.snapshot(), STORE.year_before())
    added = providers.tally(STORE.cohort(), known)
    assert list(providers.largest(added).index) == ["Alder"]
    assert list(providers.largest(added.loc[["Birch"]]).index) == ["Birch"]
    assert providers.largest(added.loc[[providers.OWN]]).empty


PAYEES = st.sampled_from(["Alder", "Birch", None])
MADE = st.lists(
    st.tuples(
        PAYEES,
        st.sampled_from(["in_house", "spot", "block", None]),
        st.sampled_from([None, 0.0, 400.0, 2500.0]),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=15)
@given(MADE)
def test_shares_add_up_and_every_child_is_counted_once(made):
    children = [
        child(f"{place:02d}", provider=provider, sourced=sourced, weekly_cost_gbp=cost)
        for place, (provider, sourced, cost) in enumerate(made)
    ]
    table = told(Store.of_tables(tables(children), as_of=AS_OF, needs=NEEDS))
    assert table["children"].sum() == len(made) and table.index.is_unique
    assert table["share_of_children"].sum() == pytest.approx(1)
    spend = sum(cost or 0 for *_, cost in made)
    assert table["weekly_gbp"].sum() == pytest.approx(spend)
    if spend:
        assert table["share_of_spend"].sum() == pytest.approx(1)


@pytest.fixture(scope="module")
def demonstration():
    """The demonstration's tables, and the store of them."""
    made = checked(demo.build(3528, needs=NEEDS), NEEDS)
    return made, Store.of_tables(made, as_of=demo.AS_OF, needs=NEEDS)


def in_force(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    started, ended = (pd.to_datetime(rows[name]) for name in ("started_on", "ended_on"))
    return rows[(started <= day) & (ended.isna() | (ended > day))]


def test_the_demonstration_says_what_plain_pandas_says(demonstration):
    made, of = demonstration
    today, before = pd.Timestamp(demo.AS_OF), pd.Timestamp(demo.AS_OF) - pd.DateOffset(years=1)
    here = in_force(made["placement"], today)
    fees = in_force(made["cost"], today).merge(here[["child_id"]], on="child_id")
    then = in_force(made["cost"], before)
    outside = fees[fees["sourced"] != "in_house"]
    spend = (
        outside.groupby("provider")["weekly_cost_gbp"]
        .agg(["size", "sum"])
        .sort_values("sum", ascending=False)
    )
    table = told(of)
    shown = table[table["is_outside"]]
    assert shown["children"].to_dict() == spend["size"].to_dict()
    assert shown["weekly_gbp"].to_dict() == pytest.approx(spend["sum"].to_dict())
    assert table["children"].sum() == len(here) == 3528
    assert table["weekly_gbp"].sum() == pytest.approx(fees["weekly_cost_gbp"].sum())
    first = spend.index[0]
    both = outside[outside["provider"] == first].merge(then, on=["child_id", "provider"])
    assert table.loc[first, "compared"] == len(both) > 5
    rise = both["weekly_cost_gbp_x"].sum() / both["weekly_cost_gbp_y"].sum() - 1
    assert table.loc[first, "price_rise"] == pytest.approx(rise)
    broken = made["placement"].query("breakdown").merge(here[["child_id"]], on="child_id")
    broken = broken[pd.to_datetime(broken["ended_on"]).between(before, today, inclusive="right")]
    assert table["breakdowns"].sum() == len(broken)
    area = made["child"].set_index("child_id")["in_area"]
    own_children = outside.loc[outside["provider"] == first, "child_id"]
    assert table.loc[first, "in_area_share"] == pytest.approx(area[own_children].astype("float64").mean())


def test_free_places_are_those_of_the_last_month_recorded(demonstration):
    made, of = demonstration
    capacity = made["capacity"].sort_values("month").groupby(["authority", "setting_detail"]).last()
    free = of.free_places().set_index(["authority", "setting_detail"])["free"]
    assert free.to_dict() == (capacity["places_approved"] - capacity["places_filled"]).to_dict()
    assert of.free_places(date(2000, 1, 1)).empty
