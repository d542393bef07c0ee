"""What the review list says in words: its headline, the line of its funnel and its designed states. Pure text.

Every number passes the gate: the page may be projected.
"""

from __future__ import annotations

import numpy as np

from ui.disclosure import Gate
from ui.sentences import children
from ui.theme import count, number
from vcore.measures.disclosure import HIDDEN
from vcore.measures.review import ReviewRule, Sifted
from vcore.measures.review.purposes import HARD_LIMITS

DECIDES_NOTHING = "A list for a discussion: it decides nothing about a child."
_ASIDE = {
    "family": "Low need may be because the home works.",
    "supported": "Low need may be because the home works.",
    "price": "A gap between price and need is a question about a placement, never a saving.",
}
LEARNING = (
    "What need alone suggests a placement should cost is still being worked out from all children, which takes some "
    "seconds. The list follows by itself."
)
GAP_LEARNING = "How far a price is from what need suggests is still being worked out: that reason follows."
PROJECTED = "The list itself is not shown on a projected screen. Leave presenter mode to see it."
UNASSESSED = (
    "None of these children has a needs assessment, so a condition on need finds nobody. Load the needs extract, or "
    "remove the condition."
)


def caution(rule: ReviewRule) -> str:
    """What to know of a list for this purpose."""
    return " ".join(filter(None, (DECIDES_NOTHING, _ASIDE.get(rule.purpose, ""))))


def refused(words: str) -> str:
    """Why there is no list of children picked by what may never choose who is discussed."""
    return (
        f"No review list is made of children picked by {words}: it may help to understand a cohort, never to choose "
        f"who is discussed. Remove the {words} filter."
    )


def counts(sifted: Sifted, gate: Gate) -> list[str]:
    """The children left after each step; "c" where neighbours would give away a few."""
    rising = [step.left for step in reversed(sifted.steps)]
    shown = set(np.array(rising)[gate.steps(rising)])
    return [
        number(step.left) if step.left in shown and gate.counts(step.left) else HIDDEN
        for step in sifted.steps
    ]


def headline(sifted: Sifted, gate: Gate) -> str:
    """`147 children to discuss, of 539 in residential`; `Nobody to discuss, of 3,528 here`."""
    told = counts(sifted, gate)
    from_step = 1 if len(sifted.steps) > 2 and sifted.steps[1].key == "lives_in" else 0
    base = sifted.steps[from_step]
    of = f"{told[from_step]} {base.words if from_step else 'here'}"
    if sifted.children == 0:
        return f"Nobody to discuss, of {of}"
    if told[-1] == HIDDEN:
        return f"Children to discuss, of {of}: too few to say how many"
    return f"{count(sifted.children, 'child', 'children')} to discuss, of {of}"


def always(sifted: Sifted, gate: Gate) -> str:
    """The hard limits, which no rule takes away; empty where none holds."""
    for step, left in zip(sifted.steps, counts(sifted, gate), strict=True):
        if step.key == HARD_LIMITS:
            return f"Always: {step.words} ({left})."
    return ""


def not_told(sifted: Sifted, gate: Gate) -> str:
    """Of how many children nothing says whether they meet a condition; empty where all is recorded."""
    said = [
        f"“{step.words}” for {children(step.not_recorded, gate)}"
        for step in sifted.steps
        if step.not_recorded
    ]
    return f"Not listed, because it is not recorded: {'; '.join(said)}." if said else ""


def emptied(sifted: Sifted) -> str:
    """Which step leaves nobody."""
    step = sifted.emptied_by
    if step is None:
        return "Nobody is here to make a list of."
    before = sifted.steps[sifted.steps.index(step) - 1].left
    if step.not_recorded == before and step.not_recorded:
        return f"Of {'the child' if before == 1 else 'the children'} left nothing recorded says who is {step.words}."
    return f"Nobody left is {step.words}."
