"""Many draws at once are each draw by itself: assumptions as (draws, 1) arrays, books as (draws, rows)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.scenarios.many import many
from vcore.facts.assumptions import assumption
from vcore.scenarios import InHouseFostering, OwnHomes, Permanence, Prevention, Reunification, StepDown
from vcore.scenarios.baseline import baseline_of
from vcore.scenarios.book import Book, once_a_draw

DRAWS = 3
COHORT = many(200, seed=5).cohort()
LEVERS = (
    Reunification(max_severe=2),
    Permanence(max_severe=2, settled_years=1),
    StepDown(max_severe=2),
    InHouseFostering(max_severe=4, vacancies=1, carers_a_year=1),
    OwnHomes(homes=1),
    OwnHomes(homes=40),  # more places than children
    Prevention(),
)


@pytest.mark.parametrize("basis", ["gross", "social_care"])
@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: type(lever).__name__)
def test_many_draws_at_once_are_each_draw_by_itself(lever, basis):
    draw = np.random.default_rng(6)
    varied = {
        field: draw.uniform(assumption(key).low, assumption(key).high, (DRAWS, 1))
        for field, key in lever.assumptions().items()
    }
    kept = draw.choice([0.0, 0.3, 1.0], (DRAWS, len(COHORT)))
    dearer = draw.uniform(0.8, 1.3, (DRAWS, 1))
    opened = Book.opened(baseline_of(COHORT), basis)
    book = replace(opened, price=opened.price * dearer, remaining=kept)
    together = lever.model_construct(**(dict(lever) | varied)).apply(book)
    months = np.array([0, 7, 30, 80])
    staying = lever.model_construct(**(dict(lever) | varied)).staying(months)
    for number in range(DRAWS):
        settings = {field: float(values[number, 0]) for field, values in varied.items()}
        one = type(lever).model_validate(lever.model_dump() | settings)
        alone = one.apply(replace(opened, price=opened.price * dearer[number], remaining=kept[number]))
        assert alone.in_all_gbp != 0 or lever == Prevention()

        def of(sums, number=number):
            return np.broadcast_to(sums, DRAWS)[number]

        assert of(together.in_all_gbp) == pytest.approx(float(alone.in_all_gbp))
        assert of(together.delivery_cost_gbp) == pytest.approx(float(alone.delivery_cost_gbp))
        assert of(once_a_draw(together.avoided_gbp)) == pytest.approx(float(once_a_draw(alone.avoided_gbp)))
        assert np.broadcast_to(together.moved, kept.shape)[number] == pytest.approx(alone.moved)
        assert np.broadcast_to(together.book.remaining, kept.shape)[number] == pytest.approx(
            alone.book.remaining
        )
        assert np.broadcast_to(staying, (DRAWS, 4))[number] == pytest.approx(one.staying(months))
        assert (~alone.eligible | together.eligible).all()
