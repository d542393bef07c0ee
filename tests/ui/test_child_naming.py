"""Turning a pseudonym back: who may, what is kept of it whether or not it is found, and what is refused first."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from ledger import activity, open_ledger, openings
from ledger.grants import allow_naming
from ledger.people import find_person
from ledger.rights import NotAllowed
from tests.small import child, store
from tests.ui import populated
from tests.ui.doorstep import button, field, join, visit_as
from ui import child_choice, child_naming, child_reads, menu, reads, session
from vcore.errors import VcoreError

PAGE = next(entry.path for entry in menu.ENTRIES if entry.stem == "child")
KEY = b"k" * 32
WHY = "Placement panel on 3 April"
IDS = {
    number: hmac.new(KEY, f"child\x1fnorth\x1f{number}".encode(), hashlib.sha256).hexdigest()[:16]
    for number in ("101", "102")
}
HEADER = ("header.csv", b"CHILD,SEX\n101,M\n102,F\n")


@pytest.fixture
def ledger(data_folder):
    """The ledger of an app that holds some hundred children."""
    populated.publish_children(data_folder)
    return open_ledger(data_folder)


@pytest.fixture
def ann(ledger, monkeypatch):
    """A commissioner who may name children, looking at two of them."""
    cohort = store([child(each) for each in sorted(IDS.values())]).cohort()
    join(ledger, "ann", "commissioner")
    allow_naming(ledger, "ann", True, by="root")
    rows = cohort.snapshot.frame.set_index("child_id")
    monkeypatch.setattr(session, "person", lambda: find_person(ledger, "ann"))
    monkeypatch.setattr(session, "ledger", lambda: ledger)
    monkeypatch.setattr(child_reads, "today", rows.loc.__getitem__)
    monkeypatch.setattr(reads, "whole", lambda: cohort)
    monkeypatch.setattr(child_choice, "cohort_words", lambda: "Everyone")
    return ledger


def kept(ledger):
    return [(line.who, line.what, line.child_id, line.reason) for line in openings.recent(ledger)]


def test_found_by_a_number_or_by_a_file_and_kept_each_time(ann):
    assert child_naming.answer(IDS["101"], KEY, " 101 ", None, WHY) == "101"
    assert child_naming.answer(IDS["102"], KEY, "", HEADER, WHY) == "102"
    asked = child_naming.ASKED
    assert kept(ann) == [("ann", asked, IDS["102"], WHY), ("ann", asked, IDS["101"], WHY)]
    lines = [line for line in activity.recent(ann) if line.what == asked]
    assert [(line.who, line.detail) for line in lines] == [("ann", "Everyone")] * 2


def test_a_number_that_is_not_theirs_or_a_wrong_key_is_kept_as_asked(ann):
    assert child_naming.answer(IDS["101"], KEY, "102", None, WHY) is None
    with pytest.raises(VcoreError, match="31 bytes"):
        child_naming.answer(IDS["101"], KEY[1:], "101", None, WHY)
    with pytest.raises(VcoreError, match="not the key"):
        child_naming.answer(IDS["101"], KEY[::-1][:-1] + b"x", "", HEADER, WHY)
    assert len(kept(ann)) == 3


@pytest.mark.parametrize(
    ("key", "one", "several", "reason", "said"),
    [
        (KEY, "101", None, "  short  ", "reason"),
        (None, "101", None, WHY, "key"),
        (KEY, " ", None, WHY, "number"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(ann, key, one, several, reason, said):
    with pytest.raises(VcoreError, match=said):
        child_naming.answer(IDS["101"], key, one, several, reason)
    assert kept(ann) == []


def test_not_without_the_right(ann):
    allow_naming(ann, "ann", False, by="root")
    with pytest.raises(NotAllowed):
        child_naming.answer(IDS["101"], KEY, "101", None, WHY)
    assert kept(ann) == []


@pytest.mark.parametrize("granted", [False, True])
def test_it_is_offered_only_to_who_may(ledger, visitor, granted):
    join(ledger, "ann", "commissioner")
    allow_naming(ledger, "ann", granted, by="root")
    app = visit_as(visitor, ledger, "ann", PAGE)
    field(app, "Short code of a child").input("00100")
    button(app, "Open").click().run()
    assert ("Back to the name" in [each.label for each in app.expander]) is granted
    assert not app.exception
