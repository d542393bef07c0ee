"""What stands between the network and the app: security headers, the cookie's hand-over, and what is closed.

Pure ASGI, so that what web sockets carry passes untouched. Never looks at data and never decides who somebody is.
"""

from __future__ import annotations

import os
import re
import socket
from asyncio import to_thread
from base64 import b64encode
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import net_util

from ledger import sign_ins
from ui import session

COOKIE = "care_value_explorer"
COLLECT_PATH = "/cookie"
METRICS_PATH = "/_stcore/metrics"
METRICS_VARIABLE = "VCORE_METRICS_TOKEN"
UPLOAD_PATH = "/_stcore/upload_file/"

_INDEX = Path(st.__file__).parent / "static" / "index.html"


def address_of(ticket: str) -> str:
    """Where a browser collects its cookie, relative to any page (pages are one level deep)."""
    return f".{COLLECT_PATH}?ticket={ticket}"


def hand_out_cookie(request: Request) -> Response:
    """Trades a one-time ticket for the sign-in cookie. Only our own pages may: no other site signs you in."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return PlainTextResponse("Not from another site.", status_code=403)
    cookie = sign_ins.collect_cookie(session.ledger(), request.query_params.get("ticket", ""))
    response = Response(status_code=204, headers={"Cache-Control": "no-store"})
    if cookie is not None:
        response.set_cookie(
            COOKIE,
            cookie,
            max_age=int(sign_ins.LASTS.total_seconds()),
            httponly=True,
            secure=request.url.scheme == "https",
            samesite="strict",
        )
    return response


class Doorway:
    """Adds the security headers to every answer, and answers itself for what is closed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = security_headers()
        # Or Streamlit asks an outside service for this machine's address when another site's page knocks.
        net_util._external_ip = "127.0.0.1"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            send_at_once(send)
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = "max-age=31536000"
            await send(message)

        app = PlainTextResponse("Not found", status_code=404) if await _is_closed(scope) else self._app
        await app(scope, receive, send_with_headers)


def send_at_once(send: Send) -> None:
    """Lets a connection's messages go as they are made (TCP_NODELAY), where the server lets us reach its socket.

    A run of a page sends many small ones. Otherwise all but the first wait for the browser's machine to say that
    it has that: 40 ms and more. asyncio sets this itself, but not for the socket that Streamlit opens.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    connection = transport.get_extra_info("socket") if transport is not None else None
    if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def security_headers() -> dict[str, str]:
    """The headers of every answer. Scripts: Streamlit's own files, and its page's inline ones by hash."""
    inline = re.findall(r"<script>(.*?)</script>", _INDEX.read_text(encoding="utf-8"), flags=re.DOTALL)
    hashes = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in inline)
    policy = {
        "default-src": "'self'",
        "script-src": f"'self' {hashes}",
        "style-src": "'self' 'unsafe-inline'",  # Streamlit and Vega write styles as they draw
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


async def _is_closed(scope: Scope) -> bool:
    """Whether to answer as if there were nothing: metrics without the token, uploads by a stranger.

    Streamlit keeps a file sent up in memory, whoever sends it: strangers could fill that.
    """
    if scope["path"].rstrip("/").endswith(METRICS_PATH):
        return not _may_see_metrics(Headers(scope=scope))
    if UPLOAD_PATH in scope["path"]:
        return not await to_thread(_is_signed_in, HTTPConnection(scope).cookies.get(COOKIE))
    return False


def _is_signed_in(cookie: str | None) -> bool:
    sign_in = sign_ins.sign_in_of(session.ledger(), cookie) if cookie else None
    return sign_in is not None and sign_ins.standing(session.ledger(), sign_in) is not None


def _may_see_metrics(headers: Headers) -> bool:
    token = os.environ.get(METRICS_VARIABLE, "")
    return bool(token) and compare_digest(
        headers.get("authorization", "").encode(), f"Bearer {token}".encode()
    )
