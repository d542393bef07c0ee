"""From the review list to a decision to the tracker, as a commissioner goes; what was written is looked up again by plain SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest
from playwright.sync_api import Page, expect

from ledger import activity, open_ledger
from ledger.decisions import decided
from ledger.people import find_person
from tests.browser.served import SLOWEST_MS, Served, running_app, settle, sign_in, take
from tests.browser.test_overview import assert_no_serious_violation, headlines
from tests.browser.test_review_list import choose_first_row

BEGAN = """
SELECT started_on FROM read_parquet('{folder}/parts/*/*/placement.parquet')
WHERE child_id = ? AND started_on <= DATE '2026-03-31' AND (ended_on IS NULL OR ended_on > DATE '2026-03-31')
"""
AUTHORITIES = "SELECT DISTINCT authority FROM read_parquet('{folder}/parts/*/*/child.parquet')"


@pytest.fixture(scope="module")
def server(demonstration_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app with a ledger of its own, in which nothing has been decided yet."""
    with running_app(demonstration_folder, tmp_path_factory.mktemp("tracker")) as served:
        yield served


def test_from_the_list_to_a_child_to_a_decision_to_the_tracker(
    page: Page, server: Served, demonstration_folder: Path
):
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    sign_in(page, "commissioner", "/tracker")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Nothing has been decided yet, so there is nothing to track."
    )
    page.get_by_role("link", name="Go to the Review list").click()
    settle(page)
    choose_first_row(page)
    page.get_by_role("button", name="Open child").click()
    page.wait_for_url("**/child*", timeout=SLOWEST_MS)  # the list has a form for a decision too
    expect(page.get_by_role("heading", level=1)).to_contain_text("Child", timeout=SLOWEST_MS)
    settle(page)
    states = page.get_by_role("radiogroup", name="Decision")
    expect(states).to_be_visible(timeout=SLOWEST_MS)
    settle(page)
    states.get_by_text("Agreed", exact=True).click()
    expect(page.get_by_text("There is a plan: a home, a start and its cost.")).to_be_visible(
        timeout=SLOWEST_MS
    )
    settle(page)
    page.get_by_role("spinbutton", name="day, Planned start").click()
    page.keyboard.type("01062026")
    settle(page)
    saving = page.get_by_label("Saves the council, £ a week")
    saving.fill("1500")
    saving.press("Tab")
    settle(page)
    page.get_by_role("button", name="Record decision").click()
    expect(page.get_by_text(re.compile("· agreed")).first).to_be_visible(timeout=SLOWEST_MS)

    ledger = open_ledger(demonstration_folder, url=server.ledger_url)
    commissioner = find_person(ledger, "demo-commissioner")
    authorities = duckdb.connect().execute(AUTHORITIES.format(folder=demonstration_folder)).fetchall()
    ((child, (written,)),) = decided(ledger, commissioner, [name for (name,) in authorities]).items()
    ((began,),) = duckdb.connect().execute(BEGAN.format(folder=demonstration_folder), [child]).fetchall()
    assert began.date() == written.placement_started
    assert (written.weekly_saving_gbp, written.planned_start) == (1_500.0, date(2026, 6, 1))

    page.goto("/tracker")
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "No move is in the data yet; of 1 child looked at, 1 agreed.", timeout=SLOWEST_MS
    )
    assert headlines(page)[:3] == ["1", "0", f"£{0.75 * 1_500 * 52 / 1_000:.0f}k"]
    assert_no_serious_violation(page)
    assert child not in "".join(frames)
    assert child not in page.url
    assert openpyxl.load_workbook(take(page, "Workbook (Excel)")).sheetnames
    told = [(line.who, line.what, line.detail) for line in activity.recent(ledger)]
    assert ("demo-commissioner", "recorded a decision", "agreed") in told
    assert not any(child in detail for _, _, detail in told)
