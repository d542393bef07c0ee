"""Sentences computed from a cohort: true for every cohort, plural-safe, quiet when there are too few children.

Every number in them passes the gate. Pure text: draws nothing, measures nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ui.charts import TOO_FEW
from ui.disclosure import Gate
from ui.theme import count, money, number, percent
from vcore.facts.domains import CutPoints
from vcore.measures.composition import Size
from vcore.measures.disclosure import HIDDEN
from vcore.measures.quality import Quality

LONGEST_TITLE = 15  # words


class Concentration(NamedTuple):
    """Share of spend (0–1) that the dearest `dearest` of `costed` placements with a cost take."""

    dearest: int
    costed: int
    share_of_spend: float


def cohort_size(
    size: Size,
    costed: int,
    base_costed: int,
    gate: Gate,
    within: tuple[int, str] | None = None,
    cost_shares: Sequence[float] = (),
) -> str:
    """`143 of 539 in residential · 4% of all 3,528 children · £800k a week (16% of spend)`.

    `costed`, `base_costed`: children with a cost. `within`: how many children the chosen setting holds, and
    its words, when other filters narrow it. `cost_shares`: of their cost, each outside provider's (`Gate.price`).
    """
    n, base = size.children, size.base_children
    if n == 0:
        return f"No child of all {number(base)}"
    spend = gate.price(gate.amount(money(size.weekly_gbp), costed, base_costed), cost_shares)
    if n == base:
        return f"All {children(n, gate)} · {spend} a week"
    if not gate.counts(n, base):
        return f"Number hidden ({HIDDEN}), of all {count(base, 'child', 'children')} · cost hidden ({HIDDEN})"
    who = children(n, gate, base)
    if within is not None:
        held, words = within
        shown = gate.counts(n, held) and gate.counts(held, base)
        who = f"{number(n)} of {number(held)} {words}" if shown else f"{HIDDEN} {words}"
    share = percent(size.share_of_children)
    of_spend = gate.price(gate.amount(percent(size.share_of_spend), costed, base_costed), cost_shares)
    return f"{who} · {share} of all {count(base, 'child', 'children')} · {spend} a week ({of_spend} of spend)"


def children(n: int, gate: Gate, of: int | None = None) -> str:
    """`1 child`, `143 children`, `children (number hidden: c)`."""
    return count(n, "child", "children") if gate.counts(n, of) else f"children (number hidden: {HIDDEN})"


def overview(found: Concentration, weekly_gbp: float, gate: Gate, cost_shares: Sequence[float] = ()) -> str:
    """The sentence on top of Overview: how spend is spread over placements; `cost_shares` as in `cohort_size`."""
    if found.costed == 0:
        return "No placement here has a cost yet."
    if not gate.averages(found.costed):
        return TOO_FEW
    weekly = gate.price(money(weekly_gbp), cost_shares)
    if found.dearest == 0 or not gate.averages(found.dearest, found.costed):
        return f"These placements cost {weekly} a week. Too few children to say how it is spread."
    return (
        f"The dearest tenth of placements take {percent(found.share_of_spend)} of the {weekly} spent a week."
    )


def settings_title(labels: Sequence[str], spend: Sequence[object], shares: Sequence[object]) -> str:
    """The title over spend and children by setting, dearest setting first; shares 0–1, "c" where hidden."""
    if not labels:
        return "Spend and children by setting"
    if len(labels) == 1:
        return f"{labels[0]}: everyone here"
    if isinstance(spend[0], float) and isinstance(shares[0], float) and spend[0] > 0:
        return f"{labels[0]}: {percent(spend[0])} of spend, {percent(shares[0])} of children"
    return "Spend and children by setting"


def composition_title(
    what: str, labels: Sequence[str], here: tuple[str, Sequence[object]], there: tuple[str, Sequence[object]]
) -> str:
    """The title over a cohort by an attribute: the row of somebody here where the two shares differ most.

    `here` and `there` are a name ("% of …") and its cells, shares 0–1 or "c".
    """
    (first, mine), (second, others) = here, there
    known = [
        (abs(a - b), label, a, b)
        for label, a, b in zip(labels, mine, others, strict=True)
        if isinstance(a, float) and isinstance(b, float) and a > 0 and b >= 0
    ]
    if not known or not max(known)[0]:
        return f"Children by {what[0].lower()}{what[1:]}"
    _, label, a, b = max(known)
    said = f"{label}: {percent(a)} {first.removeprefix('% ')}, {percent(b)} {second.removeprefix('% ')}"
    return said if len(said.split()) <= LONGEST_TITLE else f"{label}: {percent(a)} here, {percent(b)} there"


def quality_line(quality: Quality, gate: Gate) -> str:
    """How complete and how fresh: what is missing is said to be missing, not £0."""
    if not gate.counts(quality.children):
        return TOO_FEW
    if quality.costed == quality.children:
        costed = "Every placement has a cost"
    else:
        share = _part(quality.costed, quality.children, gate)
        costed = f"{share} of placements have a cost; the rest are missing, not £0"
    if quality.assessed == 0:
        return f"{costed} · no child here has a needs assessment"
    stale = _part(quality.stale, quality.assessed, gate)
    return f"{costed} · {stale} of assessments older than six months"


def _part(part: int, of: int, gate: Gate) -> str:
    return gate.amount(percent(part / of), of) if gate.counts(part, of) else HIDDEN


def cut_points_note(severe: str, alternative: str, cuts: CutPoints, other: CutPoints) -> str:
    """How the count without severe need moves when the levels start elsewhere."""
    return (
        f"With {cuts.describe()}: {severe}. With {other.describe()}: {alternative}. "
        "The report that these levels come from does not print its cut-points, so both are shown."
    )


def unregistered(n: int, gate: Gate) -> str:
    """The warning wherever children live in unregistered placements; empty for none."""
    if n == 0:
        return ""
    who = children(n, gate) if gate.counts(n) else "Some children"
    where = "lives in a placement that is" if gate.counts(n) and n == 1 else "live in placements that are"
    return f"{who} {where} not registered with Ofsted or the Care Quality Commission."
