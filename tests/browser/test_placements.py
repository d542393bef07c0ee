"""Placements as a director and a commissioner meet it: the figures of the rows, the flows, the date, few children."""

from __future__ import annotations

import re

import duckdb
import pytest
from playwright.sync_api import Page, expect

from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, settle, sign_in
from tests.browser.test_cohorts import few, query
from tests.browser.test_overview import assert_no_serious_violation, expect_drawn, headlines

PLACEMENTS = "/placements"
VIEWS = ("homes", "time", "endings")  # beside the flows, in the address
MOVES = """
SELECT count(*), count(*) FILTER (n >= 3), count(*) FILTER (broken)
FROM (
    SELECT child_id, count(*) AS n,
        bool_or(breakdown AND ended_on > DATE '2025-03-31' AND ended_on <= DATE '2026-03-31') AS broken,
        bool_or(ended_on IS NULL OR ended_on > DATE '2026-03-31') AS here
    FROM read_parquet('{folder}/parts/*/*/placement.parquet')
    WHERE started_on <= DATE '2026-03-31' AND (ended_on IS NULL OR ended_on > DATE '2025-03-31')
    GROUP BY child_id
)
WHERE here
"""


def crosstab(page: Page):
    """The from–to table."""
    return page.get_by_role("region", name="From–to table")


def flow(page: Page, start: str, column: int) -> str:
    """A cell of the from–to table, by its row and the place of its column."""
    line = crosstab(page).get_by_role("row", name=re.compile(f"^{start}"))
    return line.get_by_role("cell").nth(column).inner_text()


def test_a_director_reads_where_children_live_and_how_they_move(page, demonstration_folder):
    now, then = rows(demonstration_folder), rows(demonstration_folder, "2025-03-31")
    n, many, broken = duckdb.connect().execute(MOVES.format(folder=demonstration_folder)).fetchone() or ()
    assert n == len(now)
    sign_in(page, "director", PLACEMENTS)
    fostered = (now["setting"] == "fostering").mean()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"{fostered:.0%} live in fostering; {100 * many / n:.0f}% had three or more placements in 12 months."
    )
    assert headlines(page)[1:3] == [f"{100 * many / n:.0f}%", f"{100 * broken / n:.0f}%"]
    expect(crosstab(page)).to_be_in_viewport(timeout=SLOWEST_MS)
    both = then.merge(now, on="child_id", how="outer", suffixes=("_then", "_now"))
    stayed = ((both["setting_then"] == "fostering") & (both["setting_now"] == "fostering")).sum()
    gone = ((both["setting_then"] == "fostering") & both["setting_now"].isna()).sum()
    assert flow(page, "Fostering", 0) == f"{stayed:,}"
    assert flow(page, "Fostering", 5) == f"{gone:,}"
    assert flow(page, "Total", 6) == f"{len(both):,}"
    cells = set(crosstab(page).get_by_role("cell").all_inner_texts())
    assert "c" in cells and not cells & {"1", "2", "3", "4", "5"}
    expect_drawn(page, 1)
    assert_no_serious_violation(page)
    for title in ("Where they live", "Time in care and age", "Endings ahead"):
        page.get_by_role("radio", name=title).click()
        settle(page)
        expect_drawn(page, 2)
        expect(crosstab(page)).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert_no_serious_violation(page)
    assert query(page) == {"placement-view": [VIEWS[-1]]}


def test_the_earlier_date_stands_in_the_link_and_outlives_other_pages(page, demonstration_folder):
    now, then = rows(demonstration_folder), rows(demonstration_folder, "2024-03-31")
    sign_in(page, "commissioner", f"{PLACEMENTS}?settings=residential&months_back=24")
    homes = set(then[then["setting"] == "residential"]["child_id"])
    stayed = len(homes & set(now[now["setting"] == "residential"]["child_id"]))
    expect(page.locator(".cve-beside").first).to_have_text(re.compile("^Everyone else: [0-9]+ months$"))
    expect(crosstab(page)).to_be_visible(timeout=SLOWEST_MS)
    line = crosstab(page).get_by_role("row", name=re.compile("^Residential"))
    expect(line.locator("strong")).to_have_text(str(stayed))
    page.get_by_label("Where they lived then").click()
    page.get_by_role("option", name="36 months before: 31 March 2023").click()
    settle(page)
    expect(crosstab(page)).to_contain_text("31 March 2023", timeout=SLOWEST_MS)
    assert query(page) == {"settings": ["residential"], "months_back": ["36"]}
    for section, title in (("Decide", "Scenario"), ("Understand", "Placements")):
        page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
        page.get_by_test_id("stTopNavDropdownLink").filter(has_text=title).click()
        page.wait_for_url(f"**/{title.lower()}*")
        settle(page)
    expect(crosstab(page)).to_contain_text("31 March 2023", timeout=SLOWEST_MS)


def test_a_date_that_is_not_offered_is_named(page):
    sign_in(page, "director", f"{PLACEMENTS}?months_back=13")
    expect(page.get_by_role("alert")).to_contain_text("months_back=13 is not offered")
    expect(crosstab(page)).to_have_count(0)
    page.get_by_role("button", name="Show 12 months back").click()
    expect(crosstab(page)).to_be_visible(timeout=SLOWEST_MS)
    assert query(page) == {}


@pytest.mark.parametrize("view", VIEWS)
def test_the_other_views_tell_nobody_without_the_right_of_three_children(page, demonstration_folder, view):
    link = f"{PLACEMENTS}?placement-view={view}&weekly_cost={few(rows(demonstration_folder), 3)}-"
    sign_in(page, "director", link)
    expect_drawn(page, 2)
    expect(page.get_by_role("heading", level=1)).to_have_text("Too few children to say.")
    for fold in page.get_by_text("View as table").all():
        fold.click()
        settle(page)
    shown = " ".join(page.get_by_role("cell").all_inner_texts())
    assert shown and not re.search("[1-9]", shown)


@pytest.mark.parametrize("role", ["director", "commissioner"])
def test_three_children_are_told_of_to_nobody_without_the_right(page, demonstration_folder, role):
    everyone = rows(demonstration_folder)
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    sign_in(page, role, f"{PLACEMENTS}?weekly_cost={few(everyone, 3)}-")
    expect(page.get_by_text("View as table").last).to_be_visible(timeout=SLOWEST_MS)
    settle(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    said = page.get_by_role("heading", level=1).inner_text()
    if role == "director":
        assert said == "Too few children to say."
        assert set(headlines(page)) == {"c"}
        expect(crosstab(page)).to_have_count(0)
    else:
        assert said.startswith("All live in residential")
        expect(crosstab(page)).to_be_visible(timeout=SLOWEST_MS)
    sent = "".join(frames)
    assert not [child for child in everyone["child_id"] if child in sent]
