"""Published figures in a data folder: kept, replaced whole, never half written."""

from __future__ import annotations

import pandas as pd
import pytest

from tests import published_files
from vcore.command_line.parser import main
from vcore.errors import StoreError
from vcore.ingest.benchmarks import read_benchmarks
from vcore.store.benchmarks import keep_benchmarks, open_benchmarks, stamp
from vcore.store.folder import DataFolder


def kept(folder: DataFolder) -> dict[str, int]:
    found = open_benchmarks(folder)
    return {
        "costs": len(found.unit_costs),
        "mix": len(found.placement_mix),
        "near": len(found.neighbours),
    }


def test_nothing_loaded_is_empty_with_the_columns_of_what_could_be(tmp_path):
    folder = DataFolder(tmp_path)
    assert kept(folder) == {"costs": 0, "mix": 0, "near": 0}
    loaded = read_benchmarks(published_files.all_of_them(tmp_path / "files"))
    assert list(open_benchmarks(folder).unit_costs.columns) == list(loaded["unit_costs"].columns)
    assert list(open_benchmarks(folder).neighbours.columns) == list(loaded["neighbours"].columns)


def test_what_is_kept_comes_back_and_a_newer_file_replaces_its_kind_only(tmp_path):
    folder = DataFolder(tmp_path / "data")
    loaded = read_benchmarks(published_files.all_of_them(tmp_path / "files"))
    keep_benchmarks(folder, loaded)
    pd.testing.assert_frame_equal(open_benchmarks(folder).unit_costs, loaded["unit_costs"])
    before = stamp(folder)
    newer = published_files.unit_costs(published_files.ENGLAND_COSTS | {"RescareFinance": "9000"})
    keep_benchmarks(folder, read_benchmarks(published_files.written(tmp_path / "newer", costs=newer)))
    assert stamp(folder) != before
    costs = open_benchmarks(folder).unit_costs
    assert costs.query("series == 'residential' and code == 970")["value"].max() == 9000
    assert len(costs) == len(loaded["unit_costs"])
    pd.testing.assert_frame_equal(open_benchmarks(folder).neighbours, loaded["neighbours"])
    assert not list(folder.benchmarks.glob(".*"))


def test_a_damaged_file_says_how_to_mend_it(tmp_path):
    folder = DataFolder(tmp_path)
    folder.benchmarks.mkdir()
    (folder.benchmarks / "unit_costs.parquet").write_bytes(b"PAR1, cut off")
    with pytest.raises(StoreError, match="Load their file again"):
        open_benchmarks(folder)


def test_the_command_keeps_all_files_or_none(tmp_path, capsys):
    good = published_files.all_of_them(tmp_path / "files")
    bad = published_files.written(tmp_path / "bad", bad=published_files.unit_costs()[:9])
    data = tmp_path / "data"
    assert main(["benchmarks", str(good[1]), str(bad[0]), "--data", str(data)]) == 1
    assert "bad.csv, line 1: expected rows of" in capsys.readouterr().err
    assert kept(DataFolder(data)) == {"costs": 0, "mix": 0, "near": 0}
    assert main(["benchmarks", *map(str, good), "--data", str(data)]) == 0
    assert "Kept unit costs to 2025-26: 12 authorities and areas." in capsys.readouterr().out
    assert kept(DataFolder(data))["near"] == 110
    with pytest.raises(SystemExit) as wrong:
        main(["benchmarks", "--data", str(data)])
    assert wrong.value.code == 2
