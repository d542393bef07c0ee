"""Real data waits for an administrator of the council's own and the assessment's reference."""

import pytest

from ledger import people, safeguards
from vcore.errors import RefusedLoad, VcoreError


@pytest.mark.parametrize(
    ("administrator", "assessed", "missing"),
    [
        (False, False, ["people add", "people assessment"]),
        (False, True, ["people add"]),
        (True, False, ["people assessment"]),
        (True, True, []),
    ],
)
def test_both_are_needed(ledger, join, administrator, assessed, missing):
    join("ann", "analyst")
    if administrator:
        join("root", "administrator")
    if assessed:
        safeguards.record_assessment_reference(ledger, "DPIA-2026-014")
    if not missing:
        safeguards.may_load_real_data(ledger)
        return
    with pytest.raises(RefusedLoad) as refused:
        safeguards.may_load_real_data(ledger)
    for command in ("people add", "people assessment"):
        assert (command in str(refused.value)) is (command in missing)


def test_a_closed_administrator_does_not_count(ledger, join):
    join("root", "administrator")
    join("second", "administrator")
    safeguards.record_assessment_reference(ledger, "DPIA-2026-014")
    people.set_active(ledger, "root", False)
    safeguards.may_load_real_data(ledger)
    people.set_role(ledger, "root", "analyst")
    with pytest.raises(VcoreError):
        people.set_active(ledger, "second", False)
    safeguards.may_load_real_data(ledger)


@pytest.mark.parametrize(
    ("reference", "kept"), [("", False), ("  ab ", False), ("abc", True), ("x" * 201, False)]
)
def test_a_reference_is_a_reference(ledger, reference, kept):
    if kept:
        safeguards.record_assessment_reference(ledger, f" {reference} ")
        assert safeguards.assessment_reference(ledger) == reference
    else:
        with pytest.raises(VcoreError, match="as your council files it"):
            safeguards.record_assessment_reference(ledger, reference)
        assert safeguards.assessment_reference(ledger) is None


def test_the_latest_reference_counts(ledger):
    safeguards.record_assessment_reference(ledger, "DPIA-1")
    safeguards.record_assessment_reference(ledger, "DPIA-2")
    assert safeguards.assessment_reference(ledger) == "DPIA-2"
