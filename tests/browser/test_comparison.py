"""Journey 5, a cohort saved and followed over pages and browsers; and comparisons that must not tell of a few."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, new_visitor, settle, sign_in
from tests.browser.test_cohorts import COHORTS, few, press, query
from tests.browser.test_overview import assert_no_serious_violation, cohort_line, expect_drawn


def menu(page: Page, button: str, option: str) -> None:
    """Picks an option of a menu in the cohort bar."""
    page.get_by_role("button", name=re.compile(f"^{button}")).first.click()
    page.get_by_role("menuitem", name=re.compile(f"^{re.escape(option)}")).click()
    settle(page)


def view(page: Page, name: str) -> None:
    """Opens a view of the Cohorts page."""
    page.get_by_role("radio", name=name).click()
    settle(page)


def cells(page: Page) -> pd.DataFrame:
    """The table on the page."""
    expect(page.get_by_role("cell").first).to_be_visible(timeout=SLOWEST_MS)
    heads = page.get_by_role("columnheader").all_inner_texts()
    body = page.locator("tbody tr").all()
    return pd.DataFrame([row.locator("td").all_inner_texts() for row in body], columns=heads)


def test_a_preset_and_two_filters_are_saved_and_followed_over_pages_and_browsers(
    page, browser, server, demonstration_folder
):
    everyone = rows(demonstration_folder)
    sign_in(page, "commissioner", COHORTS)
    menu(page, "Presets", "Residential with no severe need")
    press(page, "+ Filter")
    page.get_by_role("dialog").get_by_label("Sex", exact=True).click()
    page.get_by_role("option", name=re.compile("^Male")).click()
    settle(page)
    page.get_by_role("dialog").get_by_label("Education, health and care plan (EHCP)", exact=True).click()
    page.get_by_role("option", name=re.compile("^Yes")).click()
    settle(page)
    mine = everyone[
        (everyone["setting"] == "residential")
        & (everyone["severe"] == 0)
        & (everyone["sex"] == "M")
        & everyone["ehcp"].fillna(False).astype(bool)
    ]
    press(page, f"Show {len(mine)} children")
    press(page, re.compile("^Save$"))
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Boys with a plan, no severe need")
    dialog.get_by_text("Everyone who may see cohorts").click()
    settle(page)
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog).to_have_count(0, timeout=SLOWEST_MS)
    said = cohort_line(page).inner_text()
    assert said.startswith(f"{len(mine)} of 539 in residential")
    for section, title in (("Understand", "Overview"), ("Decide", "Scenario"), ("Understand", "Cohorts")):
        page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
        page.get_by_test_id("stTopNavDropdownLink").filter(has_text=re.compile(f"^{title}$")).click()
        page.wait_for_url(f"**/{title.lower()}*")
        settle(page)
        expect(cohort_line(page)).to_have_text(said, timeout=SLOWEST_MS)
    press(page, "Clear")
    menu(page, "Compare", "Saved: Boys with a plan")
    view(page, "Side by side")
    expect(page.get_by_role("cell", name="Difference")).to_be_visible(timeout=SLOWEST_MS)
    table = cells(page).set_index("Cohort")
    assert table.loc["“Boys with a plan, no severe need”", "Children"] == f"{len(mine)}"
    assert table.loc["These children", "Mean weekly cost"] == f"£{everyone['weekly_cost_gbp'].mean():,.0f}"
    saved = query(page)["compare"][0]
    assert query(page) == {"compare": [saved], "view": ["side-by-side"]}
    fresh = new_visitor(browser, server)
    reopened = fresh.new_page()
    sign_in(reopened, "director", page.url)  # somebody else, for whom it is shared
    there = cells(reopened).set_index("Cohort")
    assert there["Children"].tolist() == table["Children"].tolist()
    assert there["Weekly cost"].tolist() == table["Weekly cost"].tolist()
    view(reopened, "Saved cohorts")
    expect(reopened.get_by_role("button", name="Delete")).to_have_count(0)
    fresh.close()
    view(page, "Saved cohorts")
    assert_no_serious_violation(page)
    press(page, "Change")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Boys, renamed")
    dialog.get_by_label("Name", exact=True).press("Tab")
    dialog.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("button", name="Compare: Boys, renamed")).to_be_visible(timeout=SLOWEST_MS)
    press(page, "Delete")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no saved cohort", timeout=SLOWEST_MS)
    press(page, "Compare with everyone else")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_earlier_date_is_compared_and_lasts(page, demonstration_folder):
    now, then = rows(demonstration_folder), rows(demonstration_folder, "2025-03-31")
    homes, before = (each[each["setting"] == "residential"] for each in (now, then))
    sign_in(page, "director", f"{COHORTS}?settings=residential")
    menu(page, "Compare", "12 months before")
    expect(page.get_by_role("button", name="Compare: 31 March 2025")).to_be_visible(timeout=SLOWEST_MS)
    cost = [f"£{each['weekly_cost_gbp'].mean():,.0f}" for each in (homes, before)]
    said = page.locator(".cve-headlines div").first
    expect(said).to_contain_text(
        f"mean weekly cost ({cost[1]} for those on 31 March 2025)", timeout=SLOWEST_MS
    )
    expect(said).to_contain_text(cost[0])
    expect_drawn(page, 1)
    view(page, "Side by side")
    expect(page.get_by_role("cell", name="Difference")).to_be_visible(timeout=SLOWEST_MS)
    table = cells(page)
    assert table["Children"].tolist()[:2] == [f"{len(homes)}", f"{len(before)}"]
    assert table["Mean weekly cost"].tolist()[:2] == cost
    page.reload()
    settle(page)
    assert cells(page).equals(table)


@pytest.mark.parametrize("n", [7, 3, 0])
def test_few_children_beside_others_stay_hidden_from_a_director(page, demonstration_folder, n):
    everyone = rows(demonstration_folder)
    least = few(everyone, n) if n else 100_000
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    sign_in(page, "director", f"{COHORTS}?weekly_cost={least}-&compare=2025-03-31&view=side-by-side")
    if n == 0:
        expect(page.get_by_role("heading", level=1)).to_have_text("Nobody fits all of these filters")
        return
    expect(page.get_by_role("alert").first).to_be_visible(timeout=SLOWEST_MS)  # beside few, or nobody then
    table = cells(page)
    assert set(table.iloc[0, 1:]) <= {"c", "x", f"{n}" if n > 5 else "c"}
    costed = everyone["weekly_cost_gbp"].notna().sum()
    apart = {f"−{len(everyone) - 2 * n:,}", f"−{costed - 2 * n:,}"} if n > 5 else set()
    assert set(table.iloc[2, 1:]) <= {"c", "x", *apart}  # 7 less all but 7, both shown
    sent = "".join(frames)
    assert not [child for child in everyone["child_id"] if child in sent]
    top = everyone["weekly_cost_gbp"].nlargest(n)
    assert f"{top.sum():,.0f}" not in sent and f"{top.mean():,.0f}" not in sent
    assert "Traceback" not in sent


def test_a_saved_cohort_three_children_away_is_not_compared_for_a_director(page, demonstration_folder):
    """Total less total would be those three's."""
    everyone = rows(demonstration_folder)
    homes = everyone[everyone["setting"] == "residential"]
    dearest = homes["weekly_cost_gbp"].nlargest(3).min()
    sign_in(page, "director", f"{COHORTS}?settings=residential&weekly_cost=0-&view=saved")
    press(page, re.compile("^Save$"))
    page.get_by_role("dialog").get_by_label("Name", exact=True).fill("Homes with a cost")
    page.get_by_role("dialog").get_by_label("Name", exact=True).press("Tab")
    page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=SLOWEST_MS)
    link = f"{COHORTS}?settings=residential&weekly_cost=0-{dearest - 1:.0f}&view=side-by-side"
    page.get_by_test_id("stMain").get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("button", name="Compare: Homes with a cost")).to_be_visible(timeout=SLOWEST_MS)
    settle(page)
    code = query(page)["compare"][0]
    page.goto(f"{link}&compare={code}")
    settle(page)
    expect(page.get_by_role("alert")).to_contain_text("differ by only a few", timeout=SLOWEST_MS)
    table = cells(page)
    assert table["Cohort"].tolist()[1] == "Everyone else"


def test_a_file_of_two_cohorts_hides_what_a_commissioner_sees(page, demonstration_folder):
    small = int((rows(demonstration_folder)["setting_detail"] == "unregistered").sum())
    sign_in(page, "commissioner", "/cohorts?setting_details=unregistered&view=side-by-side")
    row = page.get_by_role("row", name="These children")
    expect(row).to_contain_text(f"{small}")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV").click()
    taken = pd.read_csv(waiting.value.path(), index_col=0)
    assert 0 < small < 6
    assert taken.loc["These children", "Children"] == "c"
