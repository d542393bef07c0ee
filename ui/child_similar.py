"""Children like the one who is open: where they live, how settled they are, how need moved, and then the cost."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from ui import child_choice, child_reads, reads
from ui.child_words import duration
from ui.money_plan_register import markup
from ui.theme import MINUS, count, money_full, number, percent, subtitle
from vcore.facts.assumptions import value
from vcore.facts.placements import DETAIL_LABELS, SETTING_LABELS, SETTING_OF
from vcore.measures.similar import Similar, weights
from vcore.store import Cohort

HEADING = "Similar children"
CAUTION = (
    "Like in need and age only: never by sex, ethnicity, disability, status or cost. Where similar children live is a "
    "reason to talk, not a forecast for this child."
)
NOT_ASSESSED = "Without an assessment nobody can be said to be similar."


def draw(child_id: str, domains: int) -> None:
    """The children, in a sentence and a table, and the way to open one of them."""
    found = child_reads.similar(child_id)
    if found.children.empty:
        st.header(HEADING, anchor=False)
        st.write(NOT_ASSESSED)
        return
    codes, told = reads.measured(_told, reads.whole(), found, domains)
    st.html(told)
    with st.form("open-similar", border=False):
        at = st.selectbox(
            "Open one of them",
            range(len(codes)),
            format_func=lambda place: codes[place],
            key="similar-child",
            width=240,
        )
        if st.form_submit_button("Open this child"):
            child_choice.hold(str(found.children["child_id"].iloc[at]))
            st.rerun()


def _told(_: Cohort, found: Similar, domains: int) -> tuple[list[str], str]:
    """What they are called, and all that is said of them."""
    codes = child_choice.short_codes(list(found.children["child_id"]))
    age = weights(domains)[-1]
    weighs = f"Each of {domains} domains weighs {percent((1 - age) / domains)}, age {percent(age)}."
    rows = markup(table(found, codes), "Nearest first")
    said = f"<h2>{HEADING}</h2><p>{escape(sentence(found))}</p>"
    return codes, f"{said}{rows}{subtitle(f'{CAUTION} {weighs}')}"


def sentence(found: Similar) -> str:
    """How many are near, where most of them live and how long they have been there; or that too few are near."""
    limit = number(value("similar_near_distance"), 1)
    if not found.enough:
        nobody = "Nobody is" if not found.near else f"Only {count(found.near, 'child is', 'children are')}"
        return (
            f"{nobody} near (within {limit} standard deviations), too few to say where children like this one live. "
            "Those listed are the nearest there are."
        )
    near = found.children.head(found.near)
    homes = near["setting_detail"].map(SETTING_OF).value_counts()
    most = SETTING_LABELS[str(homes.index[0])].lower()
    settled = duration(float(near["months_in_placement"].median()))
    return (
        f"Of the {number(found.near)} nearest, {number(int(homes.iloc[0]))} live in or with {most}; half have been "
        f"where they are for {settled} or longer. {_moved(near['need_change'])}"
    )


def _moved(change: pd.Series) -> str:
    known = change.dropna()
    if known.empty:
        return "How their need changed is not known."
    fell, rose = int((known < 0).sum()), int((known > 0).sum())
    return f"Need fell for {number(fell)} and rose for {number(rose)} of {number(len(known))} assessed twice."


def table(found: Similar, codes: list[str]) -> pd.DataFrame:
    """A row a child, nearest first; need before cost."""
    children = found.children
    return pd.DataFrame(
        {
            "Child": codes,
            "How near": [number(each, 2) for each in children["distance"]],
            "Age": [number(each) for each in children["age"]],
            "Lives in": [DETAIL_LABELS[str(each)] for each in children["setting_detail"]],
            "There for": [duration(float(each)) for each in children["months_in_placement"]],
            "Total need": [number(each) for each in children["need_total"]],
            "Need changed by": [_signed(each) for each in children["need_change"]],
            "Breakdowns in a year": [number(each) for each in children["breakdowns_12m"]],
            "Weekly cost": [
                "not recorded" if pd.isna(each) else money_full(each) for each in children["weekly_cost_gbp"]
            ],
        }
    )


def _signed(change: Any) -> str:
    if pd.isna(change):
        return "not known"
    points = int(change)
    return "0" if points == 0 else f"{'+' if points > 0 else MINUS}{abs(points)}"
