"""The council's register: who may change it, that nothing is overwritten, and whose it is."""

import pytest

from ledger import activity
from ledger.assumption_edits import (
    APPS_OWN,
    NO_EDIT,
    AssumptionEdit,
    Entry,
    SomebodyWasFirst,
    edit_assumption,
    edits_in_force,
    history,
)
from ledger.people import find_person
from ledger.rights import NotAllowed
from vcore.errors import VcoreError

OURS = Entry(0.55, 0.4, 0.7, "Our own moves, 2023 to 2026", "finance", "2026-04", "medium", "31 of 56 held.")


@pytest.fixture
def person(ledger, join):
    """Somebody of a role, who can sign in."""

    def person(username, role="finance", **details):
        join(username, role, **details)
        return find_person(ledger, username)

    return person


def test_an_edit_is_kept_with_who_and_when_and_told_in_the_activity(ledger, person):
    ann = person("ann")
    first = edit_assumption(ledger, ann, "holds_share", OURS, seen=NO_EDIT)
    found = edits_in_force(ledger, ann)
    assert set(found) == {"holds_share"}
    edit = found["holds_share"]
    assert edit == AssumptionEdit(first, "holds_share", edit.at, "ann", "Ann", OURS)
    assert (activity.recent(ledger, 1)[0].what, activity.recent(ledger, 1)[0].detail) == (
        "changed an assumption",
        "holds_share: 0.55 (0.4 to 0.7)",
    )


def test_undoing_is_an_edit_and_nothing_is_lost(ledger, person):
    ann = person("ann")
    first = edit_assumption(ledger, ann, "holds_share", OURS, seen=NO_EDIT)
    other = Entry(0.6, 0.5, 0.7, "Panel of June", "finance", "2026-06", "low", "")
    second = edit_assumption(ledger, ann, "holds_share", other, seen=first)
    third = edit_assumption(ledger, ann, "holds_share", APPS_OWN, seen=second)
    edit_assumption(ledger, ann, "support_weeks", OURS, seen=NO_EDIT)
    assert [(edit.id, edit.entry) for edit in history(ledger, ann, "holds_share")] == [
        (third, APPS_OWN),
        (second, other),
        (first, OURS),
    ]
    assert len(history(ledger, ann)) == 4
    assert edits_in_force(ledger, ann)["holds_share"].entry == APPS_OWN


def test_of_two_who_change_the_same_the_second_is_told(ledger, person):
    ann, zoe = person("ann"), person("zoe")
    edit_assumption(ledger, ann, "holds_share", OURS, seen=NO_EDIT)
    with pytest.raises(SomebodyWasFirst, match="Ann changed this assumption at"):
        edit_assumption(ledger, zoe, "holds_share", OURS, seen=NO_EDIT)
    assert len(history(ledger, ann)) == 1


@pytest.mark.parametrize("role", ["commissioner", "analyst", "director", "administrator"])
def test_only_finance_changes_it_and_everybody_reads(ledger, person, role):
    ann, other = person("ann"), person("other", role)
    edit_assumption(ledger, ann, "holds_share", OURS, seen=NO_EDIT)
    with pytest.raises(NotAllowed, match="change the council's assumptions"):
        edit_assumption(ledger, other, "support_weeks", OURS, seen=NO_EDIT)
    assert edits_in_force(ledger, other)["holds_share"].entry == OURS


def test_each_set_of_authorities_has_its_own(ledger, person):
    ann, zoe = person("ann"), person("zoe", authorities=["Ashford"])
    edit_assumption(ledger, ann, "holds_share", OURS, seen=NO_EDIT)
    assert edits_in_force(ledger, zoe) == {}
    edit_assumption(ledger, zoe, "holds_share", OURS, seen=NO_EDIT)
    assert len(history(ledger, ann)) == len(history(ledger, zoe)) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"value": None}, "all three numbers"),
        ({"high": float("nan")}, "all three numbers"),
        ({"source": "  "}, "where the numbers come from"),
        ({"owner": ""}, "who keeps them true"),
        ({"source": "placeholder"}, "in the place of “placeholder”"),
        ({"quality": "splendid"}, "not a quality"),
        ({"rationale": "x" * 501}, "rationale is too long: write at most 500"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(ledger, person, changed, said):
    ann = person("ann")
    with pytest.raises(VcoreError, match=said):
        edit_assumption(ledger, ann, "holds_share", Entry(**(vars(OURS) | changed)), seen=NO_EDIT)
    assert history(ledger, ann) == []
