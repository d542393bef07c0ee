"""What it would take to save so much, in words: children and places first, then money. Pure text.

What rests on too few children is not said, neither its amount nor its setting: a setting found for an amount tells
as much as the amount.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ui.disclosure import Gate
from ui.lever_words import within_sentence
from ui.scenario_words import sentence, yearly
from ui.theme import count, money, money_full, number, percent
from vcore.facts.placements import DETAIL_LABELS
from vcore.scenarios.goal_seek import Sought
from vcore.scenarios.levers.move import Move

NO_PREVENTION = (
    "Prevention is not among them: growth that is avoided was never spent, so it saves nothing on today."
)
TOO_FEW = "Too few children or placements would be affected to say what it would take."
_SETTINGS: Mapping[str, Callable[[float], str]] = {
    "reunification": lambda share: f"going home is right for {percent(share)} of them",
    "permanence": lambda share: f"an order is made for {percent(share)} of them",
    "step_down": lambda share: f"a place is found for {percent(share)} of them",
    "staffing_taper": lambda share: f"staffing comes down for {percent(share)} of them",
    "in_house_fostering": lambda carers: f"{count(round(carers), 'carer', 'carers')} more a year",
    "own_homes": lambda homes: f"{count(round(homes), 'home', 'homes')} opened",
    "need_bands": lambda place: f"at most {_quantile(place)} of each need band's prices",
    "price_cap": lambda gbp: f"at most {money_full(gbp)} a week",
    "fee_change": lambda change: (
        f"fees {'up' if change > 0 else 'down'} {percent(abs(change))}"
        if round(change, 3)
        else "fees as they are"
    ),
    "joint_funding": lambda share: f"partners agree to {percent(share)} of what is claimed",
}


class Asked(NamedTuple):
    """What a target is of: one financial year of the plan (None: a full year), and with which levers."""

    year: str | None = None
    with_others: bool = False


FULL_YEAR = Asked()
MOVE_DEARER = (
    "Where the children would live costs the council more than where they live now: need there, not price, is the "
    "reason to move. What partners pay today may lapse with a move."
)
_WHY_DEARER: Mapping[str, str] = {
    "own_homes": (
        "Every place, the staff and the borrowing are paid for, filled or not, and what partners pay today lapses; "
        "like for like such homes cost about as much as private ones. Type what a place costs here to try your own."
    ),
    "in_house_fostering": (
        "Allowances, the service and finding carers come to more than agency carers cost here today."
    ),
}


class Answer(NamedTuple):
    """What one lever would take: its name, who would move first, then the setting and the money, and what to know.

    `usable` says whether the setting reaches the target and may be told.
    """

    name: str
    children: str
    setting: str
    money: str
    cautions: tuple[str, ...]
    usable: bool


def answer(
    row: Sought, n: int, gate: Gate, asked: Asked = FULL_YEAR, *, on: bool, shown: bool = True
) -> Answer:
    """The words for one lever on n children; `on` says whether it is on in the scenario, at `row.today`.

    `shown` no: too few children's own ends decide what falls in the year.
    """
    name, kind = row.lever.label, row.lever.code()
    cannot = "Cannot alone" if not asked.with_others else "Cannot, with the others as they are"
    if row.dearer is not None:
        return Answer(name, _dearer(row, gate, asked, cannot, shown=shown), "", "", (), usable=False)
    if row.eligible == 0:
        needless = row.reaches and asked.with_others
        said = "Not needed: the others save as much without it." if needless else row.why
        return Answer(name, said or "Nobody is in its reach.", "", "", (), usable=False)
    if not (shown and gate.averages(row.fewest_told)):
        return Answer(name, TOO_FEW, "", "", (), usable=False)
    saved = _saved(row, asked)
    if not row.reaches:
        most = f"{cannot}; the most it gives is {saved} ({_SETTINGS[kind](row.setting)})."
        if row.saved_gbp < 0.5:
            most = f"{cannot}: it saves nothing {_when(asked)}. {row.why}{_later(row, asked)}".strip()
        return Answer(name, _children(row, n, gate), "", most, row.cautions, usable=False)
    now = f" (now: {_SETTINGS[kind](row.today)})" if on else ""
    once = f", {money(row.delivery_cost_gbp)} once for the moves" if row.delivery_cost_gbp >= 0.5 else ""
    said = sentence(f"{_SETTINGS[kind](row.setting)}{now}.")
    return Answer(name, _children(row, n, gate), said, f"{saved}{once}.", row.cautions, usable=True)


def heading(answers: Sequence[Answer], target_gbp: float, asked: Asked = FULL_YEAR) -> str:
    """How many levers reach the target, of those that can be told of."""
    able = sum(told.usable for told in answers)
    when = "a year" if asked.year is None else f"in {asked.year}"
    if asked.with_others:
        with_them = "with the levers that are on"
        if not able:
            return f"No lever can be said to bring it to {money(target_gbp)} {when} {with_them}."
        return f"{number(able)} of {len(answers)} levers could bring it to {money(target_gbp)} {when} {with_them}."
    if not able:
        return f"No lever alone can be said to save {money(target_gbp)} {when}."
    return f"{number(able)} of {len(answers)} levers could save {money(target_gbp)} {when} alone."


def already(saved_gbp: float, target_gbp: float, asked: Asked) -> str:
    """What the levers that are on come to as they are, and what is still to go."""
    when = "a year" if asked.year is None else f"in {asked.year}"
    if saved_gbp < -0.5:
        return f"As they are the levers that are on cost {money(-saved_gbp)} more {when}."
    here = f"As they are the levers that are on save {money(saved_gbp)} {when}"
    if saved_gbp >= target_gbp:
        return (
            f"{here}, which is enough: nothing more is needed. Ask for more, or look at each lever by itself."
        )
    return f"{here}: {money(target_gbp - saved_gbp)} to go."


def how(asked: Asked, whose: str) -> str:
    """What the answers count, and in which order they stand."""
    each = "With the other levers as they are" if asked.with_others else "Each by itself"
    when = "in a full year"
    if asked.year is not None:
        when = f"within {asked.year} (April to March) from the plan's start, at its pace, to each child's own end"
    return f"{each}, {when}, {whose}; those nearest to today first."


def widened(fewest: int) -> str:
    """Why a lever may save more than was asked for; empty for a reader who sees small numbers."""
    if not fewest:
        return ""
    return (
        f"A setting whose amounts would tell about fewer than {fewest} children is not told, "
        "so some save more than asked."
    )


def _saved(row: Sought, asked: Asked) -> str:
    """What it saves, and of a financial year also what that is in a full one."""
    amount, way = yearly(row.annual_gbp)
    claimed = row.lever.counts_as == "claimed"
    whole = f"{amount} claimed a year, until agreed no saving" if claimed else f"{amount} {way}"
    in_all = " in all" if asked.with_others else ""
    if asked.year is None:
        return f"{whole}{in_all}"
    in_full = f"{amount} {'more ' if row.annual_gbp < 0 else ''}in a full year"
    if claimed:
        return f"{money(row.saved_gbp)} claimed in {asked.year}{in_all}, until agreed no saving ({in_full})"
    return f"{money(row.saved_gbp)} less in {asked.year}{in_all} ({in_full})"


def _dearer(row: Sought, gate: Gate, asked: Asked, cannot: str, *, shown: bool) -> str:
    """Why a lever that only costs more cannot save."""
    found, kind = row.dearer, row.lever.code()
    if found is None or not (shown and gate.averages(found.fewest_told)):
        return TOO_FEW
    when = "a year" if asked.year is None else f"in {asked.year}"
    costs = f"{cannot}: it costs {money(found.asked_gbp)} more {when} ({_SETTINGS[kind](found.setting)})."
    if asked.year is not None and found.annual_gbp < -0.5:
        return f"{costs} In a full year it saves {money(-found.annual_gbp)}."
    return f"{costs} {_WHY_DEARER.get(kind, MOVE_DEARER)}"


def _later(row: Sought, asked: Asked) -> str:
    """What a full year would be, where nothing falls in the one that was asked for."""
    if asked.year is None or asked.with_others or abs(row.annual_gbp) < 0.5:
        return ""
    amount, way = yearly(row.annual_gbp)
    return f"In a full year: {amount} {way}."


def _when(asked: Asked) -> str:
    return "here" if asked.year is None else f"in {asked.year}: it takes effect later"


def _children(row: Sought, n: int, gate: Gate) -> str:
    if not isinstance(row.lever, Move):
        placements = (
            count(row.eligible, "placement", "placements") if gate.counts(row.eligible, n) else "placements"
        )
        moves = (
            f"About {_people(row.children_moved)} would have to move; "
            if round(row.children_moved)
            else "No child would move; "
        )
        return f"{moves}{placements} would change in price or in who pays."
    if not gate.counts(row.eligible, n):
        return f"About {_people(row.children_moved)} of those discussed would move.{_places(row)}"
    if not round(row.children_moved):
        return f"Perhaps nobody of {_people(row.eligible)} discussed would move."
    of = f"{number(row.children_moved)} of {_people(row.eligible)} discussed"
    return f"About {of} would move.{_places(row)}"


def _people(children: float) -> str:
    return count(round(children), "child", "children")


def _places(row: Sought) -> str:
    """The places that the moves need, beside those that are free."""
    said = ""
    for home, needed in row.places.items():
        free = row.free_places.get(home)
        beside = "free places not recorded" if free is None else f"{number(free)} free now"
        what = within_sentence(DETAIL_LABELS.get(home, "relatives or friends (kinship fostering)"))
        said += f" {count(max(round(needed), 1), 'place', 'places')} needed in {what}: {beside}."
    return said


def _quantile(place: float) -> str:
    if abs(place - 0.5) < 1e-6:
        return "the median"
    return "the dearest" if place >= 1 else f"the price that {percent(place)} lie under,"
