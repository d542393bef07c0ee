"""Need and cost: does cost follow need?"""

import streamlit as st

from ui import (
    charts,
    explain,
    headlines,
    need_cost,
    need_cost_figures,
    need_cost_heatmap,
    need_cost_limits,
    need_cost_words,
    reads,
)

cohort, gate = reads.cohort(), reads.gate()
limits = need_cost_limits.follow_link(cohort.snapshot.needs.highest_total)

headlines.draw(
    need_cost.headlines(cohort, reads.comparison(), gate),
    sentence=need_cost_words.headline(need_cost.told(cohort, gate)),
)
left, right = st.columns([3, 2], gap="large")
with left:
    charts.show(reads.gated(need_cost_heatmap.heatmap, cohort, limits), level=2)
with right:
    need_cost.draw_box(cohort, limits, gate)
    charts.show(reads.gated(need_cost_figures.provision, cohort), level=2)
need_cost.draw_explained(cohort, gate)
explain.calculation(need_cost_words.METRICS)
