"""What a role without child level could work out by putting two figures side by side: nothing."""

from __future__ import annotations

import csv
import inspect
from datetime import date
from io import StringIO
from itertools import pairwise
from math import ceil

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from ledger import open_ledger
from ledger.rights import RIGHTS, Right, Role
from tests import small
from tests.ui import populated
from tests.ui.doorstep import MAIN, cookie_of, join, words
from ui import charts, cohort_offers, composition, menu, reads, spend_figures
from ui.comparison import everyone_else
from ui.composition import Attribute
from ui.disclosure import Gate
from ui.doorway import COOKIE
from ui.figure import Figure
from vcore import CohortFilter
from vcore.store.folder import DataFolder
from vcore.store.parts import new_card, write_part
from vcore.store.states import publish

CLOSED = Gate(sees_small=False)
STORE = populated.store()
ROWS = STORE.cohort().children
COST = ROWS["weekly_cost_gbp"].sort_values(ascending=False)
ALL_BUT_THREE_CHILDREN = {"setting_details": [home for home in populated.HOMES if home != "unregistered"]}
ALL_BUT_THREE_COSTS = {"weekly_cost": [f"0-{COST.iloc[2] - 0.01:.2f}"]}
ABOUT_CHILDREN = [  # pages about single children have no figure for those who may not see children
    entry
    for entry in menu.ENTRIES
    if entry.section in menu.ABOUT_CHILDREN and entry.right is not Right.SEE_CHILDREN
]


@pytest.fixture
def ledger(data_folder):
    """The ledger of an app that holds some hundred children."""
    populated.publish_children(data_folder)
    return open_ledger(data_folder)


def open_link(ledger, visitor, role, entry, parameters):
    """The page as a person of this role finds it at a link."""
    join(ledger, "ann", role)
    visitor.cookies[COOKIE] = cookie_of(ledger, "ann")
    app = AppTest.from_file(MAIN, default_timeout=30)
    app.query_params.update(parameters)
    return app.run().switch_page(str(entry.path)).run()


def closed_role(entry) -> str:
    """A role that sees the page and no small number."""
    return "director" if entry.right in RIGHTS[Role.DIRECTOR] else "finance"


def said(app) -> str:
    """Everything on the page in words, and what every chart and table was sent."""
    sent = [
        str(element.proto)
        for kind in ("html", "vega_lite_chart", "table", "caption")
        for element in app.get(kind)
    ]
    return "\n".join([words(app), *sent])


@pytest.mark.parametrize("entry", ABOUT_CHILDREN, ids=lambda entry: entry.stem)
@pytest.mark.parametrize(
    "parameters", [ALL_BUT_THREE_CHILDREN, ALL_BUT_THREE_COSTS], ids=["children", "costs"]
)
def test_all_but_a_few_are_told_of_nowhere(ledger, visitor, entry, parameters):
    app = open_link(ledger, visitor, closed_role(entry), entry, parameters)
    assert [title.value for title in app.title] == ["All but a few children"]
    assert "<dl" not in said(app)
    total = ROWS["weekly_cost_gbp"].sum()
    few = ROWS["setting_detail"] == "unregistered"
    rest = total - (
        COST.iloc[:3].sum() if parameters is ALL_BUT_THREE_COSTS else ROWS[few]["weekly_cost_gbp"].sum()
    )
    assert f"{rest:,.0f}" not in said(app)


def test_who_sees_children_sees_all_but_a_few_as_well(ledger, visitor):
    app = open_link(ledger, visitor, "commissioner", ABOUT_CHILDREN[0], ALL_BUT_THREE_COSTS)
    rest = COST.iloc[3:].sum()
    assert f"£{rest:,.0f}" in said(app)


def test_a_kind_of_home_does_not_follow_from_its_setting():
    """Three children in unregistered homes are all of "Other" but for these; the settings are shown too."""
    children = populated.children()
    few = [child for child in children if child["setting_detail"] == "unregistered"]
    other = [
        child | {"setting_detail": "other", "child_id": f"{child['child_id']}{again}"}
        for child in few
        for again in "abcdefg"
    ]
    store = populated.Store.of_tables(
        populated.tables([*children, *other]),
        as_of=populated.AS_OF,
        needs=populated.NEEDS,
        demonstration=True,
    )
    everyone = store.cohort()
    table = composition.against(
        everyone, everyone_else(everyone), Attribute("setting_detail", "Kind of home"), CLOSED
    ).table
    told = dict(zip(table["Kind of home"], table["Children"], strict=True))
    assert told["unregistered"] == told["other"] == "c"
    offer = cohort_offers.BY_NAME["setting_details"]
    offered = cohort_offers.options(offer, everyone, CLOSED)
    assert offered["unregistered"].endswith("· c") and offered["other"].endswith("· c")


