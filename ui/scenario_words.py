"""A scenario's answer in sentences: children before money, plural-safe, quiet when there are too few.

Every number in them passes the gate. Pure text: draws nothing, runs nothing.
"""

from __future__ import annotations

import pandas as pd

from ui.disclosure import Gate
from ui.theme import count, date_words, money, money_full, number, percent
from vcore.facts.assumptions import Assumption, assumption, value
from vcore.facts.placements import SETTING_LABELS
from vcore.measures.disclosure import HIDDEN
from vcore.scenarios import PriceCap, Result, Step, StepDown
from vcore.scenarios.levers import AnyLever
from vcore.scenarios.levers.step_down import DESTINATION_LABELS, SCREENS, YOUNGEST_IN_SUPPORTED

FUNNEL_LINE = ("in_setting", "within_severe_limit")  # the funnel's steps that are said beside the lever
WHOSE = {"social_care": "for the council", "gross": "for all funders"}
NO_LEGAL_CAP = (
    "No legal price cap exists: the Children's Wellbeing and Schools Act 2026 (section 17) empowers "
    "regulations on profit. A cap takes effect at renewal or notice, and providers may hand placements back."
)
DECIDES_NOTHING = (
    "This decides nothing about a child. Low need may be because the home works; "
    "the child's wishes, brothers and sisters, school and exams come first."
)
AMOUNTS_HIDDEN = (
    f"Amounts are hidden ({HIDDEN}): a lever would affect fewer than {value('smallest_n_for_mean'):.0f} children, "
    "and its effect could point at one of them. Widen the cohort or the lever."
)
NOT_INCLUDED = "Not included: providers leaving, new providers, court decisions, moves at 18."


def told(step: Step, gate: Gate) -> bool:
    """Whether what a lever does may be shown in money: for nobody, or for enough children."""
    return step.eligible == 0 or gate.averages(step.eligible)


def all_told(result: Result, gate: Gate) -> bool:
    """Whether the totals may be shown: else they would give away the lever that is hidden."""
    return all(told(step, gate) for step in result.steps)


def headline(result: Result, gate: Gate) -> str:
    """Who would be affected, in one short sentence: the children first, else the placements."""
    moves = [step for step in result.steps if isinstance(step.settings, StepDown)]
    caps = [step for step in result.steps if isinstance(step.settings, PriceCap)]
    n = len(result.cohort)
    if moves:
        return _children(moves[0], n, gate)
    if caps:
        return f"No child would move; {cap_reach(caps[0], n, gate)}."
    return "Nothing changes: no lever is on."


def _children(step: Step, n: int, gate: Gate) -> str:
    if step.eligible == 0:
        return "Nobody would be discussed for a move."
    if not gate.counts(step.eligible, n):
        return "Too few children to say how many would be discussed."
    moving = round(step.moved)
    who = f"about {number(moving)}" if moving else "perhaps nobody"
    return f"{count(step.eligible, 'child', 'children')} would be discussed; {who} would move."


def cap_reach(step: Step, n: int, gate: Gate) -> str:
    """How many placements a cap brings down."""
    if step.eligible == 0:
        return "no placement would cost less"
    if not gate.counts(step.eligible, n):
        return "too few placements to say how many would cost less"
    return f"{count(step.eligible, 'placement', 'placements')} would cost less"


def lever_name(lever: AnyLever) -> str:
    """`Step-down to agency fostering`, `Price cap at £5,000`."""
    if isinstance(lever, PriceCap):
        return f"Price cap at {money_full(lever.cap_gbp)}"
    if isinstance(lever, StepDown):
        return f"Step-down to {_within_sentence(DESTINATION_LABELS[lever.to])}"
    return lever.label


def effect(step: Step, result: Result, gate: Gate) -> str:
    """What a lever would do by itself in a full year, as short as can be."""
    if not told(step, gate):
        return HIDDEN
    return " ".join(yearly(step.alone_gbp * result.scenario.weeks_per_year))


def yearly(annual_gbp: float) -> tuple[str, str]:
    """An amount without a sign and the words that say which way: ("£7.2m", "less a year")."""
    if round(annual_gbp) == 0:
        return money(0), "a year"
    return money(abs(annual_gbp)), "less a year" if annual_gbp > 0 else "more a year"


def money_line(result: Result) -> str:
    """How the year follows from the week. Only where all amounts may be shown."""
    return (
        f"{money_full(result.weekly_saving_gbp)} a week × {weeks_words(result.scenario.weeks_per_year)} weeks, "
        "a full year at today's prices"
    )


