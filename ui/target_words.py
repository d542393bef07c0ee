"""What it would take to save so much a year, in words: children and places first, then money. Pure text.

What rests on too few children is not said, neither its amount nor its setting: a setting found for an amount tells
as much as the amount.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


def answer(row: Sought, n: int, gate: Gate, *, on: bool) -> Answer:
    """The words for one lever on n children; `on` says whether it is on in the scenario, at `row.today`."""
    name, kind = row.lever.label, row.lever.code()
    if row.eligible == 0:
        return Answer(name, row.why or "Nobody is in its reach.", "", "", (), usable=False)
    if not gate.averages(row.fewest_told):
        return Answer(name, TOO_FEW, "", "", (), usable=False)
    amount, way = yearly(row.annual_gbp)
    claimed = row.lever.counts_as == "claimed"
    saved = f"{amount} claimed a year, until agreed no saving" if claimed else f"{amount} {way}"
    if not row.reaches:
        most = f"Cannot alone; the most it gives is {saved} ({_SETTINGS[kind](row.setting)})."
        if row.annual_gbp < 0.5:
            most = f"Cannot alone: it saves nothing here. {row.why}".strip()
        return Answer(name, _children(row, n, gate), "", most, row.cautions, usable=False)
    now = f" (now: {_SETTINGS[kind](row.today)})" if on else ""
    once = f", {money(row.delivery_cost_gbp)} once for the moves" if row.delivery_cost_gbp >= 0.5 else ""
    said = sentence(f"{_SETTINGS[kind](row.setting)}{now}.")
    return Answer(name, _children(row, n, gate), said, f"{saved}{once}.", row.cautions, usable=True)


def heading(rows: tuple[Sought, ...], target_gbp: float, gate: Gate) -> str:
    """How many levers reach the target alone, of those that can be told of."""
    able = sum(row.reaches and gate.averages(row.fewest_told) for row in rows)
    if not able:
        return f"No lever alone can be said to save {money(target_gbp)} a year."
    return f"{number(able)} of {len(rows)} levers could save {money(target_gbp)} a year alone."


def widened(fewest: int) -> str:
    """Why a lever may save more than was asked for; empty for a reader who sees small numbers."""
    if not fewest:
        return ""
    return (
        f"A setting whose amounts would tell about fewer than {fewest} children is not told, "
        "so some save more than asked."
    )


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
