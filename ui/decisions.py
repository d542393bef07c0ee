"""Decisions as screens use them: what the ledger keeps, beside where the child lives in the latest data.

Asks for the right to see children before anything is handed out. Never draws.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ledger import decisions
from ledger.decisions import Decision
from ledger.rights import Right
from ui import child_choice, reads, session
from ui.theme import date_words
from vcore.store import Cohort, CohortFilter

_FACTS = ("authority", "placement_started_on", "setting_detail", "social_care_cost_gbp")


class PlacementNow(NamedTuple):
    """Where a child lives in the latest data. `social_care_cost_gbp`: £ a week; NaN where not costed."""

    authority: str
    started_on: date
    setting_detail: str
    social_care_cost_gbp: float


def latest(child_ids: Iterable[str]) -> dict[str, Decision]:
    """The last decision about each of these children. Raises `NotAllowed`."""
    session.require(Right.SEE_CHILDREN)
    return decisions.latest(session.ledger(), child_ids)


def history(child_id: str) -> list[Decision]:
    """Every decision about a child that this reader's authorities took, the first one first. Raises `NotAllowed`."""
    person = session.require(Right.SEE_CHILDREN)
    found = decisions.history(session.ledger(), child_id)
    return [decision for decision in found if person.is_for(decision.authority)]


def everyone() -> Cohort:
    """Every child this reader may count in the latest data, whatever date and filters they look at."""
    session.require(Right.SEE_CHILDREN)
    return reads.cohort_of(CohortFilter())


def placement_now(child_id: str) -> PlacementNow | None:
    """Where the child lives in the latest data; None for one who is not in it, or not this reader's."""
    here = everyone()
    at = child_choice.place_in(child_id, here)
    if at is None:
        return None
    row = here.snapshot.frame[list(_FACTS)].iloc[at]
    began = row["placement_started_on"].date()
    return PlacementNow(row["authority"], began, row["setting_detail"], float(row["social_care_cost_gbp"]))


def upper_quartile_gbp(setting_detail: str) -> float:
    """What three in four placements there cost at most, £ a week gross, here and now; NaN where none is costed."""
    here = everyone().columns("setting_detail", "weekly_cost_gbp")
    costs = here.loc[here["setting_detail"] == setting_detail, "weekly_cost_gbp"]
    return float(costs.quantile(0.75, interpolation="linear"))


def aside(decision: Decision, now: PlacementNow | None, latest_day: date) -> str:
    """What has to be said beside a decision that the data has overtaken; empty where it still stands."""
    if now is None:
        return f"This child is not in care in the latest data ({date_words(latest_day)})."
    if now.started_on != decision.placement_started:
        return (
            f"It is about the placement that began on {date_words(decision.placement_started)}, "
            "which has since ended."
        )
    return ""


def line(decision: Decision) -> str:
    """One decision in a line: "3 March 2026 · Ann · not suitable: the child wants to stay · next 2 April 2026"."""
    parts = [date_words(decision.decided_on), decision.who_name, decision.told]
    if decision.next_date is not None:
        parts.append(f"next {date_words(decision.next_date)}")
    return " · ".join([*parts, decision.note] if decision.note else parts)
