"""England and neighbours beside our own, against numbers worked out on paper and plain pandas."""

from __future__ import annotations

from statistics import median

import pandas as pd
import pytest

from tests import published_files
from tests.small import child, store
from vcore.ingest.benchmarks import read_benchmarks
from vcore.measures import benchmarks
from vcore.store.benchmarks import Benchmarks, keep_benchmarks, open_benchmarks
from vcore.store.folder import DataFolder


@pytest.fixture
def nothing(tmp_path) -> Benchmarks:
    return open_benchmarks(DataFolder(tmp_path / "empty"))


@pytest.fixture
def loaded(tmp_path) -> Benchmarks:
    folder = DataFolder(tmp_path / "data")
    keep_benchmarks(folder, read_benchmarks(published_files.all_of_them(tmp_path / "files")))
    return open_benchmarks(folder)


def test_with_nothing_loaded_england_is_what_is_built_in(nothing):
    costs = benchmarks.unit_costs(nothing)
    assert costs["england"].to_dict() == {"residential": 7385, "fostering": 765, "all": 2100}
    assert set(costs["period"]) == {"2024-25"}
    assert costs.loc["residential", ["p10", "median", "p90"]].tolist() == [6020, 7325, 9590]
    assert costs.loc["fostering", ["p10", "median", "p90"]].tolist() == [575, 790, 1035]
    assert costs[["neighbours", "own"]].isna().all(axis=None)
    assert costs.loc["residential", "growth"] == pytest.approx(
        7385 / 6775 - 1, abs=0.0005
    )  # as published for 2023-24
    assert costs.loc["fostering", "growth"] == pytest.approx(765 / 720 - 1, abs=0.001)
    assert pd.isna(costs.loc["all", "growth"])
    mix = benchmarks.place_mix(nothing)["england"]
    assert mix["fostering"] == 54820 / 81770
    assert mix["homes"] == 9480 / 81770
    assert mix[["specialist", "adoption", "other"]].isna().all()  # not known is not 0
    assert benchmarks.neighbours_of(nothing, "North") is None


def test_neighbours_are_the_median_of_those_published(loaded):
    north = benchmarks.neighbours_of(loaded, "North")
    assert north == ("North", 901, tuple(range(902, 912)))
    costs = benchmarks.unit_costs(loaded, north)
    expected = [5000 + 100 * (code - 901) for code in range(904, 912)]  # 902 and 903 are not published
    residential = costs.loc["residential"]
    assert (residential["england"], residential["period"]) == (8000, "2025-26")
    assert (residential["neighbours"], residential["published"], residential["own"]) == (
        median(expected),
        8,
        5000,
    )
    assert residential["growth"] == 8000 / 1 - 1  # the file holds the year before too
    assert pd.isna(residential["p10"])  # the spread built in is of another year
    assert costs.loc["fostering", ["england", "neighbours", "published"]].tolist() == [800, 795, 10]
    mix = benchmarks.place_mix(loaded, north)
    assert mix.loc["fostering", "neighbours"] == pytest.approx((66 + median(range(1, 11))) / 100)
    assert mix.loc["specialist", "england"] == pytest.approx(0.01)
    assert pd.isna(mix.loc["adoption", "england"])


def test_under_five_published_neighbours_have_no_median(loaded):
    north = benchmarks.neighbours_of(loaded, "North")
    assert north is not None
    for last, published in ((907, 4), (908, 5)):
        few = north._replace(codes=tuple(range(902, last + 1)))
        row = benchmarks.unit_costs(loaded, few).loc["residential"]
        assert row["published"] == published
        assert pd.isna(row["neighbours"]) == (published < 5)


def test_an_authority_that_is_hidden_itself_has_no_own_value(loaded):
    hidden = benchmarks.neighbours_of(loaded, "council 902")
    costs = benchmarks.unit_costs(loaded, hidden)
    assert pd.isna(costs.loc["residential", "own"])


def test_a_file_older_than_what_is_built_in_does_not_replace_it(tmp_path):
    older = [
        line.replace("2024-25", "2022-23").replace("2025-26", "2023-24")
        for line in published_files.unit_costs()
    ]
    folder = DataFolder(tmp_path / "data")
    keep_benchmarks(folder, read_benchmarks(published_files.written(tmp_path / "files", costs=older)))
    costs = benchmarks.unit_costs(open_benchmarks(folder))
    assert costs.loc["residential", ["period", "england"]].tolist() == ["2024-25", 7385]


@pytest.mark.parametrize(
    ("ours", "published"),
    [
        ("Bristol City Council", "Bristol, City of"),
        ("London Borough of Camden", "Camden"),
        ("St. Helens", "St Helens"),
        ("Telford & Wrekin Council", "Telford and Wrekin"),
        ("BEDFORD", "Bedford"),
    ],
)
def test_an_authority_is_found_however_it_writes_its_name(loaded, ours, published):
    near = loaded.neighbours.replace(
        {"authority": {"Council 905": published, "Council 906": f"{published}shire"}}
    )
    renamed = Benchmarks(loaded.unit_costs, loaded.placement_mix, near)
    found = benchmarks.neighbours_of(renamed, ours)
    assert found is not None
    assert found.code == 905


@pytest.mark.parametrize("name", ["Easterly", "", "Council", "Nort"])
def test_an_authority_that_is_not_in_the_model_has_no_neighbours(loaded, name):
    assert benchmarks.neighbours_of(loaded, name) is None


def test_our_own_places_are_those_of_the_rows():
    details = ["private_residential"] * 3 + [
        "secure_home",
        "specialist_residential",
        "in_house_fostering",
        "unregistered",
        "with_parents",
    ]
    own = benchmarks.own_mix(
        store([child(str(n), setting_detail=detail) for n, detail in enumerate(details)]).cohort()
    )
    assert own["children"].to_dict() == {
        "fostering": 1,
        "homes": 4,
        "specialist": 1,
        "supported": 0,
        "parents": 1,
        "adoption": 0,
        "other": 1,
    }
    assert own.loc["homes", "share"] == 0.5
    assert own["share"].sum() == 1
