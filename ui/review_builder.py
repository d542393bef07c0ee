"""The open rule builder: what the talk is for, every condition and screen, all in one dialog.

Draws controls and makes a rule of them; keeps nothing once it is closed.
"""

from __future__ import annotations

from typing import Any

import streamlit as st
from pydantic import ValidationError

from ui import reads, review_link, review_state
from ui.theme import count, plain
from vcore.facts.placements import PLACE_LABELS, PLACES
from vcore.measures.review import PURPOSES, AtLevel, Condition, Flagged, LivesIn, ReviewRule, Within, sift
from vcore.measures.review.numbers import FACTS
from vcore.measures.screening import SCREEN_WORDS
from vcore.store import Cohort

NEVER = "Sex, ethnicity, disability and unaccompanied status are never conditions."
ANY = "any"
LEVELS = {
    "severe..": "severe and complex",
    "moderate..": "moderate or more",
    "minor..": "minor or more",
    "..moderate": "moderate or less",
    "..minor": "minor or less",
    "..none": "no need",
}
_ALREADY = "review-rule-levels"  # conditions on single domains, which the dialog adds to
_PURPOSE, _PLACES, _SCREENS, _DOMAIN, _LEVEL = (
    f"rule-{name}" for name in ("purpose", "places", "screens", "domain", "level")
)


def fill(rule: ReviewRule) -> None:
    """Puts the rule in force into the controls. Before the dialog opens."""
    known = {condition.key: condition for condition in rule.conditions}
    for fact in FACTS:
        within = known.get(fact)
        for end in ("low", "high"):
            st.session_state[_key(fact, end)] = getattr(within, end, None)
    lives = known.get("lives_in")
    st.session_state[_PLACES] = list(lives.places) if isinstance(lives, LivesIn) else []
    st.session_state[_PURPOSE], st.session_state[_SCREENS] = rule.purpose, list(rule.screens)
    st.session_state[_DOMAIN], st.session_state[_LEVEL] = ANY, next(iter(LEVELS))
    st.session_state[_ALREADY] = tuple(one for one in rule.conditions if isinstance(one, AtLevel | Flagged))


@st.dialog("Whom to discuss", width="large")
def open_dialog() -> None:
    """The dialog. Its own controls run only the dialog; applying runs the page once."""
    cohort, needs = reads.cohort(), reads.cohort().snapshot.needs
    answer = st.container()
    left, right = st.columns(2, gap="medium")
    with left:
        purpose = st.selectbox(
            "To discuss", list(PURPOSES), format_func=lambda code: PURPOSES[code].label, key=_PURPOSE
        )
        places = st.multiselect(
            "Lives in",
            PLACES,
            format_func=PLACE_LABELS.__getitem__,
            key=_PLACES,
            placeholder=ANY.capitalize(),
        )
        screens = st.multiselect(
            "Only those who are",
            list(SCREEN_WORDS),
            format_func=SCREEN_WORDS.__getitem__,
            key=_SCREENS,
            placeholder=ANY.capitalize(),
        )
        domain = st.selectbox(
            "Need in one domain",
            [ANY, *needs.ids],
            format_func=lambda code: needs.labels.get(code, ANY.capitalize()),
            key=_DOMAIN,
        )
        level = st.selectbox("Level there", list(LEVELS), format_func=LEVELS.__getitem__, key=_LEVEL)
        st.caption(NEVER)
    with right:
        spans = {fact: _draw_span(fact) for fact in FACTS}
    with answer:
        _draw_apply(cohort, purpose, places, screens, spans, None if domain == ANY else (domain, level))


def _draw_span(fact: str) -> tuple[float | None, float | None]:
    about = FACTS[fact]
    unit = f" ({about.unit})" if about.unit else ""
    ends = zip(st.columns(2), ("low", "high"), (f"{about.label}{unit}, from", "to"), strict=True)
    low, high = (
        column.number_input(
            label,
            float(about.least),
            float(about.most),
            step=float(about.step),
            key=_key(fact, end),
            format="%g",
            placeholder=ANY.capitalize(),
        )
        for column, end, label in ends
    )
    return low, high


def _draw_apply(
    cohort: Cohort, purpose: str, places: list[str], screens: list[str], spans: dict[str, Any], level: Any
) -> None:
    try:
        conditions: list[Condition] = list(st.session_state.get(_ALREADY, ()))
        if places:
            conditions.append(LivesIn(places=tuple(places)))
        conditions += [
            Within(fact=fact, low=low, high=high)
            for fact, (low, high) in spans.items()
            if low is not None or high is not None
        ]
        rule = ReviewRule(purpose=purpose, conditions=tuple(conditions), screens=tuple(screens))
        if level is not None:
            domain, words = level
            rule = rule.with_condition(
                AtLevel.model_validate(
                    {"domain": domain, "level": words.strip("."), "or_less": words.startswith("..")}
                )
            )
    except ValidationError as error:
        st.error(plain(review_link.reason(error)))
        return
    model = reads.cost_model() if rule.waits else None
    who = (
        "them"
        if rule.waits and model is None
        else count(sift(cohort, rule, model).children, "child", "children")
    )
    st.write(plain(rule.sentence(cohort.snapshot.needs)))
    if st.button(f"Show {who}", key="rule-apply", type="primary"):
        review_state.choose(rule)
        st.rerun()


def _key(fact: str, end: str) -> str:
    return f"rule-{fact}-{end}"
