"""The scenario's files: who may have placements one by one, and that groups stay groups."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from pptx import Presentation

from tests.ui import populated
from ui.disclosure import Gate
from ui.money_plan_rows import name_of
from ui.scenario_about import picks_placements
from ui.scenario_exports import slide_deck, workbook
from vcore.exports.workbook import About
from vcore.facts.assumptions import register
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
        BytesIO(workbook(of, about(of), gate, register(), by_placement=by_placement)), data_only=True
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


@pytest.fixture(scope="module")
def pages(planned):
    return Presentation(BytesIO(slide_deck(planned, about(planned), DIRECTOR, rounded=True))).slides


def test_a_scenario_without_a_lever_has_its_files_too():
    nothing = plan(run(Scenario(levers=()), populated.store().cohort()))
    for by_placement in (True, False):
        assert opened(nothing, FINANCE, by_placement=by_placement).sheetnames[0] == "Read me"
    assert len(Presentation(BytesIO(slide_deck(nothing, about(nothing), DIRECTOR, rounded=True))).slides) == 4


def test_the_deck_has_four_slides_with_a_title_and_a_footer_that_says_whose_data_it_is(pages):
    assert len(pages) == 4
    for n, page in enumerate(pages, 1):
        assert page.shapes.title.text_frame.text
        said = " ".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
        assert f"slide {n} of 4" in said
        for part in ("Mine", "All children", "many children", "20260331-0a0a0a0a", "Demonstration data"):
            assert part in said


def test_every_picture_of_the_deck_is_native_and_has_its_alternative_text(pages):
    frames = [shape for page in pages for shape in page.shapes if shape.has_chart or shape.has_table]
    assert sum(frame.has_chart for frame in frames) == 4
    assert sum(frame.has_table for frame in frames) == 4
    for frame in frames:
        assert len(frame._element.nvGraphicFramePr.cNvPr.get("descr")) > 20


def test_the_deck_s_numbers_are_rounded_and_are_the_run_s(planned, pages):
    result = planned.result
    bars = next(shape.chart for shape in pages[1].shapes if shape.has_chart)
    begins, lengths = (list(series.values) for series in bars.plots[0].series)
    alone = [step.alone_gbp * 52 for step in result.steps]
    assert lengths == pytest.approx([*alone, result.overlap_gbp * 52, result.annual_saving_gbp], abs=50)
    assert begins[:2] == pytest.approx([0, alone[0]], abs=50)
    assert all(gbp % 100 == 0 for gbp in [*begins, *lengths])
    costs = [shape.chart for shape in pages[2].shapes if shape.has_chart][1].plots[0].series[0].values
    assert all(gbp is None or gbp % 100 == 0 for gbp in costs) and any(costs)
    rows = next(shape.table for shape in pages[2].shapes if shape.has_table).rows
    for row in list(rows)[1:]:
        children, cost = row.cells[1].text, row.cells[3].text
        assert children == "c" or int(children.replace(",", "")) % 5 == 0
        assert cost in ("c", "x") or int(cost.strip("£").replace(",", "")) % 100 == 0
