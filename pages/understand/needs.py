"""Needs: what do these children need, and how does that differ from others?"""

import streamlit as st

from ui import composition, headlines, need_levels, need_views, reads

cohort, comparison, gate = reads.cohort(), reads.comparison(), reads.gate()

st.title(need_levels.headline(cohort, gate), anchor=False)
headlines.draw(composition.headlines(cohort, comparison, gate))
need_views.draw(cohort, comparison, gate)
