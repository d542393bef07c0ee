"""Methods: what does this word or number mean, where does it come from, and what can it not say?"""

import streamlit as st

from ledger.rights import Right
from ui import reads, registers, session
from vcore.settings import settings

st.title("Methods", anchor=False)
figures, assumptions, levels, *texts = st.tabs(
    ["Figures", "Assumptions", "Levels of need", *registers.TEXTS], key="methods", on_change="rerun"
)
if figures.open:
    figures.table(registers.metrics_table(), hide_index=True, border="horizontal")
if assumptions.open:
    assumptions.write(
        "Every number that is not in the data. You can change those of a scenario on its page; "
        "a placeholder is ours until somebody finds a source."
    )
    assumptions.table(registers.assumptions_table(), hide_index=True, border="horizontal")
if levels.open:
    levels.write(
        "A social worker scores each area of need. Where a level starts is an assumption: "
        "the published report does not print its cut-points, so counts are given both ways."
    )
    if Right.SEE_COHORTS in session.person().rights:
        table = registers.levels_with_counts(reads.whole(), reads.gate())
    else:
        table = registers.levels_table(settings().needs)
    levels.table(table, hide_index=True, border="horizontal")
for tab, name in zip(texts, registers.TEXTS.values(), strict=True):
    if tab.open:
        tab.markdown(registers.words(name))
