"""Needs: what these children need beside others, in each view, within reach of everybody."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, settle, sign_in
from tests.browser.test_cohorts import press
from tests.browser.test_overview import assert_no_serious_violation, expect_drawn, headlines

NEEDS = "/needs?settings=residential"


def test_a_director_reads_which_need_differs_most(page, demonstration_folder):
    everyone = rows(demonstration_folder)
    homes = everyone["setting"] == "residential"
    scores = np.array(everyone["scores"].tolist(), dtype="float64")
    gap = scores[homes].mean(axis=0) - scores[~homes].mean(axis=0)
    sign_in(page, "director", NEEDS)
    expect_drawn(page)
    assert headlines(page)[1] == f"{everyone[homes]['need_total'].mean():.1f}"
    some, severe = ((scores[homes] >= least).sum(axis=1).mean() for least in (1, 7))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"On average these children have some need in {some:.1f} of 13 domains, severe need in {severe:.1f}"
    )
    first = page.get_by_role("heading", level=2).first
    expect(first).to_contain_text(f"differs most: {gap.max():.1f} points above everyone else")
    assert_no_serious_violation(page)


def test_a_picture_that_stays_for_other_children_has_their_order(page, demonstration_folder):
    """The order of everybody's means, after the homes' gaps stood in another."""
    everyone = rows(demonstration_folder)
    means = np.nanmean(np.array(everyone["scores"].tolist(), dtype="float64"), axis=0)
    sign_in(page, "director", NEEDS)
    expect_drawn(page)
    picture = page.locator(".stVegaLiteChart svg").first
    press(page, "Clear")
    said = picture.locator(".mark-text.role-mark text")
    expect(said.first).to_have_text(f"{max(means):.1f}", timeout=SLOWEST_MS)
    found = [float(words) for words in said.all_text_contents()]
    down = [box["y"] for box in (text.bounding_box() for text in said.all()) if box]
    assert [words for _, words in sorted(zip(down, found, strict=True))] == sorted(found, reverse=True)
    assert sorted(found) == pytest.approx(sorted(means.round(1)), abs=0.051)


@pytest.mark.parametrize(
    ("view", "words"),
    [("Common and deep", "Most common"), ("By group", "differs most"), ("Change", "ed")],
)
def test_each_view_opens_and_stays_in_the_link(page, view, words):
    sign_in(page, "commissioner", NEEDS)
    page.get_by_role("radio", name=view).click()
    settle(page)
    expect_drawn(page, 1 if view == "By group" else 2)
    expect(page.get_by_role("heading", level=2).last).to_contain_text(words)
    assert "need-view=" in page.url and "settings=residential" in page.url
    assert_no_serious_violation(page)


def test_three_children_are_told_of_to_nobody_without_child_level(page):
    sign_in(page, "director", "/needs?setting_details=unregistered")
    expect(page.get_by_text("Too few children").first).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)
