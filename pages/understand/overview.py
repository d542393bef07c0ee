"""Overview: what do we spend, on whom, and what stands out?"""

import streamlit as st

from ui import (
    beside_england,
    charts,
    explain,
    headlines,
    last_month,
    overview_headlines,
    quality_banner,
    reads,
    sentences,
    spend,
    spend_figures,
)

cohort, comparison, gate = reads.cohort(), reads.comparison(), reads.gate()

headlines.draw(
    overview_headlines.headlines(cohort, comparison, gate),
    sentence=sentences.overview(
        spend.top(cohort), spend.sizes(cohort).weekly_gbp, gate, spend.cost_shares(cohort, gate)
    ),
)
if warning := spend.unregistered(cohort, gate):
    st.warning(warning)
else:
    st.empty()  # what follows keeps its place, so a browser keeps its charts
left, right = st.columns(2, gap="large")
with left:
    charts.show(reads.gated(spend_figures.concentration, cohort), level=2)
with right:
    charts.show(reads.gated(spend_figures.by_setting, cohort), level=2)
with st.container(key="quality-line", horizontal=True, vertical_alignment="center"):
    st.caption(quality_banner.line(cohort, gate))
    beside_england.fold(cohort, gate)
    last_month.fold(cohort, gate)
    explain.calculation(
        (
            *overview_headlines.METRICS,
            *beside_england.METRICS,
            "month_change",
        ),
        put_in=spend.put_in(cohort, gate),
        notes=[spend.cut_points_note(cohort, gate)],
    )
