"""Each scenario file says what the result file beside it says, on the demonstration cohort."""

from __future__ import annotations

import csv

import pytest

from tests.scenarios.plain_examples import EXAMPLES
from vcore import Scenario, Store, run

FILES = sorted(EXAMPLES.glob("*.json"))


@pytest.fixture(scope="module")
def everyone():
    return Store.demo().cohort()


def test_there_are_examples():
    assert len(FILES) >= 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_comes_to_what_is_written_beside_it(path, everyone):
    with path.with_suffix(".expected.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    result = run(Scenario.model_validate_json(path.read_text(encoding="utf-8")), everyone)
    assert [step.settings.code() for step in result.steps] == [row["lever"] for row in expected]
    for step, row in zip(result.steps, expected, strict=True):
        assert step.eligible == float(row["eligible"])
        for name in ("moved", "alone_gbp", "in_sequence_gbp"):
            assert getattr(step, name) == pytest.approx(float(row[name]), abs=0.01), name
