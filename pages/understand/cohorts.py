"""Cohorts: who are they, and how do they differ from everyone else?"""

import streamlit as st

from ui import charts, cohort_state, composition, explain, headlines, reads, session, theme

cohort, gate = reads.cohort(), reads.gate()
attributes = composition.attributes(session.person(), reads.whole())

st.title(theme.plain(cohort_state.chosen().filter.describe()), anchor=False)
headlines.draw(composition.headlines(cohort, gate))
choice, answer = st.columns([1, 3], gap="large")
with choice:
    attribute = st.selectbox(
        "Look at them by",
        attributes,
        index=composition.most_telling(attributes, cohort),
        format_func=lambda found: found.label,
        key="cohort-by",
    )
    st.caption("Keep only")
    for value, words in reads.measured(composition.options, cohort, attribute, gate).items():
        if kept := attribute.keeping(value):
            st.button(words, key=f"keep-{value}", width="stretch", on_click=cohort_state.amend, kwargs=kept)
        else:
            st.markdown(words)
with answer:
    charts.show(reads.measured(composition.against_everyone_else, cohort, attribute, gate), level=2)
    explain.calculation(("children", "mean_weekly_cost", "mean_need_total"))
