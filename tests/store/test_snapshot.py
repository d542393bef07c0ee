"""Children as at a date: worked by hand from a few dated rows."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from tests.small import NEEDS, child, tables
from vcore.facts.domains import ALTERNATIVE_CUT_POINTS
from vcore.store import Store
from vcore.tables import checked, score_column


def history() -> dict[str, pd.DataFrame]:
    """One child: fostering for a year, then a children's home with a fee that rises, three assessments."""
    whole = tables([child("a", care_started_on=date(2023, 1, 1), started_on=date(2023, 1, 1))])
    placement = pd.concat([whole["placement"]] * 2, ignore_index=True)
    placement["started_on"] = pd.to_datetime(["2023-01-01", "2024-01-01"])
    placement["ended_on"] = pd.to_datetime(["2024-01-01", None])
    placement["setting"] = ["fostering", "residential"]
    placement["setting_detail"] = ["in_house_fostering", "private_residential"]
    placement["place_code"] = ["U4", "K2"]
    placement["breakdown"] = [True, False]
    cost = pd.concat([whole["cost"]] * 3, ignore_index=True)
    cost["started_on"] = pd.to_datetime(["2023-01-01", "2024-01-01", "2025-04-01"])
    cost["ended_on"] = pd.to_datetime(["2024-01-01", "2025-04-01", None])
    cost["weekly_cost_gbp"] = cost["social_care_cost_gbp"] = [500.0, 5000.0, 5500.0]
    assessment = pd.concat([whole["assessment"]] * 3, ignore_index=True)
    assessment["assessed_on"] = pd.to_datetime(["2023-06-01", "2023-10-29", "2024-02-01"])
    assessment["scores"] = score_column(np.array([[1] * 13, [2] * 13, [6] * 13]))
    return whole | {"placement": placement, "cost": cost, "assessment": assessment}


def as_at(day: str) -> pd.Series | None:
    store = Store.of_tables(checked(history(), NEEDS), as_of=date(2026, 3, 31), needs=NEEDS)
    children = store.cohort(as_of=date.fromisoformat(day)).children
    return children.iloc[0] if len(children) else None


def test_nobody_is_in_care_before_care_starts():
    assert as_at("2022-12-31") is None


def test_a_date_on_which_nobody_is_in_care_may_be_asked_for_first():
    store = Store.of_tables(checked(history(), NEEDS), as_of=date(2026, 3, 31), needs=NEEDS)
    assert [len(store.cohort(as_of=date(year, 1, 1))) for year in (2020, 2024)] == [0, 1]


def test_the_first_day_of_care_counts():
    row = as_at("2023-01-01")
    assert (row["setting"], row["weekly_cost_gbp"], row["years_in_care"]) == ("fostering", 500.0, 0.0)
    assert row["need_total"] is pd.NA and row["severe_count"] is pd.NA and row["assessment_age_days"] is pd.NA


def test_the_day_a_placement_ends_belongs_to_the_next():
    assert as_at("2023-12-31")["setting"] == "fostering"
    row = as_at("2024-01-01")
    assert (row["setting"], row["weekly_cost_gbp"], row["months_in_placement"]) == (
        "residential",
        5000.0,
        0.0,
    )


def test_a_fee_changes_inside_a_placement():
    assert as_at("2025-03-31")["weekly_cost_gbp"] == 5000.0
    assert as_at("2025-04-01")["weekly_cost_gbp"] == 5500.0


def test_the_latest_assessment_by_the_date_counts_and_change_looks_150_days_back():
    row = as_at("2023-10-29")  # the day of the second assessment: 150 days after 1 June 2023
    assert (row["need_total"], row["assessment_age_days"], row["need_change"]) == (26, 0, 13)
    row = as_at("2023-10-28")
    assert (row["need_total"], row["need_change"]) == (13, pd.NA)
    row = as_at("2024-02-01")  # 95 days after the second, 245 after the first
    assert (row["need_total"], row["need_change"]) == (78, 78 - 13)


def test_ages_and_the_eighteenth_birthday_go_by_the_first_of_the_birth_month():
    # born in March 2012
    assert as_at("2026-02-28")["age"] == 13
    row = as_at("2026-03-01")
    assert (row["age"], row["days_to_18"]) == (14, (date(2030, 3, 1) - date(2026, 3, 1)).days)


def test_moves_and_breakdowns_of_the_last_twelve_months():
    row = as_at("2024-06-30")
    assert (row["placements_12m"], row["breakdowns_12m"]) == (2, 1)
    row = as_at("2025-06-30")
    assert (row["placements_12m"], row["breakdowns_12m"]) == (1, 0)


def test_cut_points_move_severe_counts_without_a_reload():
    whole = checked(history(), NEEDS)
    moved = NEEDS.model_copy(update={"cut_points": ALTERNATIVE_CUT_POINTS})
    for needs, severe in ((NEEDS, 0), (moved, 13)):  # every score is 6: severe only when severe starts at 6
        children = Store.of_tables(whole, as_of=date(2026, 3, 31), needs=needs).cohort().children
        assert children.loc[0, "severe_count"] == severe


def test_a_council_with_other_domains_needs_no_other_tables():
    from vcore.facts.domains import Domain, NeedModel

    needs = NeedModel(domains=(Domain(id="home", label="Home"), Domain(id="school", label="School")))
    store = Store.of_tables(tables([child("a", scores=[7, 3])], needs), as_of=date(2026, 3, 31), needs=needs)
    row = store.cohort().children.iloc[0]
    assert (row["need_home"], row["need_school"], row["need_total"], row["severe_count"]) == (7, 3, 10, 1)


def test_snapshots_of_many_dates_do_not_mix():
    store = Store.of_tables(checked(history(), NEEDS), as_of=date(2026, 3, 31), needs=NEEDS)
    from vcore import CohortFilter

    dear = CohortFilter(weekly_cost_min=5500)
    for _ in range(2):  # more dates than are kept, twice over
        for year, found in ((2023, 0), (2024, 0), (2025, 0), (2026, 1)):
            for month in (2, 3):
                assert len(store.cohort(dear, as_of=date(year, month, 1))) == found
