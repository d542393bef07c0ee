"""The rows of the money plan by financial year, each with its reference; what this reader may be told of them.

A line falls from year to year by the children whose own end comes. Whoever may not see what single placements
cost is told a year only where that fall is made by nobody or by enough children. Pure: draws nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ui.disclosure import Gate
from ui.scenario_words import lever_name
from vcore.exports.plan_lines import CODES, KIND_WORDS
from vcore.facts.placements import SETTING_LABELS
from vcore.measures.disclosure import HIDDEN
from vcore.scenarios import PriceCap, StepDown
from vcore.scenarios.calendar import MONTHS_A_YEAR, YEARS, by_year
from vcore.scenarios.lever import SavingKind
from vcore.scenarios.levers import AnyLever
from vcore.scenarios.plan import Line, Plan

IN_YEAR, CHANGE, ONE_OFF, STOPS, GROWTH = (
    "In the year",
    "Change on the year before",
    "One-off cost and net cash",
    "Stops during the year (its full-year value)",
    "Growth that happens anyway",
)
Cell = float | str


class Row(NamedTuple):
    """A row in £ of cost: a saving is negative. `full_year` is empty where it has no meaning."""

    block: str
    code: str
    words: str
    years: list[Cell]
    full_year: Cell = ""
    is_total: bool = False


def name_of(lever: AnyLever) -> str:
    """What a lever is called in the plan."""
    return lever_name(lever) if isinstance(lever, PriceCap | StepDown) else lever.label


class Told(NamedTuple):
    """Which financial years of a line may be told, five flags each: of each kind, of what all its children make
    together (who moves, what it costs once), and of all of it at once (what stops, which is every kind's)."""

    kinds: dict[SavingKind, np.ndarray]
    together: np.ndarray
    all_at_once: np.ndarray


def told_years(line: Line, gate: Gate) -> Told:
    """What this reader may be told of a line. No row adds its kinds up, so each kind stands by itself."""
    together, *each = (_steps(children, gate) for children in line.counted)
    kinds = dict(zip(line.step.rows_by_kind, each, strict=True))
    kinds |= {kind: together for kind in line.savings if kind not in kinds}
    return Told(kinds, together, np.logical_and.reduce([together, *each]))


def told_in(plan: Plan, year: int, gate: Gate) -> bool:
    """Whether this reader may be told what all levers together come to in a year of the plan (0 the first)."""
    return all(bool(told_years(line, gate).all_at_once[year]) for line in plan.lines)


def _steps(children: np.ndarray, gate: Gate) -> np.ndarray:
    """The years between whose ends nobody leaves, or enough children do."""
    if gate.sees_small or gate.sees_placements:
        return np.ones(YEARS, dtype=bool)
    falling = children[::MONTHS_A_YEAR].round().astype("int64")
    if falling[0] and not gate.averages(int(falling[0])):
        return np.zeros(YEARS, dtype=bool)
    return gate.steps(falling[::-1])[::-1][1:]


def rows(plan: Plan, gate: Gate) -> list[Row]:
    """Every row of the plan by year, in order."""
    told = [told_years(line, gate) for line in plan.lines]
    made = [*_saving_rows(plan, told, gate, IN_YEAR), *_saving_rows(plan, told, gate, CHANGE)]
    made += _cost_rows(plan, told)
    made += [
        Row(STOPS, f"L{n}-STOPS", name_of(line.step.settings), _cells(by_year(line.ended), known.all_at_once))
        for n, (line, known) in enumerate(zip(plan.lines, told, strict=True), 1)
    ]
    made += [
        Row(
            GROWTH,
            f"GROWTH-{setting.upper()}",
            SETTING_LABELS[setting],
            _cells(by_year(monthly), np.full(YEARS, gate.averages(plan.growing[setting]))),
        )
        for setting, monthly in plan.growth.items()
    ]
    return made


def _saving_rows(plan: Plan, told: Sequence[Told], gate: Gate, block: str) -> list[Row]:
    """Each lever's kinds of saving, then each kind of all levers; in the year, or as change on the year before."""
    weeks, changes = plan.result.scenario.weeks_per_year, block == CHANGE

    def row(
        code: str, words: str, monthly: np.ndarray, shown: np.ndarray, weekly: float, **more: bool
    ) -> Row:
        years = -by_year(monthly)
        if changes:
            years, shown = np.diff(years, prepend=0.0), shown & np.append(True, shown[:-1])
            return Row(block, code, words, _cells(years, shown), **more)
        whole = -weekly * weeks if gate.sees_placements or gate.sees_small or shown.any() else HIDDEN
        return Row(block, code, words, _cells(years, shown), whole, **more)

    made = [
        row(
            f"L{n}-{CODES[kind]}",
            f"{name_of(line.step.settings)}: {KIND_WORDS[kind]}",
            monthly,
            known.kinds[kind],
            line.step.by_kind[kind],
        )
        for n, (line, known) in enumerate(zip(plan.lines, told, strict=True), 1)
        for kind, monthly in line.savings.items()
        if monthly.any() or len(line.savings) == 1
    ]
    for kind, monthly in plan.by_kind.items():
        if not monthly.any() and kind != "cashable":
            continue
        shown = np.logical_and.reduce([known.kinds[kind] for known in told if kind in known.kinds])
        words = f"All levers: {KIND_WORDS[kind]}"
        made.append(
            row(f"ALL-{CODES[kind]}", words, monthly, shown, plan.result.by_kind[kind], is_total=True)
        )
    return made


def _cost_rows(plan: Plan, told: Sequence[Told]) -> list[Row]:
    made = [
        Row(
            ONE_OFF,
            f"L{n}-ONEOFF",
            f"{name_of(line.step.settings)}: one-off cost",
            _cells(by_year(line.one_off), known.together),
        )
        for n, (line, known) in enumerate(zip(plan.lines, told, strict=True), 1)
        if line.one_off.any()
    ]
    every = [
        shown for known in told for shown in (known.together, known.kinds.get("cashable", known.together))
    ]
    shown = np.logical_and.reduce(every) if every else np.ones(YEARS, dtype=bool)
    net = -by_year(plan.net_cash)
    for code, name, years, seen in (
        ("NET", "Cash saved less one-off cost", net, shown),
        ("NET-SO-FAR", "The same, so far", np.cumsum(net), np.logical_and.accumulate(shown)),
    ):
        made.append(Row(ONE_OFF, code, name, _cells(years, seen), is_total=True))
    return made


def children(plan: Plan, gate: Gate) -> list[Row]:
    """Who moves and who comes back, by year: expected children, said before any pound."""
    if not plan.moved.any():
        return []
    shown = np.logical_and.reduce([told_years(line, gate).together for line in plan.lines])
    return [
        Row("Children", "", words, _cells(by_year(monthly), shown))
        for words, monthly in (("Move, for good or not", plan.moved), ("Come back", plan.returned))
    ]


def _cells(years: np.ndarray, shown: np.ndarray) -> list[Cell]:
    return [float(gbp) if tell else HIDDEN for gbp, tell in zip(years, shown, strict=True)]
