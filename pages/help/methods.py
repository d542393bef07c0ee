"""Methods: what does this word or number mean, where does it come from, and what can it not say?"""

import streamlit as st

from ledger.rights import Right
from ui import reads, registers, session
from vcore.settings import settings

st.title("Methods", anchor=False)
figures, assumptions, levels, report, limits, accessibility, about = st.tabs(
    ["Figures", "Assumptions", "Levels of need", "The published report", "Limits", "Accessibility", "About"]
)
with figures:
    st.table(registers.metrics_table(), hide_index=True, border="horizontal")
with assumptions:
    st.write(
        "Every number that is not in the data. You can change those of a scenario on its page; "
        "a placeholder is ours until somebody finds a source."
    )
    st.table(registers.assumptions_table(), hide_index=True, border="horizontal")
with levels:
    st.write(
        "A social worker scores each area of need. Where a level starts is an assumption: "
        "the published report does not print its cut-points, so counts are given both ways."
    )
    if Right.SEE_COHORTS in session.person().rights:
        table = registers.levels_with_counts(reads.whole(), reads.gate())
    else:
        table = registers.levels_table(settings().needs)
    st.table(table, hide_index=True, border="horizontal")
with report:
    st.markdown(registers.words("report-notes"))
with limits:
    st.markdown(registers.words("limits"))
with accessibility:
    st.markdown(registers.words("accessibility"))
with about:
    st.markdown(registers.words("about"))
