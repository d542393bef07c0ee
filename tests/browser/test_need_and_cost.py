"""Need and cost as a director and a commissioner meet it: the r of the rows, the box, what explains cost."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, settle, sign_in
from tests.browser.test_cohorts import press, query
from tests.browser.test_overview import assert_no_serious_violation, cohort_line, expect_drawn, headlines

PAGE = "/need_and_cost"
EXPLAINS = "Need explains"
CHARTS = 3


def known(folder, **equal):
    """The rows with a cost and an assessment."""
    found = rows(folder).dropna(subset=["need_total", "weekly_cost_gbp"])
    for column, value in equal.items():
        found = found[found[column] == value]
    return found


def expect_learnt(page: Page) -> None:
    """Waits until what explains cost is there: it arrives by itself."""
    expect(page.get_by_role("heading", name=EXPLAINS)).to_be_visible(timeout=2 * SLOWEST_MS)
    expect_drawn(page, CHARTS)


def test_a_director_reads_whether_cost_follows_need(page, demonstration_folder):
    children = known(demonstration_folder)
    need, cost = children["need_total"].astype(float), children["weekly_cost_gbp"]
    r, n = need.corr(cost), len(children)
    low, high = (np.tanh(np.arctanh(r) + side * 1.959964 / np.sqrt(n - 3)) for side in (-1, 1))
    assert 0.15 <= r <= 0.25  # the published 0.2
    sign_in(page, "director", PAGE)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"Cost hardly follows need: r = {r:.2f} over {n:,} children"
    )
    assert headlines(page) == [f"{r:.2f}", f"{need.rank().corr(cost.rank()):.2f}", f"{r * r:.1%}", f"{n:,}"]
    expect(page.get_by_text(f"95% interval {low:.2f} to {high:.2f}")).to_be_visible()
    bands = (
        children.groupby(need // 10)["weekly_cost_gbp"].agg(["median", "size"]).query("size >= 10")["median"]
    )
    expect(page.get_by_role("heading", level=2).first).to_have_text(
        f"Median cost: £{bands.iloc[0]:,.0f} a week at need 0–9, £{bands.iloc[-1]:,.0f} at "
        f"{bands.index[-1] * 10:.0f}–{bands.index[-1] * 10 + 9:.0f}"
    )
    homes = children.groupby("setting_detail")[["need_total", "weekly_cost_gbp"]].mean()
    more = homes.loc["private_residential"] / homes.loc["in_house_residential"] - 1
    expect(
        page.get_by_role(
            "heading", name=f"Private homes: {more.iloc[0]:.0%} more need, {more.iloc[1]:.0%} more cost"
        )
    ).to_be_visible()
    expect_learnt(page)
    expect(page.get_by_text("not a saving")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert_no_serious_violation(page)


def test_lower_need_at_higher_cost_follows_the_limits_and_becomes_the_cohort(page, demonstration_folder):
    children = known(demonstration_folder)

    def inside(need, cost):
        return children[(children["need_total"] <= need) & (children["weekly_cost_gbp"] >= cost)]

    def expect_box(found):
        expect(
            page.get_by_role("heading", name=f"{len(found)} children: lower need, higher cost")
        ).to_be_visible(timeout=SLOWEST_MS)
        expect(page.get_by_text(f"£{found['weekly_cost_gbp'].sum() / 1000:.0f}k a week (")).to_be_visible()

    sign_in(page, "commissioner", PAGE)
    expect_box(inside(24, 5_000))
    page.get_by_label("Total need, at most").fill("30")
    page.get_by_label("Total need, at most").press("Tab")
    expect_box(inside(30, 5_000))
    assert query(page) == {"low_need": ["30"]}
    press(page, "Look at these children")
    found = inside(30, 5_000)
    expect(cohort_line(page)).to_contain_text(f"{len(found)} children", timeout=SLOWEST_MS)
    settle(page)
    assert query(page) == {"low_need": ["30"], "need_total": ["-30"], "weekly_cost": ["5000-"]}
    press(page, "Undo")
    expect(cohort_line(page)).to_contain_text("All 3,528 children", timeout=SLOWEST_MS)
    page.goto(f"{PAGE}?low_need=40&high_cost=much")  # a new tab's address; the cookie holds
    expect(page.get_by_role("alert")).to_contain_text("high_cost=much", timeout=SLOWEST_MS)
    expect_box(inside(40, 5_000))


@pytest.mark.parametrize(
    ("role", "link", "title"),
    [
        ("director", "?setting_details=unregistered", "Too few children to say whether cost follows need"),
        (
            "commissioner",
            "?setting_details=unregistered",
            "Too few children to say whether cost follows need",
        ),
        ("director", "?settings=parents_or_adoption", "Too few children to say whether cost follows need"),
        ("commissioner", "?settings=fostering&age=18-25", "Nobody fits all of these filters"),
    ],
)
def test_few_children_none_with_a_cost_and_nobody_have_words_of_their_own(
    page, demonstration_folder, role, link, title
):
    everyone = rows(demonstration_folder)
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    sign_in(page, role, PAGE + link)
    expect(page.get_by_role("heading", level=1)).to_have_text(title, timeout=SLOWEST_MS)
    settle(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    sent = "".join(frames)
    assert not [child for child in everyone["child_id"] if child in sent]
