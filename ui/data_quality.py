"""How good the data is: what is recorded, how fresh, how alike it is scored, how it changed, and what reconciles.

Of one authority at a time, on the date its own load is true for, whatever pages show. Every figure passes the gate.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ledger import loads
from ui import data_changes, data_reads, explain, reads, sentences, session
from ui.spend import completeness as costs_and_needs
from ui.theme import count, date_words, money_full, number, percent, plain
from vcore.measures import quality
from vcore.store import Cohort, CohortFilter

FIELDS, FRESH, MONTHS, RECONCILED = "What is recorded", "Assessments", "Over time", "Reconciliation"
METRICS = ("costed_share", "stale_share", "completeness", "assessor_spread")


def draw() -> None:
    """The sentence the banner says too, and one kind of figures at a time."""
    names = data_changes.authorities()
    if not names:
        st.info("None of your authorities is loaded yet.")
        return
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    name = left.selectbox("Authority", names, key="quality-authority") or names[0]
    kind = right.segmented_control(
        "Show", list(_DRAW), default=FIELDS, key="quality-kind", required=True, label_visibility="collapsed"
    )
    own, shown = reads.open_store().latest_of([name]), reads.latest()
    cohort = reads.cohort_of(CohortFilter(authorities=(name,)), own)
    if not len(cohort):
        st.info(
            f"Nobody of {plain(name)} was in care on {date_words(own)}, the date its load is true for. "
            "Look whether the files held its episodes, and load them again."
        )
        return
    line = sentences.quality_line(costs_and_needs(cohort), reads.gate())
    apart = "" if own == shown else f" (your pages show {date_words(shown)})"
    st.markdown(f"**{plain(line)}** · {date_words(own)}{plain(apart)}")
    _DRAW[kind or FIELDS](name, cohort)
    explain.calculation(METRICS)


def _fields(_name: str, cohort: Cohort) -> None:
    gate = reads.gate()
    found = reads.measured(_completeness, cohort)
    n = len(cohort)
    rows = [
        {
            "Recorded": quality.FIELDS[row["index"]],
            "Children": f"{gate.count(row['recorded'], n)} of {gate.count(n)}",
            "Of children": gate.amount(percent(row["share"]), n),
            "Of weekly cost": gate.amount(percent(row["cost_share"]), n),
        }
        for row in found.reset_index().to_dict("records")
    ]
    st.table(pd.DataFrame(rows).set_index("Recorded"), border="horizontal")


def _completeness(cohort: Cohort) -> pd.DataFrame:
    return quality.completeness(cohort.columns(*quality.FIELDS))


def _fresh(name: str, cohort: Cohort) -> None:
    ages = quality.freshness(cohort.column("assessment_age_days"))
    cells = reads.gate().cells(list(ages.values()))
    shares = [percent(n / len(cohort)) if len(cohort) else "" for n in ages.values()]
    shown = [
        share if cell == number(n) else cell
        for share, cell, n in zip(shares, cells, ages.values(), strict=True)
    ]
    frame = pd.DataFrame({"Latest assessment": list(ages), "Children": cells, "Of children": shown})
    st.table(frame.set_index("Latest assessment"), border="horizontal")
    spread = quality.assessor_spread(data_reads.recording(name).assessors)
    if spread is None:
        st.write("Fewer than two assessors have ten assessments in the last year: nothing to compare.")
        return
    st.write(
        plain(
            f"{count(spread.assessors, 'assessor', 'assessors')} with ten assessments or more in the last year: their "
            f"mean totals run from {spread.lowest_mean:.0f} to {spread.highest_mean:.0f}. "
            f"{percent(spread.between_share)} of the differences between children's totals goes with who assessed "
            "them. Assessors see different children: a question to ask, not a verdict."
        )
    )


def _months(name: str, _cohort: Cohort) -> None:
    gate = reads.gate()
    rows = [
        {
            "On": date_words(row["day"]),
            "Children": gate.count(row["children"]),
            "With a cost": gate.amount(percent(row["costed"] / row["children"]), row["children"]),
            "With an assessment": gate.amount(percent(row["assessed"] / row["children"]), row["children"]),
            "Assessed in six months": gate.amount(percent(row["fresh"] / row["children"]), row["children"]),
            "£ a week": gate.amount(money_full(row["weekly_cost_gbp"]), row["costed"]),
        }
        for row in data_reads.recording(name).months.to_dict("records")
    ]
    st.table(pd.DataFrame(rows).set_index("On"), border="horizontal")
    st.caption("As the live load tells each date: what was found out later counts too.")


def _reconciled(name: str, cohort: Cohort) -> None:
    """The week's total by who pays, the control total of each load, and places filled beside children there."""
    gate = reads.gate()
    parts = cohort.columns("weekly_cost_gbp", "social_care_cost_gbp", "education_cost_gbp", "health_cost_gbp")
    totals = parts.sum()
    apart = float(totals["weekly_cost_gbp"] - totals.drop("weekly_cost_gbp").sum())
    costed = int(parts["weekly_cost_gbp"].count())
    rows = [
        {"A week": label, "£": gate.amount(money_full(float(totals[column])), costed)}
        for label, column in (
            ("Social care", "social_care_cost_gbp"),
            ("Education", "education_cost_gbp"),
            ("Health", "health_cost_gbp"),
            ("Gross cost", "weekly_cost_gbp"),
        )
    ]
    rows.append({"A week": "Gross cost less its parts", "£": gate.amount(money_full(round(apart)), costed)})
    st.table(pd.DataFrame(rows).set_index("A week"), border="horizontal")
    told = [
        (event, line)
        for event in loads.events(session.ledger(), name)
        if event.what == loads.PUBLISHED
        for line in event.told
        if "control total" in line or "Finance has" in line or "finance's total" in line
    ]
    st.markdown("**Finance's total beside each load**")
    if not told:
        st.write("No load is on record with one. The next load asks for it before it is published.")
    for event, line in told:
        st.markdown(plain(f"{event.at:%d/%m/%Y}, {event.who}: {line}"))


_DRAW: dict[str, Callable[[str, Cohort], None]] = {
    FIELDS: _fields,
    FRESH: _fresh,
    MONTHS: _months,
    RECONCILED: _reconciled,
}
