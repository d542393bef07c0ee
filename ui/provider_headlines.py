"""What Providers says on top: the sentence, and four figures over those of the comparison.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

import pandas as pd

from ui import reads, theme
from ui.charts import TOO_FEW
from ui.comparison import Comparison
from ui.disclosure import Gate
from ui.headlines import Headline, compared
from ui.provider_rows import stands_beside, summed
from vcore.measures.disclosure import HIDDEN
from vcore.measures.providers import Providers, added_up, largest, rates
from vcore.store import Cohort

ONES = ("No", "One", "Two", "Three", "Four", "Five")


def title(cohort: Cohort, known: Providers, gate: Gate) -> str:
    """The sentence on top: how much of spend a few providers take."""
    if not gate.counts(len(cohort), len(cohort.base)):
        return TOO_FEW
    added = reads.measured(summed, cohort, known, None)
    outside, few = int(added["is_outside"].sum()), largest(added)
    if not outside:
        return "No provider outside the council is recorded here"
    of = (
        f"{ONES[len(few)]} provider"
        if outside == 1
        else f"{ONES[len(few)]} of {theme.number(outside)} providers"
    )
    share = _spent(few, added, gate)
    takes = "takes" if len(few) == 1 else "take"
    if share in (HIDDEN, theme.NOT_AVAILABLE):
        who = "provider cares" if outside == 1 else "providers care"
        return f"{theme.number(outside)} {who} for these children"
    return f"{of} {takes} {share} of spend"


def headlines(
    cohort: Cohort, known: Providers, comparison: Comparison, known_there: Providers, gate: Gate
) -> list[Headline]:
    """Outside providers, what they take of spend, how much is bought spot, and how fees rose in a year; each over
    the same of the comparison."""
    other = comparison.cohort
    here = reads.measured(_figures, cohort, known, gate)
    beside_it = stands_beside(cohort, other, gate)
    there = reads.measured(_figures, other, known_there, gate) if beside_it else [HIDDEN] * len(here)
    pairs = zip(here, there, strict=True)
    beside = [compared(comparison, HIDDEN if own == HIDDEN else others) for own, others in pairs]
    n, share, weekly, spot, rise, times = here
    said = [
        (n, "provider outside the council" if n == "1" else "providers outside the council"),
        (share, f"of spend goes to them ({weekly} a week)"),
        (spot, "of their placements are bought spot, one by one"),
        (rise, f"on fees since a year ago, same child and provider ({times} compared)"),
    ]
    shown = (beside[0], beside[1], beside[3], beside[4])
    return [Headline(*figure, words) for figure, words in zip(said, shown, strict=True)]


def _figures(cohort: Cohort, known: Providers, gate: Gate) -> list[str]:
    """In words: outside providers, their share of spend, what they are paid a week, the share bought spot, the
    rise of fees, and how many fees that compares."""
    added = reads.measured(summed, cohort, known, None)
    rest = reads.measured(summed, cohort.everyone_else, known, None)
    paid, others = added[added["is_outside"]], rest[rest["is_outside"]]
    all_paid = added_up(paid.assign(is_outside=True), ["all"] * len(paid))
    found = rates(all_paid).iloc[0] if len(paid) else None

    def amount(words: str, count: str) -> str:
        n = int(paid[count].sum())
        return gate.amount(words, n, n + int(others[count].sum()))

    spot = rise = theme.NOT_AVAILABLE
    if found is not None:
        few = not gate.counts(int(found["spot"]), int(found["bought"]))
        spot, rise = HIDDEN if few else theme.percent(found["spot_share"]), _rise(found["price_rise"])
    shares = _shares(paid)
    return [
        theme.number(len(paid)) if gate.counts(len(cohort), len(cohort.base)) else HIDDEN,
        _spent(paid, added, gate),
        gate.price(amount(theme.money(paid["weekly_gbp"].sum()), "costed"), shares),
        amount(spot, "bought"),
        gate.price(amount(rise, "compared"), shares),
        gate.count(int(paid["compared"].sum()), len(cohort)),
    ]


def _spent(some: pd.DataFrame, added: pd.DataFrame, gate: Gate) -> str:
    """The share of all spend that some rows take, in words."""
    spend, costed = added["weekly_gbp"].sum(), int(added["costed"].sum())
    if not spend > 0:
        return theme.NOT_AVAILABLE
    words = theme.percent(some["weekly_gbp"].sum() / spend)
    return gate.price(gate.amount(words, int(some["costed"].sum()), costed), _shares(some))


def _shares(paid: pd.DataFrame) -> list[float]:
    outside = paid.loc[paid["is_outside"], "weekly_gbp"]
    return (outside / paid["weekly_gbp"].sum()).tolist() if paid["weekly_gbp"].sum() > 0 else []


def _rise(share: float) -> str:
    return theme.percent(share) if not share > 0 else f"+{theme.percent(share)}"
