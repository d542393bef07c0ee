"""Every rule against its own two examples: one that breaks it and one that does not."""

from __future__ import annotations

import pytest

from tests.ingest.folders import assert_balanced, codes, faultless, reading, with_example
from vcore.errors import InvalidChoice
from vcore.facts.domains import NeedModel
from vcore.ingest import Reading
from vcore.ingest.rules import RULES, rule
from vcore.ingest.rules.rule import Example

NEEDS = NeedModel()
OUT = {
    "set_aside": "set_aside",
    "not_counted": "set_aside",
    "merged": "merged",
}  # severity → what becomes of a row


@pytest.fixture(scope="module")
def read_once(tmp_path_factory):
    """An example read: many rules pass with the faultless load, which is read once for all of them."""
    known: dict[frozenset, Reading] = {}

    def read(example: Example) -> Reading:
        files = with_example(example)
        what = frozenset(files.items())
        if what not in known:
            known[what] = reading(tmp_path_factory.mktemp("example"), files, needs=NEEDS)
        return known[what]

    return read


def test_a_faultless_load_has_nothing_to_report(tmp_path):
    read = reading(tmp_path, faultless(), needs=NEEDS)
    assert codes(read) == set()
    assert (read.report.counts["read"] == read.report.counts["kept"]).all()
    assert len(read.report.counts) == 12


@pytest.mark.parametrize("code", RULES)
def test_the_failing_example_breaks_the_rule_and_does_what_its_severity_says(code, read_once):
    broken = rule(code)
    read = read_once(broken.fails)
    assert code in codes(read)
    assert read.refused == (broken.severity == "refused" or "NOTHING_LEFT" in codes(read))
    assert_balanced(read)
    if broken.severity in OUT:
        assert read.report.counts[OUT[broken.severity]].sum() >= 1
    if broken.severity in ("warning", "note"):
        assert (
            read.report.counts["kept"].sum()
            == read.report.counts["read"].sum() - read.report.counts["merged"].sum()
        )
    text = read.report.as_text()
    assert code in text
    assert broken.message in text


@pytest.mark.parametrize("code", RULES)
def test_the_passing_example_does_not_break_the_rule(code, read_once):
    read = read_once(rule(code).passes)
    assert code not in codes(read)
    assert not read.refused
    assert_balanced(read)


def test_messages_are_whole_sentences_that_say_what_to_do():
    for each in RULES.values():
        assert each.message.endswith(".")
        assert each.what_to_do.endswith(".")
        assert each.code == each.code.upper()


def test_a_rule_that_does_not_exist_names_the_nearest():
    with pytest.raises(InvalidChoice, match="COST_ZERO"):
        rule("COST_ZER0")
