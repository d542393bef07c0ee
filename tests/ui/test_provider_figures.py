"""Providers as each role may see them: values by hand, what finance and analysts must not learn, and quiet states."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ledger.people import Person
from ledger.rights import NotAllowed, Role
from tests.small import AS_OF, NEEDS, child, tables
from tests.ui.drawn import drawn_rows
from ui import (
    composition,
    overview_headlines,
    provider_details,
    provider_figures,
    provider_headlines,
    provider_reads,
    provider_rows,
    sentences,
    session,
    spend,
    spend_figures,
)
from ui.comparison import Comparison, everyone_else
from ui.composition import Attribute
from ui.disclosure import Gate
from vcore import CohortFilter
from vcore.measures.providers import NOT_RECORDED, OWN, providers
from vcore.store import Store

COMMISSIONER = Gate(sees_small=True, sees_prices=True)
ANALYST = Gate(sees_small=True)
FINANCE = Gate(sees_small=False, sees_prices=True)
FOSTERED = {"setting_detail": "in_house_fostering", "place_code": "U4", "provider_code": "PR1"}
PAID = {  # provider → children, £ a week each, score in each of 13 domains
    "Alder": (30, 5000.0, 4),
    "Birch": (12, 3000.0, 2),
    "Cedar": (7, 4000.0, 1),
    "Damson": (3, 9000.0, 5),
}
FREE = pd.DataFrame(
    {
        "authority": ["North"] * 2,
        "setting_detail": ["in_house_residential", "in_house_fostering"],
        "free": [4, 9],
    }
)


def made() -> list[dict]:
    found = [
        child(f"{name}{n:02d}", provider=name, sourced="spot" if n % 2 else "framework", weekly_cost_gbp=cost, scores=[score] * 13, sex="F" if n < 5 else "M")
        for name, (children, cost, score) in PAID.items()
        for n in range(children)
    ]  # fmt: skip
    found += [
        child(f"own{n}", provider="Ours", sourced="in_house", weekly_cost_gbp=500.0, **FOSTERED)
        for n in range(20)
    ]
    return found + [
        child(f"z{n}", weekly_cost_gbp=None, scores=None, setting_detail="with_parents", place_code="P1")
        for n in range(11)
    ]


def store_of(children: list[dict]) -> Store:
    return Store.of_tables(tables(children), as_of=AS_OF, needs=NEEDS)


STORE = store_of(made())
KNOWN = providers(STORE.snapshot(), STORE.year_before())
ALL = STORE.cohort()
SPEND = sum(n * cost for n, cost, _ in PAID.values()) + 20 * 500


def headlines(cohort, known, gate, beside=None):
    return provider_headlines.headlines(cohort, known, beside or everyone_else(cohort), known, gate)


def spend_and_need(cohort, known, gate, beside=None):
    return provider_figures.spend_and_need(cohort, known, beside or everyone_else(cohort), known, None, gate)


def rows(gate, cohort=ALL):
    return provider_rows.told(cohort, KNOWN, None, gate).every


def test_the_sentence_and_the_headlines_by_hand():
    top = (30 * 5000 + 12 * 3000 + 7 * 4000) / SPEND  # never all four of four
    assert (
        provider_headlines.title(ALL, KNOWN, COMMISSIONER) == f"Three of 4 providers take {top:.0%} of spend"
    )
    numbers = [headline.number for headline in headlines(ALL, KNOWN, COMMISSIONER)]
    assert numbers == ["4", f"{(SPEND - 10_000) / SPEND:.0%}", f"{(15 + 6 + 3 + 1) / 52:.0%}", "0%"]


def test_a_commissioner_sees_every_number_and_nobody_is_dropped():
    told = rows(COMMISSIONER)
    assert told["children"].to_dict() == {
        "Alder": 30,
        "Birch": 12,
        "Cedar": 7,
        "Damson": 3,
        OWN: 20,
        NOT_RECORDED: 11,
    }
    assert told.loc["Damson", ["weekly_gbp", "mean_weekly_gbp", "mean_need_total"]].tolist() == [
        27_000,
        9_000,
        65,
    ]
    assert np.isnan(told.loc[NOT_RECORDED, "weekly_gbp"])
    figure = spend_and_need(ALL, KNOWN, COMMISSIONER)
    assert figure.title == f"Alder: {150_000 / SPEND:.0%} of spend, mean need 52"
    assert figure.note == provider_figures.BEING_WORKED_OUT and "Against expected" not in figure.table


def test_finance_sees_costs_of_any_size_and_neither_small_counts_nor_few_children_s_needs():
    told = rows(FINANCE)
    assert told["weekly_gbp"].dropna().to_dict() == {
        **{name: n * cost for name, (n, cost, _) in PAID.items()},
        OWN: 10_000,
    }
    hidden = told.index[told["children"] == "c"]
    assert "Damson" in hidden and len(hidden) >= 2  # a second one, else 83 − the others is 3
    assert (told.loc[hidden, "mean_weekly_gbp"] == "c").all()  # else cost ÷ mean is the count
    few = told.index[[n == "c" or n < 10 for n in told["children"]]]
    assert (told.loc[few, "mean_need_total"].dropna() == "c").all()
    assert told.loc["Alder", "mean_need_total"] == 52


def test_of_some_children_finance_sees_no_cost_of_fewer_than_ten():
    girls = STORE.cohort(CohortFilter(sexes=("F",)))  # five of Alder, Birch and Cedar, three of Damson
    told = rows(FINANCE, girls)
    for name in PAID:
        assert told.loc[name, "weekly_gbp"] == told.loc[name, "mean_weekly_gbp"] == "c"
    assert rows(COMMISSIONER, girls).loc["Damson", "weekly_gbp"] == 27_000


def test_an_analyst_sees_no_price_of_one_provider_in_any_cell():
    told = rows(ANALYST)
    for price in provider_rows.PRICES:
        assert (told.loc[list(PAID), price] == "c").all(), price
    assert told.loc["Alder", ["children", "mean_need_total"]].tolist() == [30, 52]
    assert told.loc[OWN, "mean_weekly_gbp"] == 500  # no secret of business
    figure = spend_and_need(ALL, KNOWN, ANALYST)
    assert figure.title == "Alder: 36% of children, mean need 52"
    assert "5,000" not in str(figure.spec) + str(figure.file(rounded=False))
    closely = provider_details.price_and_need(ALL, KNOWN, "Alder", ANALYST)
    assert closely.table.iloc[0, 0] == "Too few children to say." or "role" in closely.subtitle
    said = provider_details.facts(ALL, KNOWN, None, ANALYST, "Alder", FREE)
    assert not any("£" in line for line in said)


def test_beyond_the_largest_the_rest_are_one_row():
    many = [
        child(
            f"{place:02d}{n:02d}",
            provider=f"Home {place:02d}",
            sourced="spot",
            weekly_cost_gbp=1000.0 + 100 * place,
        )
        for place in range(20)
        for n in range(12)
    ]
    store = store_of(many)
    cohort, known = store.cohort(), providers(store.snapshot(), store.year_before())
    few = provider_rows.told(cohort, known, None, COMMISSIONER).few
    assert list(few.index) == [f"Home {place:02d}" for place in range(19, 4, -1)] + ["5 other providers"]
    assert few.loc["5 other providers", ["children", "mean_weekly_gbp"]].tolist() == [60, 1200]
    assert sum(few["children"]) == 240 and sum(few["share_of_spend"]) == pytest.approx(1)
    table = spend_and_need(cohort, known, COMMISSIONER).table
    assert len(table) == 16 and table["Children"].sum() == 240


def test_one_provider_closely():
    said = "\n".join(provider_details.facts(ALL, KNOWN, None, COMMISSIONER, "Alder", FREE))
    assert "30 children, £150,000 a week; £5,000 each" in said
    assert "Children's home (private) 30. Bought: on a framework 15, spot 15" in said
    assert "4 places are free in the council's own residential services" in said
    nothing = provider_details.facts(ALL, KNOWN, None, COMMISSIONER, "Alder", FREE.head(0))
    assert "are not recorded" in nothing[-1]
    assert "If it closed" not in "\n".join(provider_details.facts(ALL, KNOWN, None, COMMISSIONER, OWN, FREE))
    figure = provider_details.price_and_need(ALL, KNOWN, "Alder", COMMISSIONER)  # all score 52: high need
    assert figure.title == "High need: £5,000 a week here, £9,000 with others"  # Damson: 65
    assert provider_details.price_and_need(ALL, KNOWN, "Alder", FINANCE).title == "Price by need"  # 3 others


@pytest.mark.parametrize("gate", [COMMISSIONER, FINANCE, ANALYST], ids=["commissioner", "finance", "analyst"])
@pytest.mark.parametrize(
    "children",
    [
        [child("a", provider="Alder", sourced="spot")],
        [child("a", weekly_cost_gbp=None, scores=None)],
        [child(f"{n:02d}", weekly_cost_gbp=None, scores=None, **FOSTERED) for n in range(30)],
        [child(f"{n:02d}", provider=None, sourced=None) for n in range(30)],
    ],
    ids=["one child", "one child, nothing known", "nothing recorded", "no provider recorded"],
)
def test_there_is_a_sentence_for_every_cohort(gate, children):
    store = store_of(children)
    known = providers(store.snapshot(), store.year_before())
    for cohort in (store.cohort(), store.cohort(CohortFilter(age_min=20))):
        assert provider_headlines.title(cohort, known, gate)
        assert len(headlines(cohort, known, gate)) == 4
        assert spend_and_need(cohort, known, gate).spec
        for name in provider_details.offered(cohort, known, None, gate):
            assert provider_details.facts(cohort, known, None, gate, name, FREE)
            assert provider_details.price_and_need(cohort, known, name, gate).spec


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ADMINISTRATOR])
def test_nothing_is_handed_to_whoever_lacks_the_right(monkeypatch, role):
    someone = Person("eve", "Eve", role, None, False, True, False)
    monkeypatch.setattr(session, "signed_in", lambda: someone)
    for read in (provider_reads.providers, provider_reads.free_places):
        with pytest.raises(NotAllowed, match="commissioner or analyst or finance"):
            read()


def test_a_director_sees_no_cost_of_a_setting_that_one_provider_runs():
    """Supported rooms are all Elm's: their cost is Elm's price, and so is what total less the others leaves."""
    rooms = {"setting_detail": "semi_independent", "place_code": "K3"}
    elms = [
        child(f"elm{n:02d}", provider="Elm", sourced="spot", weekly_cost_gbp=1500.0, **rooms)
        for n in range(20)
    ]
    cohort = store_of([*made(), *elms]).cohort()
    for gate, prices in (
        (Gate(sees_small=False), True),
        (ANALYST, True),
        (FINANCE, False),
        (COMMISSIONER, False),
    ):
        table = spend_figures.by_setting(cohort, gate).table.set_index("Where children live")
        for column in ("Weekly cost", "Share of spend", "Mean weekly cost"):
            assert (table.loc["Supported accommodation", column] == "c") == prices
        assert table.loc["Supported accommodation", "Children"] == 20
        hidden = table.index[table["Weekly cost"] == "c"]
        assert len(hidden) >= 2 or not prices
    attribute = Attribute("setting", "Setting")
    of_cohort = composition.against(cohort, everyone_else(cohort), attribute, Gate(sees_small=False)).table
    costs = dict(zip(of_cohort["Setting"], of_cohort["Mean weekly cost"], strict=True))
    assert costs["semi_independent"] == "c" and costs["residential"] != "c"


def test_the_cost_of_a_cohort_that_one_provider_looks_after_is_its_price_too():
    homes = STORE.cohort(CohortFilter(providers=("Alder",)))
    for gate, told in ((Gate(sees_small=False), "c"), (ANALYST, "c"), (COMMISSIONER, "£150k")):
        beside = everyone_else(homes)
        assert overview_headlines.headlines(homes, beside, gate)[1].number == told
        words = sentences.cohort_size(
            spend.sizes(homes), 30, 72, gate, cost_shares=spend.cost_shares(homes, gate)
        )
        assert (
            words
            == f"30 children · 36% of all 83 children · {told} a week ({'60%' if told != 'c' else 'c'} of spend)"
        )
        mean = composition.headlines(homes, everyone_else(homes), gate)[0].number
        assert mean == ("£5,000" if told != "c" else "c")


def boys() -> tuple:
    """Those with n ≥ 5 of each provider are boys: 25 of Alder's, 7 of Birch's, 2 of Cedar's, none of Damson's."""
    return STORE.cohort(CohortFilter(sexes=("M",)))


def test_each_figure_stands_over_that_of_everyone_else():
    spent = 25 * 5000 + 7 * 3000 + 2 * 4000
    girls = {"Alder": 5, "Birch": 5, "Cedar": 5, "Damson": 3}
    others = sum(n * PAID[name][1] for name, n in girls.items())
    told = headlines(boys(), KNOWN, COMMISSIONER)
    assert [headline.number for headline in told][:2] == ["3", "100%"]
    assert told[1].words == f"of spend goes to them (£{spent / 1000:.0f}k a week)"
    assert [headline.beside for headline in told][:2] == [
        "Everyone else: 4",
        f"Everyone else: {others / (others + 20 * 500):.0%}",
    ]
    assert (
        told[2].beside == f"Everyone else: {(2 + 2 + 2 + 1) / 18:.0%}"
    )  # the odd ones of n < 5 are bought spot


def test_the_shares_of_everyone_else_are_lines_across_the_bars():
    girls = {"Alder": 5 * 5000, "Birch": 5 * 3000, "Cedar": 5 * 4000}
    all_else = sum(girls.values()) + 3 * 9000 + 20 * 500
    figure = spend_and_need(boys(), KNOWN, COMMISSIONER)
    told = figure.table.set_index("Provider")["Of spend, everyone else"]
    assert told.to_dict() == pytest.approx({name: spent / all_else for name, spent in girls.items()})
    ticks = pd.DataFrame(drawn_rows(figure)[2]).set_index("row")["at"]
    bars = pd.DataFrame(drawn_rows(figure)[0])
    bars = bars[bars["what"] == "% of spend"].set_index("row")["to"]
    mine = 25 * 5000 / (25 * 5000 + 7 * 3000 + 2 * 4000)
    assert ticks["Alder"] / bars["Alder"] == pytest.approx(girls["Alder"] / all_else / mine)
    assert "% of spend" not in str(spend_and_need(ALL, KNOWN, COMMISSIONER).spec["layer"][2:])  # nobody else


def test_finance_sees_no_pair_of_cohorts_provider_by_provider_but_those_it_can_add_up_anyway():
    older = STORE.cohort(CohortFilter(settings=("residential",)))
    pair = Comparison("“Homes”", older)
    assert {headline.beside for headline in headlines(boys(), KNOWN, FINANCE, pair)} == {"“Homes”: c"}
    assert "Of spend, “Homes”" not in spend_and_need(boys(), KNOWN, FINANCE, pair).table
    assert "Of spend, “Homes”" in spend_and_need(boys(), KNOWN, COMMISSIONER, pair).table
    assert not provider_details.beside(boys(), KNOWN, pair, KNOWN, "Alder", FINANCE)
    told = spend_and_need(boys(), KNOWN, FINANCE).table.set_index("Provider")
    hidden = told["Share of spend"] == "c"
    assert hidden.any() and (told.loc[hidden, "Of spend, everyone else"] == "c").all()


def test_one_provider_then_and_now():
    pair = Comparison("those on 31 March 2025", boys().everyone_else)
    said = provider_details.beside(boys(), KNOWN, pair, KNOWN, "Birch", COMMISSIONER)
    assert said == "31 March 2025: 5 children, £3,000 each, mean total need 26.0"
    assert provider_details.beside(boys(), KNOWN, pair, KNOWN, "Elder", COMMISSIONER).endswith(
        "nobody with this provider"
    )
    assert not provider_details.beside(ALL, KNOWN, everyone_else(ALL), KNOWN, "Birch", COMMISSIONER)


@pytest.mark.parametrize(("asked", "told"), [(0, 0), (5, "c"), (6, 6), (7, "c"), (12, 12)])
def test_finance_reads_no_small_number_of_carers_requests(asked, told):
    made = [child(f"{n:02d}", provider="Alder", sourced="spot") for n in range(30)]
    store = store_of(made)
    known = providers(store.snapshot(), store.year_before())
    twelve = replace(
        known,
        broken_position=np.arange(12),
        broken_code=known.code[:12],
        carer_asked=np.arange(12) < asked,
    )
    row = provider_rows.told(store.cohort(), twelve, None, FINANCE).every.loc["Alder"]
    assert row[["breakdowns", "carer_requests"]].tolist() == [12, told]
    assert (
        provider_rows.told(store.cohort(), twelve, None, COMMISSIONER).every.loc["Alder", "carer_requests"]
        == asked
    )
