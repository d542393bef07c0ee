"""The five sample returns read whole; every expected number comes from pandas on the same files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.ingest.care import step
from tests.ingest.folders import KEY, assert_balanced
from vcore.facts.domains import NeedModel
from vcore.ingest import Reading, read
from vcore.tables import checked

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "samples" / "ssda903_five_returns"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the sample returns are not on this machine")
AS_OF = pd.Timestamp("2022-03-31")


@pytest.fixture(scope="module")
def found() -> Reading:
    return read(FOLDER, authority="Sample", as_of=date(2022, 3, 31), key=KEY, needs=NeedModel())


@pytest.fixture(scope="module")
def sent() -> pd.DataFrame:
    """Every episode row, in the order of the years."""
    files = sorted(FOLDER.glob("*-episodes.csv"))
    frame = pd.concat(
        [pd.read_csv(file, dtype=str).assign(file=file.name) for file in files], ignore_index=True
    )
    for column in ("DECOM", "DEC"):
        frame[column] = pd.to_datetime(frame[column], format="%d/%m/%Y")
    return frame


@pytest.fixture(scope="module")
def latest(sent) -> pd.DataFrame:
    return sent.drop_duplicates(["CHILD", "DECOM", "PLACE"], keep="last")


def of_episodes(found: Reading) -> pd.DataFrame:
    return found.report.counts[found.report.counts.index.str.endswith("-episodes.csv")]


def test_all_rows_are_accounted_for(found, sent, latest):
    counts = of_episodes(found).sum()
    short = latest["LS"].isin(["V3", "V4"])
    assert (len(sent), len(latest)) == (3737, 2827)
    assert counts["read"] == len(sent)
    assert counts["merged"] == len(sent) - len(latest) == 910
    assert counts["set_aside"] == short.sum()
    assert counts["kept"] == (~short).sum()
    assert counts["refused"] == 0
    assert_balanced(found)
    rows = {file.name: len((FOLDER / file.name).read_text().splitlines()) - 1 for file in found.files}
    assert found.report.counts["read"].to_dict() == rows


def test_each_file_is_dated_to_its_own_year(found):
    years = {file.name: file.return_year for file in found.files if file.return_year}
    assert years == {f"{year}-episodes.csv": f"{year}/{(year + 1) % 100}" for year in range(2017, 2022)}


def test_the_latest_facts_count_and_eighty_six_children_are_open(found, latest):
    open_then = latest[(latest["DECOM"] <= AS_OF) & ~(latest["DEC"] <= AS_OF)]
    assert open_then["CHILD"].nunique() == 86
    assert step(found, "short breaks included") == 86
    looked_after = open_then[~open_then["LS"].isin(["V3", "V4"])]
    placement = found.tables["placement"]
    here = placement[(placement["started_on"] <= AS_OF) & ~(placement["ended_on"] <= AS_OF)]
    assert here["child_id"].nunique() == len(here) == looked_after["CHILD"].nunique()


def test_every_child_is_there_once(found):
    headers = pd.concat(pd.read_csv(file, dtype=str) for file in sorted(FOLDER.glob("*-header.csv")))
    last = headers.drop_duplicates("CHILD", keep="last")
    child = found.tables["child"]
    assert len(child) == child["child_id"].nunique() == len(last) == 820
    assert (
        child["sex"].value_counts().to_dict()
        == last["SEX"].map({"1": "M", "2": "F"}).value_counts().to_dict()
    )
    months = pd.to_datetime(last["DOB"], format="%d/%m/%Y").dt.strftime("%Y-%m-01")
    assert sorted(child["birth_month"].dt.strftime("%Y-%m-%d")) == sorted(months)
    uasc = {row for file in FOLDER.glob("*-uasc.csv") for row in pd.read_csv(file, dtype=str)["CHILD"]}
    assert child["uasc"].sum() == len(uasc)


def test_the_latest_recorded_sdq_score_counts(found):
    files = sorted(FOLDER.glob("*-oc2.csv"))
    scores = pd.concat(pd.read_csv(file, dtype=str)[["CHILD", "SDQ_SCORE"]] for file in files).dropna()
    expected = scores.drop_duplicates("CHILD", keep="last")["SDQ_SCORE"].astype(int)
    assert sorted(found.tables["child"]["sdq_score"].dropna()) == sorted(expected)


def test_placements_never_overlap_and_join_only_what_the_law_changed(found, latest):
    placement = found.tables["placement"].sort_values(["child_id", "started_on"])
    following = placement.groupby("child_id")["started_on"].shift(-1)
    assert (placement["ended_on"] <= following)[following.notna()].all()
    rows = latest[~latest["LS"].isin(["V3", "V4"])].sort_values(["CHILD", "DECOM"])
    before = rows.groupby("CHILD")[["PLACE", "PLACE_PROVIDER", "URN", "DEC", "REC"]].shift()
    near = (rows["DECOM"] - before["DEC"]).dt.days.le(1)  # an overlap (below 0) is cut, so it is near too
    same = (rows[["PLACE", "PLACE_PROVIDER", "URN"]] == before[["PLACE", "PLACE_PROVIDER", "URN"]]).all(
        axis=1
    )
    joined = (rows["RNE"] == "L") & near & same
    assert step(found, "only the legal status changed") == joined.sum()
    assert len(placement) == len(rows) - joined.sum()


def test_every_year_s_sdq_score_is_kept_with_the_end_of_its_year(found):
    expected = {}
    for file in FOLDER.glob("*-oc2.csv"):
        year = int(file.name[:4]) + 1
        expected[pd.Timestamp(year, 3, 31)] = sorted(pd.read_csv(file)["SDQ_SCORE"].dropna())
    of_year = found.tables["sdq"].groupby("year_ended_on")["score"]
    assert {year: sorted(scores) for year, scores in of_year} == expected
    counts = found.report.counts[found.report.counts.index.str.endswith("-oc2.csv")].sum()
    assert (counts["read"], counts["kept"], counts["merged"]) == (1974, 957, 0)


def test_missing_periods_are_those_that_begin_in_care(found, latest):
    sent = pd.concat(pd.read_csv(file, dtype=str) for file in sorted(FOLDER.glob("*-missing.csv")))
    for column in ("MIS_START", "MIS_END"):
        sent[column] = pd.to_datetime(sent[column], format="%d/%m/%Y")
    lived = latest[~latest["LS"].isin(["V3", "V4"])][["CHILD", "DECOM", "DEC"]]
    pairs = sent.merge(lived, on="CHILD")
    inside = pairs[(pairs["MIS_START"] >= pairs["DECOM"]) & ~(pairs["MIS_START"] > pairs["DEC"])]
    expected = inside.drop_duplicates(["CHILD", "MIS_START"])[["MIS_START", "MIS_END", "MISSING"]]
    assert (len(sent), len(expected)) == (7, 5)
    made = found.tables["missing_period"]
    assert sorted(made[["started_on", "ended_on", "kind"]].to_numpy().tolist()) == sorted(
        expected.to_numpy().tolist()
    )
    counts = found.report.counts[found.report.counts.index.str.endswith("-missing.csv")].sum()
    assert (counts["read"], counts["kept"], counts["set_aside"]) == (7, 5, 2)


def test_previous_permanence_is_the_latest_return_s(found):
    files = sorted(FOLDER.glob("*-previous_permanence.csv"))
    sent = pd.concat(pd.read_csv(file, dtype=str) for file in files)
    last = sent.drop_duplicates("CHILD", keep="last")
    assert (len(sent), len(last)) == (2123, 820)
    made = found.tables["child"]["previous_permanence"]
    assert made.value_counts().to_dict() == last["PREV_PERM"].value_counts().to_dict() == {"Z1": 820}
    counts = found.report.counts[found.report.counts.index.str.endswith("-previous_permanence.csv")].sum()
    assert (counts["read"], counts["kept"], counts["merged"]) == (2123, 820, 1303)


def test_all_five_returns_load_and_unused_modules_are_listed(found):
    assert not found.refused
    assert checked(found.tables, NeedModel()).keys() == found.tables.keys()
    unused = {file.recognised_as for file in found.files} - {
        "Header",
        "Episodes",
        "UASC",
        "OC2",
        "Missing",
        "PrevPerm",
    }
    assert unused == {"OC3", "Reviews"}
    aside = found.report.problems.query("code == 'FILE_NOT_USED'")
    assert len(aside) == 10
