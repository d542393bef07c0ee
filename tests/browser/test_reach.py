"""Methods and every page about children on a narrow screen, and with the keys alone."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.served import SLOWEST_MS, settle, sign_in
from ui import menu

NARROW_PX = 320  # a phone; also 400% zoom on a screen of 1280
ZOOMED_PX = 640  # 200% zoom on it
LEAST_TARGET_PX = 24
ABOUT_CHILDREN = [entry for entry in menu.ENTRIES if entry.section in menu.ABOUT_CHILDREN]
# until two scenarios are saved; a table of years; nobody open; nothing decided
WITHOUT_CHART = ("compare", "money_plan", "child", "tracker")
CUT = """() => [...document.querySelectorAll('.stVegaLiteChart svg')].flatMap(chart => {
    const frame = chart.getBoundingClientRect();
    return [...chart.querySelectorAll('text')]
        .filter(text => text.getBoundingClientRect().right > frame.right + 4)
        .map(text => text.textContent);
})"""
SMALL = """least => [...document.querySelectorAll('.stMainBlockContainer :is(button, summary, a)')]
    .map(target => [target.innerText, target.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.width < least || box.height < least))
    .map(([words, box]) => `${words} ${box.width}x${box.height}`)"""


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical, but for two things that are not the pages' own.

    Streamlit's folded menu is its own. Charts move sideways in their frame, which browsers let the keys reach
    without a tabindex since 2024: `test_a_chart_moves_sideways_with_the_keys` holds that.
    """
    found = Axe().run(page, context={"exclude": [['[data-testid="stSidebar"]']]}).response["violations"]
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
        if not (each["id"] == "scrollable-region-focusable" and "stFullScreenFrame" in node["html"])
    ]


def test_every_page_fits_a_narrow_screen(page):
    sign_in(page, "commissioner", "/overview?settings=residential")
    for entry in ABOUT_CHILDREN:
        page.set_viewport_size({"width": NARROW_PX, "height": 700})
        page.goto(f"/{entry.stem}?settings=residential")
        shown = page.locator("h1" if entry.stem in WITHOUT_CHART else ".stVegaLiteChart svg").first
        expect(shown).to_be_visible(timeout=SLOWEST_MS)
        settle(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW_PX, entry.stem
        assert page.get_by_test_id("stMain").evaluate("view => view.scrollWidth") <= NARROW_PX, entry.stem
        assert page.evaluate(CUT) == [], entry.stem
        assert page.evaluate(SMALL, LEAST_TARGET_PX) == [], entry.stem
        assert serious(page) == [], entry.stem
        page.set_viewport_size({"width": ZOOMED_PX, "height": 360})
        assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED_PX, entry.stem
        assert page.get_by_test_id("stMain").evaluate("view => view.scrollWidth") <= ZOOMED_PX, entry.stem


def test_every_part_of_methods_fits_a_narrow_screen(page):
    page.set_viewport_size({"width": NARROW_PX, "height": 700})
    sign_in(page, "director", "/methods")
    page.goto("/methods")
    expect(page.get_by_role("tab").first).to_be_visible(timeout=SLOWEST_MS)
    settle(page)
    for tab in page.get_by_role("tab").all():
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true", timeout=SLOWEST_MS)
        settle(page)
        part = tab.inner_text()
        assert page.get_by_role("heading", level=1).count() == 1, part
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW_PX, part
        assert page.get_by_test_id("stMain").evaluate("view => view.scrollWidth") <= NARROW_PX, part
        assert tab.bounding_box()["height"] >= LEAST_TARGET_PX, part
        found = serious(page)
        # a wide table moves sideways in its frame, which browsers let the keys reach, as with charts
        assert [one for one in found if not one.startswith("scrollable-region-focusable")] == [], part


def test_a_chart_moves_sideways_with_the_keys(page):
    page.set_viewport_size({"width": NARROW_PX, "height": 700})
    sign_in(page, "director", "/overview")
    frame = page.get_by_test_id("stFullScreenFrame").first
    expect(frame.locator(".stVegaLiteChart svg")).to_be_visible(timeout=SLOWEST_MS)
    settle(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        if frame.evaluate("frame => frame === document.activeElement"):
            break
    assert frame.evaluate("frame => frame === document.activeElement && frame.matches(':focus-visible')")
    page.keyboard.press("ArrowRight")
    for _ in range(30):
        if moved := frame.evaluate("frame => frame.scrollLeft"):
            break
        page.wait_for_timeout(100)
    assert moved > 0


def test_a_filter_is_removed_with_the_keys_alone(page):
    sign_in(page, "director", "/overview?settings=residential")
    chip = page.get_by_role("button", name="In residential ×")
    expect(chip).to_be_visible(timeout=SLOWEST_MS)
    for _ in range(40):
        page.keyboard.press("Tab")
        if chip.evaluate("chip => chip === document.activeElement"):
            break
    assert chip.evaluate("chip => chip === document.activeElement && chip.matches(':focus-visible')")
    ring = chip.evaluate("chip => getComputedStyle(chip).boxShadow + getComputedStyle(chip).outlineStyle")
    assert ring != "nonenone"
    page.keyboard.press("Enter")
    expect(chip).to_have_count(0, timeout=SLOWEST_MS)
    settle(page)
    assert "settings=" not in page.url
    region = page.get_by_role("status").filter(has_text="All ")
    expect(region).to_be_visible()
    expect(region).to_contain_text(page.get_by_role("heading", level=1).inner_text())


def test_what_a_dial_finds_is_announced_where_it_was_before(page):
    sign_in(page, "director", "/scenario")
    region = page.get_by_role("status").filter(has_text="All ")
    number = page.locator(".cve-headlines dd").first
    expect(region).to_contain_text("would be discussed", timeout=SLOWEST_MS)
    before = number.inner_text()
    expect(region).to_contain_text(before)
    region.evaluate("region => { region.kept = true; }")
    page.locator(".st-key-lever-price_cap-cap_gbp-number input").fill("2000")
    page.keyboard.press("Enter")
    expect(number).not_to_have_text(before, timeout=SLOWEST_MS)
    expect(region).to_contain_text(number.inner_text())
    assert region.evaluate("region => region.kept")  # the same region: a new one would not be read out
