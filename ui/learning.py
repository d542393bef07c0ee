"""What takes seconds to learn from a snapshot, learnt beside the screens: nobody's page waits for it.

Knows no reader and no right: only `ui.reads` asks here.
"""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from weakref import WeakKeyDictionary

from vcore.measures import cost_model
from vcore.measures.cost_model import CostModel
from vcore.store.snapshot import Snapshot

_ONE_AT_A_TIME = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cost-model")
_MODELS: WeakKeyDictionary[Snapshot, Future[CostModel]] = WeakKeyDictionary()
_LOCK = Lock()


def learnt_cost_model(snapshot: Snapshot, reaching: Collection[str]) -> CostModel | None:
    """What explains cost in a snapshot; None while it is being learnt. The first who asks sets it going.

    Learnt from the authorities whose loads are `reaching` the snapshot's date: what a child of another cost when it
    was last heard of is no price of that day.
    """
    with _LOCK:
        if snapshot not in _MODELS:
            _MODELS[snapshot] = _ONE_AT_A_TIME.submit(_learn, snapshot, frozenset(reaching))
        model = _MODELS[snapshot]
    return model.result() if model.done() else None


def _learn(snapshot: Snapshot, reaching: Collection[str]) -> CostModel:
    frame, known = snapshot.frame, snapshot.frame["authority"].isin(reaching)
    if not known.all():
        frame = frame.assign(weekly_cost_gbp=frame["weekly_cost_gbp"].where(known))
    return cost_model.fit(frame, snapshot.scores)
