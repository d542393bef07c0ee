"""What each lever writes in the Placements sheet, and the formulas of its totals.

A live lever's formulas say again what its `apply` does, so that a changed input changes the workbook: tests
recalculate them and hold them against `run`. Any other lever stands there with the app's values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from vcore.exports.workbook.rows import CAPACITY, CASH, COST, NUMBER, SHARE, Column, Rows
from vcore.scenarios.baseline import Baseline, baseline_of
from vcore.scenarios.book import Book
from vcore.scenarios.lever import SavingKind
from vcore.scenarios.levers import FeeChange, PriceCap, StepDown
from vcore.scenarios.plan import Line, Plan
from vcore.scenarios.step import Step

RERUN = "re-run in the app"


@dataclass(frozen=True, eq=False)
class Totals:
    """A lever's formulas for its totals; without one the app's value stands."""

    eligible: str = ""
    placed: str = ""
    moved: str = ""
    weekly: str = ""
    alone: str = ""
    delivery: str = ""
    once: str = ""


@dataclass(frozen=True, eq=False)
class Part:
    """One lever in the workbook. `prefix` begins its names; `live`: its formulas follow its inputs.

    `savings` has for each kind of saving the words in "A vacated place is" that it is limited to, empty for
    all. `moving` is a factor and the range that give each row's moved weight, empty where nobody moves;
    `comes_back`: some of those return.
    """

    n: int
    line: Line
    name: str
    live: bool
    totals: Totals
    savings: dict[SavingKind, str]
    moving: tuple[str, str] = ("", "")
    comes_back: bool = False

    @property
    def prefix(self) -> str:
        return f"lever{self.n}_"

    @property
    def step(self) -> Step:
        return self.line.step


@dataclass(frozen=True, eq=False)
class _State:
    """A placement when a lever's turn comes, in the words of a row's formula and as arrays in the sheet's order.

    `price` and `left` (the share still there) are formulas, `price_range` and `gone` what ranges call them. `last`:
    no lever comes after, so nobody asks what is left.
    """

    price: str
    price_range: str
    left: str
    gone: tuple[str, ...]
    book: Book
    last: bool = False


def parts(plan: Plan, names: tuple[str, ...], rows: Rows) -> list[Part]:
    """Every lever of the plan, its columns added to the rows in the order they act."""
    base = baseline_of(plan.result.cohort)
    state = _State(COST, "cost", "1", (), Book.opened(base, plan.result.scenario.cost_basis))
    made = []
    for n, (line, name) in enumerate(zip(plan.lines, names, strict=True), 1):
        write = _WRITERS.get(type(line.step.settings), _fixed)
        part, state = write(n, line, name, rows, replace(state, last=n == len(plan.lines)), base)
        made.append(part)
        state = replace(state, book=line.step.effect.book)
    return made


def _step_down(n: int, line: Line, name: str, rows: Rows, was: _State, base: Baseline) -> tuple[Part, _State]:
    lever, effect, p = line.step.settings, line.step.effect, f"lever{n}_"
    assert isinstance(lever, StepDown)
    eligible = lever.apply(Book.opened(base, was.book.basis)).eligible
    here = rows.pick(eligible)
    placed_values = rows.pick(np.where(eligible, was.book.remaining * lever.matched, 0.0))
    rows.add(Column(f"{p}eligible", f"{n}. For discussion", here.astype(float), "number", where=here))
    placed = rows.add(
        Column(
            f"{p}placed", f"{n}. Found a place", placed_values, "weight", f"={p}matched*({was.left})", here
        )
    )
    moved = rows.add(
        Column(f"{p}moved", f"{n}. Moved weight", rows.pick(effect.moved), "weight",
               f"={placed}*{p}holds", here)
    )  # fmt: skip
    rows.add(
        Column(f"{p}saving", f"{n}. Saves, £ a week", rows.pick(effect.weekly_saving_gbp), "pence",
               f"={moved}*({was.price}*{SHARE}-{p}destination_cost_gbp)", here)
    )  # fmt: skip
    still = "".join(f"-{gone}" for gone in was.gone)
    support = f"{p}support_weekly_gbp*{p}support_weeks"
    both = f"{p}double_running_weeks*SUMPRODUCT({p}placed,{was.price_range},share_counted)"
    totals = Totals(
        eligible=f"=SUMPRODUCT({p}eligible*(1{still}>0))" if still else f"=SUM({p}eligible)",
        placed=f"={p}moved_children/IF({p}holds=0,1,{p}holds)",
        moved=f"=SUM({p}moved)",
        weekly=f"=SUM({p}saving)",
        alone=f"={p}matched*{p}holds*SUMPRODUCT({p}eligible*(cost*share_counted-{p}destination_cost_gbp))",
        delivery=f"={p}once_gbp+SUM({p}placed)*(1-{p}holds)*{p}return_cost_gbp",
        once=f"=SUM({p}placed)*{support}+{both}",
    )
    kinds: dict[SavingKind, str] = {"cashable": CASH, "released": CAPACITY}
    after = replace(was, left=f"{was.left}-{moved}", gone=(*was.gone, f"{p}moved"))
    return Part(n, line, name, True, totals, kinds, ("1", f"{p}moved"), comes_back=True), after


def _price_cap(n: int, line: Line, name: str, rows: Rows, was: _State, base: Baseline) -> tuple[Part, _State]:
    lever, effect, p = line.step.settings, line.step.effect, f"lever{n}_"
    assert isinstance(lever, PriceCap)
    inside = rows.pick(lever.reaches(base))
    scope = _scope(rows, p, n, inside)
    above_values = rows.pick(np.where(effect.eligible, was.book.remaining, 0.0))
    above = rows.add(
        Column(f"{p}above", f"{n}. Weight above the cap", above_values, "weight",
               f"=IF(AND({NUMBER}<={p}reached,{was.price}>{p}cap_gbp),{was.left},0)", inside)
    )  # fmt: skip
    next_week = f'IF({p}replacement_cost_gbp="",{was.price},{p}replacement_cost_gbp)'
    rows.add(
        Column(f"{p}saving", f"{n}. Saves, £ a week", rows.pick(effect.weekly_saving_gbp), "pence",
               f"={above}*((1-{p}handed_back)*{p}accepts*({was.price}-{p}cap_gbp)"
               f"+{p}handed_back*({was.price}-{next_week}))*{SHARE}", inside)
    )  # fmt: skip
    replaced = f'(cost-cost*({p}replacement_cost_gbp="")-{p}replacement_cost_gbp)'
    cutting = f"(1-{p}handed_back)*{p}accepts*(cost-{p}cap_gbp)+{p}handed_back*{replaced}"
    totals = Totals(
        eligible=f"=SUMPRODUCT((placement_no<={p}reached)*({was.price_range}>{p}cap_gbp){scope})",
        placed=f"={p}moved_children",
        moved=f"={p}handed_back*SUM({p}above)",
        weekly=f"=SUM({p}saving)",
        alone=f"=SUMPRODUCT((placement_no<={p}reached)*(cost>{p}cap_gbp){scope}*({cutting})*share_counted)",
    )
    part = Part(n, line, name, True, totals, {"cashable": ""}, (f"{p}handed_back", f"{p}above"))
    if was.last:
        return part, was
    dearer = f"AND({NUMBER}<={p}reached,{was.price}>{p}cap_gbp)"
    after = _cheaper(
        rows, p, n, was, effect.book.price, f"IF({dearer},({was.price}-{p}cap_gbp)*{p}accepts,0)", inside
    )
    gone = rows.add(
        Column(f"{p}moved", f"{n}. Handed back", rows.pick(effect.moved), "weight",
               f"={p}handed_back*{above}", inside)
    )  # fmt: skip
    return part, replace(after, left=f"{was.left}-{gone}", gone=(*was.gone, f"{p}moved"))


def _fee_change(
    n: int, line: Line, name: str, rows: Rows, was: _State, base: Baseline
) -> tuple[Part, _State]:
    lever, effect, p = line.step.settings, line.step.effect, f"lever{n}_"
    assert isinstance(lever, FeeChange)
    inside = rows.pick(lever.reaches(base))
    scope = _scope(rows, p, n, inside)
    rows.add(
        Column(f"{p}saving", f"{n}. Saves, £ a week", rows.pick(effect.weekly_saving_gbp), "pence",
               f"=-{p}change*{was.price}*({was.left})*{SHARE}", inside)
    )  # fmt: skip
    still = "".join(f"-{gone}" for gone in was.gone)
    totals = Totals(
        eligible=f"=SUMPRODUCT(({was.price_range}>0)*(1{still}>0){scope})",
        weekly=f"=SUM({p}saving)",
        alone=f"=-{p}change*SUMPRODUCT((cost>0){scope}*cost*share_counted)",
    )
    part = Part(n, line, name, True, totals, {"cashable": ""})
    if was.last:
        return part, was
    return part, _cheaper(rows, p, n, was, effect.book.price, f"-{p}change*{was.price}", inside)


def _fixed(n: int, line: Line, name: str, rows: Rows, was: _State, base: Baseline) -> tuple[Part, _State]:
    """A lever that only the app can work out: what it moved and made cheaper, as values."""
    effect, p, after = line.step.effect, f"lever{n}_", was
    saving = rows.pick(effect.weekly_saving_gbp)
    rows.add(Column(f"{p}saving", f"{n}. Saves, £ a week ({RERUN})", saving, "pence", where=saving != 0))
    moved = rows.pick(effect.moved)
    if moved.any():
        cell = rows.add(Column(f"{p}moved", f"{n}. Moved weight ({RERUN})", moved, "weight", where=moved > 0))
        after = replace(after, left=f"{was.left}-{cell}", gone=(*was.gone, f"{p}moved"))
    price = rows.pick(effect.book.price)
    if (price != rows.pick(was.book.price)).any():
        cell = rows.add(Column(f"{p}price", f"{n}. Price after, £ a week ({RERUN})", price, "pence"))
        after = replace(after, price=cell, price_range=f"{p}price")
    return Part(n, line, name, False, Totals(), dict.fromkeys(line.savings, "")), after


def _cheaper(
    rows: Rows, prefix: str, n: int, was: _State, price_gbp: np.ndarray, cut: str, inside: np.ndarray
) -> _State:
    """The state after prices came down by a cut: a column of its own, since a later lever begins from there."""
    only = cut if inside.all() else f"{rows.cell(f'{prefix}reach')}*({cut})"
    cell = rows.add(
        Column(f"{prefix}price", f"{n}. Price after, £ a week", rows.pick(price_gbp), "pence",
               f"={was.price}-{only}")
    )  # fmt: skip
    return replace(was, price=cell, price_range=f"{prefix}price")


def _scope(rows: Rows, prefix: str, n: int, inside: np.ndarray) -> str:
    """What limits a whole range to the lever's reach; a column of its own where it does not reach all."""
    if inside.all():
        return ""
    rows.add(Column(f"{prefix}reach", f"{n}. In its reach", inside.astype(float), "number", where=inside))
    return f"*{prefix}reach"


_WRITERS: dict[type, Callable[[int, Line, str, Rows, _State, Baseline], tuple[Part, _State]]] = {
    StepDown: _step_down,
    PriceCap: _price_cap,
    FeeChange: _fee_change,
}
