"""The money plan as a director and finance meet it: the years of the rows, counted again child by child."""

from __future__ import annotations

import re
from io import BytesIO
from math import ceil
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import SLOWEST_MS, settle, sign_in
from tests.browser.test_overview import assert_no_serious_violation, headlines
from tests.browser.test_scenario import CAP_ONLY

PLAN = CAP_ONLY.replace("/scenario", "/money_plan")
FEES = """
SELECT fee.weekly_cost_gbp AS cost, fee.planned_end_on, child.birth_month + INTERVAL 18 YEAR AS adult_on
FROM read_parquet('{folder}/parts/*/*/placement.parquet') AS here
JOIN read_parquet('{folder}/parts/*/*/child.parquet') AS child USING (child_id)
LEFT JOIN read_parquet('{folder}/parts/*/*/cost.parquet') AS fee ON fee.child_id = here.child_id
    AND fee.started_on <= DATE '2026-03-31' AND (fee.ended_on IS NULL OR fee.ended_on > DATE '2026-03-31')
WHERE here.started_on <= DATE '2026-03-31' AND (here.ended_on IS NULL OR here.ended_on > DATE '2026-03-31')
"""


def capped_years(folder: Path, cap: float = 5000, share: float = 0.07) -> list[float]:
    """£ that a cap on the dearest saves in each financial year: each child in each month, by hand."""
    everyone = duckdb.connect().execute(FEES.format(folder=folder)).df()
    dearest = everyone.nlargest(ceil(share * len(everyone) - 1e-9), "cost")
    ahead = dearest["planned_end_on"].where(dearest["planned_end_on"] > pd.Timestamp("2026-03-31"))
    end = pd.concat([ahead, dearest["adult_on"]], axis=1).min(axis=1)
    saved = (dearest["cost"] - cap).clip(lower=0) * 52 / 12
    years = []
    for year in range(2026, 2031):
        months = pd.period_range(f"{year}-04", periods=12, freq="M")
        shares = [
            ((end - month.start_time).dt.days / month.days_in_month).clip(lower=0, upper=1)
            for month in months
        ]
        years.append(float(sum((saved * share).sum() for share in shares)))
    return years


def cells(page: Page, code: str) -> list[str]:
    """The years of a row of the table, by its reference."""
    line = page.get_by_role("region", name="The plan by financial year").get_by_role("row")
    first = line.filter(has=page.get_by_role("cell", name=code, exact=True)).first
    expect(first).to_be_visible(timeout=SLOWEST_MS)
    return first.get_by_role("cell").all_inner_texts()[1:]


def brackets(gbp: float) -> str:
    return f"({gbp:,.0f})"


@pytest.mark.parametrize("role", ["director", "finance"])
def test_the_years_are_those_of_every_child_in_every_month(page, demonstration_folder, role):
    sign_in(page, role, PLAN)
    years = capped_years(demonstration_folder)
    assert cells(page, "L1-CASH")[:5] == [brackets(gbp) for gbp in years]
    assert headlines(page)[0] == f"£{years[0] / 1e6:.1f}m"
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "No child would move; 245 placements would cost less."
    )
    expect(page.get_by_role("region", name="The plan by financial year")).to_be_in_viewport()
    assert page.get_by_role("button", name="CSV for the ledger").count() == (1 if role == "finance" else 0)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert_no_serious_violation(page)


def test_finance_takes_lines_for_the_ledger(page, demonstration_folder):
    sign_in(page, "finance", PLAN)
    cells(page, "L1-CASH")  # the page stands: a button that is drawn again while it is pressed gives no file
    settle(page)
    with page.expect_download(timeout=SLOWEST_MS) as waiting:
        page.get_by_role("button", name="CSV for the ledger").click()
    lines = pd.read_csv(BytesIO(Path(waiting.value.path()).read_bytes()))
    years = lines.groupby("Financial year")["Amount GBP"].sum()
    assert years.tolist() == pytest.approx([-gbp for gbp in capped_years(demonstration_folder)], abs=1)
    assert "demonstration" in waiting.value.suggested_filename


