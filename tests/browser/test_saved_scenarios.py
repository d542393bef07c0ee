"""Scenarios kept, sent and compared: a link that opens the same to the pound, a file, and A against B."""

from __future__ import annotations

import json
import re
from math import ceil

import duckdb
import pandas as pd
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import update

from ledger import open_ledger
from ledger.people import find_person
from ledger.saved_scenarios import list_scenarios
from ledger.tables import SCENARIOS
from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, new_visitor, settle, sign_in
from tests.browser.test_scenario import expect_answer, headlines

CAP = "price_cap=cap_gbp:5000,top_share:0.07&basis=gross&weeks=52"
MOVE = "step_down=matched:0.5,holds:0.64,destination_cost_gbp:1000,screens:-"


def open_desk(page: Page, view: str):
    """The dialog, at one of its views."""
    page.get_by_role("button", name="Save, open, share").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=SLOWEST_MS)
    settle(page)
    if view != "Save":
        dialog.get_by_text(view, exact=True).first.click()
        settle(page)
    return dialog


def save(page: Page, query: str, name: str) -> None:
    """Sets a scenario by its link and saves it."""
    page.goto(f"/scenario?{query}")
    expect_answer(page)
    dialog = open_desk(page, "Save")
    dialog.get_by_role("textbox", name="Name").fill(name)
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(re.compile(f"Opened: {name} · saved by you"))).to_be_visible(timeout=SLOWEST_MS)


def by_hand(folder) -> dict[str, float]:
    """£ a year: the cap alone, the moves alone, and what would be counted twice."""
    children = rows(folder)
    with duckdb.connect() as connection:
        orders = connection.execute(
            f"SELECT child_id, coalesce(dol, false) AS dol FROM read_parquet('{folder}/parts/*/*/child.parquet')"
        ).df()
    children = children.merge(orders, on="child_id")
    cost = children["weekly_cost_gbp"]
    dearest = pd.Series(False, index=children.index)
    dearest[cost.nlargest(ceil(0.07 * len(cost))).index] = True
    above = (cost - 5000).clip(lower=0).where(dearest, 0).fillna(0)
    moves = (
        (children["setting"] == "residential")
        & cost.notna()
        & (children["severe"] == 0)
        & ~children["setting_detail"].isin(["secure_home", "specialist_residential"])
        & ~children["dol"]
    )
    share = 0.5 * 0.64
    return {
        "cap": above.sum() * 52,
        "move": share * (cost[moves] - 1000).sum() * 52,
        "twice": share * above[moves].sum() * 52,
        "moved": share * moves.sum(),
    }


def cells(page: Page, name: str) -> list[str]:
    """The cells of one scenario's row."""
    row = page.locator(".stTable").first.locator("tbody tr").filter(has_text=name).first
    expect(row).to_be_visible(timeout=SLOWEST_MS)
    return row.locator("th, td").all_inner_texts()


def test_a_copied_link_opens_the_same_to_the_pound_and_a_stale_value_is_named(
    page, browser, server, demonstration_folder
):
    sign_in(page, "director", f"/scenario?{CAP}&settings=residential")
    expect_answer(page)
    told, weekly = headlines(page), page.get_by_text(re.compile("a week × 52 weeks")).inner_text()
    homes = rows(demonstration_folder).query("setting == 'residential'")["weekly_cost_gbp"]
    dearest = homes.nlargest(ceil(0.07 * len(homes) - 1e-9))
    assert f"£{(dearest - 5000).clip(lower=0).sum():,.0f} a week" in weekly
    link = open_desk(page, "Copy link").get_by_test_id("stCode").inner_text().strip()
    assert link.startswith(f"{server.url}/scenario?settings=residential&price_cap=cap_gbp:5000")
    mark = re.search(r"data=(\d{8}-[0-9a-f]{8})$", link)[1]

    fresh = new_visitor(browser, server)
    again = fresh.new_page()
    sign_in(again, "director", link.removeprefix(server.url))
    expect_answer(again)
    assert headlines(again) == told
    assert again.get_by_text(re.compile("a week × 52 weeks")).inner_text() == weekly

    again.goto(link.replace(mark, "20250930-0a1b2c3d"))
    expect(again.get_by_text(re.compile("made on other data .30 September 2025"))).to_be_visible(
        timeout=SLOWEST_MS
    )
    expect(again.locator(".cve-headlines")).to_have_count(0)
    again.get_by_role("button", name="Go on with today's data").click()
    expect_answer(again)
    assert headlines(again) == told
    fresh.close()


