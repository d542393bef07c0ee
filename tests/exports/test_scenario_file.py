"""Scenario files: what is written comes back, and whatever is wrong in one is refused by name."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcore import CohortFilter, PriceCap, Scenario, StepDown
from vcore.exports.__main__ import SCHEMA
from vcore.exports.scenario_file import (
    RefusedScenarioFile,
    ScenarioFile,
    json_schema,
    read_scenario_file,
    write_scenario_file,
)
from vcore.scenarios.calendar import Calendar
from vcore.scenarios.levers import LEVERS

FILE = ScenarioFile(
    engine_version="0.1.0",
    snapshot="20260331-0a1b2c3d",
    cohort=CohortFilter(settings=("residential",), ehcp=True),
    scenario=Scenario(levers=(StepDown(), PriceCap(cap_gbp=5000, top_share=0.07)), name="Cap and move"),
)


NOBODY = {"children": 0, "costed": 0, "assessed": 0}
POUNDS = (
    "baseline_weekly",
    "weekly_saving",
    "annual_saving",
    "overlap_weekly",
    "delivery_cost",
    "net_first_year",
)
FIGURES = {
    "cohort": NOBODY,
    "base": NOBODY,
    **dict.fromkeys(("children_affected", "affected_assessed", "children_moved"), 0),
    "affected_mean_need": None,
    **{f"{name}_gbp": 0 for name in POUNDS},
    "levers": [],
}


def changed(*path, to) -> bytes:
    """The file with one value changed, or put in."""
    contents = json.loads(write_scenario_file(FILE))
    part = contents
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = to
    return json.dumps(contents).encode()


@given(
    cap=st.floats(0, 100_000),
    share=st.one_of(st.none(), st.floats(0, 1)),
    matched=st.floats(0, 1),
    weeks=st.floats(50, 53),
    age=st.integers(0, 25),
    basis=st.sampled_from(["gross", "social_care"]),
)
def test_what_is_written_comes_back_to_the_last_digit(cap, share, matched, weeks, age, basis):
    levers = (PriceCap(cap_gbp=cap, top_share=share), StepDown(matched=matched, from_settings=("fostering",)))
    contents = FILE.model_copy(
        update={
            "scenario": Scenario(levers=levers, weeks_per_year=weeks, cost_basis=basis),
            "cohort": CohortFilter(age_max=age),
        }
    )
    assert read_scenario_file(write_scenario_file(contents)) == contents


@pytest.mark.parametrize(
    ("raw", "where", "told"),
    [
        (changed("colour", to="red"), "colour", "“colour”. Did it mean “cohort”?"),
        (changed("scenario", "levers", 1, "cap_gpb", to=1), "scenario, lever 2, cap_gpb", "“cap_gbp”"),
        (changed("scenario", "levers", 1, "cap_gbp", to=1e9), "lever 2, cap_gbp", "at most 100,000, found 1000000000"),
        (changed("scenario", "levers", 1, "cap_gbp", to=-1), "lever 2, cap_gbp", "at least 0, found -1"),
        (changed("scenario", "levers", 1, "cap_gbp", to="5000"), "lever 2, cap_gbp", "a valid number, found '5000'"),
        (changed("scenario", "levers", 1, "kind", to="cap"), "scenario, lever 2", "'price_cap'"),
        (changed("scenario", "levers", 0, "to", to="castle"), "lever 1, to", "independent_fostering"),
        (changed("scenario", "levers", 0, "matched", to=True), "lever 1, matched", "a valid number, found True"),
        (changed("scenario", "weeks_per_year", to=60), "scenario, weeks_per_year", "at most 53, found 60"),
        (changed("scenario", "name", to=""), "scenario, name", "some text"),
        (changed("cohort", "settings", to=["residental"]), "cohort", "Did you mean 'residential'"),
        (changed("cohort", "child_id", to="4711"), "cohort, child_id", "only names that this version knows"),
        (changed("snapshot", to="latest"), "snapshot", "a mark such as"),
        (changed("as_of", to="soon"), "as_of", "a date such as 2026-03-31"),
        (changed("expected", to={"annual_saving_gbp": 1}), "expected", "a value"),
        (changed("schema_version", to=2), "schema_version", "expected 1, found 2. Update the app"),
        (changed("schema_version", to=True), "schema_version", "expected 1, found True"),
        (changed("schema_version", to=None), "schema_version", "expected 1, found None"),
        (b"", "line 1", "JSON text, found nothing"),
        (b"\x80\x04\x95", "the file", "JSON text"),  # how a pickle starts
        (b"[" * 100_000, "the file", "JSON text"),
        (b"[1]", "the file", "an object with named parts"),
        (b'{"schema_version": 1, "schema_version": 1}', "schema_version", "each name once"),
        (changed("scenario", "levers", 1, "cap_gbp", to=float("nan")), "the file", "plain numbers, found NaN"),
        (b" " * 1_000_001, "the file", "at most 1 MB"),
    ],
)  # fmt: skip
def test_every_fault_is_refused_by_name(raw, where, told):
    with pytest.raises(RefusedScenarioFile) as refused:
        read_scenario_file(raw)
    (found,) = [found for found in refused.value.refusals if where in found.where][:1]
    assert told in found.words
    assert found.expected and found.found and found.what_to_do


def test_what_is_worked_out_of_a_fault_is_no_second_fault():
    assert read_scenario_file(changed("expected", to=FIGURES)).expected is not None
    with pytest.raises(RefusedScenarioFile) as refused:
        read_scenario_file(changed("expected", to={**FIGURES, "levers": "none"}))
    (found,) = refused.value.refusals
    assert (found.where, found.found) == ("expected, levers", "'none'")


def test_several_faults_are_named_together():
    contents = json.loads(write_scenario_file(FILE))
    contents["scenario"]["weeks_per_year"] = 4
    contents["mood"] = "calm"
    contents["scenario"]["levers"][0]["holds"] = 1.5
    with pytest.raises(RefusedScenarioFile) as refused:
        read_scenario_file(json.dumps(contents).encode())
    assert [found.where for found in refused.value.refusals] == [
        "scenario, lever 1, holds",
        "scenario, weeks_per_year",
        "mood",
    ]


@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_no_bytes_ever_bring_anything_but_a_refusal(raw):
    with pytest.raises(RefusedScenarioFile):
        read_scenario_file(raw)


def test_an_older_engine_is_no_reason_to_refuse():
    assert read_scenario_file(changed("engine_version", to="0.0.1")).engine_version == "0.0.1"


@pytest.mark.parametrize("kind", LEVERS, ids=lambda kind: kind.label)
def test_every_lever_comes_back_from_a_file(kind):
    calendar = Calendar(start=date(2026, 9, 1), yearly_uplift=0.03)
    scenario = Scenario(levers=(kind.starting(),), calendar=calendar)
    contents = FILE.model_copy(update={"scenario": scenario})
    assert read_scenario_file(write_scenario_file(contents)) == contents


def test_the_published_schema_is_that_of_this_version():
    assert SCHEMA.read_text(encoding="utf-8") == json_schema(), "Run: python -m vcore.exports"
