"""How long one thing takes when it is done again and again in this process."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from benchmarks.comparison import Times


def timed(do: Callable[[int], object], repeats: int) -> Times:
    """`do(turn)` timed for turns 1 to `repeats`, after a turn 0 that warms it up."""
    do(0)
    gc.collect()
    return Times([timed_ms(lambda turn=turn: do(turn)) for turn in range(1, repeats + 1)])


def timed_ms(do: Callable[[], object]) -> float:
    """The milliseconds of doing it once."""
    started = time.perf_counter()
    do()
    return 1_000 * (time.perf_counter() - started)
