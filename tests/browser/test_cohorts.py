"""Choosing children: filters, chips, links that last, and numbers too small to show."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, new_visitor, settle, sign_in
from tests.browser.test_overview import assert_no_serious_violation, cohort_line, expect_drawn

COHORTS = "/cohorts"
ONE_CHART = 1


def query(page: Page) -> dict[str, list[str]]:
    """What the address carries."""
    return parse_qs(urlsplit(page.url).query)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Presses a button and waits for the page."""
    page.get_by_role("button", name=name).first.click()
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    """Picks an option of a list in the open dialog."""
    page.get_by_role("dialog").get_by_label(label, exact=True).click()
    page.get_by_role("option", name=re.compile(f"^{re.escape(option)}")).click()
    page.keyboard.press("Escape")
    settle(page)


def test_a_filter_is_chosen_counted_shown_and_taken_off_again(page, demonstration_folder):
    everyone = rows(demonstration_folder)
    homes = everyone[everyone["setting"] == "residential"]
    teens = homes[homes["age"].between(12, 16)]
    sign_in(page, "commissioner", COHORTS)
    press(page, "+ Filter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Setting", exact=True).click()
    expect(page.get_by_role("option", name=f"Residential · {len(homes)}")).to_be_visible()
    page.get_by_role("option", name=f"Residential · {len(homes)}").click()
    settle(page)
    for end, value in (("from", "12"), ("to", "16")):
        dialog.get_by_label(f"Age, {end}", exact=True).fill(value)
        dialog.get_by_label(f"Age, {end}", exact=True).press("Tab")
        settle(page)
    press(page, f"Show {len(teens)} children")
    expect(dialog).to_have_count(0)
    share, weekly = len(teens) / len(everyone), teens["weekly_cost_gbp"].sum()
    expect(cohort_line(page)).to_have_text(
        f"{len(teens)} of {len(homes)} in residential · {share:.0%} of all {len(everyone):,} children · "
        f"£{weekly / 1e6:.1f}m a week ({weekly / everyone['weekly_cost_gbp'].sum():.0%} of spend)"
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Children in residential, aged 12 to 16")
    assert query(page) == {"settings": ["residential"], "age": ["12-16"]}
    press(page, "Aged 12 to 16 ×")
    expect(cohort_line(page)).to_contain_text(f"{len(homes)} children")
    press(page, "Undo")
    expect(cohort_line(page)).to_contain_text(f"{len(teens)} of {len(homes)}")
    press(page, "Clear")
    expect(cohort_line(page)).to_contain_text(f"All {len(everyone):,} children")
    assert query(page) == {}


def test_a_preset_is_one_click_and_one_step_of_undo(page, demonstration_folder):
    everyone = rows(demonstration_folder)
    sign_in(page, "commissioner", "/overview")
    expect_drawn(page)
    press(page, "Presets")
    page.get_by_role("menuitem", name="Residential with no severe need").click()
    calm = everyone[(everyone["setting"] == "residential") & (everyone["severe"] == 0)]
    expect(cohort_line(page)).to_contain_text(f"{len(calm)} of 539 in residential", timeout=SLOWEST_MS)
    press(page, "Undo")
    expect(cohort_line(page)).to_contain_text("All 3,528 children")


def test_a_link_lasts_over_pages_and_in_a_fresh_browser(page, browser, server):
    link = "?settings=residential&ehcp=yes&age=12-16&as_of=2025-09-30"
    sign_in(page, "director", COHORTS + link)
    said = cohort_line(page).inner_text()
    carried = query(page)
    assert carried == {
        "settings": ["residential"],
        "ehcp": ["yes"],
        "age": ["12-16"],
        "as_of": ["2025-09-30"],
    }
    for section, title in (("Understand", "Overview"), ("Decide", "Scenario"), ("Understand", "Cohorts")):
        page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
        page.get_by_test_id("stTopNavDropdownLink").filter(has_text=title).click()
        page.wait_for_url(f"**/{title.lower()}*")
        settle(page)
        expect(cohort_line(page)).to_have_text(said, timeout=SLOWEST_MS)
        assert {name: values for name, values in query(page).items() if name in carried} == carried
    fresh = new_visitor(browser, server)
    reopened = fresh.new_page()
    sign_in(reopened, "director", page.url)
    expect(cohort_line(reopened)).to_have_text(said, timeout=SLOWEST_MS)
    fresh.close()


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ("?settings=residental", "residental"),
        ("?settings=residential&age=16-12", "age=16-12"),
        ("?as_of=2031-03-31", "31 March 2031"),
        ("?authorities=Atlantis", "Atlantis"),
        ("?setings=residential", "setings"),
        ("?providers=Any+Home", "Your role may not filter by provider"),
        ("?dol=yes", "Your role may not filter by deprivation of liberty"),
    ],
)
def test_what_a_link_asks_in_vain_is_named_and_never_shown_as_everyone(page, link, named):
    sign_in(page, "director", COHORTS + link)
    expect(page.get_by_role("alert")).to_contain_text(named)
    expect(page.locator(".cve-headlines, .cve-cohort-size")).to_have_count(0)
    press(page, re.compile("^Show instead: "))
    expect(page.locator(".cve-headlines")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_empty_cohort_names_the_filter_that_empties_it(page, demonstration_folder):
    everyone = rows(demonstration_folder)
    sign_in(page, "commissioner", "/cohorts?settings=fostering&age=18-25")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody fits all of these filters")
    left = (everyone["setting"] == "fostering").sum()
    press(page, f"Remove “Aged 18 to 25”: leaves {left:,} children")
    expect(cohort_line(page)).to_contain_text(f"{left:,} children", timeout=SLOWEST_MS)


def few(everyone, most: int):
    """The weekly cost above which there are at most this many children."""
    return int(everyone["weekly_cost_gbp"].nlargest(most).min())


@pytest.mark.parametrize(
    ("n", "line"),
    [
        (7, "7 children · 0.2% of all 3,528 children · c a week (c of spend)"),
        (3, "Number hidden (c), of all 3,528 children · cost hidden (c)"),
    ],
)
def test_small_numbers_stay_hidden_from_a_director_wherever_they_look(page, demonstration_folder, n, line):
    everyone = rows(demonstration_folder)
    least = few(everyone, n)
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    sign_in(page, "director", f"{COHORTS}?weekly_cost={least}-")
    expect(cohort_line(page)).to_have_text(line)
    assert set(page.locator(".cve-headlines dd").all_inner_texts()) == {"c"}
    page.get_by_text("View as table").click()
    cells = page.get_by_role("cell")
    expect(cells.first).to_be_visible(timeout=SLOWEST_MS)
    assert not {"1", "2", "3", "4", "5"} & set(cells.all_inner_texts())
    sent = "".join(frames)
    assert not [child for child in everyone["child_id"] if child in sent]
    assert f"{everyone['weekly_cost_gbp'].max():,.0f}" not in sent


def test_all_but_three_are_as_hidden_as_three(page, demonstration_folder):
    everyone = rows(demonstration_folder)
    sign_in(page, "director", f"{COHORTS}?weekly_cost=0-{few(everyone, 3) - 1}")
    costed = int(everyone["weekly_cost_gbp"].notna().sum())
    assert costed - 3 < 3528 - 5  # the uncosted are left out too, so the count itself may be shown
    expect(cohort_line(page)).to_contain_text(f"{costed - 3:,} children")
    expect(cohort_line(page)).to_contain_text("c a week (c of spend)")


def test_axe_finds_nothing_serious_and_the_filters_work_by_keyboard(page):
    sign_in(page, "commissioner", COHORTS)
    expect_drawn(page, ONE_CHART)
    assert_no_serious_violation(page)
    page.get_by_role("button", name="+ Filter").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_label("Setting", exact=True)).to_be_visible()
    settle(page)
    assert_no_serious_violation(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("role", ["administrator", "finance"])
def test_methods_is_for_everybody_and_holds_no_count_for_the_administrator(page, role):
    sign_in(page, role, "/methods")
    page.get_by_role("tab", name="Levels of need").click()
    expect(page.get_by_text("273 of 539 (51%)")).to_have_count(0 if role == "administrator" else 1)
    expect(page.get_by_text("severe and complex 7 or more")).to_be_visible()
    for tab in ("Assumptions", "The published report", "Accessibility", "About"):
        page.get_by_role("tab", name=tab).click()
    expect(page.get_by_text("claims no affiliation")).to_be_visible()
    assert_no_serious_violation(page)
