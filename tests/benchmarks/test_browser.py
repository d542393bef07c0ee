"""The clock in the page, on the bare page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.browser import CHROMIUMS, Press, Screen, ScreenFailed, time_opening, time_screens
from benchmarks.screens import BARE_PRESS
from benchmarks.server import BARE_APP, ServerFailed, running

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not any(map(shutil.which, CHROMIUMS)), reason="no Chromium on this machine"),
]


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    """A thread of its own: a journey's event loop may be running on this one, which has room for one."""
    with ThreadPoolExecutor(1) as thread:
        yield thread


def test_a_key_press_and_a_rerun_are_timed(tmp_path, monkeypatch, elsewhere):
    monkeypatch.setattr("benchmarks.browser.WARM_UPS", 1)
    with running(BARE_APP, tmp_path) as server:
        bare = Screen("bare", server.address, BARE_PRESS)
        found = elsewhere.submit(time_screens, [bare], repeats=2).result()["bare"]
        assert len(found.rerun_ms) == len(found.chart_ms) == 2
        assert all(0 < each_ms < 30_000 for each_ms in (*found.rerun_ms, *found.chart_ms))
        monkeypatch.setattr("benchmarks.browser.LONGEST_SECONDS", 3)
        with pytest.raises(ScreenFailed, match="bare"):
            other = Screen("bare", server.address, Press(".st-key-other input", "Enter"))
            elsewhere.submit(time_screens, [other], repeats=1).result()


def test_a_page_that_opens_is_timed_until_its_chart_is_drawn(tmp_path, elsewhere):
    with running(BARE_APP, tmp_path) as server:
        assert 0 < elsewhere.submit(time_opening, Screen("bare", server.address)).result() < 30_000


def test_a_server_that_does_not_start_says_what_it_printed(tmp_path):
    with pytest.raises(ServerFailed, match="not_there"), running(tmp_path / "not_there.py", tmp_path):
        pytest.fail("it started")
