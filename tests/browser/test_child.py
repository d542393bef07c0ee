"""A child's page in a browser: opened by a code, drawn from the rows, kept on record, and closed to everybody else."""

from __future__ import annotations

import re

import duckdb
import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from ledger import activity, open_ledger, openings
from tests.browser.served import SLOWEST_MS, new_visitor, running_app, settle, sign_in, take
from tests.browser.test_overview import assert_no_serious_violation

CHILD = "/child"
# the child with most placements who is assessed, still in care, and was missing now and then
STORY = """
WITH placed AS (
    SELECT child_id, count(*) AS stays, count(*) FILTER (breakdown) AS broken,
        count(*) FILTER (ended_on IS NULL) AS here
    FROM read_parquet('{folder}/parts/*/*/placement.parquet') GROUP BY child_id
), paid AS (
    SELECT child_id, count(*) AS fees, max_by(weekly_cost_gbp, started_on) AS weekly
    FROM read_parquet('{folder}/parts/*/*/cost.parquet') GROUP BY child_id
), seen AS (
    SELECT child_id, count(*) AS times, max_by(list_sum(scores), assessed_on)::INTEGER AS total,
        max_by(child_view, assessed_on) AS view
    FROM read_parquet('{folder}/parts/*/*/assessment.parquet') GROUP BY child_id
), gone AS (
    SELECT child_id, count(*) AS absences FROM read_parquet('{folder}/parts/*/*/missing_period.parquet')
    GROUP BY child_id
), asked AS (
    SELECT child_id, count(*) AS years, max_by(score, year_ended_on) AS sdq
    FROM read_parquet('{folder}/parts/*/*/sdq.parquet') GROUP BY child_id
)
SELECT child_id, stays, broken, fees, weekly, total, view, absences, years, sdq
FROM placed JOIN paid USING (child_id) JOIN seen USING (child_id) JOIN gone USING (child_id) JOIN asked USING (child_id)
WHERE here = 1 AND times > 2 AND view IS NOT NULL AND broken > 0 AND years > 2
ORDER BY stays DESC, child_id LIMIT 1
"""
IDS = "SELECT child_id FROM read_parquet('{folder}/parts/*/*/child.parquet')"


def open_child(page: Page, child_id: str) -> None:
    """Types a code and waits for the whole page."""
    page.get_by_label("Short code of a child").fill(child_id)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", name="Similar children")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_text("Nothing has been decided about this child yet.")).to_be_visible(
        timeout=SLOWEST_MS
    )
    settle(page)


def test_a_child_is_opened_drawn_from_the_rows_and_kept_on_record(page, server, demonstration_folder):
    story = duckdb.connect().execute(STORY.format(folder=demonstration_folder)).fetchone()
    child_id, stays, broken, fees, weekly, total, view, absences, years, sdq = story
    every = {row[0] for row in duckdb.connect().execute(IDS.format(folder=demonstration_folder)).fetchall()}
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    sign_in(page, "commissioner", CHILD)
    open_child(page, child_id)
    heading = page.get_by_role("heading", level=1).inner_text()
    code = heading.removeprefix("Child ").split(" · ")[0]
    assert child_id.startswith(code.lower()) and 4 <= len(code) <= 8
    expect(page.locator(".cve-voice")).to_contain_text(view)
    line = page.locator(".stVegaLiteChart svg").nth(1)
    expect(line).to_be_visible(timeout=SLOWEST_MS)
    assert line.locator(".mark-rect path").count() == stays + fees + absences
    assert line.locator(".mark-text text", has_text="✕").count() == broken
    expect(line.locator(".mark-text text", has_text=re.compile(rf"^{total}$")).first).to_be_visible()
    page.get_by_text("View as table").nth(1).click()
    events = page.get_by_test_id("stTable").filter(has_text="Placement").locator("tbody tr")
    away = events.filter(has_text=re.compile("Missing|Away without authorisation"))
    expect(away).to_have_count(absences, timeout=SLOWEST_MS)
    expect(events.filter(has_text="Strengths and difficulties")).to_have_count(years)
    expect(page.get_by_text(re.compile(f"strengths and difficulties {sdq} of 40"))).to_be_visible()
    expect(page.get_by_text(re.compile(f"^{stays - 1} moves, {broken} after a breakdown$"))).to_be_visible()
    listed = page.locator(".cve-register").filter(has_text="How near").locator("tbody tr")
    expect(listed).to_have_count(12)
    expect(line.locator(".mark-text text", has_text=f"£{weekly:,.0f}")).to_be_visible()
    moves = page.locator(".cve-register").filter(has_text="Why it ended").locator("tbody tr")
    expect(moves).to_have_count(stays)
    assert_no_serious_violation(page)

    assert child_id not in page.url and not set(re.findall(r"[0-9a-f]{16}", "".join(frames))) & every
    ledger = open_ledger(demonstration_folder, url=server.ledger_url)
    opened = openings.of_child(ledger, child_id)
    assert [(each.who, each.what, each.children, each.cohort) for each in opened] == [
        ("demo-commissioner", "opened a child", 1, "All children in care")
    ]
    (kept,) = (each for each in activity.recent(ledger) if each.what == "opened a child")
    assert (kept.who, kept.detail) == ("demo-commissioner", "All children in care")

    page.get_by_role("button", name="Add to the huddle pack").click()
    pack = Presentation(take(page, "Huddle pack of 1 child (PowerPoint)"))
    assert [code in slide.shapes.title.text for slide in pack.slides] == [False, True]
    assert openings.of_child(ledger, child_id)[0].what == "took a huddle pack"
    ledger.engine.dispose()


@pytest.mark.slow
def test_on_a_fresh_server_nobody_else_comes_to_a_child_by_address(browser, demonstration_folder, tmp_path):
    with running_app(demonstration_folder, tmp_path) as fresh:
        for role in ("director", "finance", "administrator"):
            context = new_visitor(browser, fresh)
            page = context.new_page()
            sign_in(page, role, f"{CHILD}?child_open=001d14ec416d5306")
            expect(page.get_by_text("may not see children one by one")).to_be_visible(timeout=SLOWEST_MS)
            expect(page.get_by_label("Short code of a child")).to_have_count(0)
            context.close()
        ledger = open_ledger(demonstration_folder, url=fresh.ledger_url)
        assert openings.recent(ledger) == []
        ledger.engine.dispose()
