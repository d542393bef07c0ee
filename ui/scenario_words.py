"""A scenario's answer in sentences: children before money, plural-safe, quiet when there are too few.

Every number in them passes the gate. Pure text: draws nothing, runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from ui.disclosure import Gate
from ui.lever_words import is_move, lever_name, reach, within_sentence
from ui.theme import NOT_AVAILABLE, count, date_words, money, money_full, number, percent
from vcore.facts.assumptions import assumption, value
from vcore.measures.disclosure import HIDDEN
from vcore.scenarios import PriceCap, Result, Step
from vcore.scenarios.lever import SavingKind

MOST_CAVEATS = 3
KIND_WORDS: Mapping[SavingKind, str] = {
    "cashable": "cash",
    "released": "capacity released until it is filled again",
    "claimed": "claimed from partners, not yet agreed",
    "avoided": "of growth avoided once built up",
}
WHOSE = {"social_care": "for the council", "gross": "for all funders"}
NO_CAP_YET, NOT_DECIDED = "No legal price cap exists.", "This decides nothing about a child."
NO_LEGAL_CAP = (
    "No legal price cap exists: the Children's Wellbeing and Schools Act 2026 (section 17) empowers "
    "regulations on profit. A cap takes effect at renewal or notice, and providers may hand placements back."
)
DECIDES_NOTHING = (
    "This decides nothing about a child. Low need may be because the home works; "
    "the child's wishes, brothers and sisters, school and exams come first."
)
AMOUNTS_HIDDEN = (
    f"Amounts are hidden ({HIDDEN}): a lever would affect fewer than {value('smallest_n_for_mean'):.0f} children, or "
    "fewer whose cost partners share, and its effect could point at one of them. Widen the cohort or the lever."
)
UNPRICED = "Nothing can be priced: no placement here has a cost."
LOAD_COSTS = (
    "Load the council's costs, or choose other children: what a lever would save is not known without them."
)
NOT_INCLUDED = "Not included: providers leaving, new providers, court decisions, moves at 18."


def told(step: Step, gate: Gate) -> bool:
    """Whether what a lever does may be shown in money: for nobody, or for enough children."""
    if step.avoided_gbp:  # it rests on what a child here costs
        return gate.averages(len(step.effect.eligible))
    return step.eligible == 0 or gate.averages(step.effect.fewest_told)


def all_told(result: Result, gate: Gate) -> bool:
    """Whether the totals are known and may be shown: else they would give away the lever that is hidden."""
    return not unpriced(result) and all(told(step, gate) for step in result.steps)


def unpriced(result: Result) -> bool:
    """Whether the levers act on nobody of whom a cost is recorded: what they would save is not known, not £0."""
    return bool(result.steps) and result.cohort.recorded("weekly_cost_gbp") == 0


def why_untold(result: Result) -> str:
    """What stands in the place of amounts that are not `all_told`."""
    return LOAD_COSTS if unpriced(result) else AMOUNTS_HIDDEN


def headline(result: Result, gate: Gate) -> str:
    """Who would be affected, in one short sentence: the children first, else the placements."""
    if unpriced(result):
        return UNPRICED
    n = len(result.cohort)
    if any(is_move(step) for step in result.steps):
        return _children(result, n, gate)
    reached = [step for step in result.steps if step.settings.counts_as != "avoided"]
    if len(reached) == 1:
        return f"No child would move; {reach(reached[0], n, gate)}."
    if reached:
        return f"No child would move; {_changed(reached, n, gate)}."
    if result.steps:
        return "No child in care would move; fewer children would come into care."
    return "Nothing changes: no lever is on."


def _children(result: Result, n: int, gate: Gate) -> str:
    discussed = union(step for step in result.steps if is_move(step))
    if discussed == 0:
        return "Nobody would be discussed for a move."
    if not gate.counts(discussed, n):
        return "Too few children to say how many would be discussed."
    moving = round(result.children_moved)
    who = f"about {number(moving)}" if moving else "perhaps nobody"
    return f"{count(discussed, 'child', 'children')} would be discussed; {who} would move."


def _changed(steps: list[Step], n: int, gate: Gate) -> str:
    touched = union(steps)
    if not gate.counts(touched, n):
        return "too few placements to say how many would change in price"
    return f"{count(touched, 'placement', 'placements')} would change in price or in who pays"


def union(steps: Iterable[Step]) -> int:
    """How many children at least one of these levers looks at."""
    looked_at = [step.effect.eligible for step in steps]
    return int(np.logical_or.reduce(looked_at).sum()) if looked_at else 0


def effect(step: Step, result: Result, gate: Gate) -> str:
    """What a lever would do by itself in a full year, as short as can be."""
    if unpriced(result):
        return NOT_AVAILABLE
    if not told(step, gate):
        return HIDDEN
    weeks = result.scenario.weeks_per_year
    if step.settings.counts_as == "avoided":
        return f"{money(step.avoided_gbp * weeks)} of growth avoided a year"
    amount, way = yearly(step.alone_gbp * weeks)
    return f"{amount} claimed a year" if step.settings.counts_as == "claimed" else f"{amount} {way}"


def yearly(annual_gbp: float) -> tuple[str, str]:
    """An amount without a sign and the words that say which way: ("£7.2m", "less a year")."""
    if round(annual_gbp) == 0:
        return money(0), "a year"
    return money(abs(annual_gbp)), "less a year" if annual_gbp > 0 else "more a year"


def money_line(result: Result) -> str:
    """How the year follows from the week. Only where all amounts may be shown."""
    return (
        f"{money_full(result.unclaimed_weekly_gbp)} a week × {weeks_words(result.scenario.weeks_per_year)} weeks, "
        "a full year at today's prices"
    )


def kinds_line(result: Result, gate: Gate) -> str:
    """What the total is made of, where it is not all cash, and what stands beside it: claims, growth avoided."""
    weeks = result.scenario.weeks_per_year
    by_kind = result.by_kind
    said: dict[SavingKind, float] = {kind: by_kind[kind] * weeks for kind in KIND_WORDS if by_kind.get(kind)}
    if set(said) <= {"cashable"} or not all(_enough(result, kind, gate) for kind in said):
        return ""
    told = {kind: f"{money(gbp)} {KIND_WORDS[kind]}" for kind, gbp in said.items()}
    made_of = [words for kind, words in told.items() if kind in ("cashable", "released")]
    beside = [words for kind, words in told.items() if kind in ("claimed", "avoided")]
    lines = [f"Of it {', '.join(made_of)}."] if "released" in told else []
    lines += [f"Beside it, no part of the saving: {', '.join(beside)}."] if beside else []
    return " ".join(lines)


def _enough(result: Result, kind: SavingKind, gate: Gate) -> bool:
    """Whether enough children stand behind one kind of saving, and behind the rest of it."""
    if kind == "avoided":
        return gate.averages(len(result.cohort))
    held = [rows[kind] != 0 for step in result.steps if kind in (rows := step.rows_by_kind)]
    return gate.averages(int(np.logical_or.reduce(held).sum()))


def weeks_words(weeks: float) -> str:
    """52, 52.14."""
    return f"{weeks:.2f}".removesuffix(".00")


def on_the_bridge(result: Result) -> list[Step]:
    """The levers that take something off today's spending: what is only avoided, or claimed, is said beside it."""
    return [step for step in result.unclaimed if step.settings.counts_as != "avoided" or step.alone_gbp]


