"""Outturn against hand arithmetic: committed to 31 March by known ends, turnover, lines that are no placement."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.small import child, store
from vcore.measures.outturn import current_year, outturn, told_apart, year_end

TO = date(2026, 2, 28)
LABEL = "Children's home (private)"


def lines(*rows) -> pd.DataFrame:
    names = ["authority", "financial_year", "line", "budget_gbp", "actual_to_date_gbp", "actual_to_date_on"]
    return pd.DataFrame(
        [("North", "2025/26", *row) for row in rows], columns=names
    ).astype({"actual_to_date_on": "datetime64[us]"})  # fmt: skip


def of(children: list[dict], *rows) -> pd.DataFrame:
    return outturn(lines(*rows), {TO: store(children).cohort(as_of=TO)}).set_index("line")


ENDS = {  # facts of a child at £700 a week → days of March that are committed
    "stays": ({}, 31),
    "ends on 11 March": ({"planned_end_on": date(2026, 3, 11)}, 10),
    "ends on 1 March": ({"planned_end_on": date(2026, 3, 1)}, 0),
    "ends on 1 April": ({"planned_end_on": date(2026, 4, 1)}, 31),
    "ended before": ({"planned_end_on": date(2026, 2, 1)}, 31),
    "18 in March": ({"birth_month": date(2008, 3, 1)}, 0),
    "18 in April": ({"birth_month": date(2008, 4, 1)}, 31),
    "not costed": ({"weekly_cost_gbp": None}, 0),
}


@pytest.mark.parametrize(("facts", "days"), ENDS.values(), ids=ENDS)
def test_what_is_committed_follows_each_childs_known_end(facts, days):
    table = of([child("a", **({"weekly_cost_gbp": 700} | facts))], (LABEL, 50_000, 40_000, TO))
    told = table.loc[LABEL].to_dict()
    ends = 0 if facts.get("weekly_cost_gbp", 1) is None else 31 - days
    assert told["committed_gbp"] == pytest.approx(100 * days)
    assert told["turnover_gbp"] == pytest.approx(100 * ends)  # as many come as leave
    assert told["forecast_gbp"] == pytest.approx(40_000 + 100 * (days + ends))
    assert told["variance_gbp"] == pytest.approx(told["forecast_gbp"] - 50_000)


def test_a_line_is_found_by_its_name_or_code_and_others_end_on_budget():
    told = of(
        [child("a", weekly_cost_gbp=700)],
        ("private_residential", 50_000, 40_000, TO),
        ("Legal costs", 9_000, 4_000, TO),
        ("Overspent already", 9_000, 10_000, TO),
        ("Income", -5_000, -1_000, TO),
        ("Not spent yet", 2_000, None, None),
    )
    assert told["matched"].tolist() == [True, False, False, False, False]
    assert told["forecast_gbp"].tolist() == pytest.approx([43_100, 9_000, 10_000, -5_000, 2_000])
    assert told["children"].tolist() == [1, 0, 0, 0, 0]


def test_the_year_is_the_latest_with_actuals():
    table = lines((LABEL, 1, 1, TO))
    table = pd.concat(
        [table, table.assign(financial_year="2026/27", actual_to_date_gbp=float("nan")), table.assign(financial_year="2024/25")]
    )  # fmt: skip
    assert current_year(table)["financial_year"].tolist() == ["2025/26"]
    assert not len(current_year(table.assign(actual_to_date_gbp=float("nan"))))
    assert year_end("2025/26") == date(2026, 3, 31)


def test_lines_of_few_children_are_told_together():
    homes = {"private_residential": 12, "secure_home": 2, "in_house_fostering": 11, "unregistered": 3}
    children = [
        child(f"{home}{n}", setting_detail=home, weekly_cost_gbp=700)
        for home, count in homes.items()
        for n in range(count)
    ]
    told = outturn(
        lines(*[(home, 1_000, 500, TO) for home in homes], ("Legal", 7, 7, TO)),
        {TO: store(children).cohort(as_of=TO)},
    )
    apart = told_apart(told, 10).set_index("line")
    assert apart["children"].to_dict() == {"private_residential": 12, "Legal": 0, "Other placements": 16}
    assert apart["forecast_gbp"].sum() == pytest.approx(told["forecast_gbp"].sum())
    assert told_apart(told, 1).equals(told)
