"""The four headlines of Overview, each over the same figure of what the cohort is compared with; need beside cost.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from ui import composition, reads, spend, theme
from ui.comparison import Comparison
from ui.disclosure import Gate
from ui.headlines import Headline, compared
from vcore.measures import needs
from vcore.measures.disclosure import HIDDEN
from vcore.measures.overlap import overlap
from vcore.settings import settings
from vcore.store import Cohort

METRICS = (
    *("children", "mean_need_total", "weekly_spend", "mean_weekly_cost", "annual_spend"),
    *("top_tenth_share", "residential_without_severe"),
)


def headlines(cohort: Cohort, comparison: Comparison, gate: Gate) -> list[Headline]:
    """Children, weekly and annual cost, the dearest tenth, and residential without severe need."""
    other, weeks = comparison.cohort, settings().weeks_per_year

    def both(told: composition.Told) -> tuple[str, str]:
        here, there = told(cohort, gate), told(other, gate)
        return here, HIDDEN if here == HIDDEN else there  # all less the others would tell it

    n, need, weekly, each, top = map(
        both, (_children, composition.told_need, _weekly, composition.told_cost, _top)
    )
    a_year = _spent(spend.sizes(cohort).weekly_gbp * weeks, cohort, gate)
    return [
        Headline(
            n[0],
            f"{'child' if n[0] == '1' else 'children'}, mean total need {need[0]}",
            compared(comparison, f"{n[1]}, mean need {need[1]}"),
        ),
        Headline(
            weekly[0],
            f"a week, {each[0]} each ({a_year} a year at {weeks:.4g} weeks)",
            compared(comparison, f"{weekly[1]}, {each[1]} each"),
        ),
        Headline(top[0], "of spend on the dearest tenth of placements", compared(comparison, top[1])),
        _calm(cohort, comparison, gate),
    ]


def _calm(cohort: Cohort, comparison: Comparison, gate: Gate) -> Headline:
    """Who in residential has no severe need; 0 where nobody lives there."""
    if gate.counts(len(cohort)) and not cohort.lives_in("residential").any():
        return Headline("0", "children in residential")
    (share, of), (other_share, other_of) = (
        spend.without_severe(group, gate) for group in (cohort, comparison.cohort)
    )
    if not gate.counts(len(comparison.cohort), len(comparison.cohort.base)):
        beside = HIDDEN  # that nobody lives there would tell where they do
    elif other_share == theme.NOT_AVAILABLE:
        beside = other_of
    elif HIDDEN in (share, other_share) or not _may_tell_calm(cohort, comparison.cohort, gate):
        beside = HIDDEN
    else:
        beside = f"{other_share} ({other_of})"
    return Headline(
        share, f"of children in residential have no severe need ({of})", compared(comparison, beside)
    )


def _may_tell_calm(cohort: Cohort, other: Cohort, gate: Gate) -> bool:
    """Whether those without and with a severe need are nowhere a few, in either cohort, both or neither."""
    if gate.sees_small:
        return True
    laid_over = reads.measured(overlap, cohort, other, None, needs.severe_in_residential)
    return all(gate.counts(n) for table in laid_over.values() for n in table.sum().tolist())


def _children(cohort: Cohort, gate: Gate) -> str:
    return gate.count(len(cohort), len(cohort.base))


def _weekly(cohort: Cohort, gate: Gate) -> str:
    return _spent(spend.sizes(cohort).weekly_gbp, cohort, gate)


def _spent(amount_gbp: float, cohort: Cohort, gate: Gate) -> str:
    costed, base_costed = (spend.completeness(group).costed for group in (cohort, cohort.whole_base))
    words = gate.amount(theme.money(amount_gbp), costed, base_costed)
    return gate.price(words, spend.cost_shares(cohort, gate))


def _top(cohort: Cohort, gate: Gate) -> str:
    dearest = spend.top(cohort)
    if not dearest.costed:
        return theme.NOT_AVAILABLE
    return gate.amount(theme.percent(dearest.share_of_spend), dearest.dearest, dearest.costed)
