"""Providers: who do we pay, for what need, with what result?"""

import streamlit as st

from ui import (
    beside_england,
    charts,
    explain,
    headlines,
    provider_details,
    provider_figures,
    provider_headlines,
    provider_reads,
    reads,
    theme,
)

cohort, gate, known, model = reads.cohort(), reads.gate(), provider_reads.providers(), reads.cost_model()
comparison = reads.comparison()
beside = (comparison, provider_reads.providers(comparison.cohort.as_of))
figure_for = reads.gated(provider_figures.spend_and_need, cohort, known, *beside, model)
figure = figure_for(gate)

headlines.draw(
    provider_headlines.headlines(cohort, known, *beside, gate),
    sentence=reads.measured(provider_headlines.title, cohort, known, gate),
)
picture, one = st.columns([3, 2], gap="large")
with picture, st.container(key="providers-picture"):
    charts.draw(figure, level=2)
with one:
    offered = provider_details.offered(cohort, known, model, gate)
    name = provider_details.choose(offered)
    if name is not None:
        there = theme.plain(provider_details.beside(cohort, known, *beside, name, gate))
        said = provider_details.facts(cohort, known, model, gate, name, provider_reads.free_places(), there)
        st.markdown("\n".join(f"- {line}" for line in said))
        charts.show(reads.gated(provider_details.price_and_need, cohort, known, name), level=2)
charts.fold_table(figure.name, figure_for, sees_small=reads.may_see_small())
st.caption(theme.plain(" ".join((figure.note, beside_england.price_growth(reads.benchmarks())))))
explain.calculation(provider_figures.METRICS)
