"""Why a placement changed, in plain words. Source: DfE children looked-after return guides, REASON_PLACE_CHANGE."""

from __future__ import annotations

END_REASON_LABELS = {
    "ALLEG": "an allegation",
    "APPRR": "the carer's approval was removed",
    "CARPL": "the care plan",
    "CHILD": "the child asked to leave",
    "CLOSE": "the carer resigned or the home closed",
    "CREQB": "the carer asked, because of the child's behaviour",
    "CREQO": "the carer asked, for another reason",
    "CUSTOD": "a custody arrangement",
    "LAREQ": "the authority asked",
    "OTHER": "another reason",
    "PLACE": "only the placement's status changed",
    "STAND": "concern about standards of care",
}


def end_reason_words(code: str | None) -> str:
    """The reason in words; "not recorded" without one, and the code itself where the guides have no words for it."""
    if not code:
        return "not recorded"
    return END_REASON_LABELS.get(code, f"return code {code}")
