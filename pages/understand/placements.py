"""Placements: where do children live, how long, and how do they move?"""

import streamlit as st

from ui import charts, ending_figures, explain, headlines, reads, time_figures
from ui import placement_figures as figures
from ui import placement_flows as flows

cohort, gate = reads.cohort(), reads.gate()

st.title(figures.sentence(cohort, gate), anchor=False)
headlines.draw(figures.headlines(cohort, gate))
moves = st.container(key="placement-moves")  # filled last: the earlier date may have to be read first
for row in (
    (time_figures.by_time_in_care, time_figures.by_age),
    (figures.by_setting, ending_figures.by_home),
    (ending_figures.by_month,),
):
    for column, figure in zip(st.columns(len(row), gap="large"), row, strict=True):
        with column:
            charts.show(reads.gated(figure, cohort), level=2)
explain.calculation((*flows.METRICS, *figures.METRICS, *time_figures.METRICS, *ending_figures.METRICS))
with moves:
    flows.draw(cohort, gate)
