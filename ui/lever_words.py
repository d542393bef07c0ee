"""What each lever is called, whom it reaches and what it rests on, in words.

A sentence a lever where it needs one of its own; all others follow from the lever itself. Pure text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from ui.assumption_words import amount
from ui.disclosure import Gate
from ui.theme import count, money_full
from vcore.facts.assumptions import Assumption
from vcore.facts.placements import SETTING_LABELS
from vcore.measures.screening import LIMIT_WORDS, SCREEN_WORDS, YOUNGEST_IN_SUPPORTED
from vcore.scenarios import Result, Step
from vcore.scenarios.lever import Lever
from vcore.scenarios.levers.move import Move
from vcore.scenarios.levers.step_down import DESTINATION_LABELS

FUNNEL_LINE = ("in_setting", "within_severe_limit")  # the funnel's steps that are said beside the lever
_NAMES: Mapping[str, Callable[[Any], str]] = {
    "step_down": lambda lever: f"Step-down to {within_sentence(DESTINATION_LABELS[lever.to])}",
    "price_cap": lambda lever: f"Price cap at {money_full(lever.cap_gbp)}",
    "fee_change": lambda lever: f"Fees {'up' if lever.change > 0 else 'down'} {100 * abs(lever.change):.3g}%",
}
_WHERE = {  # where a lever that names no settings moves children from
    "permanence": "in fostering",
    "in_house_fostering": "with agency carers",
    "own_homes": "in private homes",
}
_REACH = {  # what happens to the placements that a lever reaches
    "joint_funding": "would be paid for together with health or education",
}


def lever_name(lever: Lever) -> str:
    """`Step-down to agency fostering`, `Price cap at £5,000`; else what people call it."""
    named = _NAMES.get(lever.code())
    return named(lever) if named else lever.label


def reach(step: Step, n: int, gate: Gate) -> str:
    """What happens to how many of n placements: `245 placements would cost less`."""
    happens = _REACH.get(step.settings.code())
    if happens is None:
        happens = "would cost less" if step.in_sequence_gbp >= 0 else "would cost more"
    if step.eligible == 0:
        return f"no placement {happens}"
    if not gate.counts(step.eligible, n):
        return f"too few placements to say how many {happens}"
    return f"{count(step.eligible, 'placement', 'placements')} {happens}"


def funnel_words(name: str, lever: Lever) -> str:
    """What the children left after one of a move's tests have in common."""
    if name == "in_setting":
        settings = getattr(lever, "from_settings", ())
        lived = " or ".join(f"in {within_sentence(SETTING_LABELS[one])}" for one in settings)
        return lived or _WHERE.get(lever.code(), "where it moves children from")
    if name == "within_severe_limit":
        return severe_words(getattr(lever, "max_severe", 0))
    if name == "hard_limits":
        young = getattr(lever, "to", "") == "semi_independent"
        older = f", {YOUNGEST_IN_SUPPORTED} or older" if young else ""
        return f"{LIMIT_WORDS}{older}"
    return {
        "costed_and_assessed": "with a cost and a needs assessment",
        "within_need_and_age": "within the limits on need and age",
        **SCREEN_WORDS,
    }.get(name, name.replace("_", " "))


def severe_words(most: int) -> str:
    """`with no severe need`, `with at most 2 severe needs`."""
    if most == 0:
        return "with no severe need"
    return f"with at most {count(most, 'severe need', 'severe needs')}"


def funnel_line(step: Step, shown: Mapping[str, str]) -> str:
    """`539 in residential → 273 with no severe need → 141 for discussion`; `shown` holds the counts as words."""
    told_of = [f"{shown[name]} {funnel_words(name, step.settings)}" for name in FUNNEL_LINE if name in shown]
    last = list(step.funnel)[-1]
    return " → ".join([*told_of, f"{shown[last]} for discussion"])


def is_move(step: Step) -> bool:
    """Whether a lever moves children; else it changes what is paid, or by whom."""
    return isinstance(step.settings, Move)


def assumptions(result: Result, known_as: Mapping[str, Assumption]) -> pd.DataFrame:
    """What the levers that are on rest on: the value used, the register's value and range, and the source."""
    rows = []
    for step in result.steps:
        for field, key in step.settings.assumptions().items():
            used, known = getattr(step.settings, field), known_as[key]
            if used is not None:
                named = (step.settings.label, known.label, amount(used, known), _span(known), _source(known))
                rows.append(named)
    return pd.DataFrame(rows, columns=["Lever", "Assumption", "Here", "Usual, and its range", "Source"])


def _span(known: Assumption) -> str:
    value, low, high = (amount(end, known) for end in (known.value, known.low, known.high))
    return f"{value} ({low} to {high})"


def _source(known: Assumption) -> str:
    if known.quality == "placeholder":
        return "Placeholder: no source yet. Put in your own."
    return f"{known.source} ({known.date}; {known.quality} quality)"


def within_sentence(label: str) -> str:
    """The label as it stands within a sentence."""
    return label[0].lower() + label[1:]
