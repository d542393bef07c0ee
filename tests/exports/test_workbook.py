"""The workbook: what it holds and never holds, and that its formulas say what the app does."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from tests.exports.recalculated import recalculated, value, with_inputs
from tests.ui import populated
from vcore.exports.workbook import About, live_workbook
from vcore.scenarios import FeeChange, NeedBands, PriceCap, Scenario, StepDown, run
from vcore.scenarios.calendar import Calendar, by_year
from vcore.scenarios.levers import LEVERS
from vcore.scenarios.plan import Plan, plan

STORE = populated.store()
SHEETS = [
    "Read me",
    "Assumptions",
    "Baseline",
    "Placements",
    "Calculation",
    "Months",
    "Plan",
    "Checks",
    "Changes",
]
MOVE: dict[str, Any] = {"max_severe": 3, "destination_cost_gbp": 1100.0}
START = Scenario(
    levers=(StepDown(**MOVE), PriceCap(cap_gbp=3500, top_share=0.3), FeeChange(change=-0.02)), name="=2+2"
)
OTHER = Scenario(  # the same levers with every live setting changed
    levers=(
        StepDown(
            max_severe=3, destination_cost_gbp=900, matched=0.7, holds=0.5, holds_months=30, support_weekly_gbp=200, support_weeks=10,
            double_running_weeks=3, return_cost_gbp=4000, moves_a_month=2, notice_weeks=6, starts_after_months=2,
        ),
        PriceCap(
            cap_gbp=3000, top_share=0.5, accepts=0.8, handed_back=0.1, replacement_cost_gbp=4200, ramp_months=5,
        ),
        FeeChange(change=0.03, starts_after_months=4),
    ),
    weeks_per_year=52.14,
    calendar=Calendar(start=date(2026, 7, 1), yearly_uplift=0.03),
)  # fmt: skip
WITH_FIXED = Scenario(  # a lever that only the app can work out, between two that the workbook can
    levers=(StepDown(**MOVE), NeedBands(), PriceCap(cap_gbp=2500), FeeChange(change=-0.05)),
    cost_basis="gross",
)


EVERY = Scenario(levers=tuple(lever.starting() for lever in LEVERS))


def planned(scenario: Scenario) -> Plan:
    return plan(run(scenario, STORE.cohort()))


def about(of: Plan, **changed: Any) -> About:
    names = tuple(type(step.settings).label for step in of.result.steps)
    said = tuple(step.settings.explain() for step in of.result.steps)
    return About(
        of.result.scenario.name, "All children", "many children", "few", of.result.cohort.as_of, "20260331-0a0a0a0a",
        "0", "https://example.org/scenario?cap=1", True, names, said, ("@caveat", "+1"),
    )._replace(**changed)  # fmt: skip


def inputs_of(scenario: Scenario) -> dict[str, Any]:
    """The named cells that say a scenario's live settings."""
    found: dict[str, Any] = {
        "weeks_per_year": scenario.weeks_per_year,
        "yearly_uplift": scenario.calendar.yearly_uplift,
    }
    if scenario.calendar.start:
        found["plan_start"] = datetime.combine(scenario.calendar.start, datetime.min.time())
    for n, lever in enumerate(scenario.in_order, 1):
        for field in (
            "matched", "holds", "destination_cost_gbp", "support_weekly_gbp", "support_weeks", "double_running_weeks",
            "return_cost_gbp", "holds_months", "moves_a_month", "notice_weeks", "starts_after_months", "ramp_months", "cap_gbp",
            "top_share", "accepts", "handed_back", "replacement_cost_gbp", "change",
        ):  # fmt: skip
            if hasattr(lever, field):
                found[f"lever{n}_{field}"] = getattr(lever, field)
    return found


@pytest.fixture(scope="module")
def written() -> bytes:
    found = planned(START)
    return live_workbook(found, about(found))


@pytest.fixture(scope="module")
def books(written, tmp_path_factory):
    fixed, social = planned(WITH_FIXED), planned(OTHER)
    every, nothing = planned(EVERY), planned(Scenario(levers=()))
    return recalculated(
        {
            "as_written": written,
            "changed": with_inputs(written, inputs_of(OTHER)),
            "fixed": live_workbook(fixed, about(fixed)),
            "other": live_workbook(social, about(social)),
            "every": live_workbook(every, about(every)),
            "no_lever": live_workbook(nothing, about(nothing)),
        },
        tmp_path_factory.mktemp("workbooks"),
    )


def test_its_sheets_are_all_to_be_seen_and_in_order(written):
    book = openpyxl.load_workbook(BytesIO(written))
    assert book.sheetnames == SHEETS
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    assert not any(dimension.hidden for sheet in book for dimension in sheet.column_dimensions.values())


