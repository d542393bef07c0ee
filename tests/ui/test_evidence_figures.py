"""The breakdown signal and the own history in words: their sentences, what is quiet, what is offered, what is hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from tests.histories import THEN, history, leaver, life, spell, store_of
from tests.scenarios.test_own_history import LATER, MOVE, RULE, home, twenty
from ui import breakdown_signal_figures as signal
from ui import own_history_figures as own
from ui import own_history_words as own_words
from ui.disclosure import Gate
from vcore.measures.breakdown_signal import SignalRule
from vcore.measures.disclosure import HIDDEN
from vcore.scenarios.own_history import Found, OwnHistory
from vcore.store import Snapshot

OPEN, CLOSED = Gate(sees_small=True, sees_prices=True), Gate(sees_small=False)
HIGH = [7] * 3 + [3] * 10  # 51 points, three severe


def row(flagged: tuple[int, int], others: tuple[int, int], ratio: tuple[float, ...], gap=(0.0, 0.0)) -> dict:
    """Of each group: how many broke down, of how many followed."""
    told = {"limit": "any", "ratio": ratio[0], "ratio_low": ratio[1], "ratio_high": ratio[2]}
    for name, (k, n) in (("flagged", flagged), ("others", others)):
        told |= {f"{name}_broke": k, f"{name}_followed": n, f"{name}_share": k / n if n else float("nan")}
    return told | {"gap_low": gap[0], "gap_high": gap[1]}


NAN = (float("nan"),) * 3


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (row((30, 100), (10, 100), (3, 1.5, 5.8)), "Flagged foster placements broke down more often: 30%, others 10%"),
        (row((10, 100), (30, 100), (0.3, 0.2, 0.6)), "Flagged foster placements broke down less often: 10%, others 30%"),
        (row((30, 100), (28, 100), (1.1, 0.7, 1.6)), "No clear difference: 30% of flagged foster placements broke down, 28% of others"),
        (row((0, 100), (28, 100), NAN, (-0.4, -0.2)), "Flagged foster placements broke down less often: 0%, others 28%"),
        (row((2, 20), (0, 20), NAN, (-0.1, 0.3)), "No clear difference: 10% of flagged foster placements broke down, 0% of others"),
        (row((3, 9), (28, 100), (1.2, 0.4, 3)), signal.TOO_FEW),
        (row((3, 10), (2, 9), (1.2, 0.4, 3)), signal.TOO_FEW),
        (row((3, 10), (2, 10), (1.5, 0.4, 5)), "No clear difference: 30% of flagged foster placements broke down, 20% of others"),
        (dict.fromkeys(row((1, 2), (1, 2), NAN), HIDDEN), signal.TOO_FEW),
    ],
)  # fmt: skip
def test_the_signals_sentence(told, said):
    assert signal.sentence(told) == said


def year(flagged: int, broke: int, others: int, others_broke: int):
    """A year in which so many were flagged and broke down, and so many others."""

    def one(name: str, scores: list[int], ended: bool) -> dict:
        day = date(2025, 8, 1)
        moved = (spell("fostering", end=day, broke=True), spell("residential", day))
        spells = moved if ended else (spell("fostering"),)
        return life(name, *spells, assessed={date(2025, 1, 31): scores})

    lives = [one(f"f{place:02d}", HIGH, place < broke) for place in range(flagged)]
    lives += [one(f"o{place:02d}", [1] * 13, place < others_broke) for place in range(others)]
    return history(store_of(*lives, leaver()))


def test_the_signals_figure_and_who_may_see_it():
    past = year(20, 8, 20, 6)
    rule = SignalRule(total=48, severe=2)
    figure = signal.by_limit(past, rule, OPEN)
    assert figure.title == "The rule had flagged 8 of the 14 placements that broke down"
    assert figure.table["Limit"].tolist() == [
        "Any of these limits",
        "Total need of 48 or more",
        "Severe needs: 2 or more",
    ]
    assert figure.table["Flagged: broke down"].tolist() == [8, 8, 8]
    assert figure.words["Flagged: share"].tolist() == ["40%"] * 3
    closed = signal.by_limit(past, rule, CLOSED)  # the whole rule alone: its limits overlap
    assert closed.table["Limit"].tolist() == ["Any of these limits"]
    assert closed.table["Not flagged: broke down"].tolist() == [6]
    few = year(20, 3, 20, 6)
    assert (signal.told(few, rule, CLOSED).drop(columns="limit") == HIDDEN).all(axis=None)
    quiet = signal.by_limit(few, rule, CLOSED)
    assert "3" not in quiet.title and "Too few" in quiet.alt
    head = signal.headlines(signal.records(signal.told(few, rule, CLOSED))[0], 20, 40, CLOSED)
    assert [one.number for one in head] == ["20", HIDDEN, HIDDEN, HIDDEN]


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ((2, 0, 2, 0), "None of these placements broke down"),
        ((2, 1, 2, 0), "The rule had flagged the one that broke down"),
        ((2, 0, 2, 1), "The rule had not flagged the one that broke down"),
        ((2, 1, 2, 1), "The rule had flagged 1 of the 2 placements that broke down"),
    ],
)
def test_the_signals_title_counts_right(counts, title):
    assert signal.by_limit(year(*counts), SignalRule(total=48), OPEN).title == title


def looked(*lives: dict, until: date = LATER) -> tuple[OwnHistory, Snapshot]:
    store = store_of(*lives, leaver(), as_of=until)
    now = store.snapshot(until)
    return own.found(history(store, THEN, until), RULE, now), now


def test_the_own_historys_sentence():
    assert own_words.sentence(looked(*twenty())[0], 2) == (
        "Of 20 children flagged two years ago, 12 moved to a foster family; 9 of the 12 followed for a year held"
    )
    assert (
        own_words.sentence(looked(home("a"))[0], 1)
        == "Of 1 child flagged a year ago, none has moved to a foster family"
    )
    needy = home("a", assessed={date(2025, 1, 31): [9] * 13})
    assert own_words.sentence(looked(needy)[0], 1) == "The rule would have flagged nobody a year ago"
    one, other = (
        home("a", ("fostering", MOVE), *back) for back in ((), (("residential", date(2025, 9, 1)),))
    )
    assert own_words.sentence(looked(one)[0], 1).endswith("family; the one followed for a year held")
    assert own_words.sentence(looked(other)[0], 1).endswith(
        "family; the one followed for a year did not hold"
    )
    two = other | {"child_id": "b"}
    assert own_words.sentence(looked(other, two)[0], 1).endswith("none of the 2 followed for a year held")
    assert own_words.sentence(looked(one)[0], 1, held=False).endswith("1 moved to a foster family")
    recent = looked(home("a", ("fostering", date(2027, 1, 1))))[0]
    assert own_words.sentence(recent, 1).endswith(
        "1 moved to a foster family; none could be followed for a year yet"
    )
    assert own_words.not_followed(recent) == "Moves in no share at 12 months: 1 moved too recently."


def test_the_own_historys_figures():
    found, now = looked(*twenty())
    where = own.outcomes(found.history.then, found, now, OPEN)
    assert where.title == "Moved to a foster family: 60% of flagged, 0% of others"
    assert where.table["Flagged"].tolist() == [12, 0, 8, 0]
    money = own.money_and_need(found.history.then, found, now, OPEN)
    assert money.title == "Cost then and now: too few moved to compare"  # eight did not move
    assert money.table["Cost a week now"].tolist()[1] == 5_000
    assert [one.number for one in own_words.headlines(found)] == ["60%", "75%", "75%"]
    one = looked(home("a", ("fostering", MOVE)))
    assert own.outcomes(one[0].history.then, *one, CLOSED).alt.endswith("Too few children to say.")
    assert own.money_and_need(one[0].history.then, *one, CLOSED).alt.endswith("Too few children to say.")
    assert not own.tells(*one, CLOSED)
    assert not own.tells_held(found, CLOSED) and own.tells_held(found, OPEN)  # three ended
    assert len(own_words.headlines(found, held=False)) == 1


def test_what_one_provider_charges_is_not_told():
    found, now = looked(*twenty())
    alone = replace(found, means=found.means.assign(one_provider=[True, False, False]))
    told = own.money_and_need(found.history.then, alone, now, Gate(sees_small=True)).table
    assert told["Cost a week then"].tolist()[:2] == [HIDDEN, 5_000]
    assert told["Total need then"].tolist()[0] != HIDDEN


def test_what_is_offered_in_words():
    words = own_words.offer_words("matched", Found(14, 138, 0.1, 0.06, 0.16), 0.5)
    assert words == "A family is found: 10% (14 of 138; 95%: 6% to 16%). The scenario has 50%."
    words = own_words.offer_words("holds", Found(9, 14, 0.17, 0.02, 0.49), 0.64)
    assert words == (
        "Moves that last 4 years: 17%, as many lost each year as in the first (9 of 14 held a year; 95%: 2% to 49%). "
        "The scenario has 64%."
    )
    words = own_words.offer_words("holds", None, 0.64)
    assert words == (
        "Moves that last: too few to say (fewer than 10 moves followed for a year). The scenario keeps 64%."
    )


def test_titles_are_short():
    found, now = looked(*twenty())
    for figure in (
        own.outcomes(found.history.then, found, now, OPEN),
        own.money_and_need(found.history.then, found, now, OPEN),
        signal.by_limit(year(2, 1, 2, 1), SignalRule(total=48), OPEN),
    ):
        assert len(figure.title.split()) <= 15
        assert isinstance(figure.table, pd.DataFrame)
