"""The huddle pack of chosen children: their figures from plain frames, no pseudonym in it, and who took it kept."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from pptx import Presentation

from ledger import activity, open_ledger, openings
from ledger.people import find_person
from ledger.rights import RIGHTS, NotAllowed, Role
from tests.small import child, store
from tests.ui import populated
from tests.ui.doorstep import button, field, join, visit_as
from ui import child_choice, huddle_pack, menu, session

PAGE = next(entry.path for entry in menu.ENTRIES if entry.stem == "child")
LONG = ["7f3a0123456789ab", "7f3b0123456789ab"]
TWO = store([child(LONG[0], scores=[2] * 13), child(LONG[1], scores=None, weekly_cost_gbp=None)])


@pytest.fixture
def ledger(data_folder):
    """The ledger of an app that holds some hundred children."""
    populated.publish_children(data_folder)
    return open_ledger(data_folder)


def made() -> bytes:
    codes = dict(zip(LONG, ("7F3A", "7F3B"), strict=True))
    return huddle_pack.pack(
        TWO, TWO.cohort(), codes, {LONG[0]: "3 March 2026 · Ann · suitable"}, "Data", RIGHTS[Role.ANALYST]
    )


def test_a_page_a_child_with_its_figures():
    slides = Presentation(BytesIO(made())).slides
    assert [slide.shapes.title.text for slide in slides][1:] == [
        "Child 7F3A · 14 · Children's home (private), 2 years",
        "Child 7F3B · 14 · Children's home (private), 2 years",
    ]
    first, second = (
        "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in list(slides)[1:]
    )
    assert "Last decision: 3 March 2026 · Ann · suitable" in first and "59 days ago" in first
    assert "Never assessed" in second and "missing, not £0" in second and "Nothing has been decided" in second
    (chart,) = (shape.chart for shape in slides[1].shapes if shape.has_chart)
    assert list(chart.series[0].values) == [2.0] * 13


def test_nothing_in_the_file_is_longer_than_a_short_code():
    with zipfile.ZipFile(BytesIO(made())) as parts:
        inside = [parts.read(name) for name in parts.namelist()]
        books = [
            BytesIO(each)
            for name, each in zip(parts.namelist(), inside, strict=True)
            if name.endswith("xlsx")
        ]
    for book in books:
        with zipfile.ZipFile(book) as parts:
            inside += [parts.read(name) for name in parts.namelist()]
    assert not [each for each in inside if re.search(b"(?i)7f3[ab]0", each)]


def test_taking_it_is_kept_child_by_child(ledger, monkeypatch):
    join(ledger, "ann", "commissioner")
    monkeypatch.setattr(session, "person", lambda: find_person(ledger, "ann"))
    monkeypatch.setattr(session, "ledger", lambda: ledger)
    monkeypatch.setattr(child_choice, "cohort_words", lambda: "Everyone")
    huddle_pack._record(LONG)
    kept = [(line.who, line.what, line.child_id) for line in openings.recent(ledger)]
    assert kept == [("ann", "took a huddle pack", child_id) for child_id in reversed(LONG)]
    line = activity.recent(ledger, 1)[0]
    assert (line.who, line.what, line.detail) == ("ann", "took a huddle pack", "2 children · Everyone")
    join(ledger, "ben", "director")
    monkeypatch.setattr(session, "person", lambda: find_person(ledger, "ben"))
    with pytest.raises(NotAllowed):
        huddle_pack._record(LONG)


def test_a_child_is_added_and_taken_out_again(ledger, visitor):
    join(ledger, "ann", "commissioner")
    app = visit_as(visitor, ledger, "ann", PAGE)
    field(app, "Short code of a child").input("00100")
    button(app, "Open").click().run()
    button(app, "Add to the huddle pack").click().run()
    assert [each.proto.label for each in app.get("download_button")] == [
        "Huddle pack of 1 child (PowerPoint)"
    ]
    assert any("Chosen: 00100." in caption.value for caption in app.caption)
    button(app, "Take out of the huddle pack").click().run()
    assert not app.get("download_button")
