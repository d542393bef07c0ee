"""A run's messages to a browser: held to its end, sent in their order, and never kept for long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ui import gathering
from ui.gathering import Gathering

RUN, FRAGMENT, DRAWN, GIVES_WAY, OVER = "run", "fragment", "drawn", "gives way", "over"
CLOSED = {"type": "websocket.close"}


def message(kind: str, place: int = 0) -> dict:
    """As Streamlit sends it: `place` tells two of a kind apart."""
    told = ForwardMsg()
    told.metadata.run.script_run_id = f"run-{place}"
    if kind == FRAGMENT:
        told.metadata.run.fragment_ids.append("a-fragment")
    if kind in (RUN, FRAGMENT):
        told.new_session.name = "app"
    elif kind == OVER:
        told.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    elif kind == GIVES_WAY:
        told.script_finished = ForwardMsg.FINISHED_EARLY_FOR_RERUN
    else:
        told.delta.new_element.html.body = "words"
    return {"type": "websocket.send", "bytes": told.SerializeToString()}


class Browser:
    """Writes down what reaches it, until it is gone."""

    def __init__(self) -> None:
        self.received: list[dict] = []
        self.gone = False

    async def send(self, sent: dict) -> None:
        if self.gone:
            raise ConnectionError("gone")
        await asyncio.sleep(0)  # as a real one: others may have their turn before it is through
        self.received.append(sent)


def run(doing: Callable[[Browser, Gathering], Awaitable[None]]) -> Browser:
    """What reached the browser; on a thread of its own, since a browser test's event loop may be running here."""
    browser = Browser()

    async def all_of_it() -> None:
        await doing(browser, Gathering(browser.send))

    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(asyncio.run, all_of_it()).result(timeout=30)
    return browser


@pytest.fixture
def patient(monkeypatch):
    monkeypatch.setattr(gathering, "LONGEST_SECONDS", 3_600)


def test_a_run_of_a_page_arrives_in_one_go_when_it_is_over(patient):
    sent = [message(RUN), message(DRAWN, 1), message(DRAWN, 2), message(OVER)]

    async def doing(browser, gathered):
        for one in sent[:-1]:
            await gathered.send(one)
        assert browser.received == []
        await gathered.send(sent[-1])
        assert browser.received == sent

    run(doing)


def test_after_a_run_and_before_one_nothing_waits(patient):
    sent = [message(DRAWN), message(RUN), message(OVER), message(DRAWN, 1)]

    async def doing(browser, gathered):
        await gathered.send(sent[0])
        assert browser.received == sent[:1]
        for one in sent[1:]:
            await gathered.send(one)
        assert browser.received == sent

    run(doing)


def test_a_fragment_is_shown_as_it_comes(patient):
    async def doing(browser, gathered):
        for number, one in enumerate([message(FRAGMENT), message(DRAWN), message(OVER)], start=1):
            await gathered.send(one)
            assert len(browser.received) == number

    run(doing)


@pytest.mark.parametrize("first", [RUN, FRAGMENT])
def test_a_page_that_is_left_is_over_only_with_the_next(patient, first):
    sent = [
        message(first),
        message(DRAWN, 1),
        message(GIVES_WAY),
        message(RUN, 1),
        message(DRAWN, 2),
        message(OVER),
    ]
    shown_at_once = 2 if first == FRAGMENT else 0

    async def doing(browser, gathered):
        for one in sent[:-1]:
            await gathered.send(one)
        assert browser.received == sent[:shown_at_once]
        await gathered.send(sent[-1])

    assert run(doing).received == sent


def test_a_long_run_is_shown_as_far_as_it_has_come_and_then_as_it_comes(monkeypatch):
    monkeypatch.setattr(gathering, "LONGEST_SECONDS", 0.01)
    early, late = [message(RUN), message(DRAWN, 1)], [message(DRAWN, 2), message(OVER)]

    async def doing(browser, gathered):
        for one in early:
            await gathered.send(one)
        await asyncio.sleep(0.2)
        assert browser.received == early
        await gathered.send(late[0])
        assert browser.received == [*early, late[0]]
        await gathered.send(late[1])

    assert run(doing).received == [*early, *late]


def test_the_end_of_a_connection_keeps_nothing_back(patient):
    sent = [message(RUN), message(DRAWN), CLOSED]

    async def doing(browser, gathered):
        for one in sent:
            await gathered.send(one)

    assert run(doing).received == sent


def test_that_the_browser_is_gone_is_told_with_the_next_message(monkeypatch):
    monkeypatch.setattr(gathering, "LONGEST_SECONDS", 0.01)

    async def doing(browser, gathered):
        browser.gone = True
        await gathered.send(message(RUN))
        await asyncio.sleep(0.2)
        with pytest.raises(ConnectionError, match="gone"):
            await gathered.send(message(DRAWN))

    assert run(doing).received == []


KINDS = st.sampled_from([RUN, FRAGMENT, DRAWN, GIVES_WAY, OVER])


@given(kinds=st.lists(KINDS, max_size=30), pauses=st.lists(st.integers(0, 2), min_size=30, max_size=30))
def test_all_messages_arrive_once_and_in_their_order(kinds: Sequence[str], pauses: Sequence[int]):
    sent = [message(kind, place) for place, kind in enumerate(kinds)] + [CLOSED]

    async def doing(browser, gathered):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(gathering, "LONGEST_SECONDS", 0.001)
            for one, pause in zip(sent, [*pauses, 0], strict=False):
                await gathered.send(one)
                await asyncio.sleep(pause / 1_000)

    assert run(doing).received == sent
