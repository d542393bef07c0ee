"""Overview's headlines beside the comparison: against pandas over the same rows, with small numbers hidden."""

from __future__ import annotations

from datetime import date
from math import ceil

import pandas as pd
import pytest

from tests.small import child, store
from tests.ui import populated
from ui.comparison import Comparison, everyone_else
from ui.disclosure import Gate
from ui.headlines import Headline, markup
from ui.overview_headlines import headlines
from vcore import CohortFilter
from vcore.measures.needs import severe_in_residential
from vcore.measures.overlap import overlap

CLOSED, OPEN = Gate(sees_small=False, sees_prices=True), Gate(sees_small=True, sees_prices=True)
STORE = populated.store()
GIRLS = STORE.cohort(CohortFilter(sexes=("F",)))


def figures(rows: pd.DataFrame) -> dict[str, str]:
    """What the headlines must say of these rows."""
    cost, need = rows["weekly_cost_gbp"], rows["need_total"].astype("float64")
    homes = rows[(rows["setting"] == "residential") & rows["severe_count"].notna()]
    calm = int((homes["severe_count"] == 0).sum())
    dearest = cost.sort_values(ascending=False).head(ceil(len(rows) / 10)).sum() / cost.sum()
    return {
        "n": str(len(rows)),
        "need": f"{need.mean():.1f}",
        "weekly": f"£{cost.sum() / 1000:.0f}k",
        "each": f"£{cost.mean():,.0f}",
        "top": f"{dearest:.0%}",
        "calm": f"{f'{calm / len(homes):.1%}'.replace('.0%', '%')} ({calm} of {len(homes)})",  # both under a tenth
    }


@pytest.mark.parametrize("gate", [OPEN, CLOSED], ids=["open", "closed"])
def test_each_stands_over_that_of_everyone_else_with_need_beside_cost(gate):
    rows = STORE.cohort().children
    mine, others = (figures(rows[chosen]) for chosen in (rows["sex"] == "F", rows["sex"] != "F"))
    found = headlines(GIRLS, everyone_else(GIRLS), gate)
    assert [headline.beside for headline in found] == [
        f"Everyone else: {others['n']}, mean need {others['need']}",
        f"Everyone else: {others['weekly']}, {others['each']} each",
        f"Everyone else: {others['top']}",
        f"Everyone else: {others['calm'] if gate is OPEN else 'c'}",  # of both only a few
    ]
    assert found[0].words == f"children, mean total need {mine['need']}"
    assert found[1].words.startswith(f"a week, {mine['each']} each (£")
    if gate is OPEN:
        share, of = mine["calm"].split(" ", 1)
        assert found[3].number == share and found[3].words.endswith(of)


def test_all_children_and_a_saved_cohort_have_their_own_names():
    whole = figures(STORE.cohort().children)
    told = headlines(GIRLS, Comparison("all children", GIRLS.whole_base), CLOSED)
    assert told[0].beside == f"All children: {whole['n']}, mean need {whole['need']}"
    long = Comparison("“Boys with a plan, no severe need”", GIRLS.everyone_else)
    assert headlines(GIRLS, long, CLOSED)[2].beside.startswith("Compared: ")
    then = Comparison("those on 31 December 2025", STORE.cohort(GIRLS.filter, date(2025, 12, 31)))
    assert headlines(GIRLS, then, CLOSED)[2].beside.startswith("31 December 2025: ")


def test_of_seven_children_nothing_is_told_and_nothing_of_their_others():
    seven = [child(f"f{n}", sex="F") for n in range(7)]
    few = store([*seven, *(child(str(n), sex="M") for n in range(40))]).cohort(CohortFilter(sexes=("F",)))
    assert [(headline.number, headline.beside) for headline in headlines(few, everyone_else(few), CLOSED)] == [
        ("7", "Everyone else: 40, mean need c"),
        ("c", "Everyone else: c, c each"),
        ("c", "Everyone else: c"),
        ("c", "Everyone else: c"),
    ]  # fmt: skip


