"""Methods: what does this word or number mean?"""

import streamlit as st

st.title("Methods", anchor=False)
