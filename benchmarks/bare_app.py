"""The floor: a bare Streamlit page with one slider and one chart, and nothing of ours.

What the app is held against, under the same configuration. Never grows.
"""

import altair as alt
import pandas as pd
import streamlit as st

cap = st.slider("Cap", 0, 10_000, 5_000, step=50, key="cap")
bands = range(20)
bars = pd.DataFrame({"band": list(bands), "height": [band * cap % 977 + 23 for band in bands]})
chart = (
    alt.Chart(bars, height=320)
    .mark_bar()
    .encode(x=alt.X("band", type="ordinal"), y=alt.Y("height", type="quantitative"))
)
st.altair_chart(chart, theme=None)
