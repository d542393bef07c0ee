"""Findings in a browser: the sentence, the list, a figure, the link, small cohorts, the file."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, settle, sign_in
from tests.browser.test_overview import assert_no_serious_violation, expect_drawn

FINDINGS = "/findings"


def row(page: Page, name: str):
    """The row of a statement, by its id."""
    return page.locator(f'.cve-findings tr[id="{name}"]')


def test_a_director_reads_printed_beside_computed(page, demonstration_folder):
    everyone = rows(demonstration_folder)
    both = everyone[["need_total", "weekly_cost_gbp"]].dropna()
    r = np.corrcoef(both["need_total"], both["weekly_cost_gbp"])[0, 1]
    sign_in(page, "director", FINDINGS)
    expect_drawn(page, 1)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(
        re.compile(r"^75 of 78 printed statements hold for all 3,528 children; 3 differ\.$")
    )
    found = row(page, "K11-01")
    for words in ("0.2", f"{r:.2f}", f"{len(both):,}", "Agrees"):
        expect(found).to_contain_text(words)
    cap = (everyone["weekly_cost_gbp"] - 5000).clip(lower=0).sum()
    expect(row(page, "K11-08")).to_contain_text(f"£{cap / 1e3:.0f}k")
    expect(found).to_be_in_viewport()
    expect(page.locator(".stVegaLiteChart")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert_no_serious_violation(page)


def test_a_part_a_search_and_a_figure_of_the_report(page, demonstration_folder):
    homes = rows(demonstration_folder).query("setting == 'residential'")
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    sign_in(page, "commissioner", f"{FINDINGS}?section=children-in-residential&figure=6&settings=residential")
    expect_drawn(page, 1)
    calm = int((homes["severe"] == 0).sum())
    expect(row(page, "K12-06")).to_contain_text(f"{calm}")
    expect(page.get_by_role("heading", level=2)).to_have_text(
        f"{calm / len(homes):.0%} of children in residential: no severe need"
    )
    expect(row(page, "K12-02")).to_contain_text("0 to 118")
    page.get_by_label("Search all parts").fill("tracker")
    page.get_by_label("Search all parts").press("Enter")
    settle(page)
    expect(page.locator(".cve-findings tbody tr[id]")).to_have_count(12, timeout=SLOWEST_MS)
    expect(row(page, "V-01")).to_contain_text("From the tracker, once used")
    sent = "".join(frames)
    assert not [name for name in homes["child_id"] if name in sent]
    settle(page)  # the button of the file comes last: a page still being drawn is about to replace it
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV").last.click()
    assert waiting.value.suggested_filename == "demonstration-findings-2026-03-31.csv"
    assert len(pd.read_csv(waiting.value.path())) == 171


def choose(page: Page, label: str, words: str) -> None:
    """Picks from a list of the page, once the one it may stand in for is gone."""
    box = page.get_by_role("combobox", name=label)
    expect(box).to_have_count(1, timeout=SLOWEST_MS)
    box.click()
    page.get_by_role("option", name=re.compile(words)).click()
    settle(page)


def test_what_is_chosen_is_in_the_link_and_the_search_word_stays_out_of_it(page):
    sign_in(page, "director", f"{FINDINGS}?settings=residential&age=3-9&compare=all")
    expect_drawn(page, 1)
    choose(page, "Part of the report", "^Girls and boys")
    expect(page).to_have_url(re.compile("section=girls-and-boys"), timeout=SLOWEST_MS)
    choose(page, "Chart", "^Figure 23")
    expect(page).to_have_url(re.compile("figure=23"), timeout=SLOWEST_MS)
    choose(page, "Show", "^All of them")
    search = page.get_by_label("Search all parts")
    search.fill("boys")
    search.press("Enter")
    settle(page)
    shown = page.locator(".cve-findings tbody tr[id]")
    expect(row(page, "K25-01")).to_be_visible()
    n = shown.count()
    page.get_by_role("button", name="In residential ×").click()  # and back: the word is still there
    settle(page)
    page.get_by_role("button", name="Undo").click()
    settle(page)
    expect(page.get_by_role("button", name="In residential ×")).to_be_visible(timeout=SLOWEST_MS)
    for title in ("Needs", "Findings"):  # away and back
        page.get_by_test_id("stTopNavSection").filter(has_text="Understand").click()
        page.get_by_test_id("stTopNavDropdownLink").filter(has_text=re.compile(f"^{title}$")).click()
        page.wait_for_url(re.compile(f"/{title.lower()}"), timeout=SLOWEST_MS)
        settle(page)
    expect(search).to_have_value("boys", timeout=SLOWEST_MS)
    expect(shown).to_have_count(n)
    carried = parse_qs(urlsplit(page.url).query)
    assert carried == {
        "section": ["girls-and-boys"],
        "figure": ["23"],
        "settings": ["residential"],
        "age": ["3-9"],
        "compare": ["all"],
    }


def test_a_comparison_has_a_column_and_what_is_about_others_a_reason(page, demonstration_folder):
    homes = rows(demonstration_folder).query("setting == 'residential'")
    everyone = rows(demonstration_folder)["weekly_cost_gbp"]
    sign_in(page, "director", f"{FINDINGS}?section=the-report-s-children&settings=residential&compare=all")
    head = page.locator(".cve-findings thead")
    expect(head).to_contain_text("All children", timeout=SLOWEST_MS)
    found = row(page, "M-03")
    expect(found).to_contain_text(f"£{homes['weekly_cost_gbp'].mean():,.0f}")
    expect(found).to_contain_text(f"£{everyone.mean():,.0f}")
    expect(found).to_contain_text(f"n {everyone.notna().sum():,}")
    page.goto(f"{FINDINGS}?section=england-and-other-councils&settings=residential")
    expect(page.locator(".cve-findings tbody tr[id]")).to_have_count(60, timeout=SLOWEST_MS)
    expect(row(page, "S2-02")).to_contain_text("A forecast for England")
    expect(page.locator(".stVegaLiteChart")).to_have_count(0)


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ("?weekly_cost=15000-&age=16-16", "Nobody fits|Too few|statements"),
        ("?settings=semi_independent&age=16-16&sexes=F", "statements hold"),
        ("?section=nowhere", "statements hold"),
    ],
)
def test_small_cohorts_and_wrong_links_show_designed_states(page, link, title):
    sign_in(page, "director", FINDINGS + link)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(title), timeout=SLOWEST_MS)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    if "nowhere" in link:
        expect(page.get_by_role("alert")).to_contain_text("section=nowhere")
