"""What to look at a cohort by, as a list that the address remembers."""

from __future__ import annotations

import streamlit as st

from ui import composition, page_options, reads, session
from ui.composition import Attribute
from vcore.store import Cohort


def choose(cohort: Cohort, name: str) -> Attribute:
    """The attribute picked; at first the one that tells most of the cohort. `name` is its name in the address."""
    offered = composition.attributes(session.person(), reads.whole())
    by_name = {found.name: found for found in offered}
    first = offered[composition.most_telling(offered, cohort)].name
    picked = st.selectbox(
        "Look at them by",
        list(by_name),
        format_func=lambda found: by_name[found].label,
        key=page_options.key_of(name, list(by_name), first),
        on_change=page_options.keep,
        args=(name, ""),
        width=320,
    )
    return by_name[picked]
