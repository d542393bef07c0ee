"""From the breakdown signal to its list, and from the own history to the scenario; expected values from the files."""

from __future__ import annotations

import re

import duckdb
import pytest
from playwright.sync_api import expect

from tests.browser.served import SLOWEST_MS, settle, sign_in
from tests.browser.test_overview import assert_no_serious_violation, expect_drawn
from tests.measures.test_breakdown_signal import EVIDENCE as BROKE_DOWN
from tests.scenarios.test_own_history import EVIDENCE as MOVED

TABLES = ("child", "care", "placement", "cost", "assessment")


@pytest.fixture(scope="module")
def files(demonstration_folder):
    """The files of the demonstration, a view a table."""
    connection = duckdb.connect()
    for name in TABLES:
        path = f"{demonstration_folder}/parts/*/*/{name}.parquet"
        connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{path}')")
    yield connection
    connection.close()


FLAGGED_TODAY = BROKE_DOWN.replace("2025-03-31", "2026-03-31")


def test_a_commissioner_tries_a_signal_lists_it_and_takes_own_values_to_the_scenario(page, files):
    (_, flagged, left, broke), (_, others, others_left, others_broke) = files.execute(BROKE_DOWN).fetchall()
    share, other = broke / (flagged - left), others_broke / (others - others_left)
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    sign_in(page, "commissioner", "/review_list?review-view=signal")
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(re.compile(f"{_percent(share)}.*{_percent(other)}"), timeout=SLOWEST_MS)
    counts = page.locator(".cve-beside")
    expect(counts.first).to_contain_text(f"{broke} of {flagged - left}")
    expect(counts.nth(1)).to_contain_text(f"{others_broke} of {others - others_left:,}")
    expect_drawn(page, 1)
    assert_no_serious_violation(page)
    today = files.execute(FLAGGED_TODAY).fetchone()[1]
    page.get_by_role("button", name=f"List the {today} children flagged today").click()
    expect(title).to_have_text(
        re.compile(f"^{today} children to discuss, of .* in fostering"), timeout=SLOWEST_MS
    )

    flagged, moved, _, ended, held, _ = files.execute(MOVED).fetchone()
    matched, holds = round(moved / flagged, 2), round((held / (held + ended)) ** 4, 2)
    page.get_by_text("Own evidence").click()
    expect(title).to_have_text(
        f"Of {flagged} children flagged three years ago, {moved} moved to a foster family; {held} of the "
        f"{held + ended} followed for a year held",
        timeout=SLOWEST_MS,
    )
    settle(page)
    expect_drawn(page, 2)
    assert_no_serious_violation(page)
    assert "step_down" not in page.url, "nothing is applied before the button is pressed"
    page.get_by_role("button", name="Use in the scenario").click()
    page.get_by_role("link", name="In use: go to Scenario").click(timeout=SLOWEST_MS)
    settle(page)
    expect(page).to_have_url(re.compile(f"step_down=.*matched(:|%3A){matched:g}.*holds(:|%3A){holds:g}"))
    children = files.execute("SELECT DISTINCT child_id FROM placement").fetchnumpy()["child_id"]
    sent = "".join(frames)
    assert not [child for child in children if child in sent]
    expect(page.get_by_text("Traceback")).to_have_count(0)


def _percent(part: float) -> str:
    return f"{part:.0%}" if part >= 0.0995 else f"{part:.1%}".replace(".0%", "%")
