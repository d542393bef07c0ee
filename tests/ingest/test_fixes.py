"""Corrections a reader may ask for: offered where they would help, made where they are needed, always accounted for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.ingest.care import episodes, header, shown
from tests.ingest.folders import AS_OF, KEY, TWO_DOMAINS, assert_balanced, codes, faults, write
from vcore.errors import InvalidChoice
from vcore.ingest import Reading, read
from vcore.ingest.fixes import FIXES, signed
from vcore.ingest.rules import RULES

CARE = {"h.csv": header("1", "02"), "e.csv": episodes({"DECOM": "01/01/2024", "RNE": "S"})}


def fixed(folder: Path, files: dict[str, str], *fixes: str) -> Reading:
    found = read(
        write(folder, CARE | files), authority="North", as_of=AS_OF, key=KEY, needs=TWO_DOMAINS, fixes=fixes
    )
    assert_balanced(found)
    return found


def needs(*scores: tuple[str, str]) -> str:
    rows = (f"1,{day + 1:02d}/01/2025,{school},{health}" for day, (school, health) in enumerate(scores))
    return "CHILD,ASSESSED_ON,school,health\n" + "\n".join(rows) + "\n"


def fees(*costs: str, columns: str = "WEEKLY_COST") -> str:
    rows = (f"1,01/{month + 1:02d}/2024,28/{month + 1:02d}/2024,{cost}" for month, cost in enumerate(costs))
    return f"CHILD,START,END,{columns}\n" + "\n".join(rows) + "\n"


HUNDRED = needs(("60", "45"), ("0", "100"), ("4", "oops"), ("101", "20"))
TEN_IS_SAFE = "CHILD,ASSESSED_ON,DOMAIN,SCORE\n" + "".join(
    f"1,{day:02d}/{month:02d}/2025,{domain},{score}\n"
    for month in (1, 2)
    for day in range(1, 28)
    for domain, score in (("school", 9), ("health", 8))
)
YEARLY = fees(
    '"£52,000",',
    "104000,",
    "26000.00,26000",
    "52000,13000,39000",
    "52000,",
    columns="WEEKLY_COST,SOCIAL_CARE",
).replace("52000,13000,39000", "52000,52000.52")
LOST = "CHILD,SDQ_SCORE\n2,14\n1,15\n3,16\n"
MONTH_FIRST = "CHILD,ASSESSED_ON,school,health\n1,01/13/2025,1,2\n1,02/14/2025,3,4\n1,03/04/2025,5,6\n"


def scores(found: Reading) -> list[list[int]]:
    return [list(each) for each in found.tables["assessment"].sort_values("assessed_on")["scores"]]


@pytest.mark.parametrize(
    ("cost", "offered"),
    [('"5,4OO"', True), ("4o0.50", True), ("oops", False), ("n/k", False), ("12a", False)],
)
def test_the_letter_o_is_offered_only_where_it_stands_among_digits(tmp_path, cost, offered):
    found = fixed(tmp_path, {"c.csv": fees("400", cost)})
    assert "NUMBER_UNREADABLE" in codes(found)
    assert ("LETTER_O" in {offer.fix for offer in found.report.offers}) is offered


def test_scores_out_of_100_block_and_are_divided_when_asked(tmp_path):
    found = fixed(tmp_path, {"n.csv": HUNDRED})
    assert found.refused
    (offer,) = [each for each in found.report.offers if each.fix == "SCALE_100"]
    assert (offer.rule, offer.file, offer.label) == ("SCORES_OUT_OF_100", "n.csv", "Divide scores by 10")
    mended = fixed(tmp_path, {"n.csv": HUNDRED}, "SCALE_100")
    assert scores(mended) == [[6, 5], [0, 10]]  # 45 is 4.5, rounded up; a text and 101 stay what they are
    (made,) = mended.report.corrections
    assert (made.code, made.file, made.column, made.rows) == ("SCALE_100", "n.csv", "scores", 4)
    assert faults(mended) - {"CHILD_ONLY_IN_HEADER"} == {"NUMBER_UNREADABLE", "NUMBER_OUT_OF_RANGE"}


def test_scores_on_which_ten_is_safe_are_turned_round_when_asked(tmp_path):
    assert "SCORES_REVERSED" in codes(fixed(tmp_path, {"n.csv": TEN_IS_SAFE}))
    mended = fixed(tmp_path, {"n.csv": TEN_IS_SAFE}, "SCALE_REVERSED")
    assert scores(mended) == [[1, 2]] * 54
    assert mended.report.corrections[0].rows == 108
    assert "SCORES_REVERSED" not in codes(mended)


def test_pounds_a_year_become_pounds_a_week_with_every_part(tmp_path):
    assert fixed(tmp_path, {"c.csv": YEARLY}).refused
    mended = fixed(tmp_path, {"c.csv": YEARLY}, "COST_PER_YEAR")
    told = shown(mended, "cost", "weekly_cost_gbp", "social_care_cost_gbp")
    assert told == [(1000, 1000), (2000, 2000), (500, 500), (1000, 1000.01), (1000, 1000)]
    assert {(made.column, made.rows) for made in mended.report.corrections} == {
        ("WEEKLY_COST", 5),
        ("SOCIAL_CARE", 2),
    }


def test_pounds_a_day_become_pounds_a_week(tmp_path):
    daily = fees("100", "£120.50", "110", "130", "90")
    assert fixed(tmp_path, {"c.csv": daily}).refused
    mended = fixed(tmp_path, {"c.csv": daily}, "COST_PER_DAY")
    assert [row[0] for row in shown(mended, "cost", "weekly_cost_gbp")] == [700, 843.5, 770, 910, 630]


def test_dates_month_first_are_turned(tmp_path):
    found = fixed(tmp_path, {"n.csv": MONTH_FIRST})
    assert found.refused
    assert {offer.fix for offer in found.report.offers} == {"DAY_MONTH_SWAPPED"}
    mended = fixed(tmp_path, {"n.csv": MONTH_FIRST}, "DAY_MONTH_SWAPPED")
    days = mended.tables["assessment"]["assessed_on"].sort_values()
    assert [f"{day:%Y-%m-%d}" for day in days] == ["2025-01-13", "2025-02-14", "2025-03-04"]
    assert mended.report.corrections[0].column == "ASSESSED_ON"


def test_lost_noughts_come_back_only_for_a_child_of_the_header(tmp_path):
    assert "LEADING_NOUGHTS" in {offer.fix for offer in fixed(tmp_path, {"s.csv": LOST}).report.offers}
    mended = fixed(tmp_path, {"s.csv": LOST}, "LEADING_NOUGHTS")
    assert sorted(mended.tables["child"]["sdq_score"].dropna()) == [14, 15]
    assert mended.report.corrections[0].rows == 1


def test_a_letter_o_is_read_as_a_nought_and_no_other_word_is(tmp_path):
    sent = {"c.csv": fees('"5,4OO"', "none", "oops", "5oo")}
    mended = fixed(tmp_path, sent, "LETTER_O")
    assert [row[0] for row in shown(mended, "cost", "weekly_cost_gbp")] == [5400, 500]
    assert mended.report.corrections[0].rows == 2


def test_shares_in_per_cent_become_pounds(tmp_path):
    sent = {
        "c.csv": fees("1000,75,25", "1000,900,100", "100,60,40", columns="WEEKLY_COST,SOCIAL_CARE,EDUCATION")
    }
    assert "SHARES_IN_PERCENT" in codes(fixed(tmp_path, sent))
    mended = fixed(tmp_path, sent, "SHARES_PERCENT")
    parts = shown(mended, "cost", "social_care_cost_gbp", "education_cost_gbp")
    assert parts == [(750, 250), (900, 100), (60, 40)]


@pytest.mark.parametrize("code", FIXES)
def test_a_fix_that_is_not_needed_changes_nothing_and_is_not_told(code, tmp_path):
    found = fixed(tmp_path, {"n.csv": needs(("1", "2"), ("3", "0")), "c.csv": fees("500")}, code)
    assert found.report.corrections == ()
    assert scores(found) == [[1, 2], [3, 0]]


@pytest.mark.parametrize("code", FIXES)
def test_every_fix_belongs_to_a_rule(code):
    assert code in {rule.fix for rule in RULES.values()}
    assert FIXES[code].told.endswith(".")


def test_a_fix_that_does_not_exist_names_the_nearest(tmp_path):
    with pytest.raises(InvalidChoice, match="SCALE_100"):
        fixed(tmp_path, {}, "SCALE_1OO")


def test_a_correction_is_signed_and_said_in_the_report(tmp_path):
    mended = fixed(tmp_path, {"n.csv": HUNDRED}, "SCALE_100")
    at = datetime(2026, 4, 1, 9, tzinfo=UTC)
    (made,) = signed(mended.report.corrections, "ana", at)
    assert (made.by, made.at) == ("ana", at)
    assert "corrected as asked (SCALE_100): n.csv, scores: 4 rows." in mended.report.as_text()
