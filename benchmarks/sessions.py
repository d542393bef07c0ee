"""Many readers at once: scripted sessions that speak Streamlit's own protocol, with time to think.

Each is what a browser tab is to the server: a web socket, the widgets' states, the hashes of the messages
it keeps. An answer is timed from the request to the end of the run. Bounded in readers, steps and seconds.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from benchmarks.comparison import Times
from benchmarks.server import Server
from ui.doorway import COOKIE
from vcore.errors import VcoreError

_LONGEST_SECONDS = 30
_SEED = 84_000
_SUBPROTOCOL = Subprotocol("streamlit")


class StepFailed(VcoreError):
    """A step of a session went wrong: no such page or slider, or an error on the screen."""


@dataclass(frozen=True)
class Open:
    """Go to the page at an address; the first one may follow a link."""

    path: str
    link: str = ""


@dataclass(frozen=True)
class Move:
    """Put the slider with this key somewhere on its scale."""

    slider: str


Step = Open | Move


@dataclass(frozen=True)
class Walk:
    """What one reader does. `cookie` None: not signed in."""

    steps: tuple[Step, ...]
    cookie: str | None = None


def run_sessions(
    server: Server,
    walks: Sequence[Walk],
    think_seconds: tuple[float, float],
    arrive_within_seconds: float = 0.0,
) -> Times:
    """Milliseconds of every answer, one session a walk, side by side; errors are counted and printed.

    An error ends its session: what it did not come to is not counted as answered. Readers pause between the
    two times given. Raises `StepFailed` when nothing was answered.
    """
    answer_ms: list[float] = []
    errors: list[str] = []

    async def come(walk: Walk, chance: random.Random) -> None:
        await asyncio.sleep(chance.uniform(0, arrive_within_seconds))
        try:
            await _follow(server, walk, think_seconds, answer_ms, chance)
        except (StepFailed, WebSocketException, TimeoutError, OSError) as error:
            errors.append(f"{type(error).__name__}: {error}")

    async def side_by_side() -> None:
        await asyncio.gather(
            *(come(walk, random.Random(_SEED + number)) for number, walk in enumerate(walks))
        )

    asyncio.run(side_by_side())
    for words in sorted(set(errors)):
        print(f"{errors.count(words)} × {words}", file=sys.stderr)
    if not answer_ms:
        raise StepFailed(f"None of {len(walks)} sessions got an answer from {server.address}.")
    return Times(answer_ms, len(errors))


async def _follow(
    server: Server,
    walk: Walk,
    think_seconds: tuple[float, float],
    answer_ms: list[float],
    chance: random.Random,
) -> None:
    headers = {"Cookie": f"{COOKIE}={walk.cookie}"} if walk.cookie else {}
    started = time.perf_counter()
    async with connect(
        server.stream, subprotocols=[_SUBPROTOCOL], additional_headers=headers, max_size=None
    ) as wire:
        tab = Tab(wire)
        for step in walk.steps:
            async with asyncio.timeout(_LONGEST_SECONDS):
                await tab.take(step, chance)
            answer_ms.append(1_000 * (time.perf_counter() - started))
            await asyncio.sleep(chance.uniform(*think_seconds))
            started = time.perf_counter()


class Tab:
    """A browser tab, as far as the server can tell."""

    def __init__(self, wire: ClientConnection) -> None:
        self._wire = wire
        self._pages: dict[str, str] = {}
        self._page = ""
        self._query = ""
        self._sliders: dict[str, tuple[Slider, str]] = {}
        self._moved: dict[str, float] = {}
        self._kept: set[str] = set()

    async def take(self, step: Step, chance: random.Random) -> None:
        """Takes a step and waits for its answer.

        Raises `StepFailed` when the screen does not offer it, or shows an error after it.
        """
        await self._ask(self._request(step, chance))

    def _request(self, step: Step, chance: random.Random) -> ClientState:
        if isinstance(step, Move):
            return self._move(step.slider, chance)
        if not self._pages:
            self._query = step.link
            return self._state(page_name=step.path)
        if step.path not in self._pages:
            raise StepFailed(f"There is no page {step.path}.")
        self._page = self._pages[step.path]
        self._sliders.clear()
        return self._state()

    async def _ask(self, request: ClientState) -> None:
        await self._wire.send(BackMsg(rerun_script=request).SerializeToString())
        wrong = ""
        async for received in self._wire:
            message = ForwardMsg()
            message.ParseFromString(received if isinstance(received, bytes) else received.encode())
            kind = message.WhichOneof("type")
            if message.metadata.cacheable:
                self._kept.add(message.hash)
            if kind == "script_finished":
                if wrong or message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise StepFailed(wrong or "The page does not compile.")
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return
            elif kind == "navigation":
                self._pages = {
                    page.url_pathname: page.page_script_hash for page in message.navigation.app_pages
                }
            elif kind == "new_session":
                self._page = message.new_session.page_script_hash
            elif kind == "page_info_changed":
                self._query = message.page_info_changed.query_string
            elif kind == "page_not_found":
                wrong = "There is no such page."
            elif kind == "delta":
                wrong = wrong or self._see(message)
        raise StepFailed("The server closed the connection.")

    def _see(self, message: ForwardMsg) -> str:
        """Notes a slider; returns the words of an error shown on the screen."""
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "slider":
            self._sliders[element.slider.id] = (element.slider, message.delta.fragment_id)
        elif kind == "exception":
            return f"{element.exception.type}: {element.exception.message}"
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            return element.alert.body
        return ""

    def _move(self, key: str, chance: random.Random) -> ClientState:
        found = next((self._sliders[widget] for widget in self._sliders if widget.endswith(f"-{key}")), None)
        if found is None:
            raise StepFailed(f"There is no slider {key} on the page.")
        slider, fragment = found
        places = round((slider.max - slider.min) / slider.step) + 1
        self._moved[slider.id] = slider.min + slider.step * chance.randrange(places)
        return self._state(fragment_id=fragment)

    def _state(self, page_name: str = "", fragment_id: str = "") -> ClientState:
        state = ClientState(
            query_string=self._query,
            page_script_hash=self._page,
            page_name=page_name,
            fragment_id=fragment_id,
            cached_message_hashes=self._kept,
        )
        for widget, place in self._moved.items():
            moved = WidgetState(id=widget)
            moved.double_array_value.data.append(place)
            state.widget_states.widgets.append(moved)
        return state
