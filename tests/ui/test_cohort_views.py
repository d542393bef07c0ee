"""The three views of the Cohorts page for cohorts that have nothing, little or no cost to show."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ledger import open_ledger
from tests.ui import populated
from tests.ui.doorstep import MAIN, cookie_of, heading, join
from tests.ui.test_cohort_bar import COHORTS
from ui.cohort_views import BESIDE, BY, SAVED
from ui.doorway import COOKIE
from vcore.settings import settings

ROWS = populated.store().cohort().children
DEAREST = f"{ROWS['weekly_cost_gbp'].max():.0f}-"
CHOICES = {
    "nobody": {"age": "24-25"},
    "one child": {"weekly_cost": DEAREST},
    "three children": {"setting_details": "unregistered"},
    "no cost at all": {"setting_details": "with_parents"},
    "everyone": {},
}
SHOWN = ((BY, "2025-12-31"), (BESIDE, "all"), (SAVED, ""))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A data folder of the generated children."""
    folder = tmp_path_factory.mktemp("published")
    populated.publish_children(folder)
    return folder


@pytest.fixture
def ledger(published, monkeypatch, tmp_path):
    """The ledger of an app that holds them."""
    monkeypatch.setenv("VCORE_DATA_FOLDER", str(published))
    monkeypatch.setenv("VCORE_LEDGER_URL", f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    settings.cache_clear()
    yield open_ledger(published)
    settings.cache_clear()


@pytest.mark.parametrize(
    ("choice", "role"), [*((choice, "director") for choice in CHOICES), ("one child", "commissioner")]
)
def test_every_view_says_something_and_breaks_nowhere(ledger, visitor, monkeypatch, choice, role):
    monkeypatch.setattr("ui.session.ledger", lambda: ledger)
    join(ledger, "ann", role)
    visitor.cookies[COOKIE] = cookie_of(ledger, "ann")
    for view, compare in SHOWN:
        app = AppTest.from_file(MAIN, default_timeout=30)
        app.query_params.update(CHOICES[choice] | {"view": view, "compare": compare})
        app.run().switch_page(str(COHORTS)).run()
        assert not app.exception, view
        nobody = heading(app) == "Nobody fits all of these filters"
        assert nobody is (choice == "nobody"), view
