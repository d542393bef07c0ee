"""Presenter mode as a director meets it: one screen, large, nothing that is not for the room, and back again."""

from __future__ import annotations

import re
from math import ceil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, account_menu, settle, sign_in

CAP_ONLY = "/scenario?price_cap=cap_gbp:5100,top_share:0.07&basis=gross&weeks=52"
OVER_THE_EDGE = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    return [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth];
}"""
CHART_TEXT_PX = """chart => [...chart.querySelectorAll("svg text")]
    .filter(each => each.textContent.trim() && each.getBoundingClientRect().width > 0)
    .map(each => parseFloat(getComputedStyle(each).fontSize) * parseFloat(getComputedStyle(chart).zoom))"""
CROWDED = {"need_and_cost": 13}  # where a chart's smallest words are small even for a room
FONT_PX = "element => parseFloat(getComputedStyle(element).fontSize)"


def leave(page: Page):
    return page.get_by_role("button", name=re.compile("^Leave"))


def present(page: Page) -> None:
    page.get_by_role("button", name="Present", exact=True).click()
    expect(leave(page)).to_be_visible(timeout=SLOWEST_MS)
    settle(page)


def capped(folder, cap: float) -> str:
    """By hand: the sentence over a cap among the dearest 7% of placements, uncosted ones counted."""
    cost = rows(folder)["weekly_cost_gbp"]
    above = int((cost.nlargest(ceil(0.07 * len(cost) - 1e-9)) > cap).sum())
    return f"No child would move; {above} placements would cost less."


def test_a_cap_is_set_and_presented_within_five_clicks_and_moves_while_presenting(page, demonstration_folder):
    sign_in(page, "director", "/overview")
    page.get_by_test_id("stTopNavSection").filter(has_text="Decide").click()  # 1
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Scenario").click()  # 2
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=SLOWEST_MS)
    settle(page)
    page.get_by_role("button", name="Step-down", exact=True).first.click()  # 3: the cap stands at £5,000
    expect(page.get_by_role("heading", level=1)).to_have_text(
        capped(demonstration_folder, 5000), timeout=SLOWEST_MS
    )
    present(page)  # 4
    expect(page.get_by_role("heading", level=1)).to_have_text(capped(demonstration_folder, 5000))
    slider = page.get_by_role("slider", name=re.compile("At most, £ a week"))
    slider.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        capped(demonstration_folder, 5100), timeout=SLOWEST_MS
    )
    leave(page).click()
    expect(account_menu(page, "Director")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_role("spinbutton", name=re.compile("At most, £ a week"))).to_have_value("5100")
    expect(page.get_by_role("heading", level=1)).to_have_text(capped(demonstration_folder, 5100))


def test_by_keyboard_alone_it_is_set_presented_and_left(page, demonstration_folder):
    sign_in(page, "director", CAP_ONLY)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        capped(demonstration_folder, 5100), timeout=SLOWEST_MS
    )
    tab_to(page, "At most, £ a week")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        capped(demonstration_folder, 5000), timeout=SLOWEST_MS
    )
    tab_to(page, "Present", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(leave(page)).to_be_visible(timeout=SLOWEST_MS)
    settle(page)
    found = Axe().run(page).response["violations"]
    assert [(r["id"], r["nodes"][0]["html"]) for r in found if r["impact"] in ("serious", "critical")] == []
    page.keyboard.press("Escape")
    expect(account_menu(page, "Director")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_role("heading", level=1)).to_have_text(capped(demonstration_folder, 5000))


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Presses until what is in focus has this name."""
    said = "() => (document.activeElement.ariaLabel || document.activeElement.innerText || '').trim()"
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate(said).startswith(name):
            return
    pytest.fail(f"No key press reaches {name}")


def test_pages_fit_one_screen_and_are_read_from_the_back(page):
    sign_in(page, "commissioner", "/methods")
    for address in (
        "overview",
        "need_and_cost",
        "scenario",
        "findings",
        "needs",
        "placements",
        "providers",
        "money_plan",
    ):
        page.goto(f"/{address}?present=1")
        expect(leave(page)).to_be_visible(timeout=SLOWEST_MS)
        expect(page.locator(".stVegaLiteChart").first).to_be_visible(timeout=SLOWEST_MS)
        settle(page)
        page.wait_for_function(f"() => ({OVER_THE_EDGE})().every(over => over <= 0)", timeout=SLOWEST_MS)
        assert page.get_by_role("heading", level=1).evaluate(FONT_PX) >= 48, address
        assert page.locator("html").evaluate(FONT_PX) >= 24, address
        assert min(page.locator(".stVegaLiteChart").first.evaluate(CHART_TEXT_PX)) >= CROWDED.get(
            address, 17.5
        ), address
        expect(page.get_by_text("these children are fictional")).to_be_in_viewport(ratio=1)
        expect(page.get_by_test_id("stTopNavSection").filter(visible=True)).to_have_count(0)
        expect(page.locator(".stTable, .stExpander").filter(visible=True)).to_have_count(0)


def test_what_only_a_commissioner_may_see_is_hidden_while_presenting_and_a_reload_stays(page):
    sign_in(page, "commissioner", "/overview")
    page.goto("/scenario?price_cap=cap_gbp:20000&basis=gross")
    expect(page.locator(".cve-headlines dd").first).to_have_text(re.compile("^£"), timeout=SLOWEST_MS)
    present(page)
    expect(page.get_by_text(re.compile("Amounts are hidden"))).to_be_visible(timeout=SLOWEST_MS)
    expect(page.locator(".cve-headlines")).to_have_count(0)
    expect(page).to_have_url(re.compile("present=1"))
    page.reload()
    expect(leave(page)).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_text(re.compile("Amounts are hidden"))).to_be_visible(timeout=SLOWEST_MS)
    leave(page).click()
    expect(page.locator(".cve-headlines dd").first).to_have_text(re.compile("^£"), timeout=SLOWEST_MS)
    expect(page).not_to_have_url(re.compile("present=1"))
