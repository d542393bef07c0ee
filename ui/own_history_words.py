"""What the council's own history of the step-down rule says in words: the sentence, the numbers, what is offered. Pure
text: whether it may be told is `ui.own_history_figures`' to say.
"""

from __future__ import annotations

from ui import theme
from ui.headlines import Headline
from ui.looking_back import YEAR_WORDS
from vcore.facts.assumptions import value
from vcore.scenarios.own_history import Found, OwnHistory


def sentence(own: OwnHistory, years: int, *, held: bool = True) -> str:
    """The page's sentence: of those flagged then, who moved, and how many of the moves held a year, if `held` may be
    told."""
    then = f"{YEAR_WORDS[years]} ago"
    if own.flagged == 0:
        return f"The rule would have flagged nobody {then}"
    moved = int(own.outcomes["flagged"].iloc[0])
    who = theme.count(own.flagged, "child", "children")
    if moved == 0:
        return f"Of {who} flagged {then}, none has moved to a foster family"
    said = f"Of {who} flagged {then}, {moved:,} moved to a foster family"
    if not held:
        return said
    year = own.held.to_dict("records")[-1]
    followed, kept = year["followed"], year["held"]
    if not followed:
        return f"{said}; none could be followed for a year yet"
    if followed == 1:
        return f"{said}; the one followed for a year {'held' if kept else 'did not hold'}"
    return f"{said}; {f'{kept:,}' if kept else 'none'} of the {followed:,} followed for a year held"


def headlines(own: OwnHistory, *, held: bool = True) -> list[Headline]:
    """Who moved, and how many of the moves held at 6 and at 12 months, if `held` may be told, with its intervals."""
    moved = own.matched
    k = int(own.outcomes["flagged"].iloc[0])
    first = Headline(
        theme.percent(k / own.flagged) if own.flagged else theme.NOT_AVAILABLE,
        f"of those flagged moved ({k:,} of {own.flagged:,})",
        _span(moved.low, moved.high) if moved else "too few to say more",
    )
    if not held:
        return [first]
    return [
        first,
        *(
            Headline(
                theme.percent(row["share"]),
                f"held {row['months']} months ({row['held']:,} of {row['followed']:,} followed)",
                _span(row["low"], row["high"]) if row["followed"] else "nobody followed that long",
            )
            for row in own.held.to_dict("records")
        ),
    ]


def not_followed(own: OwnHistory) -> str:
    """Who of those that moved is in no share at 12 months, and why."""
    year = own.held.to_dict("records")[-1]
    parts = [
        f"{year[name]:,} {words}"
        for name, words in (("left", "left care within the year"), ("recent", "moved too recently"))
        if year[name]
    ]
    return f"Moves in no share at 12 months: {' and '.join(parts)}." if parts else ""


def offer_words(name: str, one: Found | None, today: float) -> str:
    """One of the lever's fields: what this history says of it, and what the scenario has."""
    label = {"matched": "A family is found", "holds": "Moves that last"}[name]
    if one is None:
        least = f"{value('smallest_n_for_mean'):.0f}"
        counted = {"matched": "children flagged", "holds": "moves followed for a year"}[name]
        return f"{label}: too few to say (fewer than {least} {counted}). The scenario keeps {theme.percent(today)}."
    span = f"95%: {_span(one.low, one.high)}"
    if name == "matched":
        said = f"{label}: {theme.percent(one.value)} ({one.k:,} of {one.n:,}; {span})."
        return f"{said} The scenario has {theme.percent(today)}."
    years = value("holds_months") / 12
    return (
        f"{label} {years:g} years: {theme.percent(one.value)}, as many lost each year as in the first "
        f"({one.k:,} of {one.n:,} held a year; {span}). The scenario has {theme.percent(today)}."
    )


def _span(low: float, high: float) -> str:
    return f"{theme.percent(low)} to {theme.percent(high)}"
