"""Slides for a meeting: native charts and tables that PowerPoint can edit, each with alternative text.

Everything on them comes ready, through the reader's gate. Knows no scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

WIDE, HIGH = Inches(13.333), Inches(7.5)
LEFT, ACROSS = Inches(0.6), Inches(12.13)
TITLE_ONLY = 5  # of the layouts in the standard template
_INK, _QUIET, _HEAD = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x59, 0x59, 0x59), RGBColor(0xE8, 0xED, 0xF4)
_ROW, GAP, BOTTOM = Inches(0.34), Inches(0.15), Inches(6.45)
MOST_BELOW = 8  # rows of a table that leave room for a chart above


class Bars(NamedTuple):
    """A bar chart: what it is called, its alternative text, a value a category for each series (None: hidden).

    `base`: an unseen series under the first, so that bars float, as in a bridge. `is_money` puts £ on the labels.
    """

    title: str
    alt: str
    categories: Sequence[str]
    series: dict[str, Sequence[float | None]]
    base: Sequence[float] | None = None
    label_format: str = "#,##0"
    upright: bool = False


class Table(NamedTuple):
    """A table: alternative text, headings, and rows of words; the first column is text.

    `shares`: how much of the width each column has (summing to 1), where all of them are text.
    """

    alt: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[float] = ()


class Slide(NamedTuple):
    """A slide: its finding as a title, then lines of text, charts beside one another, and a table.

    `in_columns`: the lines and under them the table on the left, the charts one over another on the right.
    """

    title: str
    lines: Sequence[str] = ()
    charts: Sequence[Bars] = ()
    table: Table | None = None
    in_columns: bool = False


def deck(slides: Sequence[Slide], footer: str, link: str, palette: Sequence[str]) -> bytes:
    """The file. `palette` are colours such as '#12436D', for the series in turn; `link` may be empty."""
    show: Any = Presentation()
    show.slide_width, show.slide_height = WIDE, HIGH
    show.core_properties.title = slides[0].title
    for n, slide in enumerate(slides, 1):
        page = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
        _title(page, slide.title)
        top: int = Inches(1.35)
        if slide.in_columns:
            _columns(page, slide, palette, top)
        else:
            top = _lines(page, slide.lines, top) if slide.lines else top
            _pictures(page, slide, palette, top)
        _footer(page, f"{footer} · slide {n} of {len(slides)}", link)
    made = BytesIO()
    show.save(made)
    return made.getvalue()


def _columns(page: Any, slide: Slide, palette: Sequence[str], top: int) -> None:
    """Words and the table on the left, charts on the right, each as tall as there is room."""
    left = int(ACROSS * 0.56)
    under = _lines(page, slide.lines, top, across=left - GAP, points=13) if slide.lines else top
    tall = (BOTTOM - top) // max(len(slide.charts), 1)
    for at, bars in enumerate(slide.charts):
        _chart(page, bars, palette[at:], (LEFT + left, top + at * tall, ACROSS - left, tall - GAP))
    if slide.table is not None:
        row = min(_ROW, (BOTTOM - under) // (len(slide.table.rows) + 1))
        _table(page, slide.table, (LEFT, under, left - GAP), row, 9)


def _pictures(page: Any, slide: Slide, palette: Sequence[str], top: int) -> None:
    """The charts and under them the table; a long table stands beside them instead, and the charts one over another."""
    rows = 0 if slide.table is None else len(slide.table.rows) + 1
    beside = bool(slide.charts) and rows > MOST_BELOW
    room = BOTTOM - top
    across = int(ACROSS * 0.52) if beside else ACROSS
    tall = int(room if beside else room - rows * _ROW - GAP)
    for at, bars in enumerate(slide.charts):
        each = (tall // len(slide.charts), across) if beside else (tall, across // len(slide.charts))
        left, above = (LEFT, top + at * each[0]) if beside else (LEFT + at * each[1], top)
        _chart(page, bars, palette[at:], (left, above, each[1] - GAP, each[0]))
    if slide.table is None:
        return
    if beside:
        _table(page, slide.table, (LEFT + across, top, ACROSS - across), min(_ROW, room // rows), 10)
    else:
        _table(page, slide.table, (LEFT, top + tall + GAP if slide.charts else top, ACROSS), _ROW, 13)


def _title(page: Any, words: str) -> None:
    title = page.shapes.title
    title.left, title.top, title.width, title.height = LEFT, Inches(0.35), ACROSS, Inches(0.95)
    title.text_frame.word_wrap = True
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    title.text_frame.text = words
    _write(title.text_frame.paragraphs[0], 28, bold=True)


def _lines(page: Any, lines: Sequence[str], top: int, *, across: int = ACROSS, points: int = 15) -> int:
    letters = int(across / Pt(points) * 2.1)  # of a line, about: as many as are sure to fit
    tall = Inches(0.14 + sum(points / 50 * (1 + len(line) // letters) for line in lines))
    frame = page.shapes.add_textbox(LEFT, top, across, tall).text_frame
    frame.word_wrap = True
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = line
        paragraph.space_after = Pt(4)
        _write(paragraph, points)
    return Emu(top + tall)


def _chart(page: Any, bars: Bars, palette: Sequence[str], place: tuple[int, int, int, int]) -> None:
    data = CategoryChartData(number_format=bars.label_format)
    data.categories = list(bars.categories)
    if bars.base is not None:
        data.add_series("Begins at", list(bars.base))
    for name, values in bars.series.items():
        data.add_series(name, list(values))
    stacked = bars.base is not None
    kinds = {
        (True, True): XL_CHART_TYPE.COLUMN_STACKED,
        (True, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
        (False, True): XL_CHART_TYPE.BAR_STACKED,
        (False, False): XL_CHART_TYPE.BAR_CLUSTERED,
    }
    frame = page.shapes.add_chart(kinds[bars.upright, stacked], *place, data)
    _alternative(frame, bars.title, bars.alt)
    chart = frame.chart
    chart.has_title = True
    chart.chart_title.text_frame.text = bars.title
    _write(chart.chart_title.text_frame.paragraphs[0], 14, bold=True)
    small = Pt(9 if len(bars.categories) > MOST_BELOW else 12)
    chart.font.size, chart.font.color.rgb = small, _INK
    chart.has_legend = len(bars.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.category_axis.has_major_gridlines = False
    if not bars.upright:
        chart.category_axis.reverse_order = True  # first on top, as in the table
    plot = chart.plots[0]
    plot.gap_width = 45
    drawn = list(plot.series)
    if stacked:
        plot.overlap = 100
        drawn[0].format.fill.background()
        drawn = drawn[1:]
    for series, colour in zip(drawn, palette, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(colour.removeprefix("#"))
        series.invert_if_negative = False
        if stacked and len(bars.categories) > MOST_BELOW:
            continue  # the table beside has the numbers, and thin bars no room for them
        labels = series.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = (
            True,
            bars.label_format,
            False,
        )
        labels.font.size = small
        labels.position = XL_LABEL_POSITION.INSIDE_BASE if stacked else XL_LABEL_POSITION.OUTSIDE_END
        if stacked:
            labels.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)


def _table(page: Any, table: Table, place: tuple[int, int, int], tall: int, points: int) -> None:
    left, top, across = place
    rows = len(table.rows) + 1
    frame = page.shapes.add_table(rows, len(table.headings), left, top, across, tall * rows)
    _alternative(frame, table.headings[0], table.alt)
    grid = frame.table
    others = max(len(table.headings) - 1, 1)
    shares = table.shares or [0.4, *[0.6 / others] * others]
    for share, column in zip(shares, grid.columns, strict=False):
        column.width = Emu(int(across * share))
    for y, row in enumerate([table.headings, *table.rows]):
        grid.rows[y].height = tall
        for x, words in enumerate(row):
            cell = grid.cell(y, x)
            cell.text = words
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = _HEAD if y == 0 else RGBColor(0xFF, 0xFF, 0xFF)
            paragraph = cell.text_frame.paragraphs[0]
            _write(paragraph, points, bold=y == 0)
            paragraph.alignment = PP_ALIGN.LEFT if x == 0 or table.shares else PP_ALIGN.RIGHT


def _footer(page: Any, words: str, link: str) -> None:
    frame = page.shapes.add_textbox(LEFT, Inches(6.72), ACROSS, Inches(0.6)).text_frame
    frame.word_wrap = True
    frame.text = words
    _write(frame.paragraphs[0], 10, colour=_QUIET)
    if link:
        paragraph = frame.add_paragraph()
        run = paragraph.add_run()
        run.text = "Open this scenario in the app"
        run.hyperlink.address = link
        run.font.size = Pt(10)


def _write(paragraph: Any, points: int, *, bold: bool = False, colour: RGBColor = _INK) -> None:
    paragraph.font.size, paragraph.font.bold, paragraph.font.name = Pt(points), bold, "Arial"
    paragraph.font.color.rgb = colour
    if paragraph.alignment is None:
        paragraph.alignment = PP_ALIGN.LEFT


def _alternative(frame: Any, name: str, words: str) -> None:
    """Alternative text, which the library has no field for."""
    about = frame._element.nvGraphicFramePr.cNvPr
    about.set("name", name)
    about.set("descr", words)
