"""Groups then and now: whose price a mean would tell. The means themselves are worked by hand with the own history."""

from __future__ import annotations

import numpy as np
import pytest

from tests.histories import THEN, history, life, spell, store_of
from tests.small import AS_OF
from vcore.measures.then_and_now import then_and_now


@pytest.mark.parametrize(
    ("providers", "alone"),
    [
        (["Oak"] * 5, True),
        (["Oak"] * 4 + ["Elm"], False),  # four fifths is not more than four fifths
        (["Oak"] * 5 + ["Elm"], True),  # five sixths is
        (["Oak"] * 2 + ["Elm"] * 2, False),
        ([None] * 3, False),  # nobody named
    ],
)
def test_a_mean_that_is_one_providers_price_is_marked(providers, alone):
    store = store_of(
        *(
            life(f"{place:02d}", spell("residential", provider=provider))
            for place, provider in enumerate(providers)
        )
    )
    everybody = np.ones(len(providers), dtype=bool)
    table = then_and_now(
        history(store, THEN), store.snapshot(AS_OF), {"all": everybody, "nobody": ~everybody}
    )
    assert table["one_provider"].tolist() == [alone, False]
    assert table["costed"].tolist() == [len(providers), 0]
    assert table["cost_now"].iloc[0] == 5_000
    assert table["cost_change"].iloc[0] == 0
