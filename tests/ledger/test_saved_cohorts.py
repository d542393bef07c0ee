"""Saved cohorts: whose they are, who opens them, and what is refused."""

from datetime import date

import pytest

from ledger import activity, saved_cohorts
from ledger.people import find_person
from ledger.rights import NotAllowed
from ledger.saved_cohorts import NoSuchCohort, SavedCohort
from vcore.errors import VcoreError

HOMES = '{"settings":["residential"]}'


@pytest.fixture
def person(ledger, join):
    """Somebody of a role, who can sign in."""

    def person(username, role="commissioner"):
        join(username, role)
        return find_person(ledger, username)

    return person


def save(ledger, owner, name="Homes", **details):
    return saved_cohorts.save_cohort(ledger, owner, name=name, **({"filter": HOMES} | details))


def test_what_is_saved_comes_back_as_it_was(ledger, person):
    ann = person("ann")
    code = save(ledger, ann, "  Children's   homes ", as_of=date(2025, 3, 31))
    assert saved_cohorts.find_cohort(ledger, code, ann) == SavedCohort(
        code, "Children's homes", "ann", "Ann", HOMES, date(2025, 3, 31), False
    )
    assert code.isalnum() and len(code) == 6
    line = activity.recent(ledger, 1)[0]
    assert (line.who, line.what, line.detail) == (
        "ann",
        "saved a cohort",
        f"{code}: Children's homes (for themselves)",
    )


def test_others_open_only_what_is_shared(ledger, person):
    ann, bob = person("ann"), person("bob", "director")
    own, shared = save(ledger, ann, "Mine"), save(ledger, ann, "Ours", shared=True)
    his = save(ledger, bob, "Zebra")
    assert [found.name for found in saved_cohorts.list_cohorts(ledger, ann)] == ["Mine", "Ours"]
    assert [found.code for found in saved_cohorts.list_cohorts(ledger, bob)] == [his, shared]  # own first
    with pytest.raises(NoSuchCohort, match=f"no saved cohort “{own}”"):
        saved_cohorts.find_cohort(ledger, own, bob)
    for change in (
        lambda: saved_cohorts.rename_cohort(ledger, shared, bob, name="Bob's", shared=True),
        lambda: saved_cohorts.delete_cohort(ledger, shared, bob),
    ):
        with pytest.raises(VcoreError, match="belongs to Ann"):
            change()
    for change in (
        lambda: saved_cohorts.rename_cohort(ledger, own, bob, name="Bob's", shared=True),
        lambda: saved_cohorts.delete_cohort(ledger, own, bob),
    ):
        with pytest.raises(NoSuchCohort):  # what is private is not even named
            change()
    assert [found.name for found in saved_cohorts.list_cohorts(ledger, ann)] == ["Mine", "Ours"]


def test_renaming_sharing_and_deleting_are_kept_and_logged(ledger, person):
    ann = person("ann")
    code = save(ledger, ann)
    saved_cohorts.rename_cohort(ledger, code, ann, name="Homes, all", shared=True)
    found = saved_cohorts.find_cohort(ledger, code, ann)
    assert (found.name, found.shared, found.filter) == ("Homes, all", True, HOMES)
    saved_cohorts.rename_cohort(
        ledger, code, ann, name="homes, ALL", shared=True
    )  # its own name is not taken
    saved_cohorts.delete_cohort(ledger, code, ann)
    with pytest.raises(NoSuchCohort, match="has been deleted"):
        saved_cohorts.find_cohort(ledger, code, ann)
    assert [line.what for line in activity.recent(ledger, 4)][::-1] == [
        "saved a cohort",
        "changed a saved cohort",
        "changed a saved cohort",
        "deleted a saved cohort",
    ]


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("", "name of at most 60"),
        ("  ", "name of at most 60"),
        ("x" * 61, "name of at most 60"),
        ("HOMES", "already have a cohort called “HOMES”"),
    ],
)
def test_refused_names(ledger, person, name, refusal):
    ann = person("ann")
    save(ledger, ann)
    other = save(ledger, ann, "Other")
    with pytest.raises(VcoreError, match=refusal):
        save(ledger, ann, name)
    with pytest.raises(VcoreError, match=refusal):
        saved_cohorts.rename_cohort(ledger, other, ann, name=name, shared=False)
    assert [found.name for found in saved_cohorts.list_cohorts(ledger, ann)] == ["Homes", "Other"]


def test_two_people_may_use_the_same_name(ledger, person):
    assert save(ledger, person("ann")) != save(ledger, person("bob"))


def test_an_administrator_sees_none(ledger, person):
    code, root = save(ledger, person("ann"), shared=True), person("root", "administrator")
    for ask in (
        lambda: saved_cohorts.list_cohorts(ledger, root),
        lambda: saved_cohorts.find_cohort(ledger, code, root),
        lambda: save(ledger, root),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_filters_too_long_to_keep_are_refused(ledger, person):
    with pytest.raises(VcoreError, match="too many names"):
        save(ledger, person("ann"), filter="x" * 4_001)
