"""Episodes to placements and care, each rule with a worked example whose answer can be read off the dates."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.care import read_care, shown, step
from tests.ingest.folders import codes, problem
from vcore.facts.codes import BREAKDOWN_REASONS, PLACE_CHANGE_REASONS
from vcore.ingest import placements
from vcore.ingest.findings import Findings

START = {"DECOM": "01/01/2024", "RNE": "S", "DEC": "01/03/2024"}
SPAN = ("started_on", "ended_on")


def test_an_episode_that_only_changes_the_law_continues_its_placement(tmp_path):
    read = read_care(
        tmp_path, START, {"DECOM": "01/03/2024", "RNE": "L", "LS": "E1", "DEC": "01/05/2024"},
        {"DECOM": "01/05/2024", "RNE": "P", "LS": "E1", "PLACE": "K2", "PLACE_PROVIDER": "PR4"},
    )  # fmt: skip
    assert shown(read, "placement", *SPAN, "setting_detail") == [
        ("2024-01-01", "2024-05-01", "in_house_fostering"),
        ("2024-05-01", None, "private_residential"),
    ]
    assert step(read, "only the legal status changed") == 1
    assert shown(read, "care", *SPAN, "legal_status", "care_started_on", "care_ended_on") == [
        ("2024-01-01", "2024-03-01", "C2", "2024-01-01", None),
        ("2024-03-01", None, "E1", "2024-01-01", None),
    ]


@pytest.mark.parametrize(
    "change",
    [{"PLACE": "U5"}, {"PLACE_PROVIDER": "PR4"}, {"URN": "SC2"}],
    ids=lambda change: next(iter(change)),
)
def test_a_legal_change_with_another_home_is_counted_as_a_move_and_said(change, tmp_path):
    read = read_care(
        tmp_path, START | {"URN": "SC1"}, {"DECOM": "01/03/2024", "RNE": "L", "URN": "SC1"} | change
    )
    assert len(read.tables["placement"]) == 2
    assert problem(read, "LEGAL_CHANGE_BUT_MOVED")["line"] == 3


@pytest.mark.parametrize("gap", ["01/03/2024", "02/03/2024"])
def test_a_day_between_two_episodes_is_no_gap(gap, tmp_path):
    read = read_care(tmp_path, START, {"DECOM": gap, "RNE": "L", "LS": "E1"})
    assert shown(read, "placement", *SPAN) == [("2024-01-01", None)]
    assert codes(read) == set()


def test_two_days_between_two_episodes_is_a_gap(tmp_path):
    read = read_care(tmp_path, START, {"DECOM": "03/03/2024", "RNE": "L", "LS": "E1"})
    assert len(read.tables["placement"]) == 2
    assert problem(read, "NOTHING_FOLLOWS")["line"] == 2


@pytest.mark.parametrize(("rne", "breakdown"), [("P", True), ("B", True), ("T", False), ("U", False)])
def test_a_move_with_the_same_carer_is_a_placement_and_no_breakdown(rne, breakdown, tmp_path):
    read = read_care(
        tmp_path, START | {"REASON_PLACE_CHANGE": "CREQB"}, {"DECOM": "01/03/2024", "RNE": rne, "PLACE": "U5"}
    )
    assert shown(read, "placement", "breakdown", "end_reason") == [(breakdown, "CREQB"), (False, None)]


@pytest.mark.parametrize("reason", PLACE_CHANGE_REASONS)
def test_which_reasons_are_breakdowns(reason, tmp_path):
    read = read_care(tmp_path, START | {"REASON_PLACE_CHANGE": reason}, {"DECOM": "01/03/2024"})
    expected = {"CREQB", "CREQO", "CHILD", "ALLEG", "STAND", "APPRR", "LAREQ", "CLOSE"}
    assert expected == BREAKDOWN_REASONS
    assert read.tables["placement"]["breakdown"].tolist() == [reason in expected, False]


def test_a_reason_on_an_episode_that_only_the_law_follows_is_no_breakdown(tmp_path):
    read = read_care(
        tmp_path, START | {"REASON_PLACE_CHANGE": "CREQB"}, {"DECOM": "01/03/2024", "RNE": "L", "DEC": "01/04/2024", "REC": "E4A"}
    )  # fmt: skip
    assert shown(read, "placement", *SPAN, "breakdown", "end_reason") == [
        ("2024-01-01", "2024-04-01", False, "E4A")
    ]


def test_a_temporary_stay_and_coming_back_continue_the_placement(tmp_path):
    read = read_care(
        tmp_path, START | {"URN": "SC1"},
        {"DECOM": "01/03/2024", "PLACE": "T1", "PLACE_PROVIDER": "PR0", "DEC": "08/03/2024"},
        {"DECOM": "08/03/2024", "URN": "SC1"},
    )  # fmt: skip
    assert shown(read, "placement", *SPAN, "place_code", "provider_code") == [
        ("2024-01-01", None, "U4", "PR1")
    ]
    assert step(read, "a temporary stay") == 2


def test_a_temporary_stay_that_ends_elsewhere_belongs_to_the_placement_it_interrupted(tmp_path):
    read = read_care(
        tmp_path, START, {"DECOM": "01/03/2024", "PLACE": "T0", "DEC": "08/03/2024"}, {"DECOM": "08/03/2024", "PLACE": "K2"}
    )  # fmt: skip
    assert shown(read, "placement", *SPAN, "place_code") == [
        ("2024-01-01", "2024-03-08", "U4"),
        ("2024-03-08", None, "K2"),
    ]


def test_a_temporary_stay_before_anything_else_inherits_what_follows(tmp_path):
    read = read_care(
        tmp_path, START | {"PLACE": "T4"}, {"DECOM": "01/03/2024", "PLACE": "K2", "PLACE_PROVIDER": "PR1"}
    )
    assert shown(read, "placement", *SPAN, "setting_detail") == [("2024-01-01", None, "in_house_residential")]


def test_a_temporary_stay_inside_a_running_episode_adds_nothing(tmp_path):
    read = read_care(
        tmp_path,
        {"DECOM": "01/01/2024", "RNE": "S"},
        {"DECOM": "01/03/2024", "PLACE": "T2", "DEC": "08/03/2024", "RNE": "T"},
    )
    assert shown(read, "placement", *SPAN) == [("2024-01-01", None)]
    assert read.report.counts.loc["episodes.csv", ["kept", "merged"]].tolist() == [1, 1]


def test_a_temporary_stay_that_outlasts_the_running_episode_is_not_inside_it(tmp_path):
    stay = {"DECOM": "15/02/2024", "PLACE": "T2", "PLACE_PROVIDER": "PR1", "DEC": "15/03/2024", "REC": "E4A"}
    read = read_care(tmp_path, START, stay)
    assert shown(read, "placement", *SPAN) == [("2024-01-01", "2024-03-15")]
    assert codes(read) == {"EPISODES_OVERLAP", "NOTHING_FOLLOWS", "TEMPORARY_FOR_LONG"}


def test_a_temporary_stay_alone_is_an_other_placement(tmp_path):
    read = read_care(tmp_path, {"DECOM": "01/01/2024", "RNE": "S", "PLACE": "T3"})
    assert shown(read, "placement", "place_code", "setting_detail", "setting") == [("T3", "other", "other")]


def test_overlapping_episodes_are_cut_where_the_later_begins(tmp_path):
    read = read_care(
        tmp_path, START | {"DEC": "01/06/2024"}, {"DECOM": "01/03/2024", "PLACE": "K2", "DEC": "01/04/2024"},
        {"DECOM": "01/04/2024", "PLACE": "R1"},
    )  # fmt: skip
    assert shown(read, "placement", *SPAN) == [
        ("2024-01-01", "2024-03-01"),
        ("2024-03-01", "2024-04-01"),
        ("2024-04-01", None),
    ]
    found = problem(read, "EPISODES_OVERLAP")
    assert (found["line"], found["found"], found["expected"]) == (2, "01/06/2024", "an end by 01/03/2024")


def test_of_two_episodes_that_start_together_the_one_further_down_counts(tmp_path):
    read = read_care(
        tmp_path, {"DECOM": "01/01/2024", "RNE": "S"}, {"DECOM": "01/01/2024", "RNE": "S", "PLACE": "K2"}
    )
    assert shown(read, "placement", "place_code") == [("K2",)]
    assert problem(read, "TWO_EPISODES_START")["line"] == 2


def test_a_placement_of_no_days_is_kept_when_the_child_moved_at_once(tmp_path):
    read = read_care(tmp_path, START | {"DEC": "01/01/2024"}, {"DECOM": "01/01/2024", "PLACE": "K2"})
    assert shown(read, "placement", "place_code", *SPAN) == [
        ("U4", "2024-01-01", "2024-01-01"),
        ("K2", "2024-01-01", None),
    ]


@pytest.mark.parametrize(
    ("ended", "began", "rne", "periods"),
    [
        ("E4A", "01/09/2024", "S", ["2024-01-01", "2024-09-01"]),
        ("E4A", "01/09/2024", "P", ["2024-01-01", "2024-09-01"]),  # left care, so this starts a new period
        ("X1", "01/09/2024", "P", ["2024-01-01", "2024-01-01"]),  # an episode is missing; care went on
        ("X1", "01/03/2024", "P", ["2024-01-01", "2024-01-01"]),
        (
            "E4A",
            "01/03/2024",
            "P",
            ["2024-01-01", "2024-01-01"],
        ),  # went on the same day: the reason was wrong
        ("X1", "01/03/2024", "S", ["2024-01-01", "2024-03-01"]),
    ],
)
def test_where_a_period_of_care_begins(ended, began, rne, periods, tmp_path):
    read = read_care(
        tmp_path, START | {"REC": ended}, {"DECOM": began, "RNE": rne, "PLACE": "K2", "CIN": "N2"}
    )
    assert [row[0] for row in shown(read, "care", "care_started_on", "started_on")] == periods
    assert shown(read, "care", "care_ended_on")[0] == ((None,) if len(set(periods)) == 1 else ("2024-03-01",))


def test_an_unseen_start_of_care_is_said(tmp_path):
    read = read_care(tmp_path, START, {"CHILD": "2", "DECOM": "01/01/2024", "RNE": "P"})
    assert problem(read, "CARE_START_UNSEEN")["line"] == 3


@pytest.mark.parametrize(
    ("place", "provider", "detail", "setting"),
    [
        ("U1", "PR1", "in_house_fostering", "fostering"),
        ("U6", "PR5", "independent_fostering", "fostering"),
        ("U4", "PR2", "other_authority_fostering", "fostering"),
        ("U4", "", "independent_fostering", "fostering"),
        ("R1", "PR4", "private_residential", "residential"),
        ("S1", "PR3", "other_authority_residential", "residential"),
        ("K1", "PR1", "secure_home", "residential"),
        ("R5", "PR0", "specialist_residential", "residential"),
        ("H5", "PR4", "semi_independent", "semi_independent"),
        ("K3", "PR4", "semi_independent", "semi_independent"),
        ("P1", "PR0", "with_parents", "parents_or_adoption"),
        ("A6", "PR1", "for_adoption", "parents_or_adoption"),
        ("Z1", "PR4", "other", "other"),
        ("Z14", "PR4", "other", "other"),
    ],
)
def test_every_years_codes_make_a_setting(place, provider, detail, setting, tmp_path):
    read = read_care(
        tmp_path, {"DECOM": "01/01/2024", "RNE": "S", "PLACE": place, "PLACE_PROVIDER": provider}
    )
    assert shown(read, "placement", "setting_detail", "setting", "kinship") == [
        (detail, setting, place == "U1")
    ]


def test_an_unregistered_fee_marks_the_placements_it_pays_for(tmp_path):
    costs = "CHILD,START,END,WEEKLY_COST,REGISTERED\n1,01/01/2024,01/03/2024,9000,N\n1,02/03/2024,,500,Y\n"
    read = read_care(tmp_path, START | {"PLACE": "Z1"}, {"DECOM": "01/03/2024"}, costs=costs)
    assert shown(read, "placement", "setting_detail", "setting") == [
        ("unregistered", "other"),
        ("in_house_fostering", "fostering"),
    ]
    assert step(read, "shown as unregistered") == 1


EPISODE = st.fixed_dictionaries(
    {
        "CHILD": st.integers(0, 2),
        "start": st.integers(0, 60),
        "days": st.sampled_from([None, 0, 1, 10, 40]) | st.integers(0, 40),
        "RNE": st.sampled_from("SLPTBU"),
        "PLACE": st.sampled_from(["U4", "K2", "P1"]),
        "LS": st.sampled_from(["C2", "E1"]),
        "REC": st.sampled_from(["X1", "E4A", None]),
    }
)
DAY_ONE = pd.Timestamp("2024-01-01")
FOREVER = 10_000


@settings(max_examples=60, deadline=None)
@given(st.lists(EPISODE, min_size=1, max_size=12))
def test_on_every_day_a_child_lives_where_the_latest_episode_says(rows):
    """Against the plain rule, day by day: the episode begun last is in force until it ends; a free day may be bridged."""
    sent = pd.DataFrame(rows).drop_duplicates(["CHILD", "start"]).astype({"days": "float64"})
    sent["DECOM"] = (DAY_ONE + pd.to_timedelta(sent["start"], unit="D")).astype("datetime64[us]")
    sent["DEC"] = (sent["DECOM"] + pd.to_timedelta(sent["days"], unit="D")).astype("datetime64[us]")
    texts = dict.fromkeys(("CIN", "PLACE_PROVIDER", "URN", "REASON_PLACE_CHANGE"), pd.NA)
    sent = sent.assign(**texts).astype(dict.fromkeys(texts, "str") | {"REC": "str"})
    findings = Findings()
    sent.index = findings.enrol("a.csv", range(len(sent)))
    lived = placements.resolve(sent, findings)
    for table in (placements.placement_table(lived), placements.care_table(lived)):
        started = (table["started_on"] - DAY_ONE).dt.days
        ended = (table["ended_on"] - DAY_ONE).dt.days.fillna(FOREVER)
        for child in {row["CHILD"] for row in rows}:
            spans = list(zip(started[table["CHILD"] == child], ended[table["CHILD"] == child], strict=True))
            of_child = sent[sent["CHILD"] == child].sort_values("start")
            episodes = list(zip(of_child["start"], of_child["days"].fillna(FOREVER), strict=True))
            said = [_in_force(episodes, day) for day in range(-1, 111)]
            for day in range(110):
                here = sum(start <= day < end for start, end in spans)
                begins_next = any(start == day + 1 for start, _ in episodes)  # if only for no days
                bridged = said[day] and (said[day + 2] or begins_next)
                assert here == said[day + 1] or (here == 1 and bridged), (child, day)


def _in_force(episodes: list[tuple[int, int]], day: int) -> bool:
    begun = [(start, days) for start, days in episodes if start <= day]
    return bool(begun) and day < sum(begun[-1])
