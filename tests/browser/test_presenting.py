"""Presenter mode as a director meets it: one screen, large, nothing that is not for the room, and back again."""

from __future__ import annotations

import re
from contextlib import suppress
from math import ceil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, account_menu, settle, sign_in

CAP_ONLY = "/scenario?price_cap=cap_gbp:5100,top_share:0.07&basis=gross&weeks=52"
OVER_THE_EDGE = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    return [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth];
}"""
# the words of the chart that is seen: how large they are on the screen, which cover another, which are cut off
CHART_WORDS = """() => {
    const seen = each => each.getBoundingClientRect().width > 0;
    const picture = [...document.querySelectorAll(".stVegaLiteChart svg")].find(seen);
    const times = picture.getBoundingClientRect().width / parseFloat(picture.getAttribute("width"));
    const words = [...picture.querySelectorAll("text")].filter(each =>
        each.textContent.trim() && seen(each) && getComputedStyle(each).opacity !== "0");
    const boxes = words.map(each => each.getBoundingClientRect());
    const said = words.map(each => each.textContent);
    const across = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = (a, b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    const covers = (a, b) => across(a, b) > 2 && down(a, b) > 0.33 * Math.min(a.height, b.height);
    const screen = {left: 0, top: 0, right: innerWidth, bottom: innerHeight};
    return {
        px: Math.min(...words.map(each => parseFloat(getComputedStyle(each).fontSize) * times)),
        covered: said.filter((words, i) =>
            said.some((other, j) => j < i && other !== words && covers(boxes[i], boxes[j]))),
        cut: said.filter((_, i) =>
            across(boxes[i], screen) < boxes[i].width - 1 || down(boxes[i], screen) < boxes[i].height - 1),
    };
}"""
PRESENTED = (
    "overview",
    "overview?settings=residential",
    "need_and_cost",
    "scenario",
    "findings",
    "findings?section=all&figure=12",
    "findings?section=all&figure=13",
    "needs",
    "needs?settings=residential",
    "needs?need-view=common-and-deep",
    "needs?need-view=by-group",
    "needs?need-view=change",
    "cohorts",
    "cohorts?by=setting_detail",
    "placements",
    "providers",
    "money_plan",
)
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


def assert_words_are_read(page: Page, least_px: float, address: str) -> None:
    """Every word of the chart is as large as asked and whole, none under another, once the chart has found its size."""
    found = f"const found = ({CHART_WORDS})();"
    fine = f"least => {{ {found} return found.px > least - 0.1 && !found.covered[0] && !found.cut[0]; }}"
    with suppress(PlaywrightTimeoutError):
        page.wait_for_function(fine, arg=least_px, timeout=SLOWEST_MS / 3)
    words = page.evaluate(CHART_WORDS)
    assert words["px"] > least_px - 0.1, (address, words)
    assert (words["covered"], words["cut"]) == ([], []), address


@pytest.mark.parametrize(("width", "height", "times"), [(1280, 720, 1), (1920, 1080, 1.5)])
def test_pages_fit_one_screen_and_are_read_from_the_back(page, width, height, times):
    page.set_viewport_size({"width": width, "height": height})
    sign_in(page, "commissioner", "/methods")
    for address in PRESENTED:
        page.goto(f"/{address}{'&' if '?' in address else '?'}present=1")
        expect(leave(page)).to_be_visible(timeout=SLOWEST_MS)
        expect(page.locator(".stVegaLiteChart svg").filter(visible=True)).to_have_count(1, timeout=SLOWEST_MS)
        settle(page)
        page.wait_for_function(f"() => ({OVER_THE_EDGE})().every(over => over <= 0)", timeout=SLOWEST_MS)
        assert page.get_by_role("heading", level=1).evaluate(FONT_PX) >= 48 * times, address
        assert page.locator("html").evaluate(FONT_PX) >= 24 * times, address
        assert_words_are_read(page, 24 * times, address)
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
