"""Overview as a director meets it: the figures of the rows, on one screen, within reach of everybody."""

from __future__ import annotations

import re
from math import ceil
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.rows import rows
from tests.browser.served import SLOWEST_MS, settle, sign_in

OVERVIEW = "/overview"
HOMES = ("in_house_residential", "private_residential", "other_authority_residential", "secure_home")


def cohort_line(page: Page):
    """The three figures of the cohort bar: the region that screen readers announce."""
    region = page.get_by_role("status").filter(has_text=re.compile("child|in |hidden"))
    return region.locator("span").first


def expect_drawn(page: Page, charts: int = 2) -> None:
    """Waits until the page's charts are pictures."""
    expect(page.locator(".stVegaLiteChart canvas, .stVegaLiteChart svg")).to_have_count(
        charts, timeout=SLOWEST_MS
    )
    settle(page)


def headlines(page: Page) -> list[str]:
    """The large numbers on top."""
    return page.locator(".cve-headlines dd").all_inner_texts()


def test_a_director_opens_overview_and_reads_the_figures_of_the_rows(page, demonstration_folder):
    sign_in(page, "director", OVERVIEW)
    expect_drawn(page)
    all_rows = rows(demonstration_folder)
    cost = all_rows["weekly_cost_gbp"]
    tenth = cost.nlargest(ceil(len(all_rows) / 10)).sum() / cost.sum()
    homes = all_rows[all_rows["setting"] == "residential"]
    calm = int((homes["severe"] == 0).sum())
    assert headlines(page) == [
        f"{len(all_rows):,}",
        f"£{cost.sum() / 1e6:.1f}m",
        f"{tenth:.0%}",
        f"{calm / len(homes):.0%}",
    ]
    expect(page.get_by_text(f"({calm} of {len(homes)})")).to_be_visible()
    expect(page.get_by_text(f"£{cost.sum() * 52 / 1e6:.0f}m a year at 52 weeks")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"The dearest tenth of placements take {tenth:.0%} of the £{cost.sum() / 1e6:.1f}m spent a week."
    )
    stale = (all_rows["assessed_days"] > 183).sum() / all_rows["need_total"].notna().sum()
    expect(page.get_by_text(f"{cost.notna().mean():.0%} of placements have a cost")).to_be_visible()
    expect(page.get_by_text(f"{stale:.1%} of assessments older than six months")).to_be_visible()


def test_what_it_is_compared_with_stands_under_each_figure(page, demonstration_folder):
    sign_in(page, "director", f"{OVERVIEW}?ehcp=yes&compare=2025-03-31")
    expect_drawn(page)
    then = rows(demonstration_folder, "2025-03-31")
    then = then[then["ehcp"].fillna(False).astype(bool)]
    cost, homes = then["weekly_cost_gbp"], then[then["setting"] == "residential"]
    calm = int((homes["severe"] == 0).sum())
    assert page.locator(".cve-beside").all_inner_texts() == [
        f"31 March 2025: {len(then):,}, mean need {then['need_total'].mean():.1f}",
        f"31 March 2025: £{cost.sum() / 1e6:.1f}m, £{cost.mean():,.0f} each",
        f"31 March 2025: {cost.nlargest(ceil(len(then) / 10)).sum() / cost.sum():.0%}",
        f"31 March 2025: {calm / homes['need_total'].count():.0%} ({calm} of {homes['need_total'].count()})",
    ]


@pytest.mark.parametrize(
    "link", ["?settings=residential&settings=fostering&ehcp=yes", "?ehcp=yes&compare=2025-03-31"]
)
def test_it_fits_the_screen_without_scrolling(page, link):
    sign_in(page, "director", OVERVIEW + link)
    expect_drawn(page)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("view => view.scrollHeight - view.clientHeight") <= 0
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    expect(page.get_by_text("How is this calculated?")).to_be_in_viewport()


