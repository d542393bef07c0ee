"""Two cohorts side by side, against pandas over the same rows; and what a closed gate keeps."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.ui import populated
from ui import side_by_side
from ui.comparison import Comparison, everyone_else
from ui.disclosure import Gate
from vcore import CohortFilter

CLOSED, OPEN = Gate(sees_small=False), Gate(sees_small=True)
STORE = populated.store()
ROWS = STORE.cohort().children
HOMES, GIRLS = (
    STORE.cohort(found) for found in (CohortFilter(settings=("residential",)), CohortFilter(sexes=("F",)))
)


def expected(rows: pd.DataFrame) -> dict[str, object]:
    """What pandas says of some rows."""
    cost, need = rows["weekly_cost_gbp"].dropna(), rows["need_total"].dropna().astype(float)
    domains = [
        name for name in rows if name.startswith("need_") and name not in ("need_total", "need_change")
    ]
    calm = (rows.loc[need.index, domains].max(axis=1) < 7).mean()
    return {
        "Children": f"{len(rows)}",
        "With a cost": f"{len(cost)}",
        "Weekly cost": f"£{cost.sum():,.0f}",
        "Mean weekly cost": f"£{cost.mean():,.0f}",
        "Assessed": f"{len(need)}",
        "Mean total need": f"{need.mean():.1f}",
        "No severe need": f"{calm:.0%}",
    }


@pytest.mark.parametrize("gate", [OPEN, CLOSED], ids=["open", "closed"])
def test_each_row_is_that_of_its_children(gate):
    first, second = ROWS[ROWS["setting"] == "residential"], ROWS[ROWS["sex"] == "F"]
    words = side_by_side.figure(HOMES, Comparison("“Girls”", GIRLS), gate).words
    assert words["Cohort"].tolist() == ["These children", "“Girls”"]
    for place, rows in enumerate((first, second)):
        said = words.iloc[place].drop("Cohort").to_dict()
        assert {name: said[name] for name in said if said[name] != "c"}.items() <= expected(rows).items()
        assert gate is CLOSED or "c" not in said.values()
        assert said["Children"] != "c"


def test_the_title_and_the_last_row_say_the_difference():
    first, second = ROWS[ROWS["setting"] == "residential"], ROWS[ROWS["setting"] != "residential"]
    found = side_by_side.figure(HOMES, everyone_else(HOMES), OPEN)
    cost = first["weekly_cost_gbp"].mean() - second["weekly_cost_gbp"].mean()
    need = first["need_total"].astype("Float64").mean() - second["need_total"].astype("Float64").mean()
    assert cost > 0 and need > 0
    assert found.title == f"£{cost:,.0f} more a week each and {need:.1f} more points of need"
    last = side_by_side.with_difference(found).iloc[2]
    assert last["Mean weekly cost"] == f"+£{cost:,.0f}"
    assert last["Children"] == f"−{len(second) - len(first)}"


def test_few_children_have_no_amount_and_no_difference():
    few = STORE.cohort(CohortFilter(setting_details=("unregistered",)))
    found = side_by_side.figure(few, everyone_else(few), CLOSED)
    assert set(found.words.iloc[0].drop("Cohort")) == {"c"}
    assert set(side_by_side.with_difference(found).iloc[2].drop("Cohort")) == {"c"}
    assert found.title == "These children and everyone else"


def test_nobody_with_a_cost_is_not_available_never_nothing():
    parents = STORE.cohort(CohortFilter(setting_details=("with_parents",)))
    first = side_by_side.figure(parents, everyone_else(parents), OPEN).words.iloc[0]
    assert (first["With a cost"], first["Weekly cost"], first["Mean weekly cost"]) == ("0", "x", "x")


@pytest.mark.parametrize(("severe_apart", "shown"), [(3, False), (0, True), (6, True)])
def test_a_share_is_hidden_where_those_apart_with_a_severe_need_are_few(severe_apart, shown):
    """Twenty girls in residential, of whom few have a severe need: homes less boys in homes are these girls."""
    children = populated.children()
    homes = [row for row in children if row["setting_detail"].endswith("_residential")]
    for place, row in enumerate(homes):
        severe = place < severe_apart or (place % 2 and place >= 20)
        row.update(sex="F" if place < 20 else "M", scores=[9 if severe else 4] * 13, weekly_cost_gbp=4_000.0)
    store = populated.Store.of_tables(
        populated.tables(children), as_of=populated.AS_OF, needs=populated.NEEDS, demonstration=True
    )
    all_homes = store.cohort(CohortFilter(settings=("residential",)))
    boys = store.cohort(CohortFilter(settings=("residential",), sexes=("M",)))
    words = side_by_side.figure(all_homes, Comparison("“Boys”", boys), CLOSED).words
    assert (words["No severe need"] != "c").tolist() == [shown, shown]
