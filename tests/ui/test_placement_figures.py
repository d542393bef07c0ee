"""The figures of Placements against pandas over the same rows, and what a director may not work out from them."""

from __future__ import annotations

import json
from datetime import date
from itertools import product

import numpy as np
import pandas as pd
import pytest

from tests.measures.attacker import possible, table_sums
from tests.moved import LONG_AGO, MOVED, THEN_DAY, between, spell, store_of
from tests.ui.drawn import drawn_rows
from ui import ending_figures, placement_figures, placement_flows, placement_mix, time_figures
from ui.comparison import Comparison, everyone_else
from ui.disclosure import TOTAL, Gate
from ui.flow_picture import HEIGHT_PX, SLOT_PX
from vcore import CohortFilter
from vcore.facts.placements import SETTING_LABELS, SETTINGS
from vcore.measures.flows import LEFT_CARE, NOT_IN_CARE

CLOSED, OPEN = Gate(sees_small=False), Gate(sees_small=True)
FILTERS = (CohortFilter(), CohortFilter(ehcp=True), CohortFilter(settings=("residential",)))
FIGURES = (
    lambda cohort, gate: placement_mix.mix(cohort, everyone_else(cohort), gate),
    lambda cohort, gate: placement_figures.by_setting(cohort, everyone_else(cohort), gate),
    time_figures.by_time_in_care,
    time_figures.by_age,
    ending_figures.by_month,
    ending_figures.by_home,
)


def drawn() -> pd.DataFrame:
    """Some hundred children's settings on the two dates, with what else the figures read."""
    draw = np.random.default_rng(11)
    n = 400
    shares = [0.5, 0.2, 0.1, 0.06, 0.02]
    rows = pd.DataFrame(
        {
            "then": draw.choice([*SETTINGS, NOT_IN_CARE], n, p=[*shares, 0.12]),
            "now": draw.choice([*SETTINGS, LEFT_CARE], n, p=[*shares, 0.12]),
            "ehcp": draw.random(n) < 0.4,
            "weekly_cost_gbp": draw.gamma(2, 900, n).round(),
            "birth_month": pd.to_datetime("2008-05-01") + pd.to_timedelta(draw.integers(0, 160, n) * 30.5, "D"),
            "score": draw.integers(0, 8, n),
            "planned": draw.random(n) < 0.3,
            "ends": draw.integers(-30, 500, n),
        }
    )  # fmt: skip
    settled = draw.random(n) < 0.6
    stays = settled & (rows["then"] != NOT_IN_CARE)
    rows.loc[stays, "now"] = rows.loc[stays, "then"]
    return rows[~((rows["then"] == NOT_IN_CARE) & (rows["now"] == LEFT_CARE))].reset_index(drop=True)


ROWS = drawn()
STORE = store_of(
    [
        spell
        for place, row in enumerate(ROWS.itertuples())
        for spell in between(
            f"{place:03d}",
            row.then,
            row.now,
            ehcp=bool(row.ehcp),
            weekly_cost_gbp=float(row.weekly_cost_gbp),
            birth_month=row.birth_month.replace(day=1),
            scores=[int(row.score)] * 13,
            planned_end_on=date(2026, 3, 31) + pd.Timedelta(days=int(row.ends)) if row.planned else pd.NaT,
        )
    ]
)


def told(chosen: CohortFilter, gate: Gate) -> pd.DataFrame:
    """The from–to table of a filter, through the gate."""
    found = placement_flows.told_flows(STORE.cohort(chosen), STORE.cohort(chosen, THEN_DAY), gate)
    assert found is not None
    return found


def flow_figure(chosen: CohortFilter, gate: Gate):
    return placement_flows.flow_figure(STORE.cohort(chosen), STORE.cohort(chosen, THEN_DAY), gate)


