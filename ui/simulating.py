"""How sure an answer is, simulated beside the screens: nobody's page waits for it.

Knows no reader and no right: whoever has the result may ask.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from weakref import WeakKeyDictionary

from vcore.scenarios import Result
from vcore.scenarios import ranges as model
from vcore.scenarios.ranges import Ranges
from vcore.store import Cohort

KEPT = 16  # answers of one cohort
_ONE_AT_A_TIME = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ranges")
_FOUND: WeakKeyDictionary[Cohort, dict[str, Future[Ranges | None]]] = WeakKeyDictionary()
_LOCK = Lock()


def simulated(result: Result) -> Ranges | None:
    """The ranges of a result that rests on ranged assumptions; None while they are simulated. The first who asks
    sets it going."""
    asked = result.scenario.model_dump_json(exclude={"name", "calendar"})
    with _LOCK:
        found = _FOUND.setdefault(result.cohort, {})
        if asked not in found:
            while len(found) >= KEPT:
                found.pop(next(iter(found))).cancel()
            found[asked] = _ONE_AT_A_TIME.submit(model.ranges, result)
        answer = found[asked]
    return answer.result() if answer.done() else None
