"""Who is paid, for what need, with what result; and nobody else is told."""

from __future__ import annotations

import re

import duckdb
from playwright.sync_api import expect

from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, settle, sign_in
from tests.browser.test_overview import assert_no_serious_violation, expect_drawn

PROVIDERS = "/providers"
_FEES = """
SELECT provider, count(*) AS children, sum(weekly_cost_gbp) AS weekly
FROM read_parquet('{folder}/parts/*/*/cost.parquet')
WHERE started_on <= DATE '2026-03-31' AND (ended_on IS NULL OR ended_on > DATE '2026-03-31')
    AND sourced <> 'in_house' AND child_id IN (SELECT child_id FROM here)
GROUP BY provider ORDER BY weekly DESC
"""


def paid(folder):
    """Every outside provider with its children and weekly £, dearest first, from the files."""
    connection = duckdb.connect()
    connection.register("here", rows(folder)[["child_id"]])
    return connection.execute(_FEES.format(folder=folder)).df()


def test_a_commissioner_finds_who_is_paid_and_looks_at_one_of_them(page, demonstration_folder):
    everyone, providers = rows(demonstration_folder), paid(demonstration_folder)
    share = providers["weekly"].head(5).sum() / everyone["weekly_cost_gbp"].sum()
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    sign_in(page, "commissioner", f"{PROVIDERS}?compare=2025-03-31")
    said = f"Five of {len(providers)} providers take {share:.0%} of spend"
    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    expect_drawn(page, 2)
    expect(page.locator(".cve-beside").nth(1)).to_have_text(re.compile("^31 March 2025: [0-9]+%$"))
    first, second = providers.iloc[0], providers.iloc[1]
    answer = page.get_by_test_id("stMarkdown")
    words = f"{first['children']} children, £{first['weekly']:,.0f} a week"
    expect(answer.filter(has_text=words).first).to_be_visible()
    assert_no_serious_violation(page)
    page.get_by_role("combobox").click()
    page.get_by_role("option", name=second["provider"]).click()
    settle(page)
    words = f"{second['children']} children, £{second['weekly']:,.0f} a week"
    expect(answer.filter(has_text=words).first).to_be_visible(timeout=SLOWEST_MS)
    page.reload()  # the link has the provider
    expect(answer.filter(has_text=words).first).to_be_visible(timeout=SLOWEST_MS)
    page.get_by_text("View as table").last.click()
    expect(page.get_by_role("cell", name=f"£{first['weekly']:,.0f}")).to_be_visible(timeout=SLOWEST_MS)
    sent = "".join(frames)
    assert not [child for child in everyone["child_id"] if child in sent]


def test_finance_sees_costs_and_no_small_count(page, demonstration_folder):
    providers = paid(demonstration_folder)
    small = providers[providers["children"] <= 5].iloc[0]
    sign_in(page, "finance", PROVIDERS)
    expect_drawn(page, 2)
    page.get_by_role("combobox").click()
    page.get_by_role("combobox").fill(small["provider"])
    page.get_by_role("option", name=small["provider"]).click()
    settle(page)
    words = f"children (number hidden: c), £{small['weekly']:,.0f} a week; c each"
    expect(page.get_by_test_id("stMarkdown").filter(has_text=words).first).to_be_visible(timeout=SLOWEST_MS)


def test_a_director_is_told_kindly_and_sent_nothing(page, demonstration_folder):
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    sign_in(page, "director", PROVIDERS)
    expect(page.get_by_role("status")).to_contain_text("may not see providers one by one")
    assert page.get_by_role("heading", level=1).count() == 0
    sent = "".join(frames)
    assert not [name for name in paid(demonstration_folder)["provider"] if name in sent]


def test_empty_and_tiny_cohorts_have_a_sentence(page, demonstration_folder):
    sign_in(page, "commissioner", f"{PROVIDERS}?settings=fostering&age=18-25")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody fits all of these filters")
    dearest = int(rows(demonstration_folder)["weekly_cost_gbp"].max())
    page.goto(f"{PROVIDERS}?weekly_cost={dearest}-")
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("^One provider takes 100% of spend$"), timeout=SLOWEST_MS
    )
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_a_provider_that_is_not_here_is_named(page):
    sign_in(page, "commissioner", f"{PROVIDERS}?look-at=Nobody")
    expect(page.get_by_role("alert")).to_contain_text("look-at=Nobody in the link is not to be had here")