def test_the_from_to_table_is_that_of_the_rows():
    expected = pd.crosstab(ROWS["then"], ROWS["now"])
    found = told(CohortFilter(), OPEN)
    for then, now in product(expected.index, expected.columns):
        assert found.loc[then, now] == expected.loc[then, now]
    assert found.loc[TOTAL, TOTAL] == len(ROWS)
    assert found.loc["fostering", TOTAL] == (ROWS["then"] == "fostering").sum()
    html = placement_flows.crosstab(found, THEN_DAY, date(2026, 3, 31))
    assert f"<strong>{expected.loc['fostering', 'fostering']}</strong>" in html
    assert "31 March 2025 (rows)" in html


@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_no_hidden_flow_can_be_worked_out_from_the_rest_of_the_table(chosen):
    closed, full = told(chosen, CLOSED), told(chosen, OPEN)
    whole = full.reindex(index=closed.index, columns=closed.columns).astype("int64").to_numpy()
    hide = (closed == "c").to_numpy()
    assert hide[(whole > 0) & (whole <= 5)].all()
    if hide.any():
        ranges = possible(whole.ravel(), hide.ravel(), table_sums(*whole.shape))
        assert all(fewest < most for fewest, most in ranges)


def test_nor_from_the_table_of_everybody():
    mine, base = told(FILTERS[1], CLOSED), told(FILTERS[0], CLOSED)
    for then, now in product(mine.index, mine.columns):
        if "c" not in (mine.loc[then, now], base.loc[then, now]):
            assert not 1 <= base.loc[then, now] - mine.loc[then, now] <= 5, (then, now)


@pytest.mark.parametrize("gate", [OPEN, CLOSED], ids=["open", "closed"])
@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_the_picture_shows_what_the_table_tells_and_no_more(chosen, gate):
    figure, table = flow_figure(chosen, gate), told(chosen, gate)
    layers = list(map(pd.DataFrame, drawn_rows(figure)))
    bands, places = layers[0], layers[1]
    assert len(bands) + len(places) < 2_000
    cells = table.drop(index=TOTAL).drop(columns=TOTAL).to_numpy().ravel()
    shown = [cell for cell in cells if cell != "c" and cell > 0]
    assert bands["flow"].nunique() == len(shown)
    widths = bands.groupby("flow").apply(lambda band: (band["y2"] - band["y"]).median())
    assert np.corrcoef(widths, shown)[0, 1] > 0.999
    assert places["words"].str.endswith(" c").sum() == sum(
        cell == "c" for cell in [*table[TOTAL].iloc[:-1], *table.loc[TOTAL].iloc[:-1]]
    )
    for _, side in places.groupby("side"):
        assert side["middle"].diff().dropna().min() >= SLOT_PX
        assert side["y2"].max() <= HEIGHT_PX + 0.1
    assert list(figure.table["Children"]) == [cell for cell in cells if cell == "c" or cell > 0]


@pytest.mark.parametrize("gate", [OPEN, CLOSED], ids=["open", "closed"])
@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_every_figure_has_a_short_title_words_and_units(chosen, gate):
    cohort = STORE.cohort(chosen)
    for figure in [flow_figure(chosen, gate), *(draw(cohort, gate) for draw in FIGURES)]:
        assert 0 < len(figure.title.split()) <= 15
        assert figure.title in figure.alt
        assert set(figure.units) <= set(figure.table)
        assert figure.words.shape == figure.table.shape
        assert not any(f'"{place:03d}"' in json.dumps(figure.spec) for place in range(len(ROWS)))


def test_moves_and_months_by_setting_are_those_of_the_rows():
    children = STORE.cohort().children
    everyone = STORE.cohort()
    table = placement_figures.by_setting(everyone, everyone_else(everyone), OPEN).table
    table = table.set_index("Where children live")
    for setting, own in [*children.groupby("setting"), (TOTAL, children)]:
        row = table.loc[SETTING_LABELS.get(str(setting), "All these children")]
        assert row["Children"] == len(own)
        assert row["Three or more placements"] == pytest.approx((own["placements_12m"] >= 3).mean())
        assert row["Mean months in the present placement"] == pytest.approx(own["months_in_placement"].mean())


