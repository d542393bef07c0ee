"""Sessions against a stand-in for the server: what counts as an answer, what as an error."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.server import serve

from benchmarks import sessions
from benchmarks.comparison import Times
from benchmarks.server import HOST, Server
from benchmarks.sessions import Move, Open, StepFailed, Walk

NO_THINKING = (0.0, 0.0)
Screen = Callable[[BackMsg], list[ForwardMsg]]


@contextmanager
def answering(screen: Screen, asked: list[BackMsg]) -> Iterator[Server]:
    """A web socket server that answers every request with the messages of `screen`."""
    loop = asyncio.new_event_loop()

    async def talk(wire) -> None:
        async for received in wire:
            request = BackMsg()
            request.ParseFromString(received)
            asked.append(request)
            for message in screen(request):
                await wire.send(message.SerializeToString())

    async def start():
        return await serve(talk, HOST, 0, subprotocols=["streamlit"])

    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    serving = asyncio.run_coroutine_threadsafe(start(), loop).result(5)
    try:
        yield Server(serving.sockets[0].getsockname()[1])
    finally:
        asyncio.run_coroutine_threadsafe(_close(serving), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def run_sessions(server: Server, walks: list[Walk], think_seconds: tuple[float, float]) -> Times:
    """In a thread of its own: a journey's event loop may be running on this one, which has room for one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(sessions.run_sessions, server, walks, think_seconds).result()


async def _close(serving) -> None:
    serving.close()
    await serving.wait_closed()


def page(*elements: ForwardMsg) -> list[ForwardMsg]:
    start, menu, end = ForwardMsg(), ForwardMsg(), ForwardMsg()
    start.new_session.page_script_hash = "hash-of-one"
    for name in ("one", "two"):
        menu.navigation.app_pages.add(url_pathname=name, page_script_hash=f"hash-of-{name}")
    end.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    return [start, menu, *elements, end]


def slider() -> ForwardMsg:
    message = ForwardMsg()
    found = message.delta.new_element.slider
    found.id, found.min, found.max, found.step = "$$ID-1234-cap", 10, 20, 5
    message.delta.fragment_id = "its-fragment"
    return message


def error() -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.exception.message = "It broke."
    return message


def alert() -> ForwardMsg:
    message = ForwardMsg()
    alert = message.delta.new_element.alert
    alert.format, alert.body = alert.ERROR, "You are signed out."
    return message


def run_again() -> ForwardMsg:
    message = ForwardMsg()
    message.script_finished = ForwardMsg.FINISHED_EARLY_FOR_RERUN
    return message


def test_a_walk_asks_what_a_browser_tab_would():
    asked: list[BackMsg] = []
    with answering(lambda _: page(slider()), asked) as server:
        walk = Walk((Open("one", "age=3-7"), Move("cap"), Open("two")))
        times = run_sessions(server, [walk], NO_THINKING)
    first, moved, second = (request.rerun_script for request in asked)
    assert (len(times.each_ms), times.errors) == (3, 0)
    assert (first.page_name, first.query_string) == ("one", "age=3-7")
    widget = moved.widget_states.widgets[0]
    assert (moved.fragment_id, widget.id) == ("its-fragment", "$$ID-1234-cap")
    assert widget.double_array_value.data[0] in (10, 15, 20)
    assert second.page_script_hash == "hash-of-two"


def test_a_run_that_starts_over_is_one_answer():
    asked: list[BackMsg] = []
    with answering(lambda _: [run_again(), *page()], asked) as server:
        assert len(run_sessions(server, [Walk((Open("one"),))] * 3, NO_THINKING).each_ms) == 3


@pytest.mark.parametrize(
    ("shown", "walk"),
    [
        ([error()], Walk((Open("one"), Open("two")))),
        ([alert()], Walk((Open("one"), Open("two")))),
        ([], Walk((Open("one"), Move("cap")))),  # no slider there
        ([], Walk((Open("one"), Open("three")))),  # no such page
    ],
)
def test_what_goes_wrong_is_counted_and_ends_its_session(shown, walk, capsys):
    def second_time_wrong(request: BackMsg) -> list[ForwardMsg]:
        return page(*(shown if request.rerun_script.page_script_hash else []))

    with answering(second_time_wrong, []) as server:
        times = run_sessions(server, [walk] * 2, NO_THINKING)
    assert (len(times.each_ms), times.errors) == (2, 2)
    assert capsys.readouterr().err.startswith("2 × StepFailed")


def test_nothing_answered_at_all_is_no_measurement():
    with answering(lambda _: page(error()), []) as server, pytest.raises(StepFailed, match="None of 2"):
        run_sessions(server, [Walk((Open("one"),))] * 2, NO_THINKING)
