"""Places by month and who has words of their own recorded, from tables made by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd

from tests.small import AS_OF, NEEDS, child, tables
from vcore import Store
from vcore.tables import checked

CAPACITY = pd.DataFrame(
    [
        ("North", "in_house_fostering", date(2025, 9, 1), 9, 9),
        ("North", "in_house_fostering", date(2025, 12, 1), 10, 8),
        ("North", "in_house_fostering", date(2026, 3, 1), 11, 7),
        ("North", "in_house_fostering", date(2026, 4, 1), 12, 1),  # after the date
    ],
    columns=["authority", "setting_detail", "month", "places_approved", "places_filled"],
)


def store() -> Store:
    made = tables(
        [
            child("a", child_view="I like it here."),
            child("b", child_view="  "),
            child("c", child_view=None),
            child("d", child_view="Later.", assessed_on=date(2026, 5, 1)),
        ]
    )
    return Store.of_tables(checked(made | {"capacity": CAPACITY}, NEEDS), as_of=AS_OF, needs=NEEDS)


def test_places_of_the_last_months_to_a_date():
    found = store().places_by_month(6)
    assert found[["month", "approved", "filled"]].values.tolist() == [
        [pd.Timestamp(2025, 12, 1), 10, 8],
        [pd.Timestamp(2026, 3, 1), 11, 7],
    ]
    assert store().places_by_month(7, date(2026, 4, 1))["filled"].tolist() == [8, 7, 1]


def test_who_has_said_something_by_a_date():
    opened = store()
    assert opened.with_own_words(["a", "b", "c", "d", "e"]) == {"a"}
    assert opened.with_own_words(["a", "d"], date(2026, 5, 1)) == {"a", "d"}
    assert opened.with_own_words([]) == frozenset()