def test_every_chart_has_words_and_a_table_that_equals_it(page, demonstration_folder):
    sign_in(page, "commissioner", OVERVIEW)
    expect_drawn(page)
    names = [chart.get_attribute("aria-label") or "" for chart in page.locator(".stVegaLiteChart").all()]
    assert any(name.startswith("Curve of the share of spend") for name in names)
    expect(page.locator("p.cve-heard").first).to_contain_text(
        "dearest 10%: 51% of spend"
    )  # beside its own words
    assert any(name.startswith("Paired bars") for name in names)
    page.get_by_text("View as table").nth(1).click()
    table = page.get_by_role("table")
    expect(table).to_be_visible(timeout=SLOWEST_MS)
    spend = rows(demonstration_folder).groupby("setting")["weekly_cost_gbp"].sum()
    expect(table.get_by_role("row", name="Residential")).to_contain_text(f"£{spend['residential']:,.0f}")
    expect(table.get_by_role("row", name="With parents")).to_contain_text("x")  # not costed is not £0
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV").click()
    assert waiting.value.suggested_filename == "demonstration-spend-by-setting-2026-03-31.csv"
    taken = pd.read_csv(waiting.value.path(), index_col=0)
    with page.expect_download(timeout=SLOWEST_MS) as drawing:
        page.get_by_role("button", name="Download as PNG").click()
    assert drawing.value.suggested_filename == "demonstration-spend-by-setting-2026-03-31.png"
    assert Path(drawing.value.path()).read_bytes().startswith(b"\x89PNG")
    assert taken.loc["Residential", "Children"] == 539
    assert float(taken.loc["Residential", "Weekly cost"]) == spend["residential"]


def test_what_a_week_costs_stands_beside_england(page, demonstration_folder):
    sign_in(page, "director", OVERVIEW)
    expect_drawn(page)
    page.get_by_role("button", name="Beside England").click()
    all_rows = rows(demonstration_folder)
    mean = all_rows[all_rows["setting"] == "residential"]["weekly_cost_gbp"].mean()
    expect(
        page.get_by_role("heading", name=f"A week in residential: £{mean:,.0f} here, £7,385 across England")
    ).to_be_visible(timeout=SLOWEST_MS)
    row = page.get_by_role("row", name="All children")
    expect(row).to_contain_text(f"£{all_rows['weekly_cost_gbp'].mean():,.0f}")
    expect(row).to_contain_text("£2,100")
    expect(page.get_by_text("Not the same thing")).to_be_visible()
    expect(page.get_by_text("No statistical neighbours are loaded")).to_be_visible()
    page.get_by_role("tab", name="Where children live").click()
    homes = all_rows["setting_detail"].isin(HOMES).mean()
    expect(page.get_by_role("row", name="Secure and children's homes")).to_contain_text(f"{homes:.0%}")
    assert_no_serious_violation(page)
    with page.expect_download() as waiting:
        page.get_by_role("tabpanel", name="Where children live").get_by_role(
            "button", name="Download as CSV"
        ).click()
    taken = pd.read_csv(waiting.value.path(), index_col=0)
    assert taken.loc["Secure and children's homes", "Here"] == round(homes, 2)


def test_what_changed_since_last_month(page, demonstration_folder):
    sign_in(page, "director", OVERVIEW)
    expect_drawn(page)
    page.get_by_role("button", name="Since last month").click()
    now, then = rows(demonstration_folder), rows(demonstration_folder, "2026-02-28")
    came, left = (len(set(a["child_id"]) - set(b["child_id"])) for a, b in ((now, then), (then, now)))
    expect(
        page.get_by_text(f"{len(then):,} then, {len(now):,} now; {came} are new here, {left} no longer here")
    ).to_be_visible(timeout=SLOWEST_MS)
    costs = [f"£{side['weekly_cost_gbp'].sum() / 1e6:.1f}m" for side in (then, now)]
    expect(page.get_by_text(f"a week: {costs[0]} then, {costs[1]} now")).to_be_visible()


@pytest.mark.parametrize("link", ["", "?settings=residential&severe_count=-0&age=12-16"])
def test_axe_finds_nothing_serious(page, link):
    sign_in(page, "director", OVERVIEW + link)
    expect_drawn(page)
    assert_no_serious_violation(page)


def assert_no_serious_violation(page: Page) -> None:
    """No serious or critical finding of axe."""
    found = Axe().run(page).response["violations"]
    serious = [
        (rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in ("serious", "critical")
    ]
    assert serious == []