def test_a_against_b_counts_overlap_once_and_a_mismatch_is_refused(page, server, demonstration_folder):
    sign_in(page, "finance", "/overview")
    save(page, CAP, "Only a cap")
    save(page, f"{CAP}&{MOVE}", "Cap and moves")
    ledger = open_ledger(server.data_folder, url=server.ledger_url)
    saved = {one.name: one.code for one in list_scenarios(ledger, find_person(ledger, "demo-finance"))}
    link = f"/compare?scenarios={saved['Cap and moves']},{saved['Only a cap']}"
    page.goto(link)
    gbp = by_hand(demonstration_folder)
    together = gbp["cap"] + gbp["move"] - gbp["twice"]
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"“Cap and moves” would move about {round(gbp['moved'])} children more than “Only a cap” and save "
        f"£{(together - gbp['cap']) / 1e6:.1f}m a year more",
        timeout=SLOWEST_MS,
    )
    settle(page)
    both, cap = cells(page, "Cap and moves"), cells(page, "Only a cap")
    assert (both[2], cap[2]) == (f"{round(gbp['moved'])}", "0")
    assert (both[4], cap[4]) == (f"£{together:,.0f}", f"£{gbp['cap']:,.0f}")
    assert (both[5], cap[5]) == (f"£{gbp['twice']:,.0f}", "£0")
    page.get_by_text("View as table").click()
    expect(page.get_by_role("cell", name=f"−£{gbp['move']:,.0f}")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_role("cell", name=f"£{gbp['twice']:,.0f}").last).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [(r["id"], r["nodes"][0]["html"]) for r in found if r["impact"] in ("serious", "critical")] == []

    with ledger.engine.begin() as connection:
        older = update(SCENARIOS).where(SCENARIOS.c.code == saved["Only a cap"])
        connection.execute(older.values(engine_version="0.0.9"))
    page.goto(link)
    expect(page.get_by_text(re.compile("Different versions of this app.*0.0.9"))).to_be_visible(
        timeout=SLOWEST_MS
    )
    expect(page.get_by_role("heading", level=1)).to_have_count(0)
    page.get_by_role("button", name="Run all again on today's data").click()
    expect(page.get_by_text("Run again on today's data; nothing that is saved has changed.")).to_be_visible(
        timeout=SLOWEST_MS
    )
    settle(page)
    assert cells(page, "Cap and moves") == both
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_a_file_taken_away_is_opened_again_and_a_fault_in_it_is_named(page, tmp_path):
    sign_in(page, "commissioner", f"/scenario?{CAP}")
    expect_answer(page)
    told = headlines(page)
    dialog = open_desk(page, "File")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download this scenario").click()
    path = tmp_path / "scenario.json"
    download.value.save_as(path)
    assert download.value.suggested_filename.startswith("demonstration-scenario-2026")
    contents = json.loads(path.read_text())
    assert contents["expected"]["levers"][0]["kind"] == "price_cap"

    contents["scenario"]["levers"][0]["cap_gbp"] = 1e9
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(contents))
    page.goto("/scenario?price_cap=cap_gbp:6000")
    expect_answer(page)
    dialog = open_desk(page, "File")
    dialog.locator("input[type=file]").set_input_files(broken)
    expect(dialog.get_by_text(re.compile("cap_gbp: expected at most 100,000"))).to_be_visible(
        timeout=SLOWEST_MS
    )
    dialog.locator("input[type=file]").set_input_files(path)
    dialog.get_by_role("button", name="Open it").click(timeout=SLOWEST_MS)
    expect(page.locator(".cve-headlines dd").first).to_have_text(told[0], timeout=SLOWEST_MS)
    expect(page).to_have_url(re.compile("cap_gbp(:|%3A)5000"), timeout=SLOWEST_MS)
