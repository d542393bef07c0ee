"""How is this calculated? Words, formula and the numbers put in, from the metric registry.

Holds no definition of its own: `vcore.measures.metrics` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from vcore.measures.metrics import metric


def calculation(
    metrics: Sequence[str], *, put_in: Mapping[str, str] | None = None, notes: Sequence[str] = ()
) -> None:
    """A button that opens: each metric's definition and formula, and the numbers put in (by metric, as words).

    Raises `InvalidChoice` for a metric that is not registered.
    """
    numbers = put_in or {}
    told = []
    for key in metrics:
        found = metric(key)
        here = f"  \nHere: {numbers[key]}" if key in numbers else ""
        told.append(f"**{found.label}.** {found.definition}  \n{_sentence(found.formula)}{here}")
    with st.popover("How is this calculated?", type="tertiary"):
        st.markdown("\n\n".join([*told, *notes]))


def _sentence(formula: str) -> str:
    return f"{formula[0].upper()}{formula[1:]}."
