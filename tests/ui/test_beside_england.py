"""Overview beside England, and since last month: against pandas over the same rows, with small numbers hidden."""

from __future__ import annotations

from datetime import date
from statistics import median

import pytest

from tests import published_files
from tests.small import child, store
from tests.ui import populated
from ui import beside_england, last_month
from ui.beside_england import Ours
from ui.disclosure import Gate
from vcore import CohortFilter
from vcore.ingest.benchmarks import read_benchmarks
from vcore.measures.benchmarks import neighbours_of
from vcore.store.benchmarks import Benchmarks, keep_benchmarks, open_benchmarks
from vcore.store.folder import DataFolder

CLOSED, OPEN = Gate(sees_small=False), Gate(sees_small=True, sees_prices=True)
ALL = populated.store().cohort()
ROWS = ALL.children


@pytest.fixture(scope="module")
def nothing(tmp_path_factory) -> Benchmarks:
    return open_benchmarks(DataFolder(tmp_path_factory.mktemp("empty")))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> Benchmarks:
    root = tmp_path_factory.mktemp("published")
    keep_benchmarks(DataFolder(root), read_benchmarks(published_files.all_of_them(root / "files")))
    return open_benchmarks(DataFolder(root))


def test_the_cost_of_a_week_is_that_of_the_rows_beside_england(nothing):
    figure = beside_england.costs(Ours(ALL, None, "None loaded."), nothing, OPEN)
    table = figure.table.set_index("A week")
    own = ROWS.groupby("setting")["weekly_cost_gbp"].mean()
    assert table.loc["Residential", "Here"] == pytest.approx(own["residential"])
    assert table.loc["Fostering", "Here"] == pytest.approx(own["fostering"])
    assert table.loc["All children", "Here"] == pytest.approx(ROWS["weekly_cost_gbp"].mean())
    assert table["England"].tolist() == [7385, 765, 2100]
    assert "Neighbours" not in table
    assert figure.words["England’s rise in a year"].tolist() == ["9%", "6.2%", "x"]
    assert figure.title == f"A week in residential: £{own['residential']:,.0f} here, £7,385 across England"
    assert "Not the same thing" in figure.note
    assert figure.note.endswith("None loaded.")


def test_neighbours_stand_beside_the_authority_that_the_model_names(loaded):
    north = populated.store().cohort(CohortFilter(authorities=("North",)))
    found = Ours(north, neighbours_of(loaded, "North"), "Ten neighbours.")
    table = beside_england.costs(found, loaded, OPEN).table.set_index("A week")
    rows = ROWS[(ROWS["authority"] == "North") & (ROWS["setting"] == "residential")]
    assert table.loc["Residential", "Here"] == pytest.approx(rows["weekly_cost_gbp"].mean())
    assert table.loc["Residential", "Neighbours"] == median(5000 + 100 * n for n in range(3, 11))
    assert table.loc["Residential", "Published here"] == 5000
    assert table.loc["Residential", "Year"] == "2025-26"


def test_where_children_live_is_that_of_the_rows(nothing):
    figure = beside_england.places(Ours(ALL, None, ""), nothing, OPEN)
    table = figure.table.set_index("Where children live")
    homes = ROWS["setting_detail"].isin(["private_residential", "in_house_residential"]).mean()
    assert table.loc["Secure and children's homes", "Here"] == pytest.approx(homes)
    assert table.loc["Other, with unregistered placements", "Here"] == pytest.approx(3 / len(ROWS))
    assert table.loc["Fostering", "England"] == pytest.approx(54820 / 81770)
    assert figure.words.set_index("Where children live").loc["Placed for adoption", "England"] == "x"


def test_few_children_are_hidden_from_who_may_not_see_them(nothing):
    table = beside_england.places(Ours(ALL, None, ""), nothing, CLOSED).table.set_index("Where children live")
    assert table.loc["Other, with unregistered placements", "Here"] == "c"  # three children
    seven = store([child(str(n)) for n in range(7)]).cohort()
    told = beside_england.costs(Ours(seven, None, ""), nothing, CLOSED)
    assert told.words["Here"].tolist() == ["c", "x", "c"]  # nobody is in fostering
    assert told.title == "A week in residential: £7,385 across England"


def test_without_a_cost_ours_is_not_available_and_never_0(nothing):
    unpaid = store([child(str(n), weekly_cost_gbp=None) for n in range(20)]).cohort()
    figure = beside_england.costs(Ours(unpaid, None, ""), nothing, OPEN)
    assert figure.words["Here"].tolist() == ["x", "x", "x"]


