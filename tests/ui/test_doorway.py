"""The doorway without the app: what it lets through, what never leaves this machine, and what waits for no answer."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Thread
from typing import Literal

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import net_util
from streamlit.web.server.server_util import is_url_from_allowed_origins
from websockets.sync.client import connect

from ledger import sign_ins
from tests.ui.doorstep import cookie_of, join
from ui.doorway import COOKIE, Doorway

UPLOAD = "/_stcore/upload_file/a-session/a-file"


def status(path: str, method: str = "GET", cookie: str | None = None) -> int:
    """What the doorway answers in front of an app that says 200 to everything."""
    headers = [] if cookie is None else [(b"cookie", f"{COOKIE}={cookie}".encode())]
    scope = {"type": "http", "method": method, "path": path, "scheme": "http", "headers": headers}
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b""}

    async def send(message: dict) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as elsewhere:  # a browser test's event loop may be running on this thread
        elsewhere.submit(
            asyncio.run, Doorway(PlainTextResponse("let through"))(scope, receive, send)
        ).result()
    return sent[0]["status"]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_only_somebody_signed_in_sends_files_up(ledger, method):
    join(ledger, "ann", "analyst")
    cookie = cookie_of(ledger, "ann")
    assert status(UPLOAD, method) == status(UPLOAD, method, "guess") == 404
    assert status(UPLOAD, method, cookie) == 200
    sign_ins.end(ledger, sign_ins.sign_in_of(ledger, cookie))
    assert status(UPLOAD, method, cookie) == 404
    assert status("/_stcore/health") == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://8.8.8.8"])
def test_a_request_from_another_site_is_refused_without_asking_anybody_outside(monkeypatch, origin):
    asked = []
    monkeypatch.setattr(net_util, "_external_ip", None)
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda url, **_: asked.append(url))
    Doorway(PlainTextResponse("let through"))
    assert not is_url_from_allowed_origins(origin)
    assert asked == []


@pytest.mark.parametrize("loop", ["asyncio", "auto"])
def test_a_web_socket_s_messages_wait_for_no_answer(loop):
    """Asked of the socket itself, behind the server that runs the app and on one opened as Streamlit opens it.

    Of the loop that every system has, and of the one that is there.
    """
    found: list[int] = []

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        connection = send.__self__.transport.get_extra_info("socket")
        found.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        await send({"type": "websocket.close"})

    for each in (app, Doorway(app)):
        with served(each, loop) as port, connect(f"ws://127.0.0.1:{port}/"):
            pass
    before, behind = found
    assert behind
    assert not before or loop == "auto"


@contextmanager
def served(app: ASGIApp, loop: Literal["asyncio", "auto"]) -> Iterator[int]:
    """The app behind a server of its own; gives its port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(
            uvicorn.Config(app, lifespan="off", log_level="error", ws="websockets-sansio", loop=loop)
        )
        running = Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            running.join()
