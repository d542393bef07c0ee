"""Every page about children where there is little to say: nobody, one child, nothing paid, nobody assessed.

And a council whose need tool has a domain fewer. No page may fail, and each says what happened.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ledger import open_ledger, passwords
from ledger.rights import RIGHTS, Right, Role
from tests.small import AS_OF, NEEDS, child, tables
from tests.ui import populated
from tests.ui.doorstep import MAIN, cookie_of, join
from ui import menu
from ui.doorway import COOKIE
from vcore.facts.domains import NeedModel
from vcore.settings import settings
from vcore.store.folder import DataFolder
from vcore.store.parts import new_card, write_part
from vcore.store.states import publish

ABOUT_CHILDREN = [  # pages about single children have no figure for those who may not see children
    entry
    for entry in menu.ENTRIES
    if entry.section in menu.ABOUT_CHILDREN and entry.right is not Right.SEE_CHILDREN
]
TWELVE = NeedModel(domains=NEEDS.domains[:12])
OPTIONS = {  # views of a page that only its address opens
    "needs": [{}, {"need-view": "common-and-deep"}, {"need-view": "by-group"}, {"need-view": "change"}],
    "cohorts": [{}, {"view": "side-by-side"}],
    "placements": [
        {},
        {"placement-view": "homes"},
        {"placement-view": "time"},
        {"placement-view": "endings"},
    ],
    "money_plan": [{}, {"plan": "months"}, {"plan": "outturn"}, {"plan": "assumptions"}],
}


def put(data_folder, children: list[dict], needs: NeedModel = NEEDS) -> None:
    """Publishes the children as one authority's demonstration data."""
    card = new_card(authority="North", as_of=AS_OF, needs=needs, demonstration=True)
    publish(
        DataFolder(data_folder), [write_part(DataFolder(data_folder), tables(children, needs), card, needs)]
    )


def bare(n: int) -> list[dict]:
    """Children in two kinds of home of whom neither a cost nor an assessment is known."""
    homes = ("private_residential", "in_house_fostering")
    return [
        child(f"{at:03d}", scores=None, weekly_cost_gbp=None, setting_detail=homes[at % 2], sex="FM"[at % 2])
        for at in range(n)
    ]


def unreadable(number: str) -> None:
    """Python writes NaN and Infinity into JSON; a browser cannot read them, and draws nothing."""
    pytest.fail(f"a chart's specification holds {number}")


def told(app: AppTest) -> str:
    """Everything the page says, and what its charts and tables were sent: all of it such as a browser can read."""
    worded = ("title", "header", "markdown", "caption", "info", "warning", "error")
    words = [str(getattr(element, "value", "")) for kind in worded for element in app.get(kind)]
    html = [element.proto.body for element in app.get("html") if "<style>" not in element.proto.body]
    for chart in app.get("vega_lite_chart"):
        json.loads(chart.proto.spec, parse_constant=unreadable)
    drawn = [str(element.proto) for kind in ("vega_lite_chart", "table") for element in app.get(kind)]
    return "\n".join([*words, *html, *drawn])


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> dict[str, Path]:
    """A data folder for each council.

    One of some hundred children and a few of whom nothing is known, one of the latter only, and one whose need
    tool has twelve domains.
    """
    some = [each | {"authority": "North"} for each in populated.children()]
    nothing = [each | {"child_id": f"b{each['child_id']}", "setting_detail": "other"} for each in bare(24)]
    twelve = [each | {"scores": each["scores"] and each["scores"][:12]} for each in some]
    made = {}
    for name, children, needs in (
        ("some", some + nothing, NEEDS),
        ("nothing known", bare(40), NEEDS),
        ("twelve domains", twelve, TWELVE),
    ):
        made[name] = tmp_path_factory.mktemp("council")
        put(made[name], children, needs)
    return made


