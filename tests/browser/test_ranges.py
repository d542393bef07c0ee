"""How sure is this? A director asks, and gets the range, its probability and what it depends on."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, settle, sign_in


def test_a_director_asks_how_sure_and_a_moved_dial_is_asked_anew(page, demonstration_folder):
    sign_in(page, "director", "/scenario")
    page.get_by_text("How sure is this?", exact=True).click()
    said = page.get_by_text(re.compile("simulated futures save at least"))
    expect(said).to_be_visible(timeout=SLOWEST_MS)
    answer = page.locator(".cve-headlines dd").first.inner_text()
    expect(said).to_contain_text(f"at least {answer} a year")
    expect(
        page.get_by_role("heading", name=re.compile(r"8 in 10 futures save £[\d.]+m to £[\d.]+m a year"))
    ).to_be_visible()
    expect(page.get_by_text(re.compile("One assumption at a time"))).to_be_visible()
    page.get_by_text("All funders", exact=True).click()
    expect(page.locator(".cve-headlines dd").first).not_to_have_text(answer, timeout=SLOWEST_MS)
    settle(page)
    dearer = page.locator(".cve-headlines dd").first.inner_text()
    expect(said).to_contain_text(f"at least {dearer} a year", timeout=SLOWEST_MS)


def test_the_money_plan_says_how_sure_it_is(page, demonstration_folder):
    sign_in(page, "finance", "/money_plan?plan=range")
    expect(page.get_by_role("heading", name=re.compile("8 in 10 futures save"))).to_be_visible(
        timeout=SLOWEST_MS
    )
    expect(page.get_by_role("heading", name=re.compile("What matters most"))).to_be_visible()


def test_where_the_answer_is_hidden_there_is_no_range(page, demonstration_folder):
    sixth = int(rows(demonstration_folder)["weekly_cost_gbp"].nlargest(6).iloc[-1])  # five cost more
    sign_in(page, "director", f"/scenario?step_down=max_severe:0&price_cap=cap_gbp:{sixth}")
    page.get_by_text("How sure is this?", exact=True).click()
    folded = page.get_by_test_id("stExpander").filter(has_text="How sure is this?")
    expect(folded.get_by_text(re.compile("Amounts are hidden"))).to_be_visible(timeout=SLOWEST_MS)
    expect(folded.get_by_text("£")).to_have_count(0)
