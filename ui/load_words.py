"""What a load would change, in words: the sentence, the rows of its table, and finance's total beside it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ui.disclosure import Gate
from ui.theme import MINUS, date_words, money_full, number, percent
from vcore.ingest.uploads import Extract
from vcore.store.difference import Change, Difference, Standing

NO_CONTROL = "No control total was given"
SHOWN = "Pages show the last date that all authorities of their reader reach."
KINDS = {
    "child": "children",
    "care": "times in care",
    "assessment": "needs",
    "placement": "placements",
    "cost": "costs",
    "capacity": "places in homes",
    "budget": "the budget",
    "disability": "disability",
    "ehcp": "EHCP",
    "permanently_excluded": "permanent exclusion",
    "suspended_ever": "suspension",
    "suspended_12m": "suspension in the last year",
    "excluded": "exclusion",
    "uasc": "unaccompanied asylum seekers",
    "dol": "deprivation of liberty",
    "sibling_group": "brothers and sisters",
    "sdq": "strengths and difficulties scores by year",
    "sdq_score": "the latest strengths and difficulties score",
    "missing_period": "times missing or away",
    "previous_permanence": "earlier permanence orders",
    "permanence_ordered": "when these were made",
    "in_area": "placed in the area",
    "distance_miles": "distance from home",
}


def sentence(change: Difference | Standing, gate: Gate) -> str:
    """+14 children, −9, 31 price changes: total +2.1%."""
    if isinstance(change, Standing):
        return (
            f"This authority is new here: {gate.count(change.children)} children in care on "
            f"{date_words(change.day)}, {gate.amount(money_full(change.weekly_cost_gbp), change.costed)} a week."
        )
    told = [
        f"{_count(change.joined, '+', gate)} {'child' if gate.count(change.joined.children) == '1' else 'children'}"
        if change.joined.children
        else "Nobody came",
        f"{_count(change.left, MINUS, gate)}" if change.left.children else "nobody left",
    ]
    if not change.joined.children and not change.left.children:
        told = ["Nobody came or left"]
    priced = gate.count(change.repriced.children)
    told.append(f"{'no' if priced == '0' else priced} price {'change' if priced == '1' else 'changes'}")
    share = change.weekly_share
    total = "nothing had a cost before" if share is None else f"total {_signed(percent(share), share)}"
    return f"{', '.join(told)}: {total}."


def rows(change: Difference, gate: Gate) -> list[dict[str, str]]:
    """A row a kind of change; their £ add up to the last."""
    kinds = (
        ("Children who came", change.joined),
        ("Children who left", change.left),
        ("Children who live elsewhere now", change.moved),
        ("Same home, another price", change.repriced),
        ("Same home, a cost where there was none", change.cost_found),
        ("Same home, a cost no longer", change.cost_lost),
    )
    told = [
        {
            "What changes": label,
            "Children": gate.count(kind.children),
            "£ a week": gate.amount(_pounds(kind.weekly_gbp), kind.children) if kind.children else "£0",
        }
        for label, kind in kinds
    ]
    before, after = change.before, change.after
    told.append(
        {
            "What changes": f"All children, {date_words(before.day)} to {date_words(after.day)}",
            "Children": f"{gate.count(before.children)} → {gate.count(after.children)}",
            "£ a week": f"{gate.amount(money_full(before.weekly_cost_gbp), before.costed)} → "
            f"{gate.amount(money_full(after.weekly_cost_gbp), after.costed)}",
        }
    )
    told.append(
        {
            "What changes": "Children with a newer assessment",
            "Children": gate.count(change.assessed),
            "£ a week": "",
        }
    )
    return told


def missing(names: Sequence[str]) -> str:
    """What readers would go without: what is live holds it and these files do not."""
    return (
        f"What is live holds this and these files do not: {kinds(names)}. A file may be missing, or could not be read: "
        "look at the checks by file. Once published, readers would go without."
    )


def held_back(before: date | None, after: date, own: date) -> str:
    """What a load does to the date that pages show, which is the last that every authority of their reader reaches;
    empty: nothing.

    `before`: the date they show now (None: nothing is loaded), `after`: once this load, true for `own`, is published.
    """
    if before is not None and after < before:
        return (
            f"{SHOWN} Publishing takes your pages from {date_words(before)} back to {date_words(after)}, for all "
            "your authorities, and so the pages of others who see this one."
        )
    if after < own:
        return f"{SHOWN} Yours show {date_words(after)} until newer files of the others are published."
    return ""


def near(authority: str, loaded: str) -> str:
    """What to say of a new name that is nearly a live one's (empty: one that the reader's account is not for)."""
    if not loaded:
        return (
            f"A name nearly equal to {authority} is loaded, for which your account is not. Under two names the same "
            "children would count twice. Ask whoever loads data for all authorities."
        )
    return (
        f"Did you mean {loaded}? {authority} is not live, and {loaded} is. Under two names the same children "
        "would count twice."
    )


def date_of_pages(loaded: Mapping[str, date]) -> str:
    """Which date pages show and whose load holds them back, by the date each is loaded to; empty: all reach one."""
    shown = min(loaded.values())
    behind = [name for name, day in loaded.items() if day == shown]
    if len(behind) == len(loaded):
        return ""
    who = f"{', '.join(behind[:-1])} and {behind[-1]}" if len(behind) > 1 else behind[0]
    return (
        f"{SHOWN} Yours show {date_words(shown)}: {who} {'is' if len(behind) == 1 else 'are'} loaded no further. "
        f"Newer files of {who} take them on."
    )


def nothing_in(extracts: Sequence[Extract]) -> str:
    """What was found in each file instead of a table."""
    return "; ".join(
        f"{extract.name} {'is empty or holds only blanks' if extract.encoding else 'is no text and no workbook'}"
        for extract in extracts
    )


def kinds(names: Sequence[str]) -> str:
    """What tables, and columns about a child, hold."""
    return ", ".join(KINDS[name] for name in names)


def reconciled(after: Standing, control_gbp: float | None, gate: Gate) -> str:
    """The files' week beside finance's, with the variance."""
    files = gate.amount(money_full(after.weekly_cost_gbp), after.costed)
    uncosted = after.children - after.costed
    without = (
        f", {gate.count(uncosted)} of {gate.count(after.children)} children without a cost"
        if uncosted
        else ""
    )
    if control_gbp is None:
        return f"{NO_CONTROL}. The files come to {files} a week{without}."
    apart = after.weekly_cost_gbp - control_gbp
    if abs(apart) < 0.5:
        return f"The files come to {files} a week{without}: the same as finance's total."
    share = f" ({percent(abs(apart) / control_gbp)})" if control_gbp else ""
    more = "more" if apart > 0 else "less"
    return (
        f"The files come to {files} a week{without}. Finance has {money_full(control_gbp)}: the files are "
        f"{gate.amount(money_full(abs(apart)), after.costed)}{share} {more}."
    )


def _count(change: Change, sign: str, gate: Gate) -> str:
    return f"{sign if change.children else ''}{gate.count(change.children)}"


def _signed(words: str, value: float) -> str:
    return words if value <= 0 else f"+{words}"


def _pounds(gbp: float) -> str:
    return _signed(money_full(gbp), gbp) if number(gbp, 0) not in ("0", f"{MINUS}0") else "£0"