def test_need_stands_beside_cost_in_the_same_rows():
    children = STORE.cohort().children
    figure = time_figures.by_age(STORE.cohort(), OPEN)
    teens = children[children["age"].between(12, 16)]
    row = figure.table.set_index("Age").loc["12 to 16"]
    assert row["Mean total need"] == pytest.approx(teens["need_total"].mean())
    assert row["Mean weekly cost"] == pytest.approx(teens["weekly_cost_gbp"].mean())
    assert row["Cost, to"] == pytest.approx(
        teens["weekly_cost_gbp"].mean() + 1.96 * teens["weekly_cost_gbp"].sem()
    )
    bars = pd.DataFrame(drawn_rows(figure)[0])
    lengths = (bars["mean"] - bars["zero"])[bars["panel"] == "Mean total need"]
    assert np.corrcoef(lengths, figure.table["Mean total need"])[0, 1] > 0.999


def test_endings_by_month_and_by_setting_tell_of_the_same_children():
    children = STORE.cohort().children
    by_month = ending_figures.by_month(STORE.cohort(), OPEN).table.set_index("Month").loc[TOTAL]
    by_home = ending_figures.by_home(STORE.cohort(), OPEN).table.set_index("Where children live").loc[TOTAL]
    assert by_month.to_dict() == pytest.approx(by_home.to_dict())
    turning = children["days_to_18"].between(1, 365)
    ending = pd.to_datetime(children["planned_end_on"]).between("2026-04-01", "2027-03-31")
    assert by_month["Either"] == (turning | ending).sum()
    assert by_month["Weekly cost"] == pytest.approx(children["weekly_cost_gbp"][turning | ending].sum())


@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_a_director_reads_no_small_count_of_endings(chosen):
    for draw in (ending_figures.by_month, ending_figures.by_home):
        table = draw(STORE.cohort(chosen), CLOSED).table
        for name in ("18th birthday", "Planned end", "Either"):
            for cell in table.get(name, []):
                assert cell == "c" or not 1 <= cell <= 5


def test_of_too_few_nothing_is_told():
    children = STORE.cohort().children
    dear = float(children["weekly_cost_gbp"].nlargest(3).min())
    few = CohortFilter(weekly_cost_min=dear)
    cohort = STORE.cohort(few)
    assert len(cohort) == 3
    assert placement_figures.sentence(cohort, CLOSED) == "Too few children to say."
    told = placement_figures.headlines(cohort, everyone_else(cohort), CLOSED)
    assert {headline.number for headline in told} == {"c"}
    assert {headline.beside for headline in told} == {"Everyone else: c"}
    for figure in [flow_figure(few, CLOSED), *(draw(cohort, CLOSED) for draw in FIGURES)]:
        assert figure.words.iloc[:, 0].tolist() == ["Too few children to say."]
    assert placement_flows.told_flows(cohort, STORE.cohort(few, THEN_DAY), CLOSED) is None


def test_before_the_data_begins_the_flows_say_so():
    figure = placement_flows.flow_figure(STORE.cohort(), STORE.cohort(as_of=date(2019, 1, 1)), OPEN)
    assert figure.title == "Nobody was in care on 1 January 2019, as far as the data goes"


@pytest.mark.parametrize(
    ("values", "months"),
    [([], 12), (["24"], 24), (["3"], 3), (["13"], None), (["12 "], None), (["x"], None), (["6", "36"], 36)],
)
def test_the_months_of_an_address(values, months):
    assert placement_flows.months_of(values) == months


def settled(rows: pd.DataFrame) -> float:
    """Of those under 16 and two and a half years in care, who has lived in one placement for two years."""
    long = rows[(rows["age"] < 16) & (rows["years_in_care"] >= 2.5)]
    return float((long["months_in_placement"] >= 24).mean())


