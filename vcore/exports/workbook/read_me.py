"""The Read me sheet: what this workbook is about, what it comes to, how to use it, what to know."""

from __future__ import annotations

from vcore.exports.workbook.about import About
from vcore.exports.workbook.sheets import Cell, Sheets
from vcore.scenarios.run import Result

_LIVE = (
    "Change a yellow cell in Assumptions: Placements, Calculation, Months, Plan and Checks follow.",
    "What is marked “re-run in the app” has the app's values: change it there and download again.",
    "Checks holds every total against the app's figure. Changes lists what was changed here.",
    "Weekly and annual figures are a full year's effect at today's prices, before one-off cost. Plan says when.",
    "A home of one's own costs every place and its loan from the month it opens; growth avoided builds up by month.",
    "Kinds of saving stand apart and are never added: cash, capacity released, growth avoided, claimed.",
)


def _headlines(result: Result) -> list[tuple[str, float, str]]:
    """Words, £ and the name in Calculation of what the screen tells; a claim beside the saving, never in it."""
    once = ("One-off cost", result.delivery_cost_gbp, "delivery_cost_gbp")
    if len(result.unclaimed) == len(result.steps):
        return [
            ("Less in a full year", result.annual_saving_gbp, "annual_saving_gbp"),
            once,
            ("Net in the first full year", result.net_first_year_gbp, "net_first_year_gbp"),
        ]
    claimed = result.claimed_gbp * result.scenario.weeks_per_year
    return [
        ("Less in a full year", result.unclaimed_annual_gbp, "unclaimed_annual_gbp"),
        once,
        ("Net in the first full year", result.unclaimed_net_first_year_gbp, "unclaimed_net_first_year_gbp"),
        ("Claimed, not in these", claimed, "claimed_annual_gbp"),
    ]


def write_read_me(sheets: Sheets, about: About, result: Result | None, how: tuple[str, ...] = _LIVE) -> None:
    """Writes the sheet; with a result, its headline figures follow Calculation."""
    sheet = sheets.sheet("Read me", (30, 100))
    sheet.title_line(
        about.scenario, "Care Value Explorer: a scenario for children in care, its money and its assumptions"
    )
    if about.fictional:
        sheet.line(Cell("Demonstration data", "strong"), Cell("These children are fictional.", "strong"))
    for words, said in (
        ("Children", f"{about.cohort}: {about.children}"),
        ("Data", f"{about.as_of:%d %B %Y} (mark {about.snapshot})".lstrip("0")),
        ("Version of the app", about.engine_version),
        ("Open it in the app", about.link or "save the scenario there, or open its file"),
    ):
        sheet.line(words, Cell(said, "wrap"))
    sheet.gap()
    sheet.line(Cell("What it would do", "strong"))
    for n, said in enumerate(about.explained, 1):
        sheet.line(f"Lever {n}", Cell(said, "wrap"))
    if result is not None:
        sheet.gap()
        sheet.line(Cell("What it comes to", "strong"), Cell("£", "quiet"))
        for words, value, name in _headlines(result):
            sheet.line(words, Cell(value, "left_gbp", f"={name}"))
        sheet.line("Checks", Cell("OK", "strong", "=all_checks"))
    for heading, lines in (("How to use it", how), ("What to know", about.caveats)):
        sheet.gap()
        sheet.line(Cell(heading, "strong"))
        for said in lines:
            sheet.line(Cell(None), Cell(said, "wrap"))
