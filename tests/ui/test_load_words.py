"""What a load would change, in words: worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from ui.disclosure import Gate
from ui.load_words import KINDS, date_of_pages, held_back, missing, reconciled, rows, sentence
from vcore.facts.columns import STORED_TABLES
from vcore.store.difference import Change, Difference, Standing
from vcore.store.preview import ABOUT_CHILDREN

OPEN, SHUT = Gate(sees_small=True), Gate(sees_small=False)
NOTHING = Change(0, 0.0)


def standing(weekly: float, children: int = 100, costed: int = 100, day=date(2026, 3, 31)) -> Standing:
    return Standing(day, children, costed, children, weekly)


def change(before: float = 100_000.0, after: float = 102_100.0, **kinds) -> Difference:
    whole = dict.fromkeys(("joined", "left", "moved", "repriced", "cost_found", "cost_lost"), NOTHING) | kinds
    return Difference(standing(before), standing(after, day=date(2026, 4, 30)), **whole, assessed=12)


def test_the_sentence_counts_who_came_and_left_and_what_prices_did():
    told = sentence(change(joined=Change(14, 9e3), left=Change(9, -7e3), repriced=Change(31, 100.0)), OPEN)
    assert told == "+14 children, −9, 31 price changes: total +2.1%."


@pytest.mark.parametrize(
    ("kinds", "after", "told"),
    [
        ({}, 100_000.0, "Nobody came or left, no price changes: total 0%."),
        (
            {"joined": Change(1, 1.0), "repriced": Change(1, 1.0)},
            95_000.0,
            "+1 child, nobody left, 1 price change: total −5%.",
        ),
        ({"left": Change(2, -1.0)}, 50_000.0, "Nobody came, −2, no price changes: total −50%."),
    ],
)
def test_the_sentence_fits_small_changes_and_none(kinds, after, told):
    assert sentence(change(after=after, **kinds), OPEN) == told


def test_an_authority_that_is_new_is_said_to_be():
    assert sentence(standing(412_300.0), OPEN) == (
        "This authority is new here: 100 children in care on 31 March 2026, £412,300 a week."
    )


def test_a_total_that_was_nothing_has_no_share():
    assert "total" not in sentence(change(before=0.0), OPEN) and "nothing had a cost before" in sentence(
        change(before=0.0), OPEN
    )


@pytest.mark.parametrize(
    ("before", "after", "own", "told"),
    [
        (date(2026, 3, 31), date(2026, 3, 31), date(2026, 3, 31), ""),
        (None, date(2026, 3, 31), date(2026, 3, 31), ""),
        (
            date(2026, 3, 31),
            date(2026, 3, 31),
            date(2026, 4, 30),
            "Yours show 31 March 2026 until newer files of the others",
        ),
        (date(2026, 4, 30), date(2021, 3, 31), date(2021, 3, 31), "from 30 April 2026 back to 31 March 2021"),
    ],
)
def test_a_load_says_what_it_does_to_the_date_of_all_pages(before, after, own, told):
    said = held_back(before, after, own)
    assert told in said and bool(told) == bool(said)


@pytest.mark.parametrize(
    ("loaded", "told"),
    [
        ({"North": 31}, ""),
        ({"North": 31, "South": 31}, ""),
        (
            {"North": 31, "South": 1},
            "Yours show 1 March 2026: South is loaded no further. Newer files of South",
        ),
        (
            {"East": 1, "North": 31, "South": 1},
            "Yours show 1 March 2026: East and South are loaded no further.",
        ),
    ],
)
def test_who_holds_the_date_of_pages_back_is_named(loaded, told):
    said = date_of_pages({name: date(2026, 3, day) for name, day in loaded.items()})
    assert told in said and bool(told) == bool(said)


def test_all_that_a_load_may_lack_has_words():
    assert set(KINDS) == {*STORED_TABLES, *ABOUT_CHILDREN}
    assert missing(["cost", "ehcp"]).startswith(
        "What is live holds this and these files do not: costs, EHCP."
    )


def test_small_numbers_are_hidden_from_who_may_not_see_them():
    told = sentence(change(joined=Change(3, 900.0)), SHUT)
    assert told.startswith("+c children")
    one = sentence(change(joined=Change(1, 900.0), repriced=Change(1, 100.0)), SHUT)
    assert one.startswith("+c children, nobody left, c price changes: ")  # the singular would say it is one
    came = rows(change(joined=Change(3, 900.0)), SHUT)[0]
    assert (came["Children"], came["£ a week"]) == ("c", "c")


def test_the_rows_say_every_kind_and_both_totals():
    told = {row["What changes"]: row for row in rows(change(left=Change(12, -4_000.0)), OPEN)}
    assert told["Children who left"]["£ a week"] == "−£4,000"
    assert told["Children who came"]["£ a week"] == "£0"
    assert told["All children, 31 March 2026 to 30 April 2026"]["£ a week"] == "£100,000 → £102,100"
    assert told["Children with a newer assessment"]["Children"] == "12"


@pytest.mark.parametrize(
    ("control", "told"),
    [
        (None, "No control total was given. The files come to £412,300 a week."),
        (412_300.0, "The files come to £412,300 a week: the same as finance's total."),
        (412_000.0, "Finance has £412,000: the files are £300 (0.1%) more."),
        (500_000.0, "Finance has £500,000: the files are £87,700 (18%) less."),
        (0.0, "Finance has £0: the files are £412,300 more."),
    ],
)
def test_finance_s_total_is_reconciled_with_the_variance(control, told):
    assert reconciled(standing(412_300.0), control, OPEN).endswith(told)


def test_children_without_a_cost_are_said_beside_the_total():
    assert "6 of 100 children without a cost" in reconciled(standing(412_300.0, costed=94), 412_300.0, OPEN)
