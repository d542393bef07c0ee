"""What is measured against: a store of so many children made once, and Streamlit servers on this machine.

Nothing here listens on any address but 127.0.0.1, and every server ends with its block.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from ledger import open_ledger, sign_ins
from ledger.demonstration import enable_demonstration_people
from ledger.rights import Role
from vcore import Store
from vcore.errors import VcoreError
from vcore.settings import ROOT

HOST = "127.0.0.1"
APP = ROOT / "app.py"
BARE_APP = ROOT / "benchmarks" / "bare_app.py"
ROLE = Role.DIRECTOR
_SECONDS_TO_START = 60


class ServerFailed(VcoreError):
    """A server did not start."""


@dataclass(frozen=True)
class Server:
    """A running Streamlit server."""

    port: int

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def stream(self) -> str:
        return f"ws://{HOST}:{self.port}/_stcore/stream"


def data_folder(children: int) -> Path:
    """The data folder with so many fictional children, made if there is none (84,000 take about a minute)."""
    folder = ROOT / "data" / "local" / f"benchmark-{children}"
    if Store.prepare(folder, children=children, progress=_say):
        print(f"Made {folder.relative_to(ROOT)}; delete it to have it made again.", file=sys.stderr)
    enable_demonstration_people(open_ledger(folder))
    return folder


def signed_in_cookie(folder: Path, role: Role = ROLE) -> str:
    """The secret of a fresh sign-in's cookie: what a browser would hold once the form is filled in."""
    ledger = open_ledger(folder)
    try:
        ticket = sign_ins.start(ledger, f"demo-{role}", "benchmark")
        cookie = sign_ins.collect_cookie(ledger, ticket.secret)
    finally:
        ledger.engine.dispose()
    if cookie is None:
        raise ServerFailed("The ledger did not trade the sign-in's ticket for a cookie. Try again.")
    return cookie


@contextmanager
def running(script: Path, folder: Path) -> Iterator[Server]:
    """`streamlit run script` under the app's own configuration, on a free port, until the block ends.

    Raises `ServerFailed` with the end of what it printed when it does not answer within a minute.
    """
    server = Server(_free_port())
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(server.port)]
    environment = {**os.environ, "VCORE_DATA_FOLDER": str(folder)}
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=printed, stderr=printed)
        try:
            if not _answers(server, process):
                printed.seek(0)
                words = printed.read().decode(errors="replace")[-1_500:]
                raise ServerFailed(f"{script.name} did not start. The end of what it printed:\n{words}")
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(server: Server, process: subprocess.Popen[bytes]) -> bool:
    give_up = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with urlopen(f"{server.address}/_stcore/health", timeout=2) as answer:
                return answer.status == 200
        except (URLError, OSError):
            time.sleep(0.2)
    return False


def _free_port() -> int:
    with closing(socket.socket()) as asking:
        asking.bind((HOST, 0))
        return asking.getsockname()[1]


def _say(share: float, words: str) -> None:
    print(f"{share:4.0%}  {words}", file=sys.stderr)
