"""What a cohort is compared with: the choice, its place in the address, and what is refused."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from ledger import open_ledger
from ledger.demonstration import enable_demonstration_people
from ledger.saved_cohorts import NoSuchCohort
from tests.ui import populated
from tests.ui.doorstep import heading, join, visit_as
from tests.ui.test_cohort_bar import COHORTS, press
from ui.cohort_link import Choice
from ui.comparison import NoComparison, compared, year_before
from ui.disclosure import Gate
from ui.saved_cohorts import Opened
from vcore import CohortFilter

CLOSED, OPEN = Gate(sees_small=False), Gate(sees_small=True)
STORE = populated.store()
FACTS = pd.DataFrame(populated.children())
HOMES = CohortFilter(settings=("residential",))
SAVED = {
    "homes": Opened("Homes", HOMES, None),
    "girls": Opened("Girls", CohortFilter(sexes=("F",)), None),
    "then": Opened("Then", CohortFilter(), date(2025, 12, 31)),
    "few": Opened("Few", CohortFilter(setting_details=("unregistered",)), None),
    "none": Opened("None", CohortFilter(age_min=24), None),
}


def open_saved(code: str) -> Opened:
    if code not in SAVED:
        raise NoSuchCohort(code)
    return SAVED[code]


def ask(choice: Choice, gate: Gate = OPEN):
    return compared(choice, STORE.cohort(choice.filter, choice.as_of), gate, STORE.cohort, open_saved)


def test_everyone_else_unless_chosen():
    found = ask(Choice(HOMES))
    assert found.words == "everyone else"
    assert len(found.cohort) == len(FACTS) - FACTS["setting_detail"].str.endswith("_residential").sum()


def test_all_children():
    found = ask(Choice(HOMES, compare="all"))
    assert (found.words, len(found.cohort)) == ("all children", len(FACTS))


def test_a_saved_cohort_is_asked_afresh():
    found = ask(Choice(HOMES, compare="saved:girls"))
    assert (found.words, len(found.cohort)) == ("“Girls”", (FACTS["sex"] == "F").sum())
    assert ask(Choice(HOMES, compare="saved:then")).cohort.as_of == date(2025, 12, 31)  # its own date
    assert ask(Choice(HOMES, date(2025, 12, 31), "saved:girls")).cohort.as_of == date(2025, 12, 31)


@pytest.mark.parametrize("apart", [0, 3, 9, 10])
def test_a_saved_cohort_a_few_children_away_is_refused_to_a_director(apart):
    """All residential children but `apart` are boys; those not in residential are many of both."""
    children = populated.children()
    homes = [row for row in children if row["setting_detail"].endswith("_residential")]
    for place, row in enumerate(homes):
        row.update(sex="F" if place < apart else "M", weekly_cost_gbp=3_000.0 + place, scores=[4] * 13)
    store = populated.Store.of_tables(
        populated.tables(children), as_of=populated.AS_OF, needs=populated.NEEDS, demonstration=True
    )
    choice = Choice(CohortFilter(settings=("residential",), sexes=("M",)), compare="saved:homes")
    own = store.cohort(choice.filter)
    assert len(compared(choice, own, OPEN, store.cohort, open_saved).cohort) == len(homes)
    if 1 <= apart <= 9:
        with pytest.raises(NoComparison, match="differ by only a few"):
            compared(choice, own, CLOSED, store.cohort, open_saved)
    else:
        assert len(compared(choice, own, CLOSED, store.cohort, open_saved).cohort) == len(homes)


def test_too_few_children_stand_beside_nobodys():
    few = CohortFilter(setting_details=("unregistered",))
    with pytest.raises(NoComparison, match="These children are too few"):
        ask(Choice(few, compare="saved:girls"), CLOSED)
    with pytest.raises(NoComparison, match="In “Few” are too few"):
        ask(Choice(HOMES, compare="saved:few"), CLOSED)
    assert len(ask(Choice(HOMES, compare="saved:few")).cohort) == 3


def test_an_earlier_date_keeps_the_filter():
    found = ask(Choice(HOMES, compare="2025-12-31"))
    assert found.words == "those on 31 December 2025"
    assert found.cohort.as_of == date(2025, 12, 31)
    assert found.cohort.filter == HOMES


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(compare="bogus"), "compare=bogus names nothing"),
        (Choice(compare="2025-13-01"), "compare=2025-13-01 names nothing"),
        (Choice(compare="x" * 900), "compare=" + "x" * 40 + " names"),
        (Choice(compare="2026-03-31"), "31 March 2026 is not before 31 March 2026"),
        (Choice(as_of=date(2025, 12, 31), compare="2026-01-31"), "not before 31 December 2025"),
        (Choice(compare="1999-03-31"), "Nobody was in care on 31 March 1999"),
        (Choice(CohortFilter(age_min=18), compare="2025-12-31"), "Nobody fits these filters on 31 December"),
        (Choice(compare="saved:gone"), "no saved cohort “gone” for you"),
        (Choice(compare="saved:none"), "Nobody fits “None” in the data of 31 March 2026"),
    ],
)
def test_what_cannot_be_had_has_a_sentence(choice, said):
    with pytest.raises(NoComparison, match=said):
        ask(choice)


def test_two_dates_a_few_children_apart_are_not_told_side_by_side():
    later = populated.children()
    for place in range(3):
        later[place]["started_on"] = date(2026, 3, 30)  # they came the day before
    store = populated.Store.of_tables(
        populated.tables(later), as_of=populated.AS_OF, needs=populated.NEEDS, demonstration=True
    )
    choice = Choice(compare="2026-03-29")
    with pytest.raises(NoComparison, match="differ by only a few"):
        compared(choice, store.cohort(), CLOSED, store.cohort, open_saved)
    assert len(compared(choice, store.cohort(), OPEN, store.cohort, open_saved).cohort) == len(later) - 3


@pytest.mark.parametrize(
    ("day", "before"),
    [(date(2026, 3, 31), date(2025, 3, 31)), (date(2024, 2, 29), date(2023, 2, 28))],
)
def test_twelve_months_before(day, before):
    assert year_before(day) == before


@pytest.fixture
def ledger(data_folder):
    populated.publish_children(data_folder)
    ledger = open_ledger(data_folder)
    enable_demonstration_people(ledger)
    return ledger


def test_a_stale_comparison_is_named_and_the_page_goes_on(ledger, visitor):
    join(ledger, "ann", "director")
    app = visit_as(visitor, ledger, "ann", COHORTS)
    app.query_params["compare"] = "2031-03-31"
    del app.session_state["cohort_choice"]  # as in a tab that opens with this link
    app.run()
    assert "31 March 2031 is not before" in app.warning[0].value
    assert heading(app)  # and the rest of the page is there
    assert dict(app.query_params) == {"compare": "2031-03-31"}
    press(app, "comparison-accept")
    assert not app.warning
    assert dict(app.query_params) == {}
    press(app, "cohort-undo")
    assert "31 March 2031" in app.warning[0].value


def test_a_page_that_compares_nothing_offers_nothing(ledger, visitor):
    join(ledger, "ann", "director")
    scenario = COHORTS.parents[1] / "decide" / "scenario.py"
    app = visit_as(visitor, ledger, "ann", scenario)
    app.query_params["compare"] = "bogus"
    del app.session_state["cohort_choice"]
    app.run()
    assert not [each for each in app.warning if "bogus" in each.value] and not app.exception
    assert app.query_params["compare"] in ("bogus", ["bogus"])  # kept for the pages that use it
