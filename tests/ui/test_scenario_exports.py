"""The scenario's files: who may have placements one by one, and that groups stay groups."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from tests.ui import populated
from ui.disclosure import Gate
from ui.money_plan_rows import name_of
from ui.scenario_about import picks_placements
from ui.scenario_exports import workbook
from vcore.exports.workbook import About
from vcore.scenarios import PriceCap, Scenario, StepDown, run
from vcore.scenarios.plan import Plan, plan
from vcore.store import CohortFilter

DIRECTOR, FINANCE = Gate(False), Gate(False, True, True)


@pytest.fixture(scope="module")
def planned() -> Plan:
    levers = (StepDown(max_severe=3, destination_cost_gbp=1100), PriceCap(cap_gbp=2500))
    return plan(run(Scenario(levers=levers, cost_basis="gross"), populated.store().cohort()))


def about(of: Plan) -> About:
    names = tuple(name_of(step.settings) for step in of.result.steps)
    return About(
        "Mine", "All children", "many children", "c", of.result.cohort.as_of, "20260331-0a0a0a0a", "0", "", True,
        names, (), (),
    )  # fmt: skip


def opened(of: Plan, gate: Gate, *, by_placement: bool):
    return openpyxl.load_workbook(
        BytesIO(workbook(of, about(of), gate, by_placement=by_placement)), data_only=True
    )


def test_groups_hold_no_placement_and_only_rounded_numbers(planned):
    book = opened(planned, DIRECTOR, by_placement=False)
    assert "Placements" not in book.sheetnames and "Months" not in book.sheetnames
    for sheet in ("Calculation", "Plan"):
        for row in book[sheet].iter_rows(min_row=5, min_col=2 if sheet == "Calculation" else 3):
            for cell in row:
                if isinstance(cell.value, int | float):
                    assert cell.value % 5 == 0, (sheet, cell.coordinate, cell.value)
    children = [row[1].value for row in book["Baseline"].iter_rows(min_row=5) if row[1].value is not None]
    assert children and all(n in ("c", "x") or n % 5 == 0 for n in children)


def test_the_plan_of_groups_is_the_app_s_to_a_hundred_pounds(planned):
    book = opened(planned, DIRECTOR, by_placement=False)
    row = next(row for row in book["Plan"].iter_rows(values_only=True) if row[0] == "ALL-CASH")
    for told, months in zip(row[2:7], planned.cash.reshape(5, 12), strict=True):
        assert told == "c" or told == pytest.approx(-months.sum(), abs=50)
    checks = [row[4] for row in book["Checks"].iter_rows(min_row=5, values_only=True)]
    assert checks and set(checks) <= {"OK", "hidden"}


def test_finance_gets_a_row_a_placement(planned):
    book = opened(planned, FINANCE, by_placement=True)
    costed = planned.result.cohort.children["weekly_cost_gbp"].dropna()
    costs = [row[2].value for row in book["Placements"].iter_rows(min_row=6)]
    assert costs == pytest.approx(sorted(costed, reverse=True))


@pytest.mark.parametrize(
    ("chosen", "placements_only"),
    [
        ({}, True),
        ({"settings": ("residential",), "weekly_cost_min": 5000.0}, True),
        ({"ehcp": True}, False),
        ({"settings": ("residential",), "severe_count_max": 0}, False),
        ({"age_min": 16}, False),
    ],
)
def test_a_filter_that_looks_at_children_is_no_filter_of_placements(chosen, placements_only):
    assert picks_placements(CohortFilter(**chosen)) is placements_only
