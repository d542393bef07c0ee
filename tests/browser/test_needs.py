"""Needs: what these children need beside others, in each view, within reach of everybody."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.rows import rows
from tests.browser.served import settle, sign_in
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
