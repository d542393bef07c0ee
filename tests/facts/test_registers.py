"""The registers of facts hold together, and say what the designs say."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pydantic import ValidationError

from vcore.errors import InvalidChoice
from vcore.facts import assumptions, codes, columns, placements
from vcore.facts.domains import CutPoints, Domain, NeedModel

SHARED = Path(__file__).resolve().parents[3] / "shared" / "design" / "columns.csv"


@pytest.mark.parametrize(
    ("place", "provider", "detail", "setting"),
    [
        ("U1", "PR1", "in_house_fostering", "fostering"),
        ("U6", "PR4", "independent_fostering", "fostering"),
        ("U4", "PR5", "independent_fostering", "fostering"),
        ("U4", "PR3", "other_authority_fostering", "fostering"),
        ("K2", "PR1", "in_house_residential", "residential"),
        ("R1", "PR4", "private_residential", "residential"),
        ("S1", "PR2", "other_authority_residential", "residential"),
        ("K1", "PR1", "secure_home", "residential"),
        ("R2", "PR4", "specialist_residential", "residential"),
        ("R3", "PR4", "specialist_residential", "residential"),
        ("R5", "PR3", "specialist_residential", "residential"),
        ("K3", "PR4", "semi_independent", "semi_independent"),
        ("H5", "PR4", "semi_independent", "semi_independent"),
        ("P2", "PR4", "semi_independent", "semi_independent"),
        ("P1", "PR0", "with_parents", "parents_or_adoption"),
        ("A3", "PR1", "for_adoption", "parents_or_adoption"),
        ("A6", "PR4", "for_adoption", "parents_or_adoption"),
        ("Z1", "PR4", "other", "other"),
        ("Z14", "PR4", "other", "other"),
        ("P3", "PR4", "other", "other"),
    ],
)
def test_every_years_placement_codes_have_a_setting(place, provider, detail, setting):
    assert placements.setting_detail(place, provider) == detail
    assert placements.SETTING_OF[detail] == setting


def test_unregistered_wins_over_any_code_and_temporary_codes_have_no_setting_of_their_own():
    assert placements.setting_detail("K2", "PR4", registered=False) == "unregistered"
    assert placements.setting_detail("K2", "PR4", registered=None) == "private_residential"
    with pytest.raises(KeyError):
        placements.setting_detail("T1", "PR4")
    with pytest.raises(KeyError):
        placements.setting_detail("R4", "PR4")  # there is no R4


def test_kinship_is_its_own_question():
    assert [code for code in sorted(placements.FOSTERING) if placements.is_kinship(code)] == [
        "U1",
        "U2",
        "U3",
    ]


def test_ethnicity_groups_hold_every_code_once():
    assert len(codes.ETHNICITY_OF) == 20
    assert set(codes.ETHNICITY_OF.values()) == set(codes.ETHNICITIES)


def test_every_assumption_has_a_range_a_source_and_an_owner():
    for key, found in assumptions.register().items():
        assert found.low <= found.value <= found.high, key
        assert found.source and found.owner and found.unit and len(found.rationale) > 20, key
        assert (found.quality == "placeholder") == found.source.startswith("placeholder"), key
    with pytest.raises(InvalidChoice, match="weeks_per_year"):
        assumptions.assumption("weeks_a_year")


@pytest.mark.skipif(not SHARED.exists(), reason="the design folder is not beside the repository")
def test_every_column_of_the_design_is_in_the_model():
    with SHARED.open(encoding="utf-8") as file:
        wanted = {row["column"] for row in csv.DictReader(file)}
    ours = {column.column for column in columns.registry()}
    assert wanted - ours == {
        "<domain>",
        "need_<domain>",
    }  # scores are one list column, need_ columns follow it


def test_ddl_names_every_column_once_with_its_type():
    made = columns.ddl("capacity")
    assert made == (
        'CREATE TABLE main.capacity ("authority" VARCHAR NOT NULL, "setting_detail" VARCHAR NOT NULL, '
        '"month" DATE NOT NULL, "places_approved" INTEGER NOT NULL, "places_filled" INTEGER NOT NULL)'
    )
    for table in columns.STORED_TABLES:
        assert len(set(columns.names(table))) == len(columns.names(table))
    with pytest.raises(KeyError):
        columns.columns("carers")


@pytest.mark.parametrize(
    "broken",
    [
        {"domains": ()},
        {"domains": (Domain(id="total", label="Total"),)},
        {"domains": (Domain(id="home", label="Home"), Domain(id="home", label="Again"))},
        {"maximum": 6},  # severe starts at 7
    ],
)
def test_an_impossible_need_model_cannot_be_made(broken):
    with pytest.raises(ValidationError):
        NeedModel(**broken)


def test_cut_points_rise_and_say_themselves():
    with pytest.raises(ValidationError, match="must rise"):
        CutPoints(minor=1, moderate=7, severe=7)
    assert CutPoints().describe() == "minor 1–3, moderate 4–6, severe and complex 7 or more"
    assert (
        CutPoints(minor=1, moderate=2, severe=6).describe()
        == "minor 1, moderate 2–5, severe and complex 6 or more"
    )
