"""What explains cost, on children whose cost was made from what we know."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

from vcore import Store
from vcore.measures import cost_model
from vcore.measures.cost_model import MARKET

N = 800
PRICES = {"private_residential": 5_000.0, "independent_fostering": 1_000.0, "semi_independent": 1_500.0}
PROTECTED = {
    "sex": ["F", "M"],
    "ethnicity": ["White", "Black", "Asian"],
    "disability": [True, False],
    "uasc": [True, False],
    "age": [3, 9, 16],
    "religion": ["one", "other"],
}


def made(cost_of, n=N, seed=3):
    """A frame of children with every column a model could want, their scores, and a cost made by `cost_of`."""
    draw = np.random.default_rng(seed)
    scores = draw.integers(0, 11, (n, 13)).astype("float64")
    frame = pd.DataFrame(
        {
            "setting_detail": draw.choice(list(PRICES), n),
            "provider": draw.choice([f"Home {place}" for place in range(20)], n),
            "provider_region": draw.choice(["North West", "South East"], n),
            "sourced": draw.choice(["framework", "spot"], n),
            **{name: draw.choice(values, n) for name, values in PROTECTED.items()},
        }
    )
    frame["weekly_cost_gbp"] = cost_of(frame, scores, draw)
    return frame, scores


def from_need(frame, scores, draw):
    return 300 + 2_000 * (scores[:, 1] >= 7) + 100 * scores[:, 4] + draw.normal(0, 50, len(frame))


def from_market(frame, scores, draw):
    return (
        frame["setting_detail"].map(PRICES)
        + 400 * (frame["sourced"] == "spot")
        + draw.normal(0, 50, len(frame))
    )


def shares(model):
    return model.explained.set_index("known")["share"]


def test_where_need_makes_the_cost_need_explains_it_and_the_market_nothing():
    found = shares(cost_model.fit(*made(from_need)))
    assert found["need"] > 0.95
    assert abs(found["market"]) < 0.06
    assert found["both"] > 0.95


def test_where_the_market_makes_the_cost_it_explains_it_and_need_nothing():
    model = cost_model.fit(*made(from_market))
    found = shares(model)
    assert found["market"] > 0.95
    assert abs(found["need"]) < 0.06
    assert found["both"] > 0.95
    assert abs(model.need_adds[0]) < 0.02


def test_what_need_adds_to_market_facts_is_the_difference_of_the_two():
    model = cost_model.fit(*made(lambda *given: from_need(*given) + from_market(*given)))
    found = shares(model)
    share, low, high = model.need_adds
    assert share == pytest.approx(found["both"] - found["market"])
    assert 0.1 < low < share < high < 1


def test_shares_and_gaps_are_those_of_the_expectations_and_lie_in_their_intervals():
    frame, scores = made(lambda *given: from_need(*given) + from_market(*given))
    model = cost_model.fit(frame, scores)
    cost = frame["weekly_cost_gbp"].to_numpy()
    for known in ("need", "market", "both"):
        expected = getattr(model, f"expected_from_{known}")
        explained = 1 - ((cost - expected) ** 2).sum() / ((cost - cost.mean()) ** 2).sum()
        row = model.explained.set_index("known").loc[known]
        assert row["share"] == pytest.approx(explained)
        assert row["low"] < explained < row["high"]
        assert expected.sum() == pytest.approx(cost.sum(), rel=0.01)
        assert cost.min() <= expected.min() and expected.max() <= cost.max()


def test_intervals_are_those_of_drawing_the_children_again():
    frame, scores = made(from_need)
    frame["weekly_cost_gbp"] += np.random.default_rng(1).normal(0, 2_000, N).clip(-300)
    model = cost_model.fit(frame, scores)
    cost, expected = frame["weekly_cost_gbp"].to_numpy(), model.expected_from_need
    draw, drawn = np.random.default_rng(5), []
    for _ in range(2_000):
        again = draw.integers(0, N, N)
        y, p = cost[again], expected[again]
        drawn.append(1 - ((y - p) ** 2).sum() / ((y - y.mean()) ** 2).sum())
    row = model.explained.set_index("known").loc["need"]
    assert (row["low"], row["high"]) == pytest.approx(np.percentile(drawn, [2.5, 97.5]), abs=0.02)


def test_nothing_protected_is_ever_read():
    frame, scores = made(lambda *given: from_need(*given) + from_market(*given))
    draw = np.random.default_rng(9)
    changed = frame.assign(**{name: draw.permutation(frame[name]) for name in PROTECTED})
    bare = frame[["weekly_cost_gbp", *MARKET]]  # and without them, nothing is missed
    assert not set(PROTECTED) & set(MARKET)
    first = cost_model.fit(frame, scores)
    for other in (changed, bare):
        again = cost_model.fit(other, scores)
        pd.testing.assert_frame_equal(again.explained, first.explained, check_exact=True)
        assert np.array_equal(again.expected_from_both, first.expected_from_both)
        assert np.array_equal(again.expected_from_need, first.expected_from_need)


def test_a_childs_own_cost_never_helps_to_expect_it():
    frame, scores = made(from_need)
    before = cost_model.fit(frame, scores)
    dearer = frame.copy()
    dearer.loc[17, "weekly_cost_gbp"] = 90_000.0
    after = cost_model.fit(dearer, scores)
    assert after.expected_from_need[17] == before.expected_from_need[17]
    assert after.expected_from_both[17] == before.expected_from_both[17]


def test_children_without_a_cost_or_an_assessment_stay_out():
    frame, scores = made(from_market)
    frame.loc[:9, "weekly_cost_gbp"] = np.nan
    scores[10:20] = np.nan
    frame.loc[20:400, ["provider", "sourced"]] = None  # not recorded is a value of its own
    model = cost_model.fit(frame, scores)
    assert model.n == N - 20
    for expected in (model.expected_from_need, model.expected_from_market, model.expected_from_both):
        assert np.isnan(expected[:20]).all() and not np.isnan(expected[20:]).any()


@pytest.mark.parametrize(("n", "known"), [(199, False), (200, True)])
def test_too_few_children_teach_nothing(n, known):
    model = cost_model.fit(*made(from_need, n=n))
    assert model.n == n
    assert model.explained["share"].notna().all() == known
    assert (not np.isnan(model.expected_from_need).any()) == known


def test_one_price_for_all_has_no_differences_to_explain():
    model = cost_model.fit(*made(lambda frame, *_: np.full(len(frame), 700.0)))
    assert model.explained["share"].isna().all()


def test_two_threads_at_once_learn_the_same():
    frame, scores = made(from_need, n=300)
    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(lambda _: cost_model.fit(frame, scores), range(2))
    assert np.array_equal(one.expected_from_both, two.expected_from_both)


def test_on_the_demonstration_cohort_the_market_explains_far_more_than_need():
    snapshot = Store.demo().snapshot()
    model = cost_model.fit(snapshot.frame, snapshot.scores)
    found = shares(model)
    assert 0.02 < found["need"] < 0.15
    assert found["market"] > 0.4
    assert model.n == int(snapshot.frame["weekly_cost_gbp"].notna().sum())  # everybody is assessed there