@pytest.mark.parametrize("n", [1, 3])
def test_the_singular_does_not_tell_a_director_that_the_hidden_child_is_one(n):
    girls = [child(f"f{at}", sex="F") for at in range(n)]
    few = store([*girls, *(child(str(at), sex="M") for at in range(40))]).cohort(CohortFilter(sexes=("F",)))
    assert headlines(few, everyone_else(few), CLOSED)[0].words == "children, mean total need c"
    noun = "child" if n == 1 else "children"
    assert headlines(few, everyone_else(few), OPEN)[0].words == f"{noun}, mean total need 13.0"


def calm_and_not(calm_else: int, apart: int) -> tuple[Headline, Headline]:
    """Residential: 20 girls without and 20 with severe need; of the boys `calm_else` without, 30 with.

    Both headlines of the girls: beside the boys, and beside a cohort of them without `apart` of the calm ones.
    """
    severe, mild = [9] * 13, [1] * 13
    made = [child(f"c{n}", sex="F", scores=mild, ehcp=n >= apart) for n in range(20)]
    made += [child(f"s{n}", sex="F", scores=severe, ehcp=True) for n in range(20)]
    made += [child(f"b{n}", sex="M", scores=mild, ehcp=False) for n in range(calm_else)]
    made += [child(f"d{n}", sex="M", scores=severe, ehcp=False) for n in range(30)]
    held = store(made)
    girls, planned = held.cohort(CohortFilter(sexes=("F",))), held.cohort(CohortFilter(ehcp=True))
    return headlines(girls, everyone_else(girls), CLOSED)[3], headlines(
        girls, Comparison("“Plan”", planned), CLOSED
    )[3]


@pytest.mark.parametrize(
    ("calm_else", "apart", "own", "others", "plan"),
    [
        (10, 10, "50%", "25% (10 of 40)", "33% (10 of 30)"),
        (10, 5, "50%", "25% (10 of 40)", "c"),  # five calm girls are between the two
        (10, 0, "50%", "25% (10 of 40)", "50% (20 of 40)"),
        (5, 10, "c", "c", "c"),  # five calm boys: all less the girls
        (0, 10, "50%", "0% (0 of 30)", "33% (10 of 30)"),
    ],
)
def test_a_few_between_two_cohorts_are_not_told(calm_else, apart, own, others, plan):
    beside_others, beside_plan = calm_and_not(calm_else, apart)
    assert beside_others.number == own
    assert beside_others.beside == f"Everyone else: {others}"
    assert beside_plan.beside == f"“Plan”: {plan}"


def test_where_nobody_else_is_in_residential_it_says_so():
    homes = STORE.cohort(CohortFilter(settings=("residential",)))
    assert (
        headlines(homes, everyone_else(homes), CLOSED)[3].beside == "Everyone else: nobody is assessed there"
    )
    rest = homes.everyone_else
    assert headlines(rest, everyone_else(rest), CLOSED)[3] == Headline("0", "children in residential")


def test_the_parts_of_residential_are_those_of_the_rows():
    rows = STORE.cohort().children
    held = rows["setting"] == "residential"
    calm = held & (rows["severe_count"] == 0).fillna(False)
    girls = rows["sex"] == "F"
    found = overlap(GIRLS, GIRLS.everyone_else, None, severe_in_residential)
    assert found["without"].iloc[0].tolist() == [0, (calm & girls).sum(), (calm & ~girls).sum(), 0]
    severe = held & (rows["severe_count"] > 0).fillna(False)
    assert found["with"].iloc[0].tolist() == [0, (severe & girls).sum(), (severe & ~girls).sum(), 0]


def test_what_stands_beside_is_escaped():
    assert "“&lt;b&gt;”: 5" in markup([Headline("4", "children", "“<b>”: 5")])


@pytest.mark.parametrize("gate", [OPEN, CLOSED], ids=["open", "closed"])
def test_the_dearest_tenth_of_placements_without_a_cost_is_not_available_rather_than_hidden(gate):
    cohort = store([child(f"c{n}", weekly_cost_gbp=None) for n in range(75)]).cohort()
    found = headlines(cohort, everyone_else(cohort), gate)
    assert found[2].number == "x" and found[1].number == "x"
