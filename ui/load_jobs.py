"""Work on files that takes seconds, done beside the screens: everybody else is answered, and it can be cancelled.

One at a time in a process; the next waits its turn. Knows no reader and no right: whoever holds a job may ask it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Generic, TypeVar

from vcore.errors import VcoreError
from vcore.store.store import Progress

Answer = TypeVar("Answer")
_ONE_AT_A_TIME = ThreadPoolExecutor(max_workers=1, thread_name_prefix="load")


class Cancelled(VcoreError):
    """The reader cancelled the work. Nothing was kept."""

    def __init__(self) -> None:
        super().__init__("Cancelled. Nothing was kept, and what is published has not changed.")


class Job(Generic[Answer]):
    """Work under way. `share` (0–1) and `words` say how far it is."""

    def __init__(self, work: Callable[[Progress], Answer]) -> None:
        self.share, self.words = 0.0, "Waiting for another load to finish"
        self._cancelled = Event()
        self._future: Future[Answer] = _ONE_AT_A_TIME.submit(self._run, work)

    @property
    def done(self) -> bool:
        """Whether there is an answer, or a refusal, to be had."""
        return self._future.done()

    def answer(self) -> Answer:
        """What came of it, once it is done. Raises what stopped it: `Cancelled`, or an error of ours."""
        if self._future.cancelled():
            raise Cancelled
        return self._future.result()

    def cancel(self) -> None:
        """Stop at the next step. What is being written is written whole."""
        self._cancelled.set()
        self._future.cancel()

    def _run(self, work: Callable[[Progress], Answer]) -> Answer:
        self._tell(0.0, "Starting")
        return work(self._tell)

    def _tell(self, share: float, words: str) -> None:
        if self._cancelled.is_set():
            raise Cancelled
        self.share, self.words = share, words
