"""How sure an answer is, in words. Only where all amounts may be shown."""

from __future__ import annotations

from ui.theme import count, money, number
from vcore.scenarios import Result
from vcore.scenarios.ranges import DRAWS, Ranges, spans_of

FUTURES = f"{number(DRAWS)} simulated futures"
HOW = (
    f"In {FUTURES} only assumptions vary: each between its low and high end, most likely where it is set here, "
    "independent of the others. Who is eligible and what you choose stay as they are. A range of what is assumed, "
    "not of everything that may happen."
)
ONE_AT_A_TIME = (
    "One assumption at a time, the others as set here: what several do together is only in the range."
)
NOTHING_VARIES = (
    "No range and no probability: nothing that varies is assumed here. What is chosen, such as a cap, "
    "is not uncertain."
)
SAME_EVERYWHERE = "No range: whatever is assumed between its low and high end, this answer stays the same."
LINE_SIMULATING = "Low to high: simulating…"
LINE_NOTHING_VARIES = "Low to high: no range, since nothing that varies is assumed."
LINE_ON_ASKING = "Low to high: open “How sure is this?” below."
SIMULATING = f"Simulating {number(DRAWS)} futures…"


def takes_long(in_a_room: bool) -> str:
    """The line where simulating goes on beside the page; in a room there is nothing to open."""
    return f"Low to high: takes a moment{'.' if in_a_room else '; open “How sure is this?” below.'}"


def chance(share: float, target_gbp: float) -> str:
    """`About 7 in 10 simulated futures save at least £2.0m a year.`"""
    whom = f"at least {money(target_gbp)} a year" if target_gbp > 0 else "anything at all"
    if share in (0, 1):
        return f"{'None' if share == 0 else 'All'} of {FUTURES} save {whom}."
    if share < 0.05:
        return f"Fewer than 1 in 20 simulated futures save {whom}."
    if share >= 0.95:
        return f"More than 19 in 20 simulated futures save {whom}."
    return f"About {round(10 * share)} in 10 simulated futures save {whom}."


def interval_title(found: Ranges) -> str:
    """What the range finds: between what eight futures in ten lie."""
    low, _, high = found.unclaimed_annual_gbp
    if low >= 0:
        return f"8 in 10 futures save {money(low)} to {money(high)} a year"
    if high <= 0:
        return f"8 in 10 futures cost {money(-high)} to {money(-low)} more a year"
    return f"8 in 10 futures lie between {money(-low)} more and {money(high)} less a year"


def line(found: Ranges) -> str:
    """The range in one line under the answer: low, middle and high."""
    if found.same_everywhere:
        return "Low to high: the same in every simulated future."
    low, middle, high = found.unclaimed_annual_gbp
    if low >= 0:
        ends = f"{money(low)} to {money(high)} less a year, middle {money(middle)}"
    elif high <= 0:
        ends = f"{money(-high)} to {money(-low)} more a year, middle {money(-middle)}"
    else:
        ends = f"{money(-low)} more to {money(high)} less a year"
    return f"Low to high: {ends} (8 in 10 simulated futures)."


def moved(found: Ranges, result: Result) -> str:
    """How many children would move, with its range. Empty where nobody does."""
    if not result.children_moved:
        return ""
    low, middle, high = (round(ends) for ends in found.children_moved)
    return (
        f"{number(low)} to {count(high, 'child', 'children')} would move in 8 of 10 futures, "
        f"{number(middle)} in the middle one; {number(round(result.children_moved))} as set here."
    )


def avoided(found: Ranges, result: Result) -> str:
    """Growth avoided with its range, apart from what is saved. Empty where there is none."""
    if not result.avoided_gbp:
        return ""
    low, _, high = found.avoided_gbp
    return (
        f"Growth avoided, no part of the saving: {money(low)} to {money(high)} a year once built up, "
        "in 8 of 10 futures."
    )


def claimed(found: Ranges, result: Result) -> str:
    """What partners are asked for with its range, apart from what is saved. Empty where there is no claim."""
    if not result.claimed_gbp:
        return ""
    low, _, high = found.claimed_gbp
    return (
        f"Claimed from partners, no part of the saving until they agree: {money(low)} to {money(high)} a year "
        "in 8 of 10 futures."
    )


def still(result: Result) -> str:
    """Which levers vary nowhere. Empty where all do."""
    moving = {span.place for span in spans_of(result.scenario)}
    names = [lever.label for place, lever in enumerate(result.scenario.in_order) if place not in moving]
    if not names:
        return ""
    return f"{', '.join(names)}: no range; as set here nothing about it is assumed."


def swing_title(label: str) -> str:
    """What matters most."""
    return f"What matters most: {label[0].lower()}{label[1:]}"