@pytest.fixture
def opened(folders, visitor, monkeypatch, tmp_path):
    """Opens a page of a council as somebody of a role, at a link."""
    monkeypatch.setattr(passwords, "_ROUNDS", 4)

    def opened(council: str, entry: menu.Entry, role: str, link: dict[str, str]) -> AppTest:
        monkeypatch.setenv("VCORE_DATA_FOLDER", str(folders[council]))
        monkeypatch.setenv("VCORE_LEDGER_URL", f"sqlite:///{tmp_path / 'ledger.sqlite'}")
        if role == "closed":
            role = "director" if entry.right in RIGHTS[Role.DIRECTOR] else "finance"
        if council == "twelve domains":
            domains = [domain.model_dump() for domain in TWELVE.domains]
            monkeypatch.setenv("VCORE_NEEDS__DOMAINS", json.dumps(domains))
        settings.cache_clear()
        ledger = open_ledger(folders[council])
        monkeypatch.setattr("ui.session.ledger", lambda: ledger)
        if role not in joined:
            join(ledger, role, role)
            joined.add(role)
        visitor.cookies[COOKIE] = cookie_of(ledger, role)
        app = AppTest.from_file(MAIN, default_timeout=60)
        app.query_params.update(link)
        return app.run().switch_page(str(entry.path)).run()

    joined: set[str] = set()
    yield opened
    settings.cache_clear()


def one_child() -> dict[str, str]:
    """Filters that keep the dearest child only."""
    dearest = max(each["weekly_cost_gbp"] or 0 for each in populated.children())
    return {"weekly_cost": f"{dearest}-"}


SAYS = {  # where of neither a cost nor an assessment is known
    "overview": "No placement here has a cost yet",
    "need_and_cost": "Too few children to say whether cost follows need",
    "needs": "Nobody here is assessed yet",
    "cohorts": "x: not available",
    "placements": "live in fostering",
    "providers": "No provider outside the council is recorded here",
    "findings": "printed statements hold",
    "money_plan": "none of these children has both a cost and a needs assessment",
    "scenario": "none of these children has both a cost and a needs assessment",
    "compare": "Save two scenarios first",
}


def views(entry: menu.Entry) -> list[dict[str, str]]:
    return OPTIONS.get(entry.stem, [{}])


@pytest.mark.parametrize("entry", ABOUT_CHILDREN, ids=lambda entry: entry.stem)
@pytest.mark.parametrize("role", ["closed", "commissioner"])
class TestEveryPage:
    """Each page as a role that sees no small number finds it, and as one that does."""

    def test_of_nobody_says_so_and_offers_a_way_out(self, opened, entry, role):
        app = opened("some", entry, role, {"setting_details": "secure_home"})
        assert not app.exception
        assert app.title[0].value == "Nobody fits all of these filters"
        assert "leaves somebody" in told(app)

    def test_of_one_child_tells_only_who_may_know(self, opened, entry, role):
        for view in views(entry):
            app = opened("some", entry, role, one_child() | view)
            said = told(app)
            assert not app.exception, view
            assert "nan" not in said.lower().split()
            if role == "closed":
                quiet = "Too few" in said or "hidden, so that no child can be picked out" in said
                assert (
                    quiet or entry.stem == "compare"
                )  # its figures are of the children saved with each scenario
                assert "346 children" not in said  # of 347 who are assessed: the one more would be told
                assert not re.search(r"£11[k,]|\b71\.0", said.replace("costing £11,460 or more", ""))
            else:
                assert "1 child ·" in said

    def test_where_nothing_is_known_says_what_is_missing(self, opened, entry, role):
        for view in views(entry):
            app = opened("nothing known", entry, role, view)
            said = told(app)
            assert not app.exception, view
            assert SAYS[entry.stem] in said
            assert "£nan" not in said
            assert role == "closed" or "(c of spend)" not in said  # missing is not hidden

    def test_where_a_filter_keeps_only_such_children_nothing_fails(self, opened, entry, role):
        for view in views(entry):
            app = opened("some", entry, role, {"setting_details": "other"} | view)
            assert not app.exception, view
            assert "24 children" in told(app)

    def test_of_a_council_with_twelve_domains_works(self, opened, entry, role):
        app = opened("twelve domains", entry, role, {})
        said = told(app)
        assert not app.exception
        assert "All 360 children" in said
        assert "of 13" not in said.replace("of 13 agree", "")  # Findings counts statements
        if entry.stem == "needs":
            assert "of 12 domains" in said