def test_what_a_setting_leaves_out_counts_by_what_has_a_cost():
    """Twelve children of the setting are left out, only two with a cost: total less total is those two's."""
    children = populated.children()
    fostered = [child for child in children if child["setting_detail"] == "independent_fostering"]
    for place, child in enumerate(fostered):
        child["sex"] = "F" if place >= 12 else "M"
        child["weekly_cost_gbp"] = None if 2 <= place < 12 else 1_000.0 + place
    for child in children:
        if child["setting_detail"] != "independent_fostering":
            child["sex"] = "F" if int(child["child_id"]) % 2 else "M"
    homes = [child for child in children if child["setting_detail"] not in ("in_house_fostering",)]
    store = populated.Store.of_tables(
        populated.tables(homes), as_of=populated.AS_OF, needs=populated.NEEDS, demonstration=True
    )
    girls = store.cohort(CohortFilter(sexes=("F",)))
    shown = spend_figures.by_setting(girls, CLOSED).table.set_index("Where children live")
    assert shown.loc["Fostering", "Weekly cost"] == shown.loc["Fostering", "Mean weekly cost"] == "c"
    table = composition.against(girls, everyone_else(girls), Attribute("setting", "Setting"), CLOSED).table
    assert table.set_index("Setting").loc["fostering", "Mean weekly cost"] == "c"