def test_months_and_assumptions_stand_in_the_link(page, demonstration_folder):
    sign_in(page, "director", f"{PLAN}&plan=months&year=2027/28")
    second = capped_years(demonstration_folder)[1]
    expect(page.locator("h2.cve-title")).to_have_text(
        f"2027/28: £{second / 1e6:.1f}m cash", timeout=SLOWEST_MS
    )
    expect(page.locator(".stVegaLiteChart").first).to_be_in_viewport(ratio=1)
    page.get_by_text("Assumptions", exact=True).click()
    settle(page)
    expect(page.get_by_role("region", name="What the levers assume")).to_contain_text("Weekly price cap")
    expect(page).to_have_url(re.compile("plan=assumptions.*"), timeout=SLOWEST_MS)


def test_few_children_s_money_is_hidden_and_nobody_s_id_is_sent(page, demonstration_folder):
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    sign_in(page, "director", PLAN.replace("5000", "20000"))
    expect(page.get_by_text(re.compile("Amounts are hidden"))).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_role("region", name="The plan by financial year")).to_have_count(0)
    ids = duckdb.connect().execute(
        f"SELECT child_id FROM read_parquet('{demonstration_folder}/parts/*/*/child.parquet') LIMIT 500"
    )
    sent = "".join(frames)
    assert frames and not any(child_id in sent for (child_id,) in ids.fetchall())


PAID = """
SELECT sum(actual_to_date_gbp) AS spent, sum(budget_gbp) AS budget
FROM read_parquet('{folder}/parts/*/*/budget.parquet')
"""
DUE = """
SELECT sum(fee.weekly_cost_gbp) / 7 * 31 FROM read_parquet('{folder}/parts/*/*/cost.parquet') AS fee
JOIN read_parquet('{folder}/parts/*/*/placement.parquet') AS here USING (child_id)
WHERE fee.started_on <= DATE '2026-02-28' AND (fee.ended_on IS NULL OR fee.ended_on > DATE '2026-02-28')
    AND here.started_on <= DATE '2026-02-28' AND (here.ended_on IS NULL OR here.ended_on > DATE '2026-02-28')
"""


def test_the_outturn_is_what_was_spent_and_a_month_of_the_placements(page, demonstration_folder):
    """As many placements come as end, so March costs what the placements of 28 February would."""
    spent, budget = duckdb.connect().execute(PAID.format(folder=demonstration_folder)).fetchone() or (0, 0)
    (due,) = duckdb.connect().execute(DUE.format(folder=demonstration_folder)).fetchone() or (0,)
    over = spent + due - budget
    sign_in(page, "finance", f"{PLAN}&plan=outturn")
    expect(page.locator("h2.cve-title")).to_have_text(
        f"2025/26: forecast £{over / 1e6:.1f}m over the budget of £{budget / 1e6:.0f}m", timeout=SLOWEST_MS
    )
    total = page.get_by_role("spinbutton", name=re.compile("control total"))
    total.fill(str(round(spent)))
    total.press("Enter")
    expect(page.get_by_text(f"Equal to the ledger: £{spent:,.0f}")).to_be_visible(timeout=SLOWEST_MS)


def test_a_later_start_is_set_on_the_page_and_stands_in_the_link(page, demonstration_folder):
    sign_in(page, "finance", PLAN)
    years = capped_years(demonstration_folder)
    expect(page.locator(".cve-headlines dd").first).to_have_text(
        f"£{years[0] / 1e6:.1f}m", timeout=SLOWEST_MS
    )
    page.get_by_role("button", name="When and how fast").click()
    later = page.get_by_role("spinbutton", name="Starts after, months")
    later.fill("12")
    later.press("Enter")
    expect(page.locator(".cve-headlines dd").first).to_have_text("£0", timeout=SLOWEST_MS)
    settle(page)
    assert cells(page, "L1-CASH")[1] == brackets(years[1])
    expect(page).to_have_url(re.compile("starts_after_months(:|%3A)12"), timeout=SLOWEST_MS)