def test_every_formula_has_its_value(written):
    formulas, values = (openpyxl.load_workbook(BytesIO(written), data_only=only) for only in (False, True))
    found = [
        (sheet.title, cell.coordinate, values[sheet.title][cell.coordinate].value)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(found) > 2000
    may_be_empty = {"Changes", "Assumptions"}
    assert [one for one in found if one[2] is None and one[0] not in may_be_empty] == []


def test_no_child_and_no_need_is_in_it(written):
    ids = set(STORE.cohort().children["child_id"])
    book = openpyxl.load_workbook(BytesIO(written), data_only=True)
    said = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not ids & {str(one) for one in said}
    headings = [cell.value for cell in book["Placements"][5]]
    assert headings[:6] == [
        "No., dearest first", "Kind of home", "Weekly cost, £ gross", "Share of it counted",
        "Months until its own end, 60 at most", "A vacated place is",
    ]  # fmt: skip
    assert not any(
        word in str(headings).lower() for word in ("need", "age", "sex", "ethnic", "provider", "id,")
    )


def test_text_that_looks_like_a_formula_stays_text(written):
    book = openpyxl.load_workbook(BytesIO(written))
    assert book["Read me"]["A1"].value == "'=2+2"
    said = [cell.value for row in book["Read me"].iter_rows() for cell in row if cell.data_type == "s"]
    assert "'@caveat" in said and "'+1" in said


def test_its_progress_goes_up_to_the_end():
    told: list[float] = []
    found = planned(START)
    live_workbook(found, about(found), told.append)
    assert told == sorted(told) and 0 < told[0] < told[-1] < 1


def test_savings_stand_in_brackets_in_the_plan(written):
    sheet = openpyxl.load_workbook(BytesIO(written), data_only=True)["Plan"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "ALL-CASH")
    assert row[2].value < 0
    assert row[2].number_format.split(";")[1] == "(#,##0)"


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize("which", ["as_written", "fixed", "other", "every", "no_lever"])
def test_recalculated_every_check_is_ok(books, which):
    sheet = books[which]["Checks"]
    said = [row[4] for row in sheet.iter_rows(min_row=7, values_only=True) if row[0]]
    assert said and set(said) == {"OK"}, [row for row in sheet.iter_rows(values_only=True) if row[4] != "OK"]
    assert value(books[which], "all_checks") == "OK"


@pytest.mark.slow
@pytest.mark.libreoffice
def test_recalculated_every_formula_gives_the_value_written_beside_it(books, written):
    before = openpyxl.load_workbook(BytesIO(written), data_only=True)
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                now = books["as_written"][sheet.title][cell.coordinate].value
                if isinstance(cell.value, int | float):
                    assert now == pytest.approx(cell.value, rel=1e-9, abs=1e-6), (
                        sheet.title,
                        cell.coordinate,
                    )


@pytest.mark.slow
@pytest.mark.libreoffice
def test_with_other_inputs_it_says_what_the_app_says(books):
    book, app = books["changed"], planned(OTHER)
    result = app.result
    assert value(book, "all_checks") == "settings changed"
    assert value(book, "settings_changed") >= 15
    for name, gbp in (
        ("weekly_saving_gbp", result.weekly_saving_gbp),
        ("annual_saving_gbp", result.annual_saving_gbp),
        ("overlap_gbp", result.overlap_gbp),
        ("delivery_cost_gbp", result.delivery_cost_gbp),
        ("net_first_year_gbp", result.net_first_year_gbp),
    ):
        assert value(book, name) == pytest.approx(gbp, abs=1), name
    for n, step in enumerate(result.steps, 1):
        assert value(book, f"lever{n}_acts_on") == step.eligible
        assert value(book, f"lever{n}_moved_children") == pytest.approx(step.moved, abs=1e-6)
        assert value(book, f"lever{n}_alone_gbp") == pytest.approx(step.alone_gbp, abs=1)
        assert value(book, f"lever{n}_weekly_gbp") == pytest.approx(step.in_sequence_gbp, abs=1)
    for kind, code in (("cashable", "cash"), ("released", "capacity")):
        years = [value(book, f"plan_{code}_{at}") for at in range(1, 6)]
        assert years == pytest.approx(-by_year(app.by_kind[kind]), abs=1), kind
    assert [value(book, f"plan_net_{at}") for at in range(1, 6)] == pytest.approx(
        -by_year(app.net_cash), abs=1
    )
    payback = value(book, "payback_months")
    assert payback == (app.payback_months if app.payback_months is not None else "not in five years")
