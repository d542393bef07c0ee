"""What a reader's screen feels like: key press to chart, and a rerun, in a headless Chromium.

Pages take turns, press by press, so that whatever else the machine does falls on all of them alike. The
clock runs inside the page (`probe.js`). Never judges: it only times.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from ui.doorway import COOKIE
from vcore.errors import VcoreError

PROBE = Path(__file__).with_name("probe.js")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
WARM_UPS = 3
LONGEST_SECONDS = 30
_QUIET_MS = 250  # nothing received and nothing drawn for so long: the press has had all its effect
_SETTLED = f"() => __probe.finishedAt && performance.now() - __probe.stirredAt > {_QUIET_MS}"


class NoBrowser(VcoreError):
    """There is no Chromium here."""

    def __init__(self) -> None:
        super().__init__(
            "No Chromium found: install one, or leave the screens out with --parts model readers."
        )


class ScreenFailed(VcoreError):
    """A page did not come, has not the control it should have, or a key press on it changed no chart."""


@dataclass(frozen=True)
class Press:
    """A key on a control of the page that changes its charts. `control` is a CSS selector of one element."""

    control: str
    key: str


@dataclass(frozen=True)
class Typed:
    """What is typed before a page shows what is timed: a text into a field, and then `shown` is there."""

    field: str
    text: str
    shown: str


@dataclass(frozen=True)
class Screen:
    """A page to time. `press` None: it has no chart to change. `cookie`: who looks at it. `typed`: done first."""

    name: str
    address: str
    press: Press | None = None
    cookie: str | None = None
    typed: Typed | None = None


@dataclass
class Presses:
    """Milliseconds from a key press to the end of the rerun (R), and to the last chart's frame."""

    rerun_ms: list[float] = field(default_factory=list)
    chart_ms: list[float] = field(default_factory=list)


def time_screens(screens: Sequence[Screen], repeats: int) -> Mapping[str, Presses]:
    """Times by screen name. Raises `NoBrowser` or `ScreenFailed`."""
    times = {screen.name: Presses() for screen in screens}
    with _browser() as browser:
        pages = [(screen, _opened(browser, screen)) for screen in screens]
        for turn in range(-WARM_UPS, repeats):
            for screen, page in pages:
                found = times[screen.name] if turn >= 0 else Presses()
                try:
                    page.bring_to_front()
                    found.rerun_ms.append(_rerun(page))
                    if screen.press is not None:
                        found.chart_ms.append(_change(page, screen.press))
                except PlaywrightError as error:
                    raise ScreenFailed(f"{screen.name}: {error.message}") from error
    return times


def time_opening(screen: Screen) -> float:
    """Milliseconds from asking for the address, in a browser that has never been here, to the page as it stays: its
    run over and its charts drawn. Raises `NoBrowser` or `ScreenFailed`."""
    with _browser() as browser:
        try:
            page = _opened(browser, screen)
            return page.evaluate("Math.max(__probe.finishedAt, __probe.drawnAt)")
        except PlaywrightError as error:
            raise ScreenFailed(f"{screen.name}: {error.message}") from error


@contextmanager
def _browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        raise NoBrowser
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def _opened(browser: Browser, screen: Screen) -> Page:
    """The page, drawn, in a context of its own: another reader's cookies and cache are not here."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    if screen.cookie is not None:
        host = urlsplit(screen.address).hostname or ""
        context.add_cookies([{"name": COOKIE, "value": screen.cookie, "domain": host, "path": "/"}])
    context.add_init_script(path=PROBE)
    page = context.new_page()
    page.set_default_timeout(LONGEST_SECONDS * 1_000)
    page.goto(screen.address)
    page.wait_for_function(_SETTLED, polling=50)
    if screen.typed is not None:
        page.locator(screen.typed.field).fill(screen.typed.text)
        page.keyboard.press("Enter")
        page.locator(screen.typed.shown).first.wait_for()
        page.wait_for_function(_SETTLED, polling=50)
    return page


def _rerun(page: Page) -> float:
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("r")
    page.wait_for_function(_SETTLED, polling=50)
    return page.evaluate("__probe.finishedAt - __probe.pressedAt")


def _change(page: Page, press: Press) -> float:
    page.locator(press.control).focus()
    page.keyboard.press(press.key)
    page.wait_for_function(f"() => ({_SETTLED})() && __probe.drawnAt", polling=50)
    return page.evaluate("__probe.drawnAt - __probe.pressedAt")
