"""The sentence and titles of Placements: true of what may be told, quiet about the rest."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from ui import placement_words as words
from ui.disclosure import TOTAL
from vcore.measures.endings import BIRTHDAY, PLANNED

NAN = float("nan")
HOMES = ["fostering", "residential"]


@pytest.mark.parametrize(
    ("settings", "many_moves", "said"),
    [
        ({"fostering": 0.676, "residential": 0.15}, 0.0796,
         "68% live in fostering; 8% had three or more placements in 12 months."),
        ({"residential": 1.0}, 0.0, "All live in residential; none had three or more placements in 12 months."),
        ({"parents_or_adoption": 0.6, "other": 0.4}, "c", "60% live with parents or for adoption."),
        ({"other": 0.6, "fostering": "c"}, "c", "60% live in other places."),
        ({"fostering": "c"}, 0.2, "Too few children to say."),
        ({}, "c", "Too few children to say."),
    ],
)  # fmt: skip
def test_where_most_live_and_how_many_moved_often(settings, many_moves, said):
    assert words.where_and_how_often(settings, many_moves) == said


def table(cells: list[list[object]], columns: list[str] | None = None) -> pd.DataFrame:
    """A from–to table of two settings, those who came, and who left, with totals that no title reads."""
    rows, across = [*HOMES, "not_in_care", TOTAL], columns or [*HOMES, "left_care", TOTAL]
    return pd.DataFrame(cells, index=rows, columns=across, dtype="object")


PLAIN = [[90, 8, 20, 118], [6, 96, 9, 111], [30, 12, 0, 42], [126, 116, 29, 271]]
HIDDEN_CELLS = [["c", 8, 20, 118], ["c", 96, 9, 111], [30, 12, 0, 42], [126, 116, 29, 271]]
STILL = [[90, 0, 20, 110], [0, 96, 9, 105], [30, 12, 0, 42], [120, 108, 29, 257]]
NOBODY = [[0, 0, 20, 20], [0, 0, 9, 9], [30, 12, 0, 42], [30, 12, 29, 71]]


@pytest.mark.parametrize(
    ("cells", "any_setting", "said"),
    [
        (PLAIN, True, "93% live in the same setting; 8 moved from fostering to residential"),
        (PLAIN, False, "8 moved from fostering to residential"),
        (
            HIDDEN_CELLS,
            True,
            "8 moved from fostering to residential",
        ),  # how many stayed would give cells away
        (STILL, True, "All live in the same setting"),
        (NOBODY, True, "Where children lived and where they live now"),
    ],
)
def test_who_stayed_and_the_largest_move(cells, any_setting, said):
    assert words.flows_title(table(cells), any_setting=any_setting) == said


def test_a_move_from_one_place_to_another_reads_as_a_sentence():
    names = ["parents_or_adoption", "other"]
    told = pd.DataFrame([[0, 7], [0, 0]], index=names, columns=names, dtype="object")
    assert words.flows_title(told, any_setting=False) == "7 moved from parents or adoption to another place"


@pytest.mark.parametrize(
    ("attribute", "bands", "need", "reach", "said"),
    [
        ("time_in_care_band", ["Under 1 year", "Over 3 years"], [25.5, 29.74], 1.0,
         "Highest mean need: children now over 3 years in care (29.7 points)"),
        ("age_band", ["12 to 16", "17 and over"], [30.0, 32.0], 0.9,
         "Highest mean need: children aged 17 or over (32.0 points)"),
        ("age_band", ["12 to 16", "17 and over"], [30.0, 32.0], 1.0,
         "Mean need differs little by age: 30.0 to 32.0 points"),
        ("age_band", ["12 to 16", "17 and over"], [30.0, "c"], 1.0, "Need beside cost by age"),
        ("time_in_care_band", ["Under 1 year", "Over 3 years"], [NAN, NAN], 1.0, "Need beside cost by time in care"),
    ],
)  # fmt: skip
def test_a_cross_section_is_no_journey(attribute, bands, need, reach, said):
    ends = [("c", "c") if mean == "c" else (mean - reach, mean + reach) for mean in need]
    title = words.profile_title(attribute, bands, need, ends)
    assert title == said
    assert not {"rises", "falls", "grows", "over time", "becomes"} & set(title.split())


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ([0.061, 0.18], "Residential: 18% had three or more placements in 12 months"),
        (["c", 0.0], "Moves and breakdowns in 12 months"),
        ([NAN, NAN], "Moves and breakdowns in 12 months"),
    ],
)
def test_where_most_moved_often(shares, said):
    assert words.stability_title(["Fostering", "Residential"], shares) == said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({BIRTHDAY: 504, PLANNED: 630, TOTAL: 1134},
         "1,134 placements reach an end by 31 March 2027: 504 at 18, 630 as planned"),
        ({BIRTHDAY: 1, PLANNED: 0, TOTAL: 1}, "1 placement reaches an end by 31 March 2027: 1 at 18, 0 as planned"),
        ({BIRTHDAY: "c", PLANNED: "c", TOTAL: 40}, "40 placements reach an end by 31 March 2027"),
        ({BIRTHDAY: "c", PLANNED: "c", TOTAL: "c"}, "Placements that reach an end by 31 March 2027"),
        ({BIRTHDAY: 0, PLANNED: 0, TOTAL: 0}, "No placement reaches an end by 31 March 2027"),
    ],
)  # fmt: skip
def test_what_ends_and_when(told, said):
    assert words.endings_title(told, date(2027, 3, 31)) == said


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ([0.06, 0.61], "Residential: 61% of children there turn 18 within 12 months"),
        (["c", "c"], "Where placements reach an end"),
        ([0.0, 0.0], "Where placements reach an end"),
    ],
)
def test_where_most_turn_18(shares, said):
    assert words.ending_settings_title(["Fostering", "Residential"], shares) == said