def test_how_settled_children_are_stands_over_how_settled_everyone_else_is():
    rows = STORE.cohort().children
    planned = rows["ehcp"].fillna(False).astype(bool)
    cohort = STORE.cohort(CohortFilter(ehcp=True))
    told = placement_figures.headlines(cohort, everyone_else(cohort), OPEN)
    for side, take in ((rows[planned], lambda it: it.number), (rows[~planned], lambda it: it.beside)):
        months, many, broke, calm = map(take, told)
        assert months.endswith(f"{side['months_in_placement'].mean():.0f} months")
        assert many.endswith(f"{100 * (side['placements_12m'] >= 3).mean():.2g}%")
        assert broke.endswith(f"{100 * (side['breakdowns_12m'] > 0).mean():.2g}%")
        assert calm.endswith(f"{settled(side):.0%}")
    table = placement_figures.by_setting(cohort, everyone_else(cohort), OPEN).table.iloc[-1]
    assert table["Where children live"] == "Everyone else"
    assert table["Children"] == (~planned).sum()
    assert table["Settled, of those long in care"] == pytest.approx(settled(rows[~planned]))


def test_where_children_live_and_how_long_they_are_in_care_beside_others():
    rows = STORE.cohort().children
    planned = rows["ehcp"].fillna(False).astype(bool)
    cohort = STORE.cohort(CohortFilter(ehcp=True))
    figure = placement_mix.mix(cohort, everyone_else(cohort), OPEN)
    table = figure.table.set_index("Setting and time in care")
    long = rows["years_in_care"] >= 3
    for label, there in (("Residential", rows["setting"] == "residential"), ("In care over 3 years", long)):
        assert table.loc[label, "Children"] == (planned & there).sum()
        assert table.loc[label, "% of these children"] == pytest.approx(there[planned].mean())
        assert table.loc[label, "% of everyone else"] == pytest.approx(there[~planned].mean())
        assert table.loc[label, "Mean weekly cost"] == pytest.approx(
            rows.loc[planned & there, "weekly_cost_gbp"].mean()
        )
    assert table["Children"].sum() == 2 * planned.sum()  # each child once in each part
    homes = STORE.cohort(CohortFilter(settings=("residential",)))
    assert placement_mix.mix(homes, everyone_else(homes), OPEN).title.startswith("In care ")  # all live there


def broken(cohort_broken: int, between: int):
    """Forty girls, of whom some had a breakdown, beside a plan that leaves out twelve, `between` of the broken."""
    made = []
    for n in range(80):
        ended = [] if n >= cohort_broken and n < 60 else [n]
        plan = not (between > n or cohort_broken <= n < cohort_broken + 12 - between)
        made.append((n, "F" if n < 40 else "M", bool(ended), plan if n < 40 else False))
    spells = [
        found
        for n, sex, fell, plan in made
        for found in (
            [
                spell(f"{n:02d}", "residential", LONG_AGO, MOVED, sex=sex, ehcp=plan),
                spell(f"{n:02d}", "residential", MOVED, sex=sex, ehcp=plan),
            ]
            if fell
            else [spell(f"{n:02d}", "residential", LONG_AGO, sex=sex, ehcp=plan)]
        )
    ]
    store = store_of(spells, broke=[f"{n:02d}" for n, _, fell, _ in made if fell])
    girls = store.cohort(CohortFilter(sexes=("F",)))
    return girls, Comparison("“Plan”", store.cohort(CohortFilter(sexes=("F",), ehcp=True)))


@pytest.mark.parametrize(
    ("had", "between", "own", "others"),
    [
        (20, 0, "50%", "71%"),  # 20 of 40; 20 of 28
        (20, 6, "50%", "50%"),  # 14 of 28
        (20, 3, "50%", "c"),  # three with a breakdown are between the two
        (20, 12, "50%", "29%"),  # 8 of 28
    ],
)
def test_a_few_breakdowns_between_two_cohorts_are_not_told(had, between, own, others):
    girls, plan = broken(had, between)
    headline = placement_figures.headlines(girls, plan, CLOSED)[2]
    assert (headline.number, headline.beside) == (own, f"“Plan”: {others}")
    told = placement_figures.by_setting(girls, plan, CLOSED).table.iloc[-1]
    assert (told["A placement broke down"] == "c") == (others == "c")
