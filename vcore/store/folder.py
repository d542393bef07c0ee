"""Where a data folder keeps things, and the two moves that must not be interrupted half-way.

    parts/<authority>/<load>/   one load of one authority: a Parquet file a table and part.json; never changed
    parts/<authority>/mapping.json   which of its columns are which of ours (`vcore.store.mappings`)
    states/<state>/             a manifest naming one part an authority, and the DuckDB file built from them
    live                        the name of the published state: one line, replaced atomically
    keys/                       secrets made on first use (never inside a state or part; on Windows: `key_home`)
    benchmarks/                 published figures of other authorities (`vcore.store.benchmarks`)

Everything is first made under a name starting with a dot and renamed when whole, so a crash at any moment
leaves the old state live.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from vcore.errors import StoreError

UNFINISHED = "."


class DataFolder:
    """The paths of one data folder."""

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root)

    @property
    def states(self) -> Path:
        return self.root / "states"

    @property
    def keys(self) -> Path:
        """Where this folder's keys are: beside the states, or on Windows in the user's own profile."""
        return key_home(self.root, os.name, os.environ)

    @property
    def benchmarks(self) -> Path:
        return self.root / "benchmarks"

    def part(self, authority: str, load_id: str) -> Path:
        """The folder of one load. The authority's name is made safe for a path and kept unique."""
        plain = "".join(letter if letter.isalnum() else "-" for letter in authority.lower())[:40]
        return self.root / "parts" / f"{plain}-{sha256(authority.encode()).hexdigest()[:8]}" / load_id

    def live(self) -> str | None:
        """The name of the published state; None when nothing is published."""
        try:
            return (self.root / "live").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None

    def point_to(self, state: str) -> None:
        """Make a finished state the published one, in one atomic move."""
        waiting = self.root / ".live"
        write_durably(waiting, state.encode("ascii"))
        waiting.replace(self.root / "live")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the only right to write here. Raises `StoreError` when somebody else holds it."""
        self.root.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.root / ".writing", timeout=60):
                yield
        except Timeout:
            raise StoreError(
                "Another load is writing to this data folder. Wait until it has finished and try again."
            ) from None

    def sweep(self) -> None:
        """Remove what an interrupted load left behind. Only while holding `writing`."""
        for pattern in ("states", "parts/*"):
            for left in self.root.glob(f"{pattern}/{UNFINISHED}*"):
                if left.is_dir():
                    shutil.rmtree(left)
                else:
                    left.unlink()


def key_home(root: Path, system: str, environment: Mapping[str, str]) -> Path:
    """The folder of a data folder's keys. Windows knows no file mode that keeps others out, so there they lie in the
    profile of whoever runs the app, apart for each data folder."""
    profile = environment.get("LOCALAPPDATA") or environment.get("USERPROFILE")
    if system != "nt" or not profile:
        return root / "keys"
    return (
        Path(profile) / "Care Value Explorer" / "keys" / sha256(str(root.resolve()).encode()).hexdigest()[:12]
    )


@contextmanager
def made_whole(target: Path) -> Iterator[Path]:
    """A fresh folder to fill; it takes its final name only when the block ends without an error.

    Only the app's own account on this machine may look into it: it holds children.
    """
    unfinished = target.with_name(f"{UNFINISHED}{target.name}")
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    unfinished.mkdir(mode=0o700)
    try:
        yield unfinished
        unfinished.rename(target)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def write_durably(path: Path, content: bytes) -> None:
    """Write and flush to the disk, so that a power cut after a rename cannot leave an empty file."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def new_name() -> str:
    """A name for a load or state that sorts by time and is never used twice."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
