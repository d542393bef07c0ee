"""Who we pay, for what need, with what result: the sentence, the headlines and the picture of Providers.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

import pandas as pd

from ui import charts, panels, reads, sentences, theme
from ui.charts import TOO_FEW, Figure, Unit
from ui.disclosure import Gate
from ui.headlines import Headline
from ui.panels import Panel
from ui.provider_rows import summed, told
from vcore.measures.composition import NOT_RECORDED
from vcore.measures.cost_model import CostModel
from vcore.measures.disclosure import HIDDEN
from vcore.measures.providers import Providers, added_up, largest, rates
from vcore.store import Cohort

ONES = ("No", "One", "Two", "Three", "Four", "Five")
AGAINST_NEED = "Against expected"
COLUMNS: dict[str, tuple[str, Unit | None]] = {  # as measured → as told, and its unit
    "children": ("Children", "children"),
    "weekly_gbp": ("Weekly cost", "gbp"),
    "share_of_spend": ("Share of spend", "share"),
    "mean_weekly_gbp": ("Mean price a week", "gbp"),
    "gap_gbp": (AGAINST_NEED, "gbp"),
    "price_rise": ("Price rise", "share"),
    "mean_need_total": ("Mean total need", "points"),
    "mean_need_change": ("Need change", "points"),
    "breakdowns": ("Breakdowns", "children"),
    "spot_share": ("Bought spot", "share"),
    "in_area_share": ("In area", "share"),
    "mean_miles": ("Mean miles", "points"),
}
BEING_WORKED_OUT = (
    "Price against what need would lead one to expect is being worked out. "
    "Come back to this page in a few seconds."
)
METRICS = (
    "provider_spend",
    "mean_need_total",
    "price_against_need",
    "need_change",
    "provider_breakdowns",
    "price_rise",
    "spot_share",
    "in_area_and_distance",
    "free_places",
)
NOBODY = "No provider recorded"


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


def headlines(cohort: Cohort, known: Providers, gate: Gate) -> list[Headline]:
    """Outside providers, what they take of spend, how much is bought spot, and how fees rose in a year."""
    added = reads.measured(summed, cohort, known, None)
    rest = reads.measured(summed, cohort.everyone_else, known, None)
    paid, others = added[added["is_outside"]], rest[rest["is_outside"]]
    shown = gate.counts(len(cohort), len(cohort.base))
    all_paid = added_up(paid.assign(is_outside=True), ["all"] * len(paid))
    found = rates(all_paid).iloc[0] if len(paid) else None

    def amount(words: str, count: str, shares: bool = True) -> str:
        n = int(paid[count].sum())
        words = gate.amount(words, n, n + int(others[count].sum()))
        return gate.price(words, _shares(paid)) if shares else words

    spot = theme.NOT_AVAILABLE if found is None else theme.percent(found["spot_share"])
    rise = theme.NOT_AVAILABLE if found is None else _rise(found["price_rise"])
    weekly = theme.money(paid["weekly_gbp"].sum())
    if found is not None and not gate.counts(int(found["spot"]), int(found["bought"])):
        spot = HIDDEN
    compared = int(paid["compared"].sum())
    n = gate.count(compared, len(cohort))
    return [
        Headline(theme.number(len(paid)) if shown else HIDDEN, _plural(len(paid), shown)),
        Headline(_spent(paid, added, gate), f"of spend goes to them ({amount(weekly, 'costed')} a week)"),
        Headline(amount(spot, "bought", shares=False), "of their placements are bought spot, one by one"),
        Headline(
            amount(rise, "compared"),
            f"on fees since a year ago, same child and provider ({n} compared)",
        ),
    ]


def spend_and_need(cohort: Cohort, known: Providers, model: CostModel | None, gate: Gate) -> Figure:
    """The largest providers, everyone else in one row, and who is no provider: spend beside need, results in the table.

    A reader who may not see prices finds children in the place of spend.
    """
    n = sentences.children(len(cohort), gate, len(cohort.base))
    measure, name = (
        ("share_of_spend", "% of spend") if gate.sees_prices else ("share_of_children", "% of children")
    )
    who = f"{n} · {theme.date_words(cohort.as_of)}"
    if not (len(cohort) and gate.counts(len(cohort), len(cohort.base))):
        return charts.quiet("providers", "Providers, and the need of their children", who)
    few = reads.measured(told, cohort, known, model, gate).few.rename(index={NOT_RECORDED: NOBODY})
    columns = {key: said for key, said in COLUMNS.items() if key != "gap_gbp" or model is not None}
    table = pd.DataFrame({"Provider": list(few.index)})
    for key, (label, _) in columns.items():
        table[label] = few[key].to_numpy()
    finding = _finding(few, measure, name)
    return Figure(
        name="providers",
        title=finding,
        subtitle=f"Share of {name[5:]} and mean total need by provider · {who}",
        chart=panels.side_by_side(
            list(few.index),
            Panel(name, list(few[measure]), theme.percent, "no cost recorded"),
            Panel("mean total need", list(few["mean_need_total"]), theme.number, "nobody assessed"),
        ),
        table=table,
        alt=f"Bars by provider in two panels: {name}, and mean total need of its children. {finding}.",
        note="" if model is not None else BEING_WORKED_OUT,
        units={label: unit for label, unit in columns.values() if unit is not None},
    )


def _finding(few: pd.DataFrame, measure: str, name: str) -> str:
    """The outside provider on top with its need; neutral where either may not be told."""
    outside = few[few["is_outside"].astype(bool)]
    if len(outside):
        share, need = outside.iloc[0][measure], outside.iloc[0]["mean_need_total"]
        if isinstance(share, float) and isinstance(need, float) and share > 0 and need >= 0:
            return f"{outside.index[0]}: {theme.percent(share)} {name[2:]}, mean need {theme.number(need)}"
    return "Providers, and the need of their children"


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


def _plural(n: int, shown: bool) -> str:
    return "provider outside the council" if shown and n == 1 else "providers outside the council"