def bridge_title(result: Result) -> str:
    """What the bridge finds. Only where all amounts may be shown."""
    annual, overlap = (
        gbp * result.scenario.weeks_per_year
        for gbp in (result.unclaimed_weekly_gbp, result.unclaimed_overlap_gbp)
    )
    year = " ".join(yearly(annual))
    if not result.unclaimed:
        return "Nothing is saved until partners agree"
    saving = on_the_bridge(result) or list(result.unclaimed)
    if len(saving) == 1:
        return f"{year} from the {within_sentence(lever_name(saving[0].settings))}"
    if round(overlap) == 0:
        return f"{year} together; nothing is counted twice"
    return f"{year} together, once {money(overlap)} counted twice is taken off"


def caveats(result: Result) -> list[str]:
    """What must stand beside the answer: three at most, the most serious first."""
    levers = [step.settings for step in result.steps]
    said = [note for note in result.notes if "equality" in note]
    if any(isinstance(lever, PriceCap) for lever in levers):
        said.append(NO_LEGAL_CAP)
    if any(is_move(step) for step in result.steps):
        said.append(DECIDES_NOTHING)
    for lever in levers:
        if _is_filtered(result) and isinstance(lever, PriceCap) and lever.top_share is not None:
            said.append(
                f"The dearest {percent(lever.top_share)} here is of this filtered cohort, "
                f"not the dearest {percent(lever.top_share)} of all placements."
            )
    return said[:MOST_CAVEATS]


def reminders(result: Result) -> str:
    """The caveats in a line that is read from the back of a room."""
    capped = any(isinstance(step.settings, PriceCap) for step in result.steps)
    moved = any(is_move(step) for step in result.steps)
    return " ".join([NO_CAP_YET] * capped + [NOT_DECIDED] * moved)


def national(result: Result, gate: Gate) -> str:
    """The scale-up to England, stated as a scale. Empty for a cohort that a filter narrows."""
    if not len(result.cohort) or _is_filtered(result) or not all_told(result, gate):
        return ""
    england = assumption("children_in_care_england")
    return (
        f"If every council's children and prices were like these, {money(result.national_annual_gbp())} "
        f"a year across England: a scale by head-count ({number(england.value)} children in care, "
        f"{england.date[:4]}), not a forecast."
    )


def who_line(result: Result, gate: Gate) -> str:
    """Which children the figures are about, and when."""
    n = len(result.cohort)
    who = count(n, "child", "children") if gate.counts(n, len(result.cohort.base)) else HIDDEN
    return f"{who} · {date_words(result.cohort.as_of)}"


def _is_filtered(result: Result) -> bool:
    return bool(result.cohort.filter.chosen())


def sentence(clause: str) -> str:
    """The clause with a capital."""
    return clause[0].upper() + clause[1:]
