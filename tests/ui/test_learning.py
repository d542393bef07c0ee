"""What takes long to learn is learnt once, beside the screens, and handed out when it is there."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from tests.ui import populated
from ui import learning
from vcore.measures import cost_model

ALL = populated.store().authorities


def test_nobody_waits_and_it_is_learnt_once_for_all(monkeypatch):
    snapshot, go_on, asked = populated.store().snapshot(), Event(), []

    def slow(frame, scores):
        asked.append(len(frame))
        assert go_on.wait(10)
        return "the model"

    monkeypatch.setattr(cost_model, "fit", slow)
    with ThreadPoolExecutor(4) as readers:
        found = list(readers.map(lambda _: learning.learnt_cost_model(snapshot, ALL), range(8)))
    assert found == [None] * 8
    go_on.set()
    assert within_seconds(5, lambda: learning.learnt_cost_model(snapshot, ALL)) == "the model"
    assert asked == [len(snapshot.frame)]


def test_the_model_is_of_the_snapshots_own_rows():
    snapshot = populated.store().snapshot()
    model = within_seconds(60, lambda: learning.learnt_cost_model(snapshot, ALL))
    cost, need = snapshot.frame["weekly_cost_gbp"], snapshot.frame["need_total"]
    known = (cost.notna() & need.notna()).to_numpy()
    assert model.n == known.sum()
    assert ((model.expected_from_need > 0) == known).all()


def within_seconds(seconds: float, ask):
    """The first answer that is not None."""
    until = time.monotonic() + seconds
    while (answer := ask()) is None and time.monotonic() < until:
        time.sleep(0.02)
    return answer
