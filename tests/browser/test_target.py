"""Journey 3: what would it take to save £2m? Three clicks, the most each lever gives, and one setting put to use."""

from __future__ import annotations

import re

import duckdb
from playwright.sync_api import Page, expect

from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, sign_in
from tests.browser.test_scenario import expect_answer, headlines

BOTH = "/scenario?step_down=matched:0.5&price_cap=cap_gbp:5000&basis=gross&weeks=52"


def ask(page: Page, millions: str) -> None:
    """The amount, then the button: two clicks."""
    amount = page.get_by_role("spinbutton", name="Save, £m a year")
    amount.click()
    amount.fill(millions)
    amount.press("Enter")
    page.get_by_role("button", name="What would it take?").click()
    expect(page.get_by_role("dialog")).to_contain_text(f"save £{millions}m", timeout=SLOWEST_MS)
    expect(page.get_by_role("dialog").get_by_text("Prevention is not among them")).to_be_attached(
        timeout=SLOWEST_MS
    )


def test_saving_two_million_takes_three_clicks_and_the_answer_reaches_it(page, demonstration_folder):
    sign_in(page, "director", BOTH)
    expect_answer(page)
    before = headlines(page)
    ask(page, "2.0")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("This decides nothing about a child")
    line = dialog.locator("li").filter(has_text="Price cap.")
    found = re.search(r"At most £([\d,]+) a week", line.inner_text())
    assert found
    cap = float(found[1].replace(",", ""))
    children = rows(demonstration_folder)
    cost = children["weekly_cost_gbp"]
    shared = cost[children["social_care_cost_gbp"] < cost]
    saved, less = ((cost - at).clip(lower=0).sum() * 52 for at in (cap, cap + 50))
    assert saved >= 2_000_000  # by the nearest £50 that reaches it and that a director may be told of
    assert less < 2_000_000 or (shared > cap + 50).sum() < 10 <= (shared > cap).sum()
    assert f"{int((cost > cap).sum())} placements" in line.inner_text()
    assert headlines(page) == before  # nothing is applied by asking
    dialog.locator(".st-key-target-use-price_cap").get_by_role("button").click()
    expect(dialog).to_have_count(0, timeout=SLOWEST_MS)
    expect(page.locator(".cve-headlines dd").first).to_have_text(f"£{saved / 1e6:.1f}m", timeout=SLOWEST_MS)
    expect_answer(page)
    weekly = re.search(
        r"£([\d,]+) a week × 52", page.get_by_text(re.compile("a week × 52 weeks")).inner_text()
    )
    assert weekly and abs(float(weekly[1].replace(",", "")) - saved / 52) <= 1
    expect(page).to_have_url(re.compile(rf"cap_gbp(:|%3A){cap:.0f}"), timeout=SLOWEST_MS)
    assert "step_down" not in page.url
    page.get_by_text("Who is affected, and what this assumes").click()
    public = page.get_by_role("row").filter(has_text="All public money together")
    expect(public).to_contain_text(f"£{saved / 1e6:.1f}m less a year", timeout=SLOWEST_MS)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".cve-headlines dd").first).to_have_text(before[0], timeout=SLOWEST_MS)


def test_what_cannot_save_so_much_says_the_most_it_gives_and_places_are_beside_those_free(
    page, demonstration_folder
):
    sign_in(page, "director", BOTH.replace("&basis=gross", ""))
    expect_answer(page)
    ask(page, "900")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("No lever alone can be said to save £900m a year.")
    fees = dialog.locator("li").filter(has_text="Fee change.")
    expect(fees).to_contain_text(
        re.compile(r"Cannot alone; the most it gives is £[\d.]+m less a year \(fees down")
    )
    expect(dialog.get_by_role("button", name="Use this")).to_have_count(0)
    free = (
        duckdb.connect()
        .execute(
            f"""
        SELECT sum(places_approved - places_filled)
        FROM read_parquet('{demonstration_folder}/parts/*/*/capacity.parquet') AS each
        WHERE setting_detail = 'in_house_fostering' AND month = (
            SELECT max(month) FROM read_parquet('{demonstration_folder}/parts/*/*/capacity.parquet') AS last
            WHERE last.authority = each.authority AND last.setting_detail = each.setting_detail
                AND month <= DATE '2026-03-31')
        """
        )
        .fetchall()[0][0]
    )
    carers = dialog.locator("li").filter(has_text="Shift to in-house fostering.")
    expect(carers).to_contain_text(f"{free:,.0f} free now")


def test_a_financial_year_and_the_levers_that_are_on_can_be_asked_for_and_what_is_on_stays(page):
    sign_in(page, "director", "/scenario?price_cap=cap_gbp:5000&basis=gross&weeks=52")
    expect_answer(page)
    before = headlines(page)
    ask(page, "36.0")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("With the levers that are on", exact=True).click()
    expect(dialog).to_contain_text(f"the levers that are on save {before[0]} a year", timeout=SLOWEST_MS)
    dialog.get_by_role("combobox").click()
    page.get_by_role("option", name="in 2026/27 only").click()
    expect(dialog).to_contain_text("within 2026/27 (April to March)", timeout=SLOWEST_MS)
    use = dialog.get_by_role("button", name="Add this").first
    line = dialog.locator("li").first.inner_text()
    found = re.search(r"£([\d.]+)m less in 2026/27 in all \(£([\d.]+)m in a full year\)", line)
    assert found and float(found[1]) >= 36
    use.click()
    expect(dialog).to_have_count(0, timeout=SLOWEST_MS)
    expect(page.locator(".cve-headlines dd").first).to_have_text(f"£{found[2]}m", timeout=SLOWEST_MS)
    assert "price_cap" in page.url  # what was on stays on
    page.goto(page.url.replace("/scenario", "/money_plan"))
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=SLOWEST_MS)
