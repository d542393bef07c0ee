"""Journey 7: finance takes the workbook away, recalculates it, and it says what the screen says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import SLOWEST_MS, sign_in
from tests.exports.recalculated import recalculated, soffice, value

pytestmark = pytest.mark.libreoffice


def shown(page: Page, code: str) -> list[float]:
    """The £ of a row of the plan on the screen; brackets are negative."""
    row = page.locator(".cve-plan tr", has=page.get_by_role("cell", name=code, exact=True)).first
    cells = row.locator("td").all_inner_texts()[1:]
    signed = [cell.replace(",", "").replace("(", "-").replace(")", "").replace("–", "0") for cell in cells]
    return [float(cell) for cell in signed if cell]


def test_the_workbook_recalculated_says_what_the_screen_says(page: Page, tmp_path):
    soffice()
    sign_in(page, "finance", "/money_plan?settings=residential")
    expect(page.locator(".cve-plan")).to_be_visible(timeout=SLOWEST_MS)
    with page.expect_download(timeout=SLOWEST_MS) as taken:
        page.get_by_role("button", name="Workbook (Excel)").click()
    assert taken.value.suggested_filename.startswith("demonstration-scenario-workbook-")
    path = tmp_path / "taken.xlsx"
    taken.value.save_as(path)
    book = recalculated({"taken": path.read_bytes()}, tmp_path)["taken"]
    assert value(book, "all_checks") == "OK"
    *years, full_year = shown(page, "ALL-CASH")
    assert [value(book, f"plan_cash_{at}") for at in range(1, 6)] == pytest.approx(years, abs=1)
    assert [value(book, f"plan_net_{at}") for at in range(1, 6)] == pytest.approx(shown(page, "NET"), abs=1)
    row = next(row for row in book["Plan"].iter_rows(values_only=True) if row[0] == "ALL-CASH")
    assert row[7] == pytest.approx(full_year, abs=1)


def test_a_director_gets_groups_and_no_ledger_lines(page: Page, tmp_path):
    sign_in(page, "director", "/money_plan")
    expect(page.get_by_text("The workbook holds groups of children")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_role("button", name="CSV for the ledger")).to_have_count(0)


def test_nobody_with_a_cost_means_no_file_and_a_sentence(page: Page):
    sign_in(page, "finance", "/money_plan?settings=parents_or_adoption")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Nothing can be priced: no placement here has a cost.", timeout=SLOWEST_MS
    )
    expect(page.get_by_role("button", name="Workbook (Excel)")).to_have_count(0)
