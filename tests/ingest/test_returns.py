"""Several years of returns in one folder: the latest wins, whatever the files are called."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.ingest.care import episodes, header, read_care, shown, step
from tests.ingest.folders import as_csv, assert_balanced, codes, problem, reading

MARCH_2025 = date(2025, 3, 31)
OPEN_IN_2024 = episodes(
    {"DECOM": "01/06/2023", "RNE": "S"},
    {"CHILD": "2", "DECOM": "01/07/2023", "RNE": "S", "DEC": "31/03/2024", "REC": "E4A"},
)
ENDED_IN_2025 = episodes(
    {"DECOM": "01/06/2023", "RNE": "S", "DEC": "01/12/2024", "REC": "E4A"},
    {"CHILD": "3", "DECOM": "02/12/2024", "RNE": "S"},
)


@pytest.mark.parametrize(
    ("older", "newer"), [("a.csv", "b.csv"), ("b.csv", "a.csv"), ("2025.csv", "2024.csv")]
)
def test_the_latest_return_wins_by_what_is_in_it_not_by_its_name(older, newer, tmp_path):
    files = {"header.csv": header("1", "2", "3"), older: OPEN_IN_2024, newer: ENDED_IN_2025}
    read = reading(tmp_path, files, as_of=MARCH_2025)
    assert shown(read, "placement", "started_on", "ended_on") == [
        ("2023-06-01", "2024-12-01"),
        ("2023-07-01", "2024-03-31"),
        ("2024-12-02", None),
    ]
    assert read.report.counts.loc[older, "merged"] == 1
    assert read.report.counts.loc[newer, "kept"] == 2
    assert {file.name: file.return_year for file in read.files} == {
        "header.csv": "", older: "2023/24", newer: "2024/25"
    }  # fmt: skip
    assert problem(read, "NEWER_RETURN_WINS")["line"] == 2
    assert_balanced(read)


def test_a_mistyped_year_does_not_make_an_old_return_look_new(tmp_path):
    years = {2023: [], 2024: []}
    for year, rows in years.items():
        rows += [{"CHILD": str(child), "DECOM": f"01/06/{year}", "RNE": "S"} for child in range(200)]
    years[2023].append({"CHILD": "200", "DECOM": "01/01/2025", "RNE": "S"})  # 2024 was meant
    years[2024].append({"CHILD": "0", "DECOM": "01/06/2023", "RNE": "S", "DEC": "31/05/2024"})
    files = {f"{year}.csv": episodes(*rows) for year, rows in years.items()}
    read = reading(tmp_path, {"header.csv": header(*map(str, range(201)))} | files, as_of=MARCH_2025)
    assert problem(read, "NEWER_RETURN_WINS")["file"] == "2023.csv"


def test_of_two_files_dated_the_same_day_the_later_name_wins_and_it_is_said(tmp_path):
    first = episodes(
        {"DECOM": "01/06/2023", "RNE": "S", "DEC": "01/02/2024", "REC": "E4A"},
        {"CHILD": "2", "DECOM": "31/03/2024"},
    )
    final = episodes(
        {"DECOM": "01/06/2023", "RNE": "S", "DEC": "01/03/2024", "REC": "E4A"},
        {"CHILD": "2", "DECOM": "31/03/2024"},
    )
    files = {"header.csv": header("1", "2"), "v1.csv": first, "v2.csv": final}
    read = reading(tmp_path, files, as_of=MARCH_2025)
    assert shown(read, "placement", "ended_on")[0] == ("2024-03-01",)
    assert "YEAR_SENT_TWICE" in codes(read)


def test_an_episode_open_in_an_old_return_and_gone_from_the_new_one_is_kept_and_named(tmp_path):
    files = {"header.csv": header("1", "2"), "a.csv": episodes({"DECOM": "01/06/2023"}, {"CHILD": "2", "DECOM": "31/03/2024"}),
             "b.csv": episodes({"CHILD": "2", "DECOM": "31/03/2024"}, {"CHILD": "2", "DECOM": "31/03/2025", "PLACE": "K2"})}  # fmt: skip
    read = reading(tmp_path, files, as_of=MARCH_2025)
    found = problem(read, "LEFT_OPEN")
    assert (found["file"], found["line"]) == ("a.csv", 2)
    assert shown(read, "placement", "started_on", "ended_on")[0] == ("2023-06-01", None)


def test_an_invalid_row_of_the_latest_return_leaves_the_older_one_in_force(tmp_path):
    newer = ENDED_IN_2025.replace("01/12/2024", "31/11/2024")
    files = {"header.csv": header("1", "2", "3"), "a.csv": OPEN_IN_2024, "b.csv": newer}
    read = reading(tmp_path, files, as_of=MARCH_2025)
    assert problem(read, "DATE_UNREADABLE")["line"] == 2
    assert shown(read, "placement", "ended_on")[0] == (None,)
    assert "LEFT_OPEN" in codes(read)


def test_the_latest_header_wins_and_belongs_to_the_return_whose_children_it_names(tmp_path):
    def named(*rows: tuple[str, str, str]) -> str:
        return as_csv(
            [dict(zip(("CHILD", "SEX", "DOB", "ETHNIC"), (*row, "WBRI"), strict=True)) for row in rows]
        )

    files = {
        "z-old.csv": named(("1", "1", "14/05/2012"), ("2", "2", "01/01/2010")),
        "a-new.csv": named(("1", "F", "14/06/2012"), ("3", "U", "01/01/2011")),
        "old.csv": OPEN_IN_2024,
        "new.csv": ENDED_IN_2025,
    }
    read = reading(tmp_path, files, as_of=MARCH_2025)
    child = read.tables["child"].sort_values("birth_month")
    assert child["sex"].tolist() == ["F", "U", "F"]
    assert [f"{month:%Y-%m-%d}" for month in child["birth_month"]] == [
        "2010-01-01",
        "2011-01-01",
        "2012-06-01",
    ]
    found = problem(read, "CHILD_CHANGED")
    assert (found["file"], found["line"], found["found"]) == ("z-old.csv", 2, "")
    assert read.report.counts.loc["z-old.csv", ["kept", "merged"]].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("code", "group"),
    [("WBRI", "White"), ("MOTH", "Mixed"), ("ABAN", "Asian"), ("BAFR", "Black"), ("CHNE", "Other"), ("REFU", "Not known"),
     ("", "Not known"), ("QQQQ", "Not known")],
)  # fmt: skip
def test_ethnicity_is_grouped_and_an_unknown_code_keeps_the_child(code, group, tmp_path):
    rows = {"CHILD": "1", "SEX": "2", "DOB": "14/05/2012", "ETHNIC": code}
    read = reading(
        tmp_path, {"h.csv": as_csv([rows]), "e.csv": episodes({"DECOM": "01/06/2023", "RNE": "S"})}
    )
    assert read.tables["child"]["ethnicity"].tolist() == [group]
    assert read.tables["child"]["sex"].tolist() == ["F"]
    assert ("VALUE_LEFT_BLANK" in codes(read)) == (code == "QQQQ")


def test_short_breaks_are_set_aside_and_the_open_ones_counted_before(tmp_path):
    read = read_care(
        tmp_path,
        {"DECOM": "01/06/2023", "RNE": "S"},
        {"CHILD": "2", "DECOM": "01/06/2023", "RNE": "S", "LS": "V3"},
        {"CHILD": "3", "DECOM": "01/06/2023", "RNE": "S", "LS": "V4", "DEC": "05/06/2023", "REC": "E8"},
    )
    assert step(read, "short breaks included") == 2
    assert step(read, "looked after on 31/03/2026") == 1
    assert read.report.counts.loc["episodes.csv", ["kept", "set_aside"]].tolist() == [1, 2]
    assert len(read.tables["child"]) == 3
    assert len(read.tables["placement"]) == 1


@pytest.mark.parametrize(
    ("sent", "expected"), [(None, None), ("CHILD,SEX,DOB,DUC\n2,1,14/05/2012,\n", (False, True))]
)  # fmt: skip
def test_unaccompanied_is_not_recorded_until_a_uasc_file_says_so(sent, expected, tmp_path):
    files = {"uasc": sent} if sent else {}
    read = read_care(tmp_path, {"DECOM": "01/06/2023"}, {"CHILD": "2", "DECOM": "01/06/2023"}, **files)
    uasc = read.tables["child"]["uasc"]
    assert uasc.isna().all() if expected is None else tuple(uasc) == expected


def test_the_latest_recorded_strengths_and_difficulties_score_counts(tmp_path):
    files = {
        "header.csv": header("1", "2", "3"), "a.csv": OPEN_IN_2024, "b.csv": ENDED_IN_2025,
        "z.csv": "CHILD,SDQ_SCORE\n1,10\n2,11\n", "y.csv": "CHILD,SDQ_SCORE\n1,20\n3,\n",
    }  # fmt: skip
    read = reading(tmp_path, files, as_of=MARCH_2025)
    assert sorted(read.tables["child"]["sdq_score"].dropna()) == [11, 20]
    assert read.report.counts.loc["z.csv", ["kept", "merged", "set_aside"]].tolist() == [
        2,
        0,
        0,
    ]  # a year each
    assert read.report.counts.loc["y.csv", ["kept", "merged", "set_aside"]].tolist() == [1, 0, 1]


ORDERS = "CHILD,DOB,DOLO_START,DOLO_END\n"


@pytest.mark.parametrize(
    ("orders", "said", "expected"),
    [
        (None, None, None),
        (None, "N", False),
        (ORDERS + "1,,01/09/2025,\n", None, True),
        (ORDERS + "1,,31/03/2026,\n", None, True),  # the very day
        (ORDERS + "1,,01/09/2025,01/04/2026\n", None, True),
        (ORDERS + "1,,01/09/2025,31/03/2026\n", None, False),  # ended that day
        (ORDERS + "1,,01/09/2025,01/01/2026\n1,,01/02/2026,\n", None, True),
        (ORDERS + "2,,01/09/2025,\n", None, False),  # a return that does not name the child
        (ORDERS + "2,,01/09/2025,\n", "Y", True),
        (ORDERS + "1,,01/09/2025,\n", "N", True),
        (ORDERS, None, False),
    ],
)
def test_a_deprivation_of_liberty_order_in_force_is_known_from_the_return(orders, said, expected, tmp_path):
    files = {"dolo": orders, "about": f"CHILD,DOL\n1,{said}\n" if said else None}
    read = read_care(
        tmp_path,
        {"DECOM": "01/01/2024", "RNE": "S"},
        {"CHILD": "2", "DECOM": "01/01/2024", "RNE": "S"},
        **{name: text for name, text in files.items() if text},
    )
    assert not read.refused
    dol = read.tables["child"]["dol"].iloc[0]
    assert pd.isna(dol) if expected is None else dol == expected


def test_the_newer_return_ends_an_order(tmp_path):
    files = {
        "h.csv": header("1", "2"),
        "e25.csv": episodes({"DECOM": "01/01/2024", "RNE": "S"}),
        "e26.csv": episodes(
            {"DECOM": "01/01/2024", "RNE": "S"}, {"CHILD": "2", "DECOM": "01/01/2026", "RNE": "S"}
        ),
        "d25.csv": ORDERS + "1,,01/09/2024,\n",
        "d26.csv": ORDERS + "1,,01/09/2024,01/06/2025\n2,,01/02/2026,\n",
    }
    read = reading(tmp_path, files)
    assert read.tables["child"]["dol"].tolist() == [False, True]
    assert read.report.counts.loc["d25.csv", "merged"] == 1
