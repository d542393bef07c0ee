"""From a ready-made rule to a list, to a child and to a decision, as a commissioner goes there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from ledger import decisions, open_ledger, openings
from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, Served, running_app, settle, sign_in, take
from tests.browser.test_overview import assert_no_serious_violation
from ui.review_words import GAP_LEARNING

REVIEW_LIST = "/review_list"
FIRST_ROW_PX = (16, 40 + 92 / 2)  # the box of the first row, from the corner of the list


@pytest.fixture(scope="module")
def server(demonstration_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app with a ledger of its own: what was opened and decided in other journeys is not in it."""
    with running_app(demonstration_folder, tmp_path_factory.mktemp("review")) as served:
        yield served


def expect_learnt(page: Page) -> None:
    """Waits until what a price should be is known: then the page is drawn again, and rows chosen before are not."""
    expect(page.get_by_text(GAP_LEARNING)).to_have_count(0, timeout=SLOWEST_MS)
    settle(page)


def choose_first_row(page: Page) -> None:
    expect_learnt(page)
    grid = page.get_by_test_id("stDataFrame").first
    expect(grid).to_be_visible(timeout=SLOWEST_MS)
    grid.click(position={"x": FIRST_ROW_PX[0], "y": FIRST_ROW_PX[1]})
    settle(page)


def test_from_a_preset_to_a_child_and_a_decision(page, server, demonstration_folder):
    children = rows(demonstration_folder)
    listed = children[
        children["need_total"].between(25, 47) & children["weekly_cost_gbp"].between(1_000, 3_000)
    ]
    sign_in(page, "commissioner", REVIEW_LIST)
    expect_learnt(page)
    page.get_by_role("button", name="Start from").click()
    page.get_by_text("The middle: moderate need at £1,000 to £3,000").click()
    expect(page.get_by_role("heading", level=1).first).to_have_text(  # for a moment the old one is there too
        f"{len(listed):,} children to discuss, of {len(children):,} here", timeout=SLOWEST_MS
    )
    settle(page)
    expect(page.get_by_text("it decides nothing about a child")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert_no_serious_violation(page)

    page.locator(".st-key-review-order").get_by_role("combobox").click()
    page.get_by_role("option", name="Highest need first").click()
    settle(page)
    first = listed.sort_values(["need_total", "child_id"], ascending=[False, True])["child_id"].iloc[0]
    for _ in range(2):  # the second at once: the page does not run again for a file
        assert len(pd.read_csv(take(page, "Download the list"), encoding="utf-8-sig")) == len(listed)
    choose_first_row(page)
    code = first[:4].upper()
    expect(page.get_by_text(re.compile(f"Decision about child {code}"))).to_be_visible(timeout=SLOWEST_MS)
    page.get_by_role("radio", name="Needs more").click()
    settle(page)
    page.get_by_role("button", name="Record decision").click()
    settle(page)

    page.get_by_role("button", name="Open child").click()
    page.wait_for_url("**/child*", timeout=SLOWEST_MS)
    expect(page.get_by_role("heading", level=1)).to_contain_text(code, timeout=SLOWEST_MS)
    assert first not in page.url and code not in page.url
    ledger = open_ledger(demonstration_folder, url=server.ledger_url)
    try:
        kept = [one for one in openings.recent(ledger, 10_000) if one.who == "demo-commissioner"]
        assert [one.child_id for one in kept if one.what == openings.CHILD] == [first]
        lists = [one for one in kept if one.what == openings.LIST]
        assert lists[0].children == len(listed) and len(lists) == 2  # the one it opens with, and this
        (decided,) = decisions.history(ledger, first)
        assert (decided.state, decided.who) == ("needs_more", "demo-commissioner")
    finally:
        ledger.engine.dispose()


def test_a_filter_pressed_as_a_note_is_left_counts_at_once(page):
    """A browser tells both in one message, as one of the form alone: the list would stay as it was."""
    sign_in(page, "commissioner", f"{REVIEW_LIST}?ehcp=yes")
    choose_first_row(page)
    before = page.get_by_role("heading", level=1).first.inner_text()
    page.get_by_role("radio", name="Needs more").click()
    page.get_by_label("Note").fill("The home is asked")
    page.get_by_role("button", name="With an EHCP ×").click()
    expect(page.get_by_role("heading", level=1).first).not_to_have_text(before, timeout=SLOWEST_MS)
    settle(page)
    assert "ehcp=" not in page.url


def test_a_link_to_the_list_shows_a_director_nothing_on_a_fresh_server(page):
    sign_in(page, "director", f"{REVIEW_LIST}?review=for:price&review=need_total:..20")
    expect(page.get_by_text("may not see children one by one")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
    page.get_by_role("button", name="Act").count()
    assert page.get_by_role("link", name="Review list").count() == 0


def test_a_condition_goes_with_one_press_and_the_others_stay(page, demonstration_folder):
    children = rows(demonstration_folder)
    dear = children["weekly_cost_gbp"].between(1_000, 3_000)
    sign_in(
        page,
        "commissioner",
        f"{REVIEW_LIST}?review=for:price&review=need_total:25..47&review=weekly_cost:1000..3000",
    )
    expect_learnt(page)
    steps = page.locator(".st-key-review-on").get_by_role("button")
    expect(steps).to_have_count(2)
    steps.filter(has_text="total need").click()
    expect(page.get_by_role("heading", level=1).first).to_have_text(
        f"{dear.sum():,} children to discuss, of {len(children):,} here", timeout=SLOWEST_MS
    )
    settle(page)
    expect(steps).to_have_count(1)
    expect(steps).to_have_attribute("aria-pressed", "true")
