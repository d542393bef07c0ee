"""The register of what a plan rests on: the value used, its range and source, who keeps it, how much it matters.

How much it matters passes the gate; the rest is about no child.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd

from ui import theme
from ui.assumption_words import amount
from ui.disclosure import Gate
from ui.money_plan_rows import name_of
from ui.registers import AS_IT_COMES, PLACEHOLDER
from ui.scenario_words import all_told, weeks_words
from vcore.facts.assumptions import Assumption
from vcore.measures.disclosure import HIDDEN
from vcore.scenarios import Result
from vcore.scenarios.impact import impacts, rating

IMPACT = (
    "Impact: how far the first full year, net of one-off cost, swings between the low and the high end, one assumption "
    "at a time. High: a fifth or more of a full year's saving; medium: a twentieth or more."
)


def assumptions_table(result: Result, gate: Gate, known_as: Mapping[str, Assumption]) -> pd.DataFrame:
    """Every assumption of the levers that are on, as the scenario has it, then the calendar's settings."""
    levers = result.scenario.in_order
    told = all_told(result, gate)
    rows = []
    for found in impacts(result):
        lever, known = levers[found.place], known_as[found.key]
        rows.append(
            {
                "Assumption": f"{known.label} ({name_of(lever)})",
                "Here": amount(getattr(lever, found.field), known),
                "Usual": amount(known.value, known),
                "Range": f"{amount(known.low, known)} to {amount(known.high, known)}",
                "Unit": _unit(known),
                "Impact": rating(found, result) if told else HIDDEN,
                "Quality": known.quality,
                "Source": PLACEHOLDER if known.source == "placeholder" else known.source,
                "Date": known.date,
                "Kept by": known.owner,
                "Why": known.rationale,
                "Changed by": known.changed or AS_IT_COMES,
            }
        )
    weeks = known_as["weeks_per_year"]
    rows.append(
        {
            "Assumption": weeks.label,
            "Here": weeks_words(result.scenario.weeks_per_year),
            "Usual": weeks_words(weeks.value),
            "Range": f"{weeks_words(weeks.low)} to {weeks_words(weeks.high)}",
            "Unit": weeks.unit,
            "Impact": "",
            "Quality": weeks.quality,
            "Source": weeks.source,
            "Date": weeks.date,
            "Kept by": weeks.owner,
            "Why": weeks.rationale,
            "Changed by": AS_IT_COMES,
        }
    )
    return pd.DataFrame(rows)


def timing_table(result: Result) -> pd.DataFrame:
    """When each lever takes effect: choices of this scenario, not of the register."""
    return pd.DataFrame(
        {
            "Lever": name_of(lever),
            "Starts": _later(lever.starts_after_months),
            "Notice": theme.count(round(lever.notice_weeks), "week", "weeks")
            if lever.notice_weeks
            else "none",
            "Takes effect": _ramp(lever.moves_a_month, lever.ramp_months),
        }
        for lever in result.scenario.in_order
    )


def markup(table: pd.DataFrame, caption: str) -> str:
    """A table of words that wraps, its first column the heading of each row."""
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table.columns)
    body = "".join(
        f'<tr><th scope="row">{escape(str(first))}</th>'
        + "".join(f"<td>{escape(str(cell))}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in table.itertuples(index=False)
    )
    return (
        f'<div class="cve-register" role="region" aria-label="{escape(caption)}" tabindex="0"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _later(months: int) -> str:
    return f"{_months(months)} later" if months else "with the plan"


def _ramp(moves_a_month: float | None, ramp_months: int) -> str:
    said = []
    if moves_a_month is not None:
        said.append(f"at most {moves_a_month:g} moves a month")
    if ramp_months:
        said.append(f"evenly over {_months(ramp_months)}")
    return ", ".join(said) or "at once"


def _months(n: int) -> str:
    return theme.count(n, "month", "months")


def _unit(known: Assumption) -> str:
    return known.unit.replace("GBP", "£").replace("share", "%")