@pytest.mark.parametrize("n", [0, 1])
@pytest.mark.parametrize("gate", [CLOSED, OPEN])
def test_nobody_and_one_child_have_their_tables_too(nothing, n, gate):
    few = store([child("one")]).cohort(CohortFilter(age_min=20) if n == 0 else None)  # who is 14
    assert len(few) == n
    found = Ours(few, None, "")
    for figure in (beside_england.costs(found, nothing, gate), beside_england.places(found, nothing, gate)):
        assert len(figure.words)
        if gate is CLOSED:
            assert not [cell for cell in figure.table["Here"] if isinstance(cell, float) and cell > 0]


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 3, 31), date(2026, 2, 28)),
        (date(2026, 1, 15), date(2025, 12, 15)),
        (date(2024, 3, 30), date(2024, 2, 29)),
    ],
)
def test_a_month_before(day, before):
    assert last_month.month_before(day) == before


def moved() -> tuple:
    """Forty children at the end of March; thirty of them in February, beside fifteen who have left since."""
    care = {"care_started_on": date(2026, 3, 10), "started_on": date(2026, 3, 10)}
    stayed = [child(f"s{n}", weekly_cost_gbp=1000.0) for n in range(30)]
    came = [child(f"n{n}", weekly_cost_gbp=3000.0, **care) for n in range(10)]
    left = [child(f"g{n}", weekly_cost_gbp=500.0, ended_on=date(2026, 3, 15)) for n in range(15)]
    held = store(stayed + came + left)
    return held.cohort(), held.cohort(as_of=date(2026, 2, 28))


def test_since_last_month_counts_who_came_and_who_left():
    now, before = moved()
    assert (len(now), len(before)) == (40, 45)
    children, cost, _ = last_month.changes(now, before, OPEN)
    assert children.number == "−5"
    assert children.words == "children: 45 then, 40 now; 10 are new here, 15 no longer here"
    assert cost.number == f"+£{(30_000 + 30_000 - 30_000 - 7_500) / 1000:.0f}k"
    assert cost.words == "a week: £38k then, £60k now"


def test_since_last_month_hides_what_one_provider_charges():
    alone = store([child(str(n), provider="Only Homes", weekly_cost_gbp=2000.0) for n in range(20)]).cohort()
    children, cost, _ = last_month.changes(alone, alone, CLOSED)
    assert (children.number, cost.number) == ("0", "c")
    assert cost.words == "a week: c then, c now"
    assert last_month.changes(alone, alone, OPEN)[1].words == "a week: £40k then, £40k now"


def test_since_last_month_says_how_need_moved_beside_cost():
    care = {"care_started_on": date(2026, 3, 10), "started_on": date(2026, 3, 10)}
    stayed = [child(f"s{n}", scores=[2] * 13) for n in range(30)]
    came = [child(f"n{n}", scores=[4] * 13, **care) for n in range(10)]
    held = store(stayed + came)
    now, before = held.cohort(), held.cohort(as_of=date(2026, 2, 28))
    need = last_month.changes(now, before, OPEN)[2]
    assert (need.number, need.words) == (
        "+6.5",
        "mean total need: 26.0 then, 32.5 now",
    )  # 30 × 26 and 10 × 52
    few = store([child(f"s{n}") for n in range(7)]).cohort()
    assert last_month.changes(few, few, CLOSED)[2].number == "c"
    unknown = store([child(f"s{n}", scores=None) for n in range(20)]).cohort()
    assert last_month.changes(unknown, unknown, OPEN)[2].number == "x"


def test_englands_rise_is_a_sentence_and_leaves_out_what_is_not_known(nothing):
    assert beside_england.price_growth(nothing).startswith(
        "Across England the published cost of a week rose by 9% in residential (2024-25) and 6.2% in fostering (2024-25):"
    )


def test_several_authorities_have_no_one_set_of_neighbours(loaded, monkeypatch):
    monkeypatch.setattr(beside_england.reads, "cohort_of", lambda chosen, _: populated.store().cohort(chosen))
    monkeypatch.setattr(beside_england.reads, "loaded_authorities", lambda: ("North", "South"))
    both = beside_england.ours(ALL, loaded)
    assert both.neighbours is None and both.why.startswith(
        "Each authority has its own statistical neighbours"
    )
    one = beside_england.ours(populated.store().cohort(CohortFilter(authorities=("North",))), loaded)
    assert one.neighbours is not None and one.neighbours.authority == "North"
