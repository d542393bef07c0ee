"""How sure an answer is, simulated beside the screens: nobody's page waits for it.

Knows no reader and no right: whoever has the result may ask.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
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


def known(result: Result) -> Ranges | None:
    """The ranges of a result where they have been simulated already. Sets nothing going."""
    with _LOCK:
        answer = _FOUND.get(result.cohort, {}).get(_asked(result))
    return answer.result() if answer is not None and answer.done() else None


def simulated(result: Result, *, wait_seconds: float = 0.0) -> Ranges | None:
    """The ranges of a result that rests on ranged assumptions; None while they are simulated, after waiting as long
    as is said. The first who asks sets it going."""
    asked = _asked(result)
    with _LOCK:
        found = _FOUND.setdefault(result.cohort, {})
        if asked not in found:
            while len(found) >= KEPT:
                found.pop(next(iter(found))).cancel()
            found[asked] = _ONE_AT_A_TIME.submit(model.ranges, result)
        answer = found[asked]
    wait([answer], timeout=wait_seconds)
    return answer.result() if answer.done() and not answer.cancelled() else None


def _asked(result: Result) -> str:
    return result.scenario.model_dump_json(exclude={"name", "calendar"})
