"""The app as a server of one's own, and the few moves every journey makes in it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, expect

from ledger.demonstration import PASSWORD
from ui.doorway import COOKIE

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
COOKIE_STEP_MS = 50
DRAWN_MS = 100  # by then a page shows the last words of a run that is over
HEARD_MS = 1_000  # by then a server has begun to run for a press, or never will
NOTES_WHAT_IS_ASKED = """
let asked = null, changed = 0;
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) { asked = performance.now(); return send.call(this, data); };
const state = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState;
new MutationObserver(() => { changed = performance.now(); if (state() !== "notRunning") asked = null; })
    .observe(document, { subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] });
window.settled = (drawnMs, heardMs) => {
    const now = performance.now();
    return state() === "notRunning" && now - changed > drawnMs && (asked === null || now - asked > heardMs);
};
"""
SLOWEST_MS = 30_000  # for whatever a busy machine may need; a test that waits this long has failed


@dataclass(frozen=True)
class Served:
    """A running app. `ledger_url` opens its ledger from the test."""

    url: str
    data_folder: Path
    ledger_url: str
    log: Path


@contextmanager
def running_app(data_folder: Path, ledger_folder: Path, **environment: str) -> Iterator[Served]:
    """`streamlit run app.py` on a free port over a data folder, with a ledger of its own."""
    port = _free_port()
    log = ledger_folder / "server.log"
    served = Served(
        f"http://127.0.0.1:{port}", data_folder, f"sqlite:///{ledger_folder / 'ledger.sqlite'}", log
    )
    variables = {
        **os.environ,
        "VCORE_DATA_FOLDER": str(data_folder),
        "VCORE_LEDGER_URL": served.ledger_url,
        **environment,
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(served, process)
        yield served
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def new_visitor(browser: Browser, served: Served) -> BrowserContext:
    """A browser profile of one's own, without a cookie, whose addresses are relative to the app."""
    context = browser.new_context(base_url=served.url, viewport={"width": 1280, "height": 720})
    context.add_init_script(NOTES_WHAT_IS_ASKED)
    return context


def find_chromium() -> str | None:
    """The path of a Chromium on this machine."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def sign_in(page: Page, role: str, path: str = "/") -> None:
    """Opens a page of the app and signs in with the demonstration account of a role; waits for the page."""
    page.goto(path)
    fill_in(page, f"demo-{role}", PASSWORD)
    expect(account_menu(page, f"{role.title()} (demonstration)")).to_be_visible(timeout=SLOWEST_MS)
    settle(page)
    wait_for_cookie(page)


def wait_for_cookie(page: Page) -> None:
    """Waits until the browser holds the sign-in's cookie: who goes to another address before is a stranger there."""
    for _ in range(SLOWEST_MS // COOKIE_STEP_MS):
        if any(cookie.get("name") == COOKIE for cookie in page.context.cookies()):
            return
        page.wait_for_timeout(COOKIE_STEP_MS)
    raise AssertionError("The sign-in's cookie never came.")


def sign_out(page: Page) -> None:
    """Leaves through the account menu."""
    account_menu(page).click()
    page.get_by_role("button", name="Sign out").click()
    expect_door(page)


def fill_in(page: Page, username: str, password: str) -> None:
    """Types at the door and presses the button."""
    expect_door(page)
    page.get_by_role("textbox", name="User name").fill(username)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def expect_door(page: Page) -> None:
    """Waits for the sign-in form."""
    button = page.get_by_role("button", name="Sign in", exact=True)
    expect(button).to_be_visible(timeout=SLOWEST_MS)


def account_menu(page: Page, name: str = ""):
    """The button with the signed-in person's name."""
    return page.locator(".st-key-strip").get_by_test_id("stPopoverButton").filter(has_text=name)


def settle(page: Page) -> None:
    """Waits until the script has run for all that was pressed, and the page shows its outcome.

    Just after a press the page still says that nothing runs: what it asked of the server counts too.
    """
    page.wait_for_function(
        "([drawnMs, heardMs]) => window.settled(drawnMs, heardMs)",
        arg=[DRAWN_MS, HEARD_MS],
        timeout=SLOWEST_MS,
    )


def take(page: Page, name: str) -> BytesIO:
    """The file that a button of the page hands to the browser."""
    with page.expect_download(timeout=SLOWEST_MS) as waiting:
        page.get_by_role("button", name=name).last.click()
    return BytesIO(waiting.value.path().read_bytes())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_healthy(served: Served, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{served.url}/_stcore/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"The app did not start:\n{served.log.read_text(errors='replace')}")
