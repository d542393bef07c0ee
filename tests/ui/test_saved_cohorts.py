"""Saved cohorts on the screen: saving, opening, comparing, and what a stale one says."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ledger import open_ledger, saved_cohorts
from ledger.demonstration import enable_demonstration_people
from ledger.people import Person, find_person
from ledger.rights import Role
from ledger.tables import COHORTS
from tests.ui import populated
from tests.ui.doorstep import MAIN, cookie_of, join, words
from tests.ui.test_cohort_bar import COHORTS as PAGE
from tests.ui.test_cohort_bar import press, size
from ui.cohort_link import Choice
from ui.doorway import COOKIE
from ui.saved_cohorts import CannotOpen, opened, written
from vcore import CohortFilter

FACTS = pd.DataFrame(populated.children())
HOMES = FACTS[FACTS["setting_detail"].str.endswith("_residential")]
FILTER = CohortFilter(settings=("residential",))


@pytest.fixture
def ledger(data_folder):
    """The ledger of an app that holds the generated children."""
    populated.publish_children(data_folder)
    ledger = open_ledger(data_folder)
    enable_demonstration_people(ledger)
    return ledger


def save(ledger, username, name="Homes", chosen=FILTER, **details):
    person = find_person(ledger, username)
    text = written(Choice(chosen)) if isinstance(chosen, CohortFilter) else chosen
    return saved_cohorts.save_cohort(ledger, person, name=name, filter=text, **details)


def open_page(ledger, visitor, username, **parameters):
    """The page's list of saved cohorts as somebody finds it in a fresh tab, at a link."""
    visitor.cookies[COOKIE] = cookie_of(ledger, username)
    app = AppTest.from_file(MAIN, default_timeout=30)
    app.query_params.update({"view": "saved"} | parameters)
    return app.run().switch_page(str(PAGE)).run()


def said(app) -> str:
    """The large numbers and the words under them."""
    return "".join(str(each.proto) for each in app.get("html"))


def test_a_saved_cohort_is_opened_from_the_list_and_undone(ledger, visitor):
    join(ledger, "ann", "director")
    app = open_page(ledger, visitor, "ann")
    assert "No cohort is saved yet" in words(app)
    code = save(ledger, "ann")
    app.run()
    press(app, f"open-{code}")
    assert size(app).startswith(f"{len(HOMES)} children")
    assert dict(app.query_params) == {"settings": "residential", "view": "saved"}
    press(app, "cohort-undo")
    assert size(app).startswith(f"All {len(FACTS)} children")


def test_a_saved_cohort_becomes_the_comparison_and_lasts_in_the_link(ledger, visitor):
    join(ledger, "ann", "commissioner")
    code = save(ledger, "ann")
    app = open_page(ledger, visitor, "ann", sexes="F")
    press(app, f"compare-{code}")
    assert dict(app.query_params) == {"sexes": "F", "compare": f"saved:{code}", "view": "saved"}
    mean = HOMES["weekly_cost_gbp"].mean()
    assert f"(£{mean:,.0f} for “Homes”)" in said(app)
    saved_cohorts.delete_cohort(ledger, code, find_person(ledger, "ann"))
    app.run()
    assert f"no saved cohort “{code}” for you" in app.warning[0].value
    assert "for everyone else)" in said(app)  # and the rest of the page is there


def test_a_comparison_that_somebody_keeps_to_themselves_is_not_named(ledger, visitor):
    join(ledger, "ann", "commissioner")
    join(ledger, "bob", "commissioner")
    code = save(ledger, "ann", "Secret plans")
    app = open_page(ledger, visitor, "bob", compare=f"saved:{code}")
    assert f"no saved cohort “{code}”" in app.warning[0].value
    assert "Secret plans" not in words(app)


@pytest.mark.parametrize(
    ("chosen", "as_of", "why"),
    [
        (CohortFilter(providers=("Home 1",)), None, "Your role may not filter by provider"),
        (CohortFilter(authorities=("Atlantis",)), None, "There is no authority called “Atlantis”"),
        (CohortFilter(), date(2031, 3, 31), "31 March 2031 is later than what is loaded"),
        ('{"settings":["residential"],"mood":"calm"}', None, "this version of the app does not know"),
        ("no json", None, "this version of the app does not know"),
        (CohortFilter(age_min=24), None, "Nobody fits “Odd” in the data of 31 March 2026"),
    ],
)
def test_what_cannot_be_opened_says_why_and_the_rest_works(ledger, visitor, chosen, as_of, why):
    join(ledger, "ann", "commissioner")
    join(ledger, "bob", "director")
    odd = save(ledger, "ann", "Odd", chosen, as_of=as_of, shared=True)
    good = save(ledger, "ann", "Good", shared=True)
    app = open_page(ledger, visitor, "bob")
    assert not app.exception
    assert why in words(app).replace("\\", "")
    assert f"open-{good}" in [each.key for each in app.button]
    app = open_page(ledger, visitor, "bob", compare=f"saved:{odd}")
    assert why in app.warning[0].value.replace("\\", "")
    assert not app.exception


def test_only_the_owner_is_offered_to_change_or_delete(ledger, visitor):
    join(ledger, "ann", "commissioner")
    join(ledger, "bob", "director")
    code = save(ledger, "ann", shared=True)
    keys = [each.key for each in open_page(ledger, visitor, "bob").button]
    assert f"open-{code}" in keys and f"delete-{code}" not in keys and f"change-{code}" not in keys
    keys = [each.key for each in open_page(ledger, visitor, "ann").button]
    assert {f"open-{code}", f"delete-{code}", f"change-{code}"} <= set(keys)


def test_a_view_that_is_not_there_is_named(ledger, visitor):
    join(ledger, "ann", "director")
    app = open_page(ledger, visitor, "ann", view="upside-down", by="mood")
    assert [each.value for each in app.warning if "view=upside" in each.value]
    assert [each.value for each in app.warning if "by=mood" in each.value]
    assert dict(app.query_params) == {"view": "upside-down", "by": "mood"}  # until a view is chosen


def test_what_is_saved_holds_filters_only(ledger):
    join(ledger, "ann", "director")
    save(ledger, "ann")
    with ledger.engine.connect() as connection:
        row = connection.execute(COHORTS.select()).mappings().one()
    assert row["filter"] == '{"settings":["residential"]}'
    assert set(row) == {"code", "owner", "name", "name_key", "filter", "as_of", "shared", "created_at"}


def test_opening_keeps_every_field_of_a_filter():
    store = populated.store()
    chosen = CohortFilter(settings=("residential", "fostering"), ehcp="not_recorded", age_min=12, dol=True)
    entry = saved_cohorts.SavedCohort("abc", "A", "ann", "Ann", written(Choice(chosen)), None, False)
    commissioner, director = (
        Person("ann", "Ann", role, None, False, True, False) for role in (Role.COMMISSIONER, Role.DIRECTOR)
    )
    assert opened(entry, commissioner, store, store.cohort).filter == chosen
    with pytest.raises(CannotOpen, match="deprivation of liberty"):
        opened(entry, director, store, store.cohort)
