"""Planned against actual: every case worked by hand, and whole histories day by day in plain Python."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vcore.measures.delivery import EFFECTS, PLAN_COLUMNS, delivery, effects, price_days
from vcore.store.stays import Stays

HOME, AGENCY, OWN = "private_residential", "independent_fostering", "in_house_fostering"
APRIL = date(2025, 4, 1)
YEAR = [date(2025 + (3 + n) // 12, (3 + n) % 12 + 1, 1) for n in range(12)]
DATA_TO = date(2026, 3, 31)
DECIDED, BEGAN = date(2025, 4, 15), date(2024, 1, 1)


def stretch(began, to, placement, kind, fee, child="a") -> tuple[Any, ...]:
    return (child, began, to, placement, kind, fee)


def stays(*rows, turns_18=date(2040, 1, 1)):
    names = [
        "child_id",
        "started_on",
        "ended_on",
        "placement_started_on",
        "setting_detail",
        "social_care_cost_gbp",
    ]
    days = dict.fromkeys(("started_on", "ended_on", "placement_started_on"), "datetime64[s]")
    frame = pd.DataFrame(rows, columns=names).astype(
        {**days, "setting_detail": "str", "social_care_cost_gbp": "float64"}
    )
    children = sorted(set(frame["child_id"]))
    birthdays = pd.Series([turns_18] * len(children), index=children, dtype="datetime64[s]")
    return Stays(frame, birthdays)


def plan(child="a", *, baseline=DECIDED, placement=BEGAN, start=None, weekly=np.nan, until=None, moved=True):
    return (child, baseline, placement, start, weekly, until, moved)


def plans(*rows):
    days = dict.fromkeys(("baseline_on", "placement_started_on", "planned_start", "until"), "datetime64[s]")
    return pd.DataFrame(rows, columns=list(PLAN_COLUMNS)).astype({**days, "weekly_saving_gbp": "float64"})


def prices(known, day=APRIL):
    frame = pd.DataFrame(
        [(day, kind, gbp) for kind, gbp in known.items()], columns=["day", "setting_detail", "mean_gbp"]
    )
    return frame.astype({"day": "datetime64[s]", "setting_detail": "str", "mean_gbp": "float64"})


PRICES = prices({AGENCY: 1_100.0, OWN: 500.0, HOME: 4_500.0})


def told(made, known=PRICES, asked=None, *, data_to=DATA_TO, weeks=52.0):
    asked = plans(plan()) if asked is None else asked
    return delivery(asked, made, known, YEAR, data_to=data_to, weeks_per_year=weeks)


def year(found):
    return {effect: round(float(found.months[f"{effect}_gbp"].sum()), 6) for effect in EFFECTS}


def test_the_worked_example_agency_fostering_dearer_than_usual():
    moved = stays(
        stretch(BEGAN, date(2025, 5, 1), BEGAN, HOME, 4_000.0),
        stretch(date(2025, 5, 1), None, date(2025, 5, 1), AGENCY, 1_300.0),
    )
    found = told(moved)
    assert year(found) == {
        "price": round(-200.0 * 52 * 11 / 12, 6),
        "volume": 0.0,
        "mix": round(2_900.0 * 52 * 11 / 12, 6),
    }
    months = found.months
    assert months["actual_gbp"].iloc[0] == 0.0
    assert months["actual_gbp"].iloc[1] == pytest.approx(2_700 * 52 / 12)
    (row,) = found.children.to_dict("records")
    assert (row["known"], row["before_gbp"], row["delivered"], row["weekly_gbp"]) == (
        True,
        4_000.0,
        True,
        2_700.0,
    )
    assert row["moved_on"] == pd.Timestamp(2025, 5, 1)


CASES = {  # name: the stretch after 1 May, and £ a week by price, volume and mix
    "same kind, cheaper": ((HOME, 3_400.0), (600.0, 0.0, 0.0)),
    "same kind, dearer": ((HOME, 4_100.0), (-100.0, 0.0, 0.0)),
    "home to parents": (("with_parents", np.nan), (0.0, 4_000.0, 0.0)),
    "adopters": (("for_adoption", np.nan), (0.0, 4_000.0, 0.0)),
    "left care": ((None, np.nan), (0.0, 4_000.0, 0.0)),
    "own carers, at the price of then": ((OWN, 500.0), (0.0, 0.0, 3_500.0)),
    "a kind nobody else lives in": (("secure_home", 7_000.0), (0.0, 0.0, -3_000.0)),
    "a fee nobody recorded": ((AGENCY, np.nan), (0.0, 0.0, 0.0)),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_move_saves_is_told_apart(case):
    (kind, fee), weekly = CASES[case]
    began = None if kind is None else date(2025, 5, 1)
    made = stays(
        stretch(BEGAN, date(2025, 5, 1), BEGAN, HOME, 4_000.0),
        stretch(date(2025, 5, 1), None, began, kind, fee),
    )
    found = told(made)
    assert year(found) == {
        effect: pytest.approx(gbp * 52 * 11 / 12) for effect, gbp in zip(EFFECTS, weekly, strict=True)
    }
    unknown = case == "a fee nobody recorded"
    assert found.children["uncosted_days"].iloc[0] == (335 if unknown else 0)
    assert np.isnan(found.children["weekly_gbp"].iloc[0]) == unknown


MOVE = (
    stretch(BEGAN, date(2025, 5, 1), BEGAN, HOME, 4_000.0),
    stretch(date(2025, 5, 1), None, date(2025, 5, 1), AGENCY, 1_000.0),
)
FULL = 3_000 * 52 / 12  # £ a whole month


@pytest.mark.parametrize(
    ("details", "months_counted"),
    [
        ({}, 11),
        ({"data_to": date(2025, 5, 31)}, 1),
        ({"data_to": date(2025, 5, 1)}, 1 / 31),  # the last day of the data counts
        ({"data_to": date(2025, 4, 30)}, 0),
        ({"asked": plans(plan(until=date(2025, 6, 16)))}, 1.5),
        ({"asked": plans(plan(until=date(2025, 5, 1)))}, 0),
        ({"asked": plans(plan(moved=False))}, 0),  # nobody has said that this move is the one
        (
            {"asked": plans(plan(baseline=date(2025, 5, 1)))},
            11,
        ),  # decided on the day of the move, about the home before
        ({"asked": plans(plan(baseline=date(2025, 12, 1)))}, 11),  # written down late
        (
            {"asked": plans(plan(baseline=date(2025, 5, 2), placement=date(2025, 5, 1)))},
            0,
        ),  # decided about the new home: nobody has moved since
    ],
)
def test_from_when_until_when(details, months_counted):
    found = told(stays(*MOVE), prices({}), **details)
    assert found.months["actual_gbp"].sum() == pytest.approx(FULL * months_counted)


@pytest.mark.parametrize(
    ("turns", "months_counted"), [(date(2025, 8, 1), 3), (date(2025, 5, 1), 0), (date(2025, 4, 1), 0)]
)
def test_nothing_counts_from_the_18th_birthday_on(turns, months_counted):
    asked = plans(plan(start=date(2025, 5, 1), weekly=3_000.0))
    found = told(stays(*MOVE, turns_18=turns), prices({}), asked)
    assert found.months["actual_gbp"].sum() == pytest.approx(FULL * months_counted)
    assert found.months["planned_gbp"].sum() == pytest.approx(FULL * months_counted)


def test_a_fee_that_changes_before_the_move_is_the_fee_of_the_day_of_the_decision():
    made = stays(
        stretch(BEGAN, date(2025, 4, 1), BEGAN, HOME, 3_900.0),
        stretch(date(2025, 4, 1), date(2025, 4, 20), BEGAN, HOME, 4_000.0),
        stretch(date(2025, 4, 20), date(2025, 5, 1), BEGAN, HOME, 4_800.0),
        stretch(date(2025, 5, 1), None, date(2025, 5, 1), AGENCY, 1_000.0),
    )
    assert told(made).children["before_gbp"].iloc[0] == 4_000.0
    assert told(made, prices({})).months["actual_gbp"].sum() == pytest.approx(FULL * 11)


def test_children_gone_from_the_load_or_without_a_fee_before():
    made = stays(
        stretch(BEGAN, date(2025, 5, 1), BEGAN, HOME, np.nan, "b"),
        stretch(date(2025, 5, 1), None, date(2025, 5, 1), AGENCY, 1_000.0, "b"),
    )
    asked = plans(plan("gone", start=date(2025, 5, 1), weekly=10.0), plan("b"))
    found = told(made, PRICES, asked)
    assert found.children["known"].tolist() == [False, True]
    assert found.children["delivered"].tolist() == [False, True]
    assert found.children["weekly_gbp"].isna().all()
    assert found.months["actual_gbp"].sum() == 0.0
    assert found.months["planned_gbp"].sum() == pytest.approx(10 * 52 * 11 / 12)  # a plan stays a plan


def test_planned_months_by_days_and_weeks_a_year():
    asked = plans(plan(start=date(2025, 6, 16), weekly=100.0, moved=False))
    monthly = told(stays(*MOVE), PRICES, asked, weeks=365 / 7).months["planned_gbp"]
    assert monthly.iloc[1] == 0.0
    assert monthly.iloc[2] == pytest.approx(100 * 365 / 7 / 12 * 15 / 30)
    assert monthly.iloc[3] == pytest.approx(100 * 365 / 7 / 12)


def test_nobody_decided_anything():
    found = told(stays(*MOVE), PRICES, plans())
    assert (len(found.children), len(found.months)) == (0, 12)
    assert found.months["planned_gbp"].sum() == found.months["actual_gbp"].sum() == 0.0


def test_prices_are_asked_of_the_month_of_the_decision_and_never_after_the_data():
    asked = plans(plan(), plan(baseline=date(2026, 11, 22)))
    assert price_days(asked, DATA_TO).dt.date.tolist() == [APRIL, date(2026, 3, 1)]


fees = st.one_of(st.just(float("nan")), st.floats(0, 20_000).map(lambda gbp: round(gbp, 2)))


@settings(max_examples=60, deadline=None)
@given(before=fees, after=fees, reference=fees, paid=st.booleans(), same=st.booleans())
def test_the_three_effects_add_up_to_what_is_saved(before, after, reference, paid, same):
    made = effects(
        np.array([before]),
        np.array([after]),
        np.array([reference]),
        paid=np.array([paid]),
        same_kind=np.array([same]),
    )
    saved = before - (after if paid else 0.0)
    total = sum(gbp[0] for gbp in made.values())
    assert total == pytest.approx(saved, abs=1e-6, nan_ok=True)


kinds = st.sampled_from([HOME, AGENCY, OWN, "with_parents", None])
histories = st.lists(st.tuples(st.integers(10, 200), kinds, fees), min_size=1, max_size=5)


@settings(max_examples=40, deadline=None)
@given(history=histories, decided=st.integers(0, 300), until=st.one_of(st.none(), st.integers(100, 700)))
def test_whole_histories_day_by_day(history, decided, until):
    day = BEGAN
    rows: list[Any] = []
    for place, (length, kind, fee) in enumerate([(60, HOME, 4_000.0), *history]):
        last = place == len(history)
        after = day + timedelta(days=length)
        to = None if last else after
        began = None if kind is None else day
        rows.append(stretch(day, to, began, kind, np.nan if kind in (None, "with_parents") else fee))
        day = after
    baseline = BEGAN + timedelta(days=decided)
    end = None if until is None else BEGAN + timedelta(days=until)
    months = [date(2024, month, 1) for month in range(1, 13)]
    known: dict[Any, float] = {AGENCY: 1_100.0}
    asked = plans(plan(baseline=baseline, until=end))
    found = delivery(
        asked,
        stays(*rows),
        prices(known, baseline.replace(day=1)),
        months,
        data_to=date(2024, 11, 20),
        weeks_per_year=52.0,
    )
    expected = dict.fromkeys(EFFECTS, 0.0)
    for offset in range(366):
        today = BEGAN + timedelta(days=offset)
        placement, kind, fee = next(
            row[3:] for row in rows if row[1] <= today and (row[2] is None or today < row[2])
        )
        if placement == BEGAN or today > date(2024, 11, 20) or (end is not None and today >= end):
            continue
        share = 52 / 12 / pd.Timestamp(today).days_in_month
        if kind in (None, "with_parents"):
            expected["volume"] += 4_000.0 * share
        elif not np.isnan(fee) and kind == HOME:
            expected["price"] += (4_000.0 - fee) * share
        elif not np.isnan(fee):
            then = known.get(kind, fee)
            expected["mix"] += (4_000.0 - then) * share
            expected["price"] += (then - fee) * share
    assert {effect: found.months[f"{effect}_gbp"].sum() for effect in EFFECTS} == pytest.approx(
        expected, abs=0.01
    )
    assert found.months["actual_gbp"].sum() == pytest.approx(sum(expected.values()), abs=0.01)
