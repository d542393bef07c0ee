"""Guessing which column is which field: from names, from cells, confirmed, remembered."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.care import episodes, header
from tests.ingest.folders import AS_OF, KEY, TWO_DOMAINS, as_csv, codes
from vcore.errors import RefusedLoad
from vcore.ingest.layouts import layouts
from vcore.ingest.mapping import Mapping, TableMapping, read_mapping
from vcore.ingest.matching import certain, explained, guess
from vcore.ingest.reading import read_extracts
from vcore.ingest.uploads import opened, opened_all

LAYOUTS = layouts(TWO_DOMAINS)
USED = [layout for layout in LAYOUTS if layout.used]
COSTS = "Costs of March\nMosaic ID;Date from;Date to;Weekly cost (gross);Supplier name;Child surname;Colour\n1;01/04/2024;;500;A;Smith;red\n"
CARE = {"h.csv": header("1"), "e.csv": episodes({"DECOM": "01/01/2024", "RNE": "S"})}


def guessed(text: str, remembered: Mapping | None = None) -> TableMapping:
    return guess(opened("a.csv", text.encode()), LAYOUTS, remembered).tables[0]


def table(text: str, remembered: Mapping | None = None) -> dict[str, str | None]:
    return guessed(text, remembered).columns


def load(files: dict[str, str], mapping: Mapping | None = None):
    extracts = opened_all((name, text.encode()) for name, text in files.items())
    return read_extracts(
        extracts, authority="North", as_of=AS_OF, key=KEY, needs=TWO_DOMAINS, mapping=mapping
    )


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_our_own_names_match_themselves_and_need_nobody(layout):
    extracts = opened("a.csv", as_csv([layout.example]).encode())
    found = guess(extracts, LAYOUTS)
    assert (found.tables[0].layout, found.tables[0].columns) == (
        layout.name,
        {name: name for name in layout.columns},
    )
    assert found.tables[0].seen_in == ("a.csv",)
    assert certain(found, LAYOUTS)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_columns_by_any_known_name_in_any_order_and_case_match(data):
    layout = data.draw(st.sampled_from(USED))
    fields = data.draw(st.permutations(layout.fields))
    names = {field.name: data.draw(st.sampled_from([field.name, *field.also])) for field in fields}
    style = data.draw(
        st.sampled_from([str.lower, str.title, lambda name: name.replace("_", " "), lambda name: name + "?"])
    )
    row = {style(names[field.name]): field.example for field in fields} | {"Colour of file": "red"}
    found = guessed(as_csv([row]))
    assert found.layout == layout.name
    assert found.columns == {style(names[field.name]): field.name for field in fields} | {
        "Colour of file": None
    }


@pytest.mark.parametrize(
    ("column", "cells", "field"),
    [
        ("WEEKLY COST GBP", ["500", "1,200.50"], "WEEKLY_COST"),
        ("WEEKLY COST NOTE", ["agreed by panel", "dear"], None),  # a like name, but no money in it
        ("Weekly_Cots", ["500"], "WEEKLY_COST"),
        ("How bought", ["spot", "block"], None),  # four codes are too few to be told by their cells
        ("Sourced?", ["spot"], "SOURCED"),
        ("Planned end of placement", ["31/03/2027"], "PLANNED_END"),
        ("Planned end of placement", ["soon"], None),
        ("Surname", ["Provider"], None),
        ("UPN", ["A1"], None),
    ],
)
def test_a_name_that_is_only_alike_must_fit_its_cells(column, cells, field):
    rows = [{"CHILD": "1", "START": "01/04/2024", "END": "", "Cost": "1", column: cell} for cell in cells]
    assert table(as_csv(rows))[column] == field


def test_codes_are_told_by_their_cells():
    found = table(
        "Child,Began,LS,CIN,PLACE_PROVIDER,DEC,REC,RNE,REASON_PLACE_CHANGE,Kind\n"
        + "1,1/1/24,C2,N1,PR1,,,S,,U4\n1,2/2/24,C2,N1,PR4,,,P,,K2\n"
    )
    assert found["Kind"] == "PLACE"
    assert found["Began"] is None  # nothing but a date: any date could be meant


def test_a_guess_says_how_each_column_was_found():
    found = guess(opened("a.csv", COSTS.encode()), LAYOUTS)
    costs = next(layout for layout in LAYOUTS if layout.name == "Costs")
    assert [(match.column, match.field, match.how) for match in explained(found.tables[0], costs)] == [
        ("Mosaic ID", "CHILD", "known name"),
        ("Date from", "START", "known name"),
        ("Date to", "END", "known name"),
        ("Weekly cost (gross)", "WEEKLY_COST", "alike"),
        ("Supplier name", "PROVIDER", "known name"),
        ("Child surname", None, "identifies a child"),
        ("Colour", None, "ignored"),
    ]
    assert not certain(found, LAYOUTS)
    assert certain(found, LAYOUTS, remembered=found)


def test_a_guess_is_not_acted_on_until_it_is_confirmed():
    files = CARE | {"c.csv": COSTS}
    without = load(files)
    assert "FILE_NOT_RECOGNISED" in codes(without)
    assert without.tables["cost"].empty
    confirmed = load(files, guess(opened("c.csv", COSTS.encode()), LAYOUTS))
    assert confirmed.tables["cost"]["weekly_cost_gbp"].tolist() == [500.0]
    card = next(card for card in confirmed.files if card.name == "c.csv")
    assert (card.recognised_as, card.ignored_columns, card.dropped_columns) == (
        "Costs",
        ("COLOUR",),
        ("CHILD_SURNAME",),
    )


def test_next_month_s_file_is_known_by_its_columns_whatever_its_name_and_their_order():
    kept = Mapping().with_tables(guess(opened("march.csv", COSTS.encode()), LAYOUTS).tables).to_keep()
    april = "Colour;DATE FROM;Date to;mosaic id;Weekly cost gross;Supplier name;Child surname\nred;01/05/2024;;1;700;A;S\n"
    assert "march" not in kept.as_json()
    assert load(CARE | {"april.csv": april}, kept).tables["cost"]["weekly_cost_gbp"].tolist() == [700.0]
    again = guess(opened("april.csv", april.encode()), LAYOUTS, kept)
    assert (again.tables[0].layout, again.tables[0].seen_in) == ("Costs", ("april.csv",))


def test_a_column_that_is_there_twice_is_still_said_to_be():
    text = "CHILD,SDQ_SCORE,SDQ_SCORE\n1,14,15\n"
    assert table(text) == {"CHILD": "CHILD", "SDQ_SCORE": "SDQ_SCORE"}
    found = load(CARE | {"o.csv": text}, guess(opened("o.csv", text.encode()), LAYOUTS))
    assert codes(found) == {"COLUMN_TWICE"}


def test_a_needed_column_left_out_of_a_mapping_refuses_the_load():
    mapping = Mapping(
        tables=(
            TableMapping(layout="Costs", columns={"Ref": "CHILD", "From": "START", "To": "END", "Fee": None}),
        )
    )
    found = load(CARE | {"c.csv": "Ref,From,To,Fee\n1,01/04/2024,,500\n"}, mapping)
    assert found.refused
    assert codes(found) == {"COLUMN_MISSING"}


def test_a_table_confirmed_as_none_of_ours_is_left_out():
    mapping = Mapping(tables=(TableMapping(layout=None, columns={"CHILD": None, "SDQ_SCORE": None}),))
    found = load(CARE | {"o.csv": "CHILD,SDQ_SCORE\n1,14\n"}, mapping)
    assert found.tables["child"]["sdq_score"].isna().all()
    assert found.report.counts.loc["o.csv", "set_aside"] == 1


def test_a_mapping_comes_back_from_its_file_as_it_was():
    found = guess(opened("a.csv", COSTS.encode()), LAYOUTS)
    assert read_mapping(found.as_json(), LAYOUTS) == found


GOOD = {
    "version": 1,
    "tables": [{"layout": "Costs", "columns": {"Fee": "WEEKLY_COST"}, "seen_in": ["c.csv"]}],
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"tabels": []}, ["'tabels'", "'tables'"]),
        ({"version": 2}, ["version"]),
        ({"tables": [{"layout": "Costs"}]}, ["columns is missing"]),
        ({"tables": [{"layout": "Costs", "columns": {}, "colums": {}}]}, ["'colums'", "'columns'"]),
        ({"tables": [{"layout": "Cost", "columns": {}}]}, ["'Cost'", "'Costs'"]),
        ({"tables": [{"layout": "Costs", "columns": {"Fee": "WEEKLY"}}]}, ["Fee", "'WEEKLY'", "WEEKLY_COST"]),
        ({"tables": [{"layout": "Costs", "columns": {"A": "START", "B": "START"}}]}, ["START is given twice, by A and B"]),
        ({"tables": [{"layout": "Costs", "columns": {"Surname": "PROVIDER"}}]}, ["Surname", "identifies"]),
        ({"tables": [{"layout": "Header", "columns": {"UPN": "CHILD"}}]}, ["UPN", "identifies"]),
    ],
)  # fmt: skip
def test_what_a_mapping_may_not_hold_is_refused_by_name(changed, told):
    assert read_mapping(json.dumps(GOOD), LAYOUTS)
    with pytest.raises(RefusedLoad) as refused:
        read_mapping(json.dumps(GOOD | changed), LAYOUTS, name="m.json")
    assert str(refused.value).startswith("m.json cannot be used")
    for words in told:
        assert words in str(refused.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"tables": 3}'])
def test_what_is_no_mapping_is_refused_in_a_sentence(text):
    with pytest.raises(RefusedLoad, match=r"m\.json cannot be used"):
        read_mapping(text, LAYOUTS, name="m.json")
