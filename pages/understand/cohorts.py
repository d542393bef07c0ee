"""Cohorts: who are they, and how do they differ from others?"""

import streamlit as st

from ui import cohort_state, cohort_views, composition, headlines, reads, theme

cohort, comparison, gate = reads.cohort(), reads.comparison(), reads.gate()

st.title(theme.plain(cohort_state.chosen().filter.describe()), anchor=False)
headlines.draw(composition.headlines(cohort, comparison, gate))
cohort_views.draw(cohort, comparison, gate)
