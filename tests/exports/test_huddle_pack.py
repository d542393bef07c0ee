"""The huddle pack as a program finds it: a page each, marked, by code alone, and no text that runs."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from math import nan

import openpyxl
import pytest
from pptx import Presentation

from vcore.exports.huddle_pack import CUT, LONGEST_SAID, ChildPage, Need, huddle_pack, shortened

EVIL = "=HYPERLINK(1)"


def page(code="7F3A", said="I like my bed.", moves=3, then=2.0, need=True) -> ChildPage:
    scores = Need(["Health", EVIL], [3.0, 9.0], [then, then], "May 2025", 10) if need else None
    rows = [[f"{at} May 2024", EVIL, "3 → 4", "£1 → £2"] for at in range(1, moves + 1)]
    return ChildPage(
        f"Child {code} · 13 · Agency fostering, 14 months",
        [("In their words", said), ("Good at", EVIL), ("Wants", "To swim")],
        ["Assessed 1 May 2026, 3 days ago."],
        "Total need 12",
        scores,
        rows,
    )


def opened(*pages):
    return Presentation(
        BytesIO(huddle_pack(pages, "Huddle pack", "Demonstration data", ("#12436D", "#BFBFBF")))
    )


def texts(slide) -> list[str]:
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return found


def test_a_cover_and_a_page_each_all_marked():
    slides = opened(page("7F3A"), page("0B1C")).slides
    assert len(slides) == 3
    assert "decide nothing about a child" in "\n".join(texts(slides[0]))
    for slide in slides:
        assert any(words.startswith("Restricted · pseudonymous") for words in texts(slide))
    assert texts(slides[1])[0].startswith("Child 7F3A · ")


def test_their_words_come_first():
    words = next(text for text in texts(opened(page()).slides[1]) if "In their words" in text)
    assert words.startswith("In their words: I like my bed.")
    assert words.index("Good at") < words.index("Assessed")


def test_charts_and_tables_are_native_and_described():
    (chart,) = (shape for shape in opened(page()).slides[1].shapes if shape.has_chart)
    assert [tuple(series.values) for series in chart.chart.series] == [(3.0, 9.0), (2.0, 2.0)]
    assert "Health 3" in chart._element.nvGraphicFramePr.cNvPr.get("descr")
    (table,) = (shape for shape in opened(page()).slides[1].shapes if shape.has_table)
    assert table._element.nvGraphicFramePr.cNvPr.get("descr")


def test_without_an_earlier_assessment_there_is_only_now_and_without_any_no_chart():
    (chart,) = (shape for shape in opened(page(then=nan)).slides[1].shapes if shape.has_chart)
    assert [series.name for series in chart.chart.series] == ["Now"]
    assert not any(shape.has_chart for shape in opened(page(need=False)).slides[1].shapes)


def test_no_text_of_a_file_is_a_formula():
    content = huddle_pack([page()], "Pack", "Data", ("#12436D", "#BFBFBF"))
    with zipfile.ZipFile(BytesIO(content)) as parts:
        (name,) = (name for name in parts.namelist() if name.endswith(".xlsx"))
        book = openpyxl.load_workbook(BytesIO(parts.read(name)))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert "f" not in kinds
    slide = Presentation(BytesIO(content)).slides[1]
    assert all(not words.startswith("=") for words in texts(slide))


@pytest.mark.parametrize(("moves", "shown", "left"), [(3, 3, 0), (4, 4, 0), (9, 4, 5)])
def test_later_moves_first_and_the_rest_is_said_to_be_elsewhere(moves, shown, left):
    slide = opened(page(moves=moves)).slides[1]
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    assert len(table.rows) == shown + 1
    assert (f"Earlier moves, {left} of them" in "\n".join(texts(slide))) is (left > 0)


@pytest.mark.parametrize("length", [0, 1, LONGEST_SAID, LONGEST_SAID + 1, 3_000])
def test_long_words_are_cut_at_a_space_and_said_to_be(length):
    words = ("word " * 1_000)[:length]
    told = shortened(words)
    assert len(told) <= LONGEST_SAID
    assert told == words if length <= LONGEST_SAID else re.fullmatch(r"(word )*word" + re.escape(CUT), told)
