"""A corpus of broken files, each with the messages it must give beside it: these and no others.

`broken/<name>.csv` is read with the faultless Header and Episodes of `broken/around`, in place of the one it names.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.ingest.folders import AS_OF, assert_balanced, reading
from vcore.ingest.rules import rule
from vcore.ingest.summary import by_row

CORPUS = Path(__file__).with_name("broken")
BROKEN = sorted(path.stem for path in CORPUS.glob("*.csv"))
AROUND = {path.name: path.read_text(encoding="utf-8") for path in sorted((CORPUS / "around").iterdir())}


def test_there_are_enough_of_them():
    assert len(BROKEN) >= 40
    assert {path.stem for path in CORPUS.glob("*.toml")} == set(BROKEN)


def test_what_stands_around_them_is_faultless(tmp_path):
    assert reading(tmp_path, AROUND, as_of=AS_OF).report.problems.empty


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gives_its_messages_and_no_others(name, tmp_path):
    expected = tomllib.loads((CORPUS / f"{name}.toml").read_text(encoding="utf-8"))["message"]
    kind = name.partition("-")[0] + ".csv"
    (tmp_path / f"{name}.csv").write_bytes((CORPUS / f"{name}.csv").read_bytes())
    found = reading(tmp_path, {each: text for each, text in AROUND.items() if each != kind})
    assert_balanced(found)
    told = by_row(found.report.problems).query(f"file == '{name}.csv'")
    said = [
        (row["code"], row["row"], row["column"], row["found"])
        for row in told.astype(object).where(told.notna(), None).to_dict("records")
    ]
    wanted = [
        (each["code"], each.get("row"), each.get("column", ""), each.get("found", "")) for each in expected
    ]
    assert sorted(said, key=str) == sorted(wanted, key=str)
    assert found.refused == any(rule(each["code"]).blocks for each in expected)
    assert (told["what_to_do"] != "").all()
