"""A run's messages to a browser, in one go.

A browser draws the whole page again for what has come so far: a run that trickles in is drawn several times over. Pure
ASGI; never changes a message or the order they go in.
"""

from __future__ import annotations

import asyncio

from starlette.types import Message, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST_SECONDS = 0.1  # a run that takes longer is shown as it comes


class Gathering:
    """One web socket's messages: held from the start of a run of a whole page to its end, all others sent at once.

    A run of a fragment is short, and the browser is better off with each of its messages as soon as it is made.
    A run that makes way for the next ends with that: in between, a click would still meet the page that is leaving.
    """

    def __init__(self, send: Send) -> None:
        self._forward = send
        self._held: list[Message] = []
        self._waiting: asyncio.Task[None] | None = None  # there is one while messages are held
        self._turn = asyncio.Lock()  # or a message could overtake those that are being sent
        self._failed: OSError | None = None

    async def send(self, message: Message) -> None:
        """Takes a message on its way. Raises OSError where the browser is gone, at the latest with the next one."""
        async with self._turn:
            if self._failed is not None:
                raise self._failed
            told = _read(message)
            if self._waiting is None and told is not None and _has_more_to_come(told):
                self._waiting = asyncio.create_task(self._lose_patience())
            self._held.append(message)
            if self._waiting is None or told is None or _is_last(told):
                await self._let_go()

    async def _lose_patience(self) -> None:
        await asyncio.sleep(LONGEST_SECONDS)
        async with self._turn:
            self._waiting = None
            try:
                await self._let_go()
            except OSError as error:
                self._failed = error

    async def _let_go(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        held, self._held = self._held, []
        for message in held:
            await self._forward(message)


def _read(message: Message) -> ForwardMsg | None:
    """What Streamlit says in it; None for anything else that goes over a web socket, such as its end."""
    data = message.get("bytes")
    return ForwardMsg.FromString(data) if data else None


def _has_more_to_come(told: ForwardMsg) -> bool:
    starts_page = told.HasField("new_session") and not told.metadata.run.fragment_ids
    return starts_page or (told.HasField("script_finished") and not _is_last(told))


def _is_last(told: ForwardMsg) -> bool:
    return told.HasField("script_finished") and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