@pytest.mark.parametrize("n", range(95, 260, 15))
def test_the_named_points_of_the_curve_lie_ten_children_from_its_other_points(n):
    store = populated.Store.of_tables(
        populated.tables(populated.children()[:n]),
        as_of=populated.AS_OF,
        needs=populated.NEEDS,
        demonstration=True,
    )
    cohort = store.cohort()
    figure = spend_figures.concentration(cohort, CLOSED)
    sent = pd.concat([pd.DataFrame(rows) for rows in figure.spec["datasets"].values()])
    costed = int(cohort.children["weekly_cost_gbp"].notna().sum())
    covered = {min(ceil(share * len(cohort) - 1e-9), costed) for share in sent["share_of_children"]}
    tenth = ceil(len(cohort) / 10 - 1e-9)
    told = sorted(covered | {0, costed} | ({tenth} if tenth >= 10 else set()))  # the tenth is a headline
    assert min(b - a for a, b in pairwise(told)) >= 10


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+44", "-2+3", "@SUM(A1)", "\tHome"])
def test_no_name_becomes_a_formula_in_a_file(name):
    table = pd.DataFrame({"Provider": [name, "Home"], "Change": [-4.0, 2.0]})
    file = Figure("f", "", "", {}, table, "", units={"Change": "points"}).file(rounded=False)
    rows = list(csv.reader(StringIO(file.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows] == ["Provider", f"'{name}", "Home"]
    assert [float(row[1]) for row in rows[1:]] == [-4.0, 2.0]  # a number below zero stays a number


def test_a_table_left_open_shows_nothing_to_somebody_who_has_lost_the_right(ledger, visitor, monkeypatch):
    """The figure was drawn for a commissioner; only its table runs again, after the role has changed."""

    class RanAgain(Exception):
        pass

    def run_again():
        raise RanAgain

    monkeypatch.setattr(reads, "may_see_small", lambda: False)
    monkeypatch.setattr(charts.st, "rerun", run_again)
    monkeypatch.setattr(charts.st, "table", lambda *_, **__: pytest.fail("it was shown"))
    figure = Figure("f", "", "", {}, pd.DataFrame({"Children": [3]}), "")
    with pytest.raises(RanAgain):
        inspect.unwrap(charts.fold_table)("f", lambda _: figure, sees_small=True)


@pytest.mark.parametrize(
    "limits",
    [{"low_need": ["0"], "high_cost": ["100000"]}, {"low_need": ["130"], "high_cost": ["0"]}],
    ids=["none of them", "all of them"],
)
def test_the_box_of_lower_need_does_not_say_which_few_are_in_it(ledger, visitor, limits):
    """Neither a number nor a button that cannot be pressed tells whether any of three children are."""
    (entry,) = (entry for entry in ABOUT_CHILDREN if entry.stem == "need_and_cost")
    app = open_link(ledger, visitor, "director", entry, {"setting_details": ["unregistered"], **limits})
    (button,) = (each for each in app.button if each.key == "need-cost-keep")
    assert not button.disabled
    assert "Children (number hidden: c): lower need, higher cost" in said(app)


DEAR = [  # 40 in one provider's homes: £8,000 to £8,078 a week
    small.child(f"D{at:02d}", provider="Dear Homes", weekly_cost_gbp=8_000.0 + 2 * at) for at in range(40)
]
OWN = [  # 40 with the council's own carers: £200 to £278 a week, 3% of all that is spent
    small.child(
        f"F{at:02d}",
        setting_detail="in_house_fostering",
        place_code="U4",
        provider_code="PR1",
        provider=None,
        weekly_cost_gbp=200.0 + 2 * at,
    )
    for at in range(40)
]
DOMINATED = [  # every other child is older, longer in care, and leaves in October instead of June
    each
    | {
        "scores": [1 + at % 5] * 13,
        "birth_month": date(2010 if at % 2 else 2016, 3, 1),
        "care_started_on": date(2022 if at % 2 else 2024, 3, 31),
        "planned_end_on": date(2026, 10 if at % 2 else 6, 15),
    }
    for at, each in enumerate([*DEAR, *OWN])
]
PAGES = [  # what one provider charges is asked of on these; of Scenario and the plan not yet
    ("overview", {}),
    ("need_and_cost", {}),
    ("cohorts", {}),
    ("cohorts", {"view": "side-by-side"}),
    ("placements", {"placement-view": "homes"}),
    ("placements", {"placement-view": "time"}),
    ("placements", {"placement-view": "endings"}),
    ("providers", {}),
    ("findings", {}),
]


def dominated_amounts() -> set[str]:
    """The total and the mean cost of all, of those who share a fact, and of those who share two, as a page would
    write them. Not of the council's own carers alone: what they cost is no secret."""
    rows = pd.DataFrame(DOMINATED)
    facts = ["setting_detail", "birth_month"]  # the other facts of a child follow from these
    groups = [rows["weekly_cost_gbp"]]
    for chosen in (facts[:1], facts[1:], facts):
        groups += [
            own["weekly_cost_gbp"]
            for _, own in rows.groupby(chosen)
            if "private_residential" in set(own["setting_detail"])
        ]
    amounts = [amount for own in groups for amount in (own.sum(), own.mean())]
    return {f"£{amount:,.0f}" for amount in amounts} | {
        f"£{amount / 1000:.0f}k" for amount in amounts if amount > 100_000
    }


def drawn_and_tabled(app) -> str:
    """`said`, and every row a chart was sent, read back from its binary form."""
    rows = [
        str(pa.ipc.open_stream(named.data.data).read_all().to_pylist())
        for chart in app.get("vega_lite_chart")
        for named in chart.proto.datasets
    ]
    return "\n".join([said(app), *rows])


@pytest.mark.parametrize(("stem", "view"), PAGES)
@pytest.mark.parametrize("role", ["director", "commissioner"])
def test_what_one_provider_charges_is_said_nowhere(data_folder, visitor, monkeypatch, stem, view, role):
    """One provider takes 97% of the cost (£321,560 of £331,120 a week): a total or a mean of it is its price."""
    tables = populated.tables(DOMINATED)
    card = new_card(authority="North", as_of=populated.AS_OF, needs=populated.NEEDS, demonstration=True)
    folder = DataFolder(data_folder)
    publish(folder, [write_part(folder, tables, card, populated.NEEDS)])
    monkeypatch.setattr(charts, "fold_table", lambda _, of, **__: charts.st.table(of(reads.gate()).words))
    (entry,) = (entry for entry in ABOUT_CHILDREN if entry.stem == stem)
    app = open_link(open_ledger(data_folder), visitor, role, entry, view)
    assert not app.exception
    told = {amount for amount in dominated_amounts() if amount in drawn_and_tabled(app)}
    assert bool(told) == (role == "commissioner"), told
