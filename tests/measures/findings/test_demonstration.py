"""The report agrees with the file of statements, and says so when a figure no longer holds."""

from __future__ import annotations

import pytest

from tests.demo.published import INTERVALS, statements
from vcore import Store
from vcore.demo import AS_OF, build
from vcore.errors import VcoreError
from vcore.facts.domains import PUBLISHED_DOMAINS, NeedModel
from vcore.measures.findings import demonstration
from vcore.tables import checked


def report(tables, needs=None):
    needs = needs or NeedModel()
    return demonstration.rows(
        Store.of_tables(checked(tables, needs), as_of=AS_OF, needs=needs, demonstration=True).cohort()
    )


@pytest.fixture(scope="module")
def lines(tables):
    return report(tables).set_index("id")


def failing(tables):
    lines = report(tables)
    return set(lines.loc[~lines["ok"], "id"])


def test_every_required_statement_is_listed_once_and_holds(lines):
    assert list(lines.index) == list(statements())
    assert lines["ok"].all()
    assert list(lines["statement"]) == [row["statement"] for row in statements().values()]
    assert all(lines["achieved"].str.len() > 0)


@pytest.mark.parametrize(
    "name", ["M-05", "K11-02", "K11-08", "K12-06", "K13-03", "K24-01", "K25-03", "K26-01"]
)
def test_achieved_is_what_sql_finds(lines, rows, name):
    found = rows.execute(INTERVALS[name]).fetchone()[0]
    assert float(lines.loc[name, "achieved"].replace(",", "")) == pytest.approx(found, rel=1e-3)


def test_dearer_agency_fostering_is_noticed(tables):
    placement, cost = tables["placement"], tables["cost"]
    here = placement["ended_on"].isna() & (placement["setting_detail"] == "independent_fostering")
    agency = cost["child_id"].isin(placement.loc[here, "child_id"]) & cost["ended_on"].isna()
    dearer = cost.assign(
        weekly_cost_gbp=cost["weekly_cost_gbp"].where(~agency, cost["weekly_cost_gbp"] * 1.2)
    )
    broken = failing({**tables, "cost": dearer})
    assert {"K13-04", "M-05", "K23-01"} <= broken
    assert "K13-03" not in broken


def test_a_child_fewer_is_noticed(tables):
    child = tables["child"]
    assert "M-01" in failing({**tables, "child": child[child.index != 0]})


def test_swapped_sexes_are_noticed(tables):
    child = tables["child"]
    swapped = child.assign(sex=child["sex"].map({"M": "F", "F": "M"}))
    assert {"K25-01", "K25-03", "K24-06"} <= failing({**tables, "child": swapped})


def test_swapped_plans_are_noticed(tables):
    child = tables["child"]
    assert {"K26-01", "K26-02", "K26-03", "K26-06"} <= failing(
        {**tables, "child": child.assign(ehcp=~child["ehcp"])}
    )


def test_a_councils_own_domains_are_refused():
    own = NeedModel(domains=PUBLISHED_DOMAINS[:12])
    with pytest.raises(VcoreError, match="published domains"):
        report(build(120, needs=own), own)


def test_markdown_has_a_row_a_statement_and_a_count(tables, lines):
    page = demonstration.as_markdown(report(tables))
    table = [line for line in page.splitlines() if line.startswith("| ")][1:]
    assert len(table) == len(statements())
    assert all(line.count(" | ") == 4 for line in table)
    assert f"{len(statements())} of {len(statements())} statements hold" in page
    broken = lines.reset_index().assign(ok=False)
    assert "0 of" in demonstration.as_markdown(broken)
    assert "**does not hold**" in demonstration.as_markdown(broken)
