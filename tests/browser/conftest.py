"""A browser, the demonstration data and a served app, shared by every journey.

`page` is a fresh visitor at 1280×720 whose addresses are relative to the app: `sign_in(page, "director")`,
`page.goto("/scenario?settings=residential")`. Without a Chromium these tests are skipped and say so;
`VCORE_REQUIRE_BROWSER=1` makes that a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.served import Served, find_chromium, new_visitor, running_app
from vcore.store import Store

HERE = Path(__file__).parent
MISSING = (
    "No Chromium on this machine: browser tests need one as chromium, chromium-browser or google-chrome "
    "(Debian: apt-get install chromium). No other download is needed."
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder carries the `browser` marker."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, started once."""
    path = find_chromium()
    if path is None:
        if os.environ.get("VCORE_REQUIRE_BROWSER") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demonstration_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the demonstration data is published. Shared: never write to it."""
    folder = tmp_path_factory.mktemp("demonstration")
    Store.prepare(folder)
    return folder


@pytest.fixture(scope="session")
def server(demonstration_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app over the demonstration data, for every journey that leaves accounts alone."""
    with running_app(demonstration_folder, tmp_path_factory.mktemp("ledger")) as served:
        yield served


@pytest.fixture
def page(browser: Browser, server: Served) -> Iterator[Page]:
    """A fresh visitor to the shared server."""
    context = new_visitor(browser, server)
    yield context.new_page()
    context.close()
