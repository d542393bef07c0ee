"""Placements: where do children live, how long, and how do they move?"""

import streamlit as st

from ui import beside_england, charts, ending_figures, explain, headlines, placement_mix, reads, time_figures
from ui import placement_figures as figures
from ui import placement_flows as flows

cohort, comparison, gate = reads.cohort(), reads.comparison(), reads.gate()

st.title(figures.sentence(cohort, gate), anchor=False)
headlines.draw(figures.headlines(cohort, comparison, gate))
moves = st.container(key="placement-moves")  # filled last: the earlier date may have to be read first
beside_england.fold(cohort, gate)
for row in (
    (
        reads.gated(placement_mix.mix, cohort, comparison),
        reads.gated(figures.by_setting, cohort, comparison),
    ),
    (reads.gated(time_figures.by_time_in_care, cohort), reads.gated(time_figures.by_age, cohort)),
    (reads.gated(ending_figures.by_home, cohort), reads.gated(ending_figures.by_month, cohort)),
):
    for column, figure in zip(st.columns(2, gap="large"), row, strict=True):
        with column:
            charts.show(figure, level=2)
explain.calculation(
    (
        *flows.METRICS,
        *placement_mix.METRICS,
        *beside_england.METRICS,
        *figures.METRICS,
        *time_figures.METRICS,
        *ending_figures.METRICS,
    )
)
with moves:
    flows.draw(cohort, gate)
