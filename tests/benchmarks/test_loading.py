"""Council files written from the demonstration load as they should, and two numbers of rows are refused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from benchmarks import loading
from benchmarks.council_files import RETURNS, write_files
from benchmarks.loading import Measured, RowsDiffer, compared, load, read_plainly

CHILDREN = 500


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("council")
    write_files(folder, CHILDREN)
    return folder


def test_there_are_five_returns_and_every_extract(folder):
    modules = ("header", "episodes", "uasc", "oc2", "missing", "previous_permanence")
    returns = {f"{year}/{name}.csv" for year in RETURNS for name in modules}
    extracts = {f"{name}.csv" for name in ("needs", "costs", "characteristics", "capacity", "budget")}
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.csv")} == returns | extracts
    latest = pd.read_csv(folder / "2026" / "episodes.csv")
    assert latest[latest["DEC"].isna()]["CHILD"].nunique() == CHILDREN
    assert len(latest[latest["DEC"].isna()]) == CHILDREN  # nobody lives in two places
    first = pd.read_csv(folder / "2022" / "episodes.csv")
    for column in ("DECOM", "DEC"):  # a return knows nothing of what came after it
        assert pd.to_datetime(first[column], format="%d/%m/%Y").max() <= pd.Timestamp(2022, 3, 31)


def test_both_ways_read_every_row(folder):
    ours, floor = load(folder), read_plainly(folder)
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in folder.rglob("*.csv"))
    assert ours.rows == floor.rows == lines
    assert ours.seconds > 0 and floor.peak_bytes > 1_000_000


@pytest.mark.parametrize(
    ("seconds", "gib", "children", "met", "words"),
    [
        (5, 4, 3_528, True, "aim ≤ 4 GiB"),
        (5.1, 4, 3_528, False, "aim ≤ 4 GiB"),
        (60, 4.01, 84_000, True, "**over the 4 GiB aimed at**"),
        (60.1, 3, 84_000, False, "aim ≤ 4 GiB"),
    ],
)
def test_an_aim_that_is_missed_is_said(seconds, gib, children, met, words):
    line = compared(children, [Measured(seconds, int(gib * 1024**3), 7)], [Measured(1, 1, 7)])
    assert line.met is met
    assert words in line.what


def test_two_numbers_of_rows_are_refused():
    with pytest.raises(RowsDiffer, match="7"):
        compared(500, [Measured(1, 1, 7)], [Measured(1, 1, 8)])


def test_a_city_is_measured_beside_the_size_asked_for(monkeypatch):
    monkeypatch.setattr(loading, "_compare", lambda children: children)
    assert loading.compare_loading(84_000) == [3_528, 84_000]
    assert loading.compare_loading(500) == [500]
