"""Structure of the demonstration's history: chains without gaps, nothing outside care, ages that fit."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.demo.conftest import database
from vcore.demo import AUTHORITIES
from vcore.facts.domains import NeedModel
from vcore.facts.placements import SETTING_OF, setting_detail
from vcore.tables import checked

BIRTHDAY_18 = "child.birth_month + INTERVAL 18 YEAR"


def none(rows, sql):
    """No row answers the query."""
    return not rows.execute(f"SELECT * FROM ({sql}) LIMIT 1").fetchall()


def one(rows, sql):
    return rows.execute(sql).fetchone()[0]


def test_tables_fit_the_model(tables):
    for name, frame in checked(tables, NeedModel()).items():
        pd.testing.assert_frame_equal(frame, tables[name])


def test_ids_are_pseudonyms_and_every_row_knows_its_council(rows, tables):
    ids = tables["child"]["child_id"]
    assert ids.is_unique
    assert ids.str.fullmatch("[0-9a-f]{16}").all()
    assert set(tables["child"]["authority"]) == set(AUTHORITIES)
    for table in ("care", "placement", "cost", "assessment"):
        assert none(
            rows,
            f"SELECT * FROM {table} AS t LEFT JOIN child ON child.child_id = t.child_id"
            " WHERE child.authority IS DISTINCT FROM t.authority",
        ), table


@pytest.mark.parametrize("table", ["placement", "care"])
def test_rows_chain_from_the_first_day_of_care_to_the_last(rows, table):
    chain = f"""
        SELECT period.care_started_on, period.care_ended_on, t.started_on, t.ended_on,
            lag(t.ended_on) OVER run AS before, lead(t.started_on) OVER run AS after
        FROM (SELECT DISTINCT child_id, care_started_on, care_ended_on FROM care) AS period
        JOIN {table} AS t ON t.child_id = period.child_id AND t.started_on >= period.care_started_on
            AND (period.care_ended_on IS NULL OR t.started_on < period.care_ended_on)
        WINDOW run AS (PARTITION BY period.child_id, period.care_started_on ORDER BY t.started_on)
    """
    assert one(rows, f"SELECT count(*) FROM ({chain})") == one(rows, f"SELECT count(*) FROM {table}")
    assert none(rows, f"FROM ({chain}) WHERE started_on <> coalesce(before, care_started_on)")
    assert none(rows, f"FROM ({chain}) WHERE after IS NULL AND ended_on IS DISTINCT FROM care_ended_on")
    assert none(rows, f"FROM ({chain}) WHERE ended_on <= started_on")


def test_periods_of_one_child_do_not_overlap_and_some_children_came_back(rows):
    periods = "SELECT DISTINCT child_id, care_started_on, care_ended_on FROM care"
    pairs = f"""
        FROM ({periods}) AS one JOIN ({periods}) AS two
        ON one.child_id = two.child_id AND one.care_started_on < two.care_started_on
    """
    assert none(
        rows,
        f"SELECT one.child_id {pairs} WHERE one.care_ended_on IS NULL OR one.care_ended_on >= two.care_started_on",
    )
    assert one(rows, f"SELECT count(*) {pairs}") > 100


def test_each_child_in_care_has_one_open_placement_and_nobody_else_has_any(rows):
    open_placements = "SELECT child_id FROM placement WHERE ended_on IS NULL"
    assert one(rows, f"SELECT count(*) FROM ({open_placements})") == 3528
    assert one(rows, f"SELECT count(DISTINCT child_id) FROM ({open_placements})") == 3528
    in_care = "SELECT child_id FROM care WHERE care_ended_on IS NULL"
    assert none(rows, f"({open_placements}) EXCEPT ({in_care})")
    assert one(rows, "SELECT count(*) FROM kid") == 3528


def test_nobody_is_looked_after_before_birth_or_from_eighteen(rows):
    lives = (
        f"SELECT *, child.birth_month AS born, {BIRTHDAY_18} AS grown FROM care JOIN child USING (child_id)"
    )
    assert none(rows, f"FROM ({lives}) WHERE care_started_on < born")
    assert none(rows, f"FROM ({lives}) WHERE care_ended_on > grown")
    assert rows.execute("SELECT min(age), max(age) FROM kid").fetchone() == (0, 17)


def test_nobody_enters_supported_accommodation_before_sixteen(rows):
    assert none(
        rows,
        "FROM placement JOIN child USING (child_id)"
        " WHERE setting = 'semi_independent' AND started_on < birth_month + INTERVAL 16 YEAR",
    )
    assert one(rows, "SELECT min(age) FROM kid WHERE setting = 'semi_independent'") == 16


def test_settings_follow_from_codes(tables):
    placed = tables["placement"]
    unregistered = placed["setting_detail"] == "unregistered"
    codes = ["place_code", "provider_code", "setting_detail", "setting"]
    for row in placed.loc[~unregistered, codes].drop_duplicates().itertuples():
        assert setting_detail(row.place_code, row.provider_code) == row.setting_detail
    assert (placed["setting"] == placed["setting_detail"].map(SETTING_OF)).all()
    assert (placed["kinship"] == placed["place_code"].isin(["U1", "U2", "U3"])).all()
    lasted = placed[placed["ended_on"].notna()]
    assert (lasted["breakdown"] == lasted["end_reason"].isin(
        ["CREQB", "CREQO", "CHILD", "ALLEG", "STAND", "APPRR", "LAREQ", "CLOSE"])).all()  # fmt: skip


def test_codes_are_those_of_their_return_year(rows):
    assert none(rows, "FROM placement WHERE place_code = 'K3' AND started_on < DATE '2024-04-01'")
    assert none(rows, "FROM placement WHERE place_code IN ('H5', 'P2') AND started_on >= DATE '2024-04-01'")
    assert none(rows, "FROM placement WHERE place_code LIKE 'Z1_' AND started_on < DATE '2025-04-01'")


@pytest.mark.parametrize("year", range(2021, 2026))
def test_any_date_of_the_last_five_years_has_a_plausible_population(tables, year):
    then = database(tables, date(year, 3, 31))
    children, homes, oldest, assessed_late = then.execute(
        "SELECT count(*), avg((setting = 'residential')::INTEGER), max(age),"
        " avg((assessed_on < $day - INTERVAL 400 DAY)::INTEGER) FROM kid",
        {"day": date(year, 3, 31)},
    ).fetchone()
    assert 3_000 <= children <= 3_650
    assert 0.13 <= homes <= 0.17
    assert oldest == 17
    assert assessed_late < 0.01


def test_last_month_saw_children_come_leave_move_and_change_price(tables, rows):
    before = database(tables, date(2026, 2, 28))
    then = {
        name: rest
        for name, *rest in before.execute("SELECT child_id, setting_detail, cost FROM kid").fetchall()
    }
    now = {
        name: rest
        for name, *rest in rows.execute("SELECT child_id, setting_detail, cost FROM kid").fetchall()
    }
    assert 50 <= len(now.keys() - then.keys()) <= 200
    assert 50 <= len(then.keys() - now.keys()) <= 200
    both = then.keys() & now.keys()
    assert sum(then[name][0] != now[name][0] for name in both) > 20
    assert sum(then[name][1] != now[name][1] for name in both) > 20
