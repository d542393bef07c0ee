"""Cohorts: who are they, and how do they differ from everyone else?"""

import streamlit as st

st.title("Cohorts", anchor=False)
