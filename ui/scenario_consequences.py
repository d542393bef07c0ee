"""What else follows from a scenario: who pays or gains, what kind of money, whether it is plausible, whom it is about.

Draws what its words say; every number passes the gate.
"""

from __future__ import annotations

import streamlit as st

from ui import explain, scenario_fairness, scenario_purses
from ui.disclosure import KEY, Gate
from ui.money_plan_register import markup
from ui.money_plan_words import LASTING
from ui.scenario_words import all_told, why_untold
from vcore.facts.assumptions import value
from vcore.measures.fairness import CAUTION
from vcore.scenarios import Result, StepDown
from vcore.scenarios.baseline import baseline_of
from vcore.scenarios.plausibility import Check, plausibility

METRICS = ("full_year_effect", "saving_in_year", "who_pays", "cashable", "fairness_gap")
NO_MOVE = "No lever that is on would move a child, so there is no list to look at."
NOT_PUBLISHED = "Nothing published can be held against these levers."


def draw(result: Result, gate: Gate) -> None:
    """Purses and kinds, then what is published beside the scenario, then who is on the list."""
    if not result.steps:
        return
    st.markdown("### Who else pays or gains", anchors=False)
    if all_told(result, gate):
        purses, kinds = st.columns(2, gap="large")
        with purses:
            st.table(scenario_purses.purses(result, gate), hide_index=True, border="horizontal")
        with kinds:
            st.table(scenario_purses.kinds(result, gate), hide_index=True, border="horizontal")
            st.caption(scenario_purses.KINDS)
    else:
        st.markdown(why_untold(result))
    st.markdown("### Beside what is published", anchors=False)
    said = sentences(result, gate)
    st.markdown("\n".join(f"- {one}" for one in said) if said else NOT_PUBLISHED)
    table = scenario_fairness.fairness(result, gate)
    if len(table):
        st.html(markup(table, "Children to discuss, against everyone here"))
        st.caption(f"{CAUTION} None of these is ever an input to who is discussed. {KEY}")
    else:
        st.markdown(NO_MOVE)
    explain.calculation(METRICS, notes=(LASTING,))


def sentences(result: Result, gate: Gate) -> list[str]:
    """What plausibility says that this reader may be told."""
    return [check.sentence for check in plausibility(result) if _may_tell(check, result, gate)]


def _may_tell(check: Check, result: Result, gate: Gate) -> bool:
    """Whether there are enough children behind a figure; behind a price there, enough who live there."""
    if not gate.averages(check.children):
        return False
    if check.figure != "price_there" or gate.sees_small:
        return True
    levers = [lever for lever in result.scenario.levers if isinstance(lever, StepDown)]
    base = baseline_of(result.cohort)
    return all(
        lever.destination_cost_gbp is not None
        or int(base.lives_in(lever.to).sum()) >= value("smallest_n_for_correlation")
        for lever in levers
    )
