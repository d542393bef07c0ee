"""What a cohort costs and what stands out: how Overview tells it, and the small print of its headlines.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ui import reads, registers, sentences, theme
from ui.disclosure import Gate
from ui.sentences import Concentration
from vcore.facts.domains import CutPoints
from vcore.measures import concentration, needs
from vcore.measures.composition import Size, size
from vcore.measures.disclosure import HIDDEN
from vcore.measures.provider_shares import OutsideCosts, outside_costs
from vcore.measures.quality import Quality, quality
from vcore.settings import settings
from vcore.store import Cohort


def sizes(cohort: Cohort) -> Size:
    """The cohort against its base."""
    return reads.measured(size, cohort)


def completeness(cohort: Cohort) -> Quality:
    """How complete and fresh the cohort's data is."""
    return reads.measured(quality, cohort)


def top(cohort: Cohort, top_share: float = 0.10) -> Concentration:
    """What share of spend the dearest `top_share` (0–1) of children take."""
    return reads.measured(_top, cohort, top_share)


def without_severe(
    cohort: Cohort, gate: Gate, setting: str | None = "residential", cuts: CutPoints | None = None
) -> tuple[str, str]:
    """Share of assessed children in a setting (None: anywhere) without severe need, and "273 of 539".

    Those without and those with one are hidden where either is few, here or among everyone else.
    """
    (few, assessed), (base_few, base_assessed) = (
        reads.measured(needs.without_severe, group, setting, cuts) for group in (cohort, cohort.whole_base)
    )
    if assessed == 0:
        return theme.NOT_AVAILABLE, "nobody is assessed there"
    told = gate.counts(few, base_few) and gate.counts(assessed - few, base_assessed - base_few)
    if not (told and gate.averages(assessed)):
        return HIDDEN, f"{HIDDEN} of {gate.count(assessed, len(cohort))}"
    return theme.percent(few / assessed), f"{theme.number(few)} of {theme.number(assessed)}"


def put_in(cohort: Cohort, gate: Gate) -> dict[str, str]:
    """The numbers that went into each headline, by metric, in words."""
    found, complete, dearest = sizes(cohort), completeness(cohort), top(cohort)
    weeks = settings().weeks_per_year
    base_costed, shares = completeness(cohort.whole_base).costed, cost_shares(cohort, gate)

    def spent(words: str) -> str:
        return gate.price(gate.amount(words, complete.costed, base_costed), shares)

    weekly = theme.money_full(found.weekly_gbp)
    return {
        "weekly_spend": spent(
            f"{weekly} over {theme.count(complete.costed, 'placement', 'placements')} with a cost."
        ),
        "annual_spend": spent(
            f"{weekly} × {weeks:.6g} weeks = {theme.money_full(found.weekly_gbp * weeks)}."
        ),
        "top_tenth_share": gate.price(
            gate.amount(
                f"{theme.number(dearest.dearest)} of {theme.number(found.children)} children take "
                f"{theme.money_full(dearest.share_of_spend * found.weekly_gbp)} of {weekly}.",
                min(dearest.dearest, dearest.costed),
                dearest.costed,
            ),
            shares,
        ),
        "residential_without_severe": f"{without_severe(cohort, gate)[1]}.",
    }


def told(amount_gbp: float, cohort: Cohort, gate: Gate) -> float | str:
    """An amount of all of the cohort's cost, as a table's cell: "c" or "x" where it may not or cannot be told."""
    costed, base_costed = completeness(cohort).costed, completeness(cohort.whole_base).costed
    hidden = gate.price(gate.amount("", costed, base_costed), cost_shares(cohort, gate))
    return hidden or amount_gbp


def cost_shares(cohort: Cohort, gate: Gate) -> list[float]:
    """Each outside provider's share (0–1) of the cohort's cost; empty for a reader who may see prices anyway."""
    if gate.sees_prices:
        return []
    return reads.measured(outside_costs, cohort, "authority").shares


def without_prices(
    cohort: Cohort, attribute: str, told: pd.DataFrame, values: list[str], gate: Gate
) -> pd.DataFrame:
    """Rows of the cohort by an attribute, their costs hidden where they are one outside provider's price."""
    if gate.sees_prices:
        return told
    return hiding_prices(reads.measured(outside_costs, cohort, attribute), attribute, told, values, gate)


def hiding_prices(
    costs: OutsideCosts, attribute: str, told: pd.DataFrame, values: list[str], gate: Gate
) -> pd.DataFrame:
    """`without_prices` where `costs` are not of the whole cohort."""
    place = {value: row for row, value in enumerate(costs.values)}
    rows = [place.get(value, -1) for value in told[attribute]]  # nobody in the cohort has the last, empty one
    by_provider = np.vstack([costs.by_provider, np.zeros((1, costs.by_provider.shape[1]))])[rows]
    return gate.prices(told, values, by_provider, np.append(costs.total, 0.0)[rows])


def cut_points_note(cohort: Cohort, gate: Gate) -> str:
    """How the last headline moves under the alternative cut-points."""
    cuts, other = registers.cut_points(cohort.snapshot.needs)
    (share, of), (other_share, other_of) = (without_severe(cohort, gate, cuts=use) for use in (cuts, other))
    return sentences.cut_points_note(f"{share} ({of})", f"{other_share} ({other_of})", cuts, other)


def unregistered(cohort: Cohort, gate: Gate) -> str:
    """The warning about unregistered placements; empty where there are none."""
    if not gate.counts(len(cohort)):
        return ""  # of so few, it would tell where they live
    return sentences.unregistered(int(cohort.groups("setting_detail").has("unregistered").sum()), gate)


def _top(cohort: Cohort, top_share: float) -> Concentration:
    return Concentration(
        dearest=concentration.dearest_count(top_share, len(cohort)),
        costed=completeness(cohort).costed,
        share_of_spend=concentration.share_of_spend(
            reads.measured(concentration.running_spend, cohort), top_share
        ),
    )
