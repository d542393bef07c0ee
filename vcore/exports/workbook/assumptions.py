"""The Assumptions and Changes sheets: every setting with its value here, in the app, its range and its source.

A live setting is an input: change it and the workbook follows. The others say that the app must be asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from vcore.errors import VcoreError
from vcore.exports.workbook.levers import RERUN, Part, Totals
from vcore.exports.workbook.sheets import Cell, Sheets, Style, Value
from vcore.facts.assumptions import Assumption, Known
from vcore.scenarios.baseline import baseline_of
from vcore.scenarios.levers import FeeChange, PriceCap, StepDown
from vcore.scenarios.plan import Plan

_TIMING = ("starts_after_months", "moves_a_month", "ramp_months", "notice_weeks")
_LIVE_FIELDS: dict[type, tuple[str, ...]] = {
    StepDown: (
        "matched", "holds", "destination_cost_gbp", "support_weekly_gbp", "support_weeks",
        "double_running_weeks", "return_cost_gbp", "holds_months", *_TIMING,
    ),
    PriceCap: ("cap_gbp", "top_share", "accepts", "handed_back", "replacement_cost_gbp", *_TIMING),
    FeeChange: ("change", *_TIMING),
}  # fmt: skip
_SHARES = ("matched", "holds", "accepts", "handed_back", "top_share", "change", "yearly_uplift")


class Setting(NamedTuple):
    """One setting: its name in formulas (empty: not live), its words, its value, and its assumption, if any."""

    name: str
    words: str
    value: Value
    known: Assumption | None = None
    style: Style = "input_number"


def grouped_settings(
    plan: Plan, names: Sequence[str], known_as: Known | None = None
) -> dict[str, list[Setting]]:
    """Every setting as chosen, none live but the weeks a year, and no price that was looked up among children."""
    levers = [
        Part(n, line, name, False, Totals(), {})
        for n, (line, name) in enumerate(zip(plan.lines, names, strict=True), 1)
    ]
    groups = settings_of(plan, levers, known_as, looked_up=False).items()
    return {
        heading: [one if one.name == "weeks_per_year" else one._replace(name="") for one in group]
        for heading, group in groups
    }


def settings_of(
    plan: Plan, made: Sequence[Part], known_as: Known | None = None, *, looked_up: bool = True
) -> dict[str, list[Setting]]:
    """Every setting under its heading: the whole scenario's first, then each lever's. `looked_up`: with the prices
    that a lever left to the data. `known_as` tells an assumption in the council's words (None: in the app's)."""
    known_as = known_as or plan.result.scenario.known
    scenario, calendar = plan.result.scenario, plan.calendar
    basis = "social care's share" if scenario.cost_basis == "social_care" else "gross, all funders"
    whole = [
        Setting("weeks_per_year", "Weeks a year", scenario.weeks_per_year, known_as("weeks_per_year")),
        Setting("plan_start", "First month of the plan", _first_month(plan), style="input_date"),
        Setting(
            "yearly_uplift", "Rise of prices each April, a share", calendar.yearly_uplift, style="input_share"
        ),
        Setting("", "Money counted", basis),
    ]
    return {"The whole scenario": whole} | {
        f"{part.n}. {part.name}": _lever(plan, part, known_as, looked_up=looked_up) for part in made
    }


def _first_month(plan: Plan) -> date:
    return plan.months.first_days[plan.months.start - plan.months.first]


def _lever(plan: Plan, part: Part, known_as: Known, *, looked_up: bool) -> list[Setting]:
    lever = part.step.settings
    live, registered = _LIVE_FIELDS.get(type(lever), ()), lever.assumptions()
    found = []
    for field, about in type(lever).model_fields.items():
        if field == "kind":
            continue
        value: Value | tuple[str, ...] = getattr(lever, field)
        if looked_up and field == "destination_cost_gbp" and value is None and isinstance(lever, StepDown):
            value = _destination(plan, lever)
        key = registered.get(field)
        known = known_as(key) if key else None
        found.append(
            Setting(
                f"{part.prefix}{field}" if field in live else "",
                about.description or field,
                _plain(value),
                known,
                _style(field, known),
            )
        )
    return sorted(found, key=lambda setting: not setting.name)  # what can be changed here first


def _destination(plan: Plan, lever: StepDown) -> float | None:
    try:
        return lever.destination_price(baseline_of(plan.result.cohort))
    except VcoreError:
        return None  # nobody is eligible, and nobody's price there is known


def _plain(value: Value | tuple[object, ...]) -> Value:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value.replace("_", " ")
    if value is None or isinstance(value, int | float | date):
        return value
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value).replace("_", " ") or "none"
    return str(value)


def _style(field: str, known: Assumption | None) -> Style:
    if field in _SHARES or (known is not None and known.unit == "share"):
        return "input_share"
    return "input_gbp" if field.endswith("_gbp") else "input_number"


_SHOWN: dict[Style, Style] = {"input_share": "share", "input_gbp": "gbp", "input_date": "date"}


def write_assumptions(sheets: Sheets, settings: dict[str, list[Setting]]) -> dict[str, int]:
    """Writes the sheet; gives the row of each live setting."""
    sheet = sheets.sheet("Assumptions", (44, 15, 15, 11, 11, 13, 60, 15, 10, 13, 60, 34, 26), wide=True)
    sheet.title_line(
        "Assumptions",
        "Change a cell with a yellow ground and Calculation, Months, Plan and Checks follow. An empty one means: "
        "no limit, or as today.",
    )
    sheet.headings(
        "Setting", "Here", "In the app", "Low", "High", "Unit", "Source", "Owner", "Date", "Quality", "Why",
        "Changed by", "In formulas", left=(0, 5, 6, 7, 8, 9, 10, 11, 12), freeze=True,
    )  # fmt: skip
    at: dict[str, int] = {}
    for heading, group in settings.items():
        sheet.gap()
        sheet.line(Cell(heading, "strong"))
        for one in group:
            shown = _SHOWN.get(one.style, "plain_number")
            style: Style = shown if one.known is None or one.known.unit != "share" else "share"
            ends = (None, None) if one.known is None else (one.known.low, one.known.high)
            sheet.line(
                Cell(one.words, "wrap"),
                Cell(one.value, one.style, name=one.name)
                if one.name
                else Cell(one.value, _aside(one, shown)),
                Cell(one.value, shown) if one.name else Cell(None),
                *(Cell(end, style) for end in ends),
                *(_told(one.known)),
                Cell(one.name or RERUN, "text" if one.name else "quiet"),
            )
            if one.name:
                at[one.name] = sheet.at
    return at


def _aside(one: Setting, shown: Style) -> Style:
    return "quiet" if isinstance(one.value, str) or one.value is None else shown


def _told(known: Assumption | None) -> tuple[Cell, ...]:
    if known is None:
        return (Cell(None), Cell("A choice of this scenario", "quiet"), *([Cell(None)] * 5))
    source = known.source
    if known.quality == "placeholder":
        source = f"Placeholder: {source.removeprefix('placeholder').lstrip(':; ') or 'no source yet'}"
    return (
        Cell(known.unit),
        Cell(source, "wrap"),
        Cell(known.owner),
        Cell(known.date),
        Cell(known.quality),
        Cell(known.rationale, "wrap"),
        Cell(known.changed or "as the app comes"),
    )


def write_changes(sheets: Sheets, settings: dict[str, list[Setting]], at: dict[str, int]) -> None:
    """The Changes sheet: what has been changed here since the app wrote it."""
    sheet = sheets.sheet("Changes", (44, 16, 16, 16))
    sheet.title_line(
        "Changes", "What has been changed in Assumptions since the app wrote this workbook, and what it does."
    )
    sheet.line(
        Cell("Settings changed", "strong"),
        Cell(
            0, "number", f'=COUNTIF(D{sheet.at + 9}:D{sheet.at + 8 + len(at)},"changed")', "settings_changed"
        ),
    )
    sheet.line("Weekly saving in the app, £", Cell(None), Cell("see Checks", "quiet"))
    sheet.line("Weekly saving here, £", Cell(None), Cell("see Calculation", "quiet"))
    sheet.gap()
    sheet.line(
        Cell(
            "To keep a change, set it in the app and save the scenario there: its history says who did what, and when.",
            "quiet",
        )
    )
    sheet.gap()
    sheet.gap()
    sheet.headings("Setting", "In the app", "Here", "Changed")
    for heading, group in settings.items():
        for one in group:
            if one.name:
                row = at[one.name]
                shown = _SHOWN.get(one.style, "plain_number")
                sheet.line(
                    f"{heading}: {one.words}",
                    Cell(one.value, shown),
                    Cell(one.value, shown, f"={one.name}"),
                    Cell("", "text", f'=IF(Assumptions!B{row}=Assumptions!C{row},"","changed")'),
                )
