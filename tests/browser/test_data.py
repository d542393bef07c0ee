"""Journey 9: a file with six faults, each named with its place and what to do; put right, published, rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from ledger import open_ledger, people, safeguards
from ledger.credentials import change_password
from tests.browser.served import (
    SLOWEST_MS,
    Served,
    account_menu,
    fill_in,
    new_visitor,
    running_app,
    settle,
    take,
)
from tests.ui.council_files import CHILDREN, COSTS, FAULTS, files, weekly
from tests.ui.test_data_page import load
from vcore.store.folder import DataFolder

OWN_PASSWORD = "harbour lantern fig"
SCREENSHOTS = Path(__file__).parent / "screenshots"
AUTHORITY = "Testshire"


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A council that has one authority's real data and everything that needs, and an analyst of its own."""
    folder = tmp_path_factory.mktemp("council")
    load(DataFolder(folder), "South", date(2026, 3, 31), {"cccc3333": 700.0})
    with running_app(folder, tmp_path_factory.mktemp("council-ledger")) as served:
        ledger = open_ledger(folder, url=served.ledger_url)
        for username, role in (("ann", "analyst"), ("abe", "administrator"), ("dee", "director")):
            once = people.add_person(ledger, username, name=username.title(), role=role)
            change_password(ledger, username, once, OWN_PASSWORD)
        safeguards.record_assessment_reference(ledger, "DPIA-2026-014", by="abe")
        yield served


def enter(browser: Browser, council: Served, who: str, path: str) -> Page:
    page = new_visitor(browser, council).new_page()
    page.goto(path)
    fill_in(page, who, OWN_PASSWORD)
    expect(account_menu(page, who.title())).to_be_visible(timeout=SLOWEST_MS)
    settle(page)
    return page


def press(page: Page, name: str, then: str) -> None:
    """Presses a button and waits for what follows."""
    page.get_by_role("button", name=name).click()
    expect(page.get_by_text(then).first).to_be_visible(timeout=SLOWEST_MS)
    settle(page)


def upload(page: Page, folder: Path, day: str, content: dict[str, bytes], *, new: bool) -> None:
    """From the files to the report of the checks."""
    for name, body in content.items():
        (folder / name).write_bytes(body)
    page.locator(".st-key-load-authority input").click()
    page.get_by_role("option", name="Another authority" if new else AUTHORITY).click()
    settle(page)
    if new:
        page.get_by_role("textbox", name="Its name").fill(AUTHORITY)
        page.keyboard.press("Tab")
    page.locator(".st-key-load-date").click()
    page.keyboard.type(day)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    settle(page)
    page.locator(".st-key-load-files input[type=file]").set_input_files(sorted(folder.iterdir()))
    for name in content:  # each file that is listed moves the button below it
        expect(page.get_by_role("button", name=f"Remove {name}")).to_be_visible(timeout=SLOWEST_MS)
    settle(page)
    press(page, "Read these files", "These are right: check the files")
    press(page, "These are right: check the files", "Report as XLSX")


def rows(page: Page) -> list[list[str]]:
    """The cells of the table of rows, by line."""
    lines = page.locator(".st-key-load-rows tbody tr").all()
    return [[cell.strip() for cell in line.locator("th, td").all_inner_texts()] for line in lines]


def test_six_faults_are_named_one_is_put_right_and_what_is_published_can_be_undone(
    browser: Browser, council: Served, tmp_path: Path
):
    frames: list[str] = []
    page = enter(browser, council, "ann", "/data?data-view=load")
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    upload(page, tmp_path, "31/03/2026", files(faults=True), new=True)
    expect(page.get_by_text(f"{4 * CHILDREN} rows: 84 valid, 6 with errors")).to_be_visible()
    page.get_by_text("By row", exact=True).click()
    expect(page.locator(".st-key-load-rows")).to_be_visible(timeout=SLOWEST_MS)
    settle(page)
    headings = page.locator(".st-key-load-rows thead th").all_inner_texts()
    assert [heading.strip() for heading in headings] == [
        *("File", "Row", "Column", "Found", "Expected", "What is wrong", "What to do")
    ]
    named = {int(line[1]): line for line in rows(page)[:6]}
    assert set(named) == set(FAULTS)
    for line in named.values():
        assert line[0] == "costs.csv" and line[2] in COSTS.split(",") and line[5] and line[6]
        assert line[3] or line[4], line  # what was found, or what was expected
    shown = page.inner_text("body")
    assert "9999" not in shown and "1012" not in shown  # a child's number stays in the council's files
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / "data-six-faults.png")
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []

    told = pd.read_csv(take(page, "Report as CSV"))
    assert set(FAULTS) <= set(told["Row"])
    assert openpyxl.load_workbook(take(page, "Report as XLSX")).sheetnames == ["Summary", "By rule", "By row"]

    press(page, "Read the letter O as a nought", "Put right in costs.csv")
    expect(page.get_by_text("86 valid, 5 with errors")).to_be_visible()
    press(
        page, "Look at what would change", "This authority is new here: 24 children in care on 31 March 2026"
    )
    page.screenshot(path=SCREENSHOTS / "data-preview.png")
    press(page, "Publish", "Published: Testshire, true for 31 March 2026, 24 children on file")

    upload(page, tmp_path, "30/04/2026", files(dearer=100), new=False)
    press(page, "Look at what would change", "Nobody came or left")
    page.get_by_role("spinbutton").fill(str(weekly(100)))
    page.keyboard.press("Tab")
    expect(page.get_by_text("the same as finance's total")).to_be_visible(timeout=SLOWEST_MS)
    press(page, "Publish", "Published: Testshire, true for 30 April 2026")

    page.get_by_text("What is loaded", exact=True).click()
    line = page.locator("tr", has_text=AUTHORITY).first
    expect(line).to_contain_text("30 April 2026", timeout=SLOWEST_MS)
    page.locator("[class*=st-key-data-authority] input").click()
    page.get_by_role("option", name=AUTHORITY).click()
    page.get_by_role("button", name=f"Roll back {AUTHORITY}").click()
    press(page, "Roll back now", "Rolled back. Testshire shows again what is true for 31 March 2026")
    expect(line).to_contain_text("31 March 2026", timeout=SLOWEST_MS)
    page.get_by_role("button", name="Make another load live").click()
    press(page, "Make this load live", "Live now: Testshire, true for 30 April 2026")
    expect(line).to_contain_text("30 April 2026", timeout=SLOWEST_MS)
    expect(page.get_by_text("Yours show 31 March 2026: South is loaded no further")).to_be_visible()
    page.get_by_role("button", name="Take this authority out").click()
    press(page, f"Take {AUTHORITY} out now", f"{AUTHORITY} is taken out: no page shows its children.")
    expect(page.get_by_text("Taken out: no page shows its children.", exact=True)).to_be_visible(
        timeout=SLOWEST_MS
    )
    page.screenshot(path=SCREENSHOTS / "data-taken-out.png")
    page.get_by_role("button", name="Make a load live").click()
    press(page, "Make this load live", "Live now: Testshire")
    assert not any("9999" in frame for frame in frames)
    page.context.close()


def test_who_may_not_load_data_is_told_so_at_its_address(browser: Browser, council: Served):
    page = enter(browser, council, "dee", "/data?data-view=load")
    expect(page.get_by_text("may not load data")).to_be_visible(timeout=SLOWEST_MS)
    assert page.get_by_role("button", name="Read these files").count() == 0
    page.context.close()