def weeks_words(weeks: float) -> str:
    """52, 52.14."""
    return f"{weeks:.2f}".removesuffix(".00")


def bridge_title(result: Result) -> str:
    """What the bridge finds. Only where all amounts may be shown."""
    annual, overlap = (
        gbp * result.scenario.weeks_per_year for gbp in (result.weekly_saving_gbp, result.overlap_gbp)
    )
    year = " ".join(yearly(annual))
    if len(result.steps) == 1:
        return f"{year} from the {_within_sentence(lever_name(result.steps[0].settings))}"
    if round(overlap) == 0:
        return f"{year} together; nothing is counted twice"
    return f"{year} together, once {money(overlap)} counted twice is taken off"


def funnel_words(name: str, lever: StepDown) -> str:
    """What the children left after one of the step-down's tests have in common."""
    if name == "in_setting":
        return " or ".join(f"in {_within_sentence(SETTING_LABELS[one])}" for one in lever.from_settings)
    if name == "within_severe_limit":
        return severe_words(lever.max_severe)
    if name == "hard_limits":
        young = "" if lever.to != "semi_independent" else f", {YOUNGEST_IN_SUPPORTED} or older"
        return f"not in a secure or specialist home, nor deprived of liberty{young}"
    return {
        "costed_and_assessed": "with a cost and a needs assessment",
        "within_need_and_age": "within the limits on need and age",
        **SCREENS,
    }[name]


def severe_words(most: int) -> str:
    """`with no severe need`, `with at most 2 severe needs`."""
    if most == 0:
        return "with no severe need"
    return f"with at most {count(most, 'severe need', 'severe needs')}"


def funnel_line(step: Step, shown: dict[str, str]) -> str:
    """`539 in residential → 273 with no severe need → 141 for discussion`; `shown` holds the counts as words."""
    assert isinstance(step.settings, StepDown)
    told_of = [f"{shown[name]} {funnel_words(name, step.settings)}" for name in FUNNEL_LINE]
    last = list(step.funnel)[-1]
    return " → ".join([*told_of, f"{shown[last]} for discussion"])


def caveats(result: Result) -> list[str]:
    """What must stand beside the answer: three at most, the most serious first."""
    levers = [step.settings for step in result.steps]
    said = [note for note in result.notes if "equality" in note]
    if any(isinstance(lever, PriceCap) for lever in levers):
        said.append(NO_LEGAL_CAP)
    if any(isinstance(lever, StepDown) for lever in levers):
        said.append(DECIDES_NOTHING)
    for lever in levers:
        if _is_filtered(result) and isinstance(lever, PriceCap) and lever.top_share is not None:
            said.append(
                f"The dearest {percent(lever.top_share)} here is of this filtered cohort, "
                f"not the dearest {percent(lever.top_share)} of all placements."
            )
    return said


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


def assumptions(result: Result) -> pd.DataFrame:
    """What the levers that are on assume: the value used, the register's value and range, and the source."""
    rows = []
    for step in result.steps:
        for field, key in _REGISTERED[step.lever].items():
            used, known = getattr(step.settings, field), assumption(key)
            if used is not None:
                rows.append((known.label, _amount(used, known), _span(known), _source(known)))
    return pd.DataFrame(rows, columns=["Assumption", "Here", "Usual, and its range", "Source"])


_REGISTERED = {  # a lever's field → the assumption it starts from
    "StepDown": {
        "matched": "matched_share",
        "holds": "holds_share",
        "support_weekly_gbp": "support_weekly_gbp",
        "support_weeks": "support_weeks",
        "double_running_weeks": "double_running_weeks",
        "return_cost_gbp": "return_cost_gbp",
    },
    "PriceCap": {"cap_gbp": "price_cap_gbp", "top_share": "price_cap_share"},
}


def _is_filtered(result: Result) -> bool:
    return bool(result.cohort.filter.chosen())


def _amount(amount: float, known: Assumption) -> str:
    if known.unit == "share":
        return percent(amount)
    return money_full(amount) if known.unit.startswith("GBP") else number(amount)


def _span(known: Assumption) -> str:
    value, low, high = (_amount(end, known) for end in (known.value, known.low, known.high))
    return f"{value} ({low} to {high})"


def _source(known: Assumption) -> str:
    if known.quality == "placeholder":
        return "Placeholder: no source yet. Put in your own."
    return f"{known.source} ({known.date}; {known.quality} quality)"


def sentence(clause: str) -> str:
    """The clause with a capital."""
    return clause[0].upper() + clause[1:]


def _within_sentence(label: str) -> str:
    return label[0].lower() + label[1:]
