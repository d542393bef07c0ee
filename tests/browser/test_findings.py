"""Findings in a browser: the sentence, the list, a figure, the link, small cohorts, the file."""

from __future__ import annotations

import re

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
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV").last.click()
    assert waiting.value.suggested_filename == "demonstration-findings-2026-03-31.csv"
    assert len(pd.read_csv(waiting.value.path())) == 111


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
