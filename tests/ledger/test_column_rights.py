"""Which columns each role may be shown row by row, worked by hand from the registry's file."""

from __future__ import annotations

import pytest

from ledger.column_rights import NEEDED, withheld
from ledger.rights import CHILD_LEVEL_GRANT, RIGHTS, Right, Role
from vcore.facts.columns import Rights, registry

# everything that the file marks child_level; provider is for commissioner and finance, assessor for nobody
CHILD_LEVEL = {
    "birth_month",
    "ethnic_code",
    "disability_codes",
    "dol",
    "sibling_group",
    "sdq_score",
    "previous_permanence",
    "permanence_ordered",
    "distance_miles",
    "care_started_on",
    "care_ended_on",
    "started_on",
    "ended_on",
    "assessed_on",
    "scores",
    "foster_suitability",
    "strengths",
    "goals",
    "child_view",
    "staffing_ratio",
    "planned_end_on",
    "kind",
    "year_ended_on",
    "score",
    "missing_12m",
    "away_12m",
    "days_to_17",
    "days_to_18",
}


def test_every_word_of_the_registry_is_a_right_or_for_nobody():
    assert set(NEEDED) == set(Rights.__args__)


def test_a_name_has_one_word_wherever_it_stands():
    words = {(column.column, column.rights) for column in registry()}
    assert len(words) == len({column.column for column in registry()})


@pytest.mark.parametrize(
    ("rights", "expected"),
    [
        (RIGHTS[Role.COMMISSIONER], {"assessor"}),
        (RIGHTS[Role.ANALYST], {"assessor", "provider"}),
        (RIGHTS[Role.FINANCE], {"assessor"} | CHILD_LEVEL),
        (RIGHTS[Role.DIRECTOR], {"assessor", "provider"} | CHILD_LEVEL),
        (RIGHTS[Role.DIRECTOR] | CHILD_LEVEL_GRANT, {"assessor", "provider"}),
        (RIGHTS[Role.ADMINISTRATOR], {column.column for column in registry()}),
        (set(Right), {"assessor"}),
    ],
)
def test_what_is_withheld(rights, expected):
    assert withheld(rights) == expected
