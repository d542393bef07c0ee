"""The app as a server: `streamlit run app.py`.

An ASGI app with its main script in `ui/`, so that Streamlit finds no `pages/` beside it: it would run such a
page on a fresh server without the sign-in. Owns the doorway and the housekeeping; never draws.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from ui.doorway import COLLECT_PATH, Doorway, hand_out_cookie
from ui.mishap import explain

_SECONDS_BETWEEN_COLLECTIONS = 30


@asynccontextmanager
async def housekeeping(_app: st.App) -> AsyncIterator[None]:
    """Collects garbage now and then, instead of after every run of a page (`runner.postScriptGC`)."""

    async def collect() -> None:
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_COLLECTIONS)
            await asyncio.to_thread(gc.collect)

    gc.freeze()  # what is loaded by now stays: no collection need look at it again
    collecting = asyncio.create_task(collect())
    try:
        yield
    finally:
        collecting.cancel()


app = st.App(
    "ui/main.py",
    lifespan=housekeeping,
    routes=[Route(COLLECT_PATH, hand_out_cookie)],
    middleware=[Middleware(Doorway)],
    on_script_error=explain,
)
