"""Findings: does the published report hold for our children?"""

import streamlit as st

from ui import explain, findings, findings_view, headlines, reads, registers

cohort, gate = reads.cohort(), reads.gate()
rows = findings.told(cohort, gate)

headlines.draw((), sentence=findings.headline(rows, cohort, gate))
with st.container(key="quality-line", horizontal=True, vertical_alignment="center"):
    st.caption(findings.others(rows))
    explain.calculation(("findings_hold", "findings_interval"), notes=[registers.words("findings")])
findings_view.draw(rows, cohort, gate)
with st.expander("Where the report does not add up", key="report-notes", on_change="rerun") as notes:
    if notes.open:
        st.markdown(registers.words("report-notes"))
