"""A child's time line: each lane and panel from the rows, its table twin, and what it says to who cannot see it."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.small import AS_OF, NEEDS, child, tables
from tests.ui.drawn import drawn_rows
from ui import child_timeline, child_words
from vcore.store import Store
from vcore.tables import checked

DAY_MS = 86_400_000


def made(missing=(), scores=(), **facts):
    """One child in care since 31 March 2024, and their row of the day."""
    own = {"child_id": "a", "authority": "North"}
    told = {
        "missing_period": pd.DataFrame(missing, columns=["started_on", "ended_on", "kind"]).assign(**own),
        "sdq": pd.DataFrame(scores, columns=["year_ended_on", "score"]).assign(**own),
    }
    for frame in told.values():
        for column in [column for column in frame if column.endswith("_on")]:
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[us]")
    store = Store.of_tables(checked(tables([child("a", **facts)]) | told, NEEDS), as_of=AS_OF, needs=NEEDS)
    return store.one_child("a"), store.cohort().children.iloc[0]


MISSING = [("2025-01-01", "2025-01-02", "M"), ("2025-06-01", "2025-07-01", "A"), ("2026-03-30", None, "M")]
SCORES = [("2025-03-31", 13), ("2026-03-31", 17)]


def drawn(child):
    """The figure, and the mark and the rows of each of its layers, in order."""
    figure = child_timeline.figure(child)
    marks = [layer["mark"] for layer in figure.spec["layer"]]
    return figure, list(zip(marks, drawn_rows(figure), strict=True))


def test_missing_periods_have_a_lane_a_kind_and_the_shortest_can_be_seen():
    figure, layers = drawn(made(MISSING, SCORES)[0])
    (bars,) = (rows for mark, rows in layers if rows and "issing" in rows[0].get("words", ""))
    assert [row["words"] for row in bars] == [
        "Missing, from 1 January 2025 to 2 January 2025",
        "Away without authorisation, from 1 June 2025 to 1 July 2025",
        "Missing, from 30 March 2026 to today",
    ]
    days = [(row["to"] - row["x"]) / DAY_MS for row in bars]
    assert days[1] == 30 and days[0] == days[2] == pytest.approx(730 / 250)  # of a line of 730 days
    assert bars[0]["y"] == bars[2]["y"] != bars[1]["y"]
    assert "Away without authorisation" in str(figure.spec)


def test_scores_stand_at_the_end_of_their_year_over_the_line_of_concern():
    figure, layers = drawn(made(MISSING, SCORES)[0])
    points = next(rows for mark, rows in layers if mark["type"] == "point" and "average" in str(rows))
    assert [row["words"] for row in points] == [
        "13 (close to average), year to 31 March 2025",
        "17 (cause for concern), year to 31 March 2026",
    ]
    (limit,) = next(rows for mark, rows in layers if mark["type"] == "rule")
    assert points[1]["y"] == limit["y"] > points[0]["y"]
    assert figure.note == child_timeline.SDQ_DATES


def test_the_line_begins_with_the_oldest_thing_on_it():
    figure, layers = drawn(made(scores=[("2018-03-31", 12), *SCORES])[0])
    points = next(rows for mark, rows in layers if mark["type"] == "point" and "average" in str(rows))
    domain = figure.spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert points[0]["x"] == domain[0] == pd.Timestamp("2018-03-31").value // 1_000_000


def test_every_mark_is_in_the_table_and_the_title_tells_of_neither():
    figure = child_timeline.figure(made(MISSING, SCORES)[0])
    events = figure.table[
        figure.table["What"].isin(["Missing", "Away without authorisation", "Strengths and difficulties"])
    ]
    assert events.to_numpy().tolist() == [
        ["1 January 2025", "2 January 2025", "Missing", ""],
        ["31 March 2025", "31 March 2025", "Strengths and difficulties", "13 of 40, close to average; the return's year ends that day"],
        ["1 June 2025", "1 July 2025", "Away without authorisation", ""],
        ["30 March 2026", "today", "Missing", ""],
        ["31 March 2026", "31 March 2026", "Strengths and difficulties", "17 of 40, cause for concern; the return's year ends that day"],
    ]  # fmt: skip
    assert figure.alt.startswith(
        "A time line, from top to bottom: where they lived, times missing or away, total need at each assessment, "
        "strengths and difficulties by year, what a week cost."
    )
    assert figure.subtitle.startswith(
        "Where they lived, times missing or away, total need at each assessment, "
    )
    assert "issing" not in figure.title


def test_a_child_of_whom_none_of_it_is_known_has_no_empty_lanes():
    figure, layers = drawn(made(sdq_score=14)[0])
    assert "strengths" not in figure.subtitle and "missing" not in figure.subtitle
    assert "missing" not in figure.alt and "difficulties" not in figure.alt
    assert figure.note == child_timeline.NO_SDQ_DATES
    assert not any(rows for mark, rows in layers if mark["type"] == "rule")


@pytest.mark.parametrize(
    ("missing", "facts", "said"),
    [
        (
            (),
            {},
            "No missing periods are loaded for this authority · whether they had a permanent home before is not recorded.",
        ),
        (
            [("2024-05-01", "2024-05-02", "M")],
            {"previous_permanence": "Z1"},
            "Not missing in the last 12 months · no adoption or permanence order before.",
        ),
        (
            MISSING,
            {"previous_permanence": "P1", "permanence_ordered": "2014-03-05"},
            "Missing once and away once in the last 12 months · was adopted before (order of 5 March 2014).",
        ),
        (
            MISSING[:1],
            {"previous_permanence": "P2", "permanence_ordered": "2014-03"},
            "Not missing in the last 12 months · was under special guardianship before (order of March 2014).",
        ),
        (
            MISSING[:1],
            {"previous_permanence": "P3", "permanence_ordered": "2014"},
            "Not missing in the last 12 months · was under a residence or child arrangements order before (order of 2014).",
        ),
    ],
)  # fmt: skip
def test_absences_and_a_home_before_in_one_line(missing, facts, said):
    assert child_words.before_and_away(made(missing, **facts)[1]) == said


@pytest.mark.parametrize(
    ("scores", "score", "said"),
    [
        (SCORES, 17, "Full care order since 31 March 2022 · in care since 31 March 2022 · strengths and difficulties 17 of "
         "40 (cause for concern) in the year to 31 March 2026."),
        ((), 14, "Full care order since 31 March 2022 · in care since 31 March 2022 · strengths and difficulties 14 of "
         "40 (borderline) in the last return."),
    ],
)  # fmt: skip
def test_the_latest_score_is_told_with_its_year_where_that_is_known(scores, score, said):
    assert child_words.standing(*made(scores=scores, sdq_score=score)) == said
