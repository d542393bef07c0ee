"""`python -m vcore` from end to end on a small folder of files: guard, check, load, publish, roll back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ledger import loads, open_ledger
from vcore.command_line.parser import main
from vcore.store import Store
from vcore.store.folder import DataFolder

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n101,1,15/06/2012,WBRI,X1,,\n102,2,01/02/2009,BAFR,X2,,\n"
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    "101,01/04/2024,S,C2,N1,K2,PR4,,,,AB1 2CD,AB1 2CE,SC1\n"
    "102,01/05/2023,S,C2,N1,U4,PR1,,,,AB1 2CD,AB1 2CE,SC2\n"
)
COSTS = "CHILD,START,END,WEEKLY_COST\n101,01/04/2024,,{}\n102,01/05/2023,,450\n"


@pytest.fixture
def files(tmp_path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "one.csv").write_text(HEADER)
    (folder / "two.csv").write_text(EPISODES)
    (folder / "three.csv").write_text(COSTS.format('"5,400.00"'))
    return folder


@pytest.fixture
def data(tmp_path) -> Path:
    return tmp_path / "store"


def vcore(*words: object) -> int:
    return main([str(word) for word in words])


def load(files: Path, data: Path, *more: str) -> int:
    return vcore("load", files, "--authority", "North", "--as-of", "2026-03-31", "--data", data, *more)


def allow_real_data(data: Path) -> None:
    assert (
        vcore("people", "add", "jo.smith", "--name", "Jo Smith", "--role", "administrator", "--data", data)
        == 0
    )
    assert vcore("people", "assessment", "DPIA-2026-014", "--data", data) == 0


def weekly(data: Path) -> float:
    return float(Store.open(data).cohort().children["weekly_cost_gbp"].sum())


def test_real_data_waits_for_an_administrator_and_an_assessment(files, data, capsys):
    assert load(files, data) == 1
    said = capsys.readouterr().err
    assert "administrator" in said
    assert "assessment" in said
    assert DataFolder(data).live() is None


def test_check_reads_everything_and_keeps_nothing(files, data, capsys):
    assert vcore("check", files, "--authority", "North", "--as-of", "31/03/2026", "--data", data) == 0
    assert "one.csv" in capsys.readouterr().out
    assert not (data / "parts").exists()
    assert not (data / "keys").exists()


def test_load_publish_correct_and_roll_back(files, data, capsys):
    allow_real_data(data)
    assert load(files, data) == 0
    assert weekly(data) == 5850.0
    (files / "three.csv").write_text(COSTS.format("6000"))
    assert load(files, data, "--no-publish") == 0
    assert weekly(data) == 5850.0
    kept = capsys.readouterr().out.rsplit("publish ", 1)[1].strip()
    assert vcore("publish", kept, "--data", data) == 0
    assert weekly(data) == 6450.0
    assert vcore("rollback", "--authority", "North", "--data", data) == 0
    assert weekly(data) == 5850.0


def test_a_misspelt_authority_is_refused_unless_meant_and_can_be_taken_out(files, data, capsys):
    allow_real_data(data)
    load(files, data)
    again = ("load", files, "--authority", "Noth", "--as-of", "2026-03-31", "--data", data)
    assert vcore(*again) == 1
    said = capsys.readouterr().err
    assert "Did you mean North?" in said and "--new-authority" in said
    assert Store.open(data).authorities == ("North",)
    assert vcore(*again, "--new-authority") == 0
    assert Store.open(data).authorities == ("North", "Noth")
    assert vcore("withdraw", "--authority", "Noth", "--data", data) == 0
    assert Store.open(data).authorities == ("North",)
    kept = capsys.readouterr().out.rsplit("publish ", 1)[1].strip()
    assert vcore("publish", kept, "--data", data) == 1
    said = capsys.readouterr().err
    assert "Did you mean North?" in said and "Publish a load of North instead" in said
    assert Store.open(data).authorities == ("North",)
    assert vcore("publish", kept, "--new-authority", "--data", data) == 0
    assert Store.open(data).authorities == ("North", "Noth")
    done = [event.what for event in loads.events(open_ledger(data), "Noth")]
    assert done == ["published", "took the authority out", "published", "kept a load"]
    assert vcore("withdraw", "--authority", "Noth", "--data", data) == 0
    assert vcore("withdraw", "--authority", "North", "--data", data) == 1
    assert "only authority loaded" in capsys.readouterr().err


def test_a_load_under_a_live_name_in_other_letters_is_not_put_back(files, data, capsys):
    allow_real_data(data)
    load(files, data)
    other = ("load", files, "--as-of", "2026-03-31", "--data", data, "--authority")
    assert vcore(*other, "Kent") == 0
    assert vcore("withdraw", "--authority", "Kent", "--data", data) == 0
    kept = capsys.readouterr().out.rsplit("publish ", 1)[1].strip()
    assert vcore(*other, "KENT") == 0
    assert vcore("publish", kept, "--new-authority", "--data", data) == 1
    assert "“Kent” is loaded already as “KENT”" in capsys.readouterr().err
    assert Store.open(data).authorities == ("KENT", "North")


def test_a_refused_load_leaves_what_is_published(files, data, capsys):
    allow_real_data(data)
    assert load(files, data) == 0
    (files / "two.csv").write_text("CHILD,DECOM,LS,CIN,PLACE_PROVIDER,DEC,REC\n101,01/04/2024,C2,N1,PR4,,\n")
    assert load(files, data) == 1
    said = capsys.readouterr()
    assert "PLACE" in said.out
    assert "has not changed" in said.err
    assert weekly(data) == 5850.0


def test_no_child_number_is_kept_or_printed(files, data, capsys):
    allow_real_data(data)
    (files / "three.csv").write_text(COSTS.format('"5,4OO"'))
    load(files, data)
    said = capsys.readouterr()
    assert "5,4OO" in said.out  # the bad cost is shown, the child is not
    assert "101" not in said.out.replace("2101", "")
    children = Store.open(data).cohort().children
    assert not set(children["child_id"]) & {"101", "102"}
    for path in data.rglob("*"):
        if path.is_file() and path.suffix in (".json", ".parquet", ".duckdb"):
            assert b"AB1 2CD" not in path.read_bytes()


def test_the_same_child_keeps_its_pseudonym_and_another_authoritys_does_not_share_it(files, data):
    allow_real_data(data)
    load(files, data)
    first = set(Store.open(data).cohort().children["child_id"])
    load(files, data)
    assert set(Store.open(data).cohort().children["child_id"]) == first
    assert vcore("load", files, "--authority", "South", "--as-of", "2026-03-31", "--data", data) == 0
    assert len(Store.open(data).cohort().children["child_id"].unique()) == 4


def test_demonstration_data_gives_way_to_real_data_but_not_the_other_way_round(files, data, capsys):
    assert vcore("demo", "--children", "600", "--data", data) == 0
    assert Store.open(data).demonstration
    allow_real_data(data)
    assert load(files, data) == 0
    assert not Store.open(data).demonstration
    assert vcore("demo", "--children", "600", "--data", data) == 1
    assert "real children" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["load"],
        ["check", "x", "--authority", "North", "--as-of", "31.31.2026"],
        ["demo", "--children", "many"],
    ],
)
def test_wrong_usage_is_exit_two(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_every_command_has_help():
    for command in ("", "demo", "template", "check", "load", "publish", "rollback", "withdraw", "people"):
        asked = [sys.executable, "-m", "vcore", *command.split(), "--help"]
        run = subprocess.run(asked, capture_output=True, text=True, cwd=Path(__file__).parents[1])
        assert run.returncode == 0, run.stderr
        assert "usage: python -m vcore" in run.stdout


def test_templates_can_be_loaded_back(tmp_path):
    assert vcore("template", tmp_path / "mine") == 0
    names = {path.name for path in (tmp_path / "mine").iterdir()}
    assert {"needs.csv", "costs.csv", "characteristics.csv", "capacity.csv", "budget.csv"} <= names


def test_a_guess_is_written_looked_through_used_and_remembered(files, data, capsys):
    allow_real_data(data)
    (files / "three.csv").write_text(
        "Person ID;Fee start;Fee end;Weekly fee;Colour\n101;01/04/2024;;5400;red\n102;01/05/2023;;450;blue\n"
    )
    mapping = files.parent / "mapping.json"
    check = ("check", files, "--authority", "North", "--as-of", "31/03/2026", "--data", data)
    assert vcore(*check, "--write-mapping", mapping) == 0
    said = capsys.readouterr().out
    assert "Weekly fee: WEEKLY_COST (known name)" in said
    assert "Colour: – (ignored)" in said
    assert "5400" not in said + mapping.read_text()
    assert vcore(*check, "--write-mapping", mapping) == 1  # never over a file that was looked through
    assert load(files, data) == 0
    assert weekly(data) == 0  # a guess nobody confirmed is not used
    assert load(files, data, "--mapping", str(mapping)) == 0
    assert weekly(data) == 5850.0
    (files / "three.csv").rename(files / "next month.csv")
    assert load(files, data) == 0
    assert weekly(data) == 5850.0
    (kept,) = data.glob("parts/*/mapping.json")
    assert "three.csv" not in kept.read_text()


def test_an_unknown_key_in_a_mapping_is_refused_by_name(files, data, capsys):
    mapping = files.parent / "mapping.json"
    mapping.write_text('{"version": 1, "tables": [], "tabels": []}')
    check = ("check", files, "--authority", "North", "--as-of", "31/03/2026", "--data", data)
    assert vcore(*check, "--mapping", mapping) == 1
    said = capsys.readouterr().err
    assert "mapping.json" in said and "'tabels'" in said and "'tables'" in said
    assert vcore(*check, "--mapping", files / "none.json") == 1
    assert "cannot be read" in capsys.readouterr().err
