"""The register of published statements: whole, exact, and nothing in it that the source file does not hold."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from vcore.errors import InvalidChoice
from vcore.facts import published
from vcore.facts.published import about_a_cohort, register

SOURCE = Path(__file__).resolve().parents[3] / "shared" / "domain" / "published_figures.csv"
TRACKER = {
    *("S2-05", "S2-06", "S2-07", "S4-03", "K12-13"),
    *("V-01", "V-02", "V-03", "V-04", "V-05", "V-06", "V-08"),
}


def test_it_holds_107_computable_and_4_partly_computable_statements():
    kinds = [found.kind for found in about_a_cohort().values()]
    assert (kinds.count("computable"), kinds.count("partly"), len(kinds)) == (107, 4, 111)
    assert len(register()) == 171


@pytest.mark.skipif(not SOURCE.exists(), reason="the source file is not beside the repository")
def test_every_id_and_value_is_that_of_the_source_and_none_is_invented():
    with SOURCE.open(encoding="utf-8", newline="") as file:
        source = {row["id"]: row for row in csv.DictReader(file)}
    assert list(register()) == list(source)
    for name, row in source.items():
        own = register()[name]
        assert (own.value, own.kind, own.source, own.unit) == (
            row["value"],
            row["kind"],
            row["source"],
            row["unit"],
        )
        for column in ("demo_low", "demo_high"):
            assert getattr(own, column) == (float(row[column]) if row[column] else None), name
        assert own.demo_rule == row["demo_rule"]


@pytest.mark.parametrize("name", [name for name, found in about_a_cohort().items() if found.rule == "rounds"])
def test_what_rounds_to_a_printed_number_holds_that_number(name):
    found = register()[name]
    if name in ("K23-04",):  # printed as "N/A": no child with a cost
        printed = 0.0
    elif name == "M-06":  # held against the report's own weekly total
        printed = 52 * 4_700_000
    else:
        printed = float(found.value.replace("+", ""))
    assert found.low < printed < found.high
    assert found.low + found.high == pytest.approx(
        2 * printed, rel=1e-6
    )  # half the last printed digit each way


def test_what_needs_decisions_recorded_over_time_waits_for_the_tracker():
    assert {name for name, found in about_a_cohort().items() if found.rule == "tracker"} == TRACKER


def test_every_figure_of_the_report_with_a_chart_has_a_statement():
    figures = {
        int(number)
        for found in about_a_cohort().values()
        for number in found.figure.replace(",", "").replace("and", "").split()
    }
    assert figures == {*range(2, 8), 9, *range(11, 27)}


def test_statements_are_sentences_of_our_own():
    for found in register().values():
        assert found.topic and found.printed and (found.format or found.beyond)
        assert found.statement[0].isupper() or found.statement[0] == "£"
        told = f"{found.statement} {found.printed} {found.note}"
        assert not re.search(r"\b(IFA|LAs?|CLA|CCN|IRCSC|CSC|DoL|UASC|CHA|ADCS|LAIT|LGA|GBP|bn;)\b", told), (
            told
        )


def test_what_is_about_others_says_whom_and_is_held_against_nobody():
    others = {name: found for name, found in register().items() if found.beyond}
    assert len(others) == 60 and not set(others) & set(about_a_cohort())
    assert {found.topic for found in others.values()} == {"England and other councils"}
    assert others["C-12"].beyond == "england" and others["V-10"].beyond == "council"
    for name, wrong in (("C-12", ""), ("K11-02", "england")):
        with pytest.raises(ValidationError):
            published.Published.model_validate(register()[name].model_dump() | {"beyond": wrong})


def test_an_unknown_statement_is_named():
    with pytest.raises(InvalidChoice, match="K99"):
        published.published("K99")


@pytest.mark.parametrize(
    "changed", [{"low": None}, {"low": 60.0}, {"rule": ""}, {"kind": "reference"}, {"rule": "over"}]
)
def test_a_rule_without_its_limits_is_refused(changed):
    entry = register()["K11-02"].model_dump()
    with pytest.raises(ValidationError):
        published.Published.model_validate(entry | changed)
