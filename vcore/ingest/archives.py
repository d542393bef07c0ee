"""Packed files (ZIP, and workbooks, which are ZIPs too) unpacked in memory, counting every byte as it comes.

Sizes that an archive declares are never believed. Nothing is written to disk, and no name in an archive is a path.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from vcore.ingest.limits import MEGABYTE, Limits, refuse

_CHUNK = 256 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError)
PACKED = b"PK\x03\x04"  # how any archive begins
_SKIPPED = ("__MACOSX/",)  # what a Mac packs beside every file


def silent(words: str) -> None:
    """What is being done, told to nobody."""


@dataclass
class Budget:
    """Bytes that may still be unpacked for one upload.

    `tell(words)` hears at every piece and every few thousand rows what is being done; what it raises ends the opening.
    """

    limits: Limits
    tell: Callable[[str], None] = silent
    unpacked: int = 0

    def spend(self, name: str, size: int, packed: int, so_far: int) -> None:
        """Count `size` bytes of a member that is `packed` bytes small and `so_far` unpacked. Raises `RefusedLoad`."""
        self.unpacked += size
        self.tell(f"Opening {name}")
        limits = self.limits
        if self.unpacked > limits.unpacked_bytes:
            refuse(
                name,
                f"at most {limits.unpacked_bytes / MEGABYTE:,.0f} MB when unpacked",
                "more",
                "Send fewer years at a time.",
            )
        if so_far > limits.ratio_from and so_far > limits.ratio * max(packed, 1):
            refuse(
                name,
                f"a file that unpacks to at most {limits.ratio} times its size",
                "one that grows without end",
                "Files of real children do not pack so small: pack the originals again.",
            )


def opened_archive(name: str, content: bytes, limits: Limits) -> zipfile.ZipFile | None:
    """The archive, checked for count and passwords; None when this is none, or a damaged one."""
    if not content.startswith(PACKED[:2]):
        return None
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        members = archive.infolist()
    except BROKEN:
        return None
    if len(members) > limits.entries:
        refuse(
            name,
            f"at most {limits.entries:,} files in a ZIP",
            f"{len(members):,}",
            "Pack only the files meant for this load.",
        )
    if any(member.flag_bits & 1 for member in members):
        refuse(
            name,
            "a ZIP without a password",
            "one with a password",
            "Unpack it and send the files themselves.",
        )
    return archive


def chunks(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    """What a member unpacks to, a piece at a time. Raises `RefusedLoad` when it is too much, or damaged."""
    so_far = 0
    try:
        with archive.open(member) as file:
            while piece := file.read(_CHUNK):
                so_far += len(piece)
                budget.spend(name, len(piece), member.compress_size, so_far)
                yield piece
    except BROKEN:
        refuse(name, "a file that can be unpacked", "a damaged one", "Make it again and send that.")


def files(name: str, archive: zipfile.ZipFile, budget: Budget) -> Iterator[tuple[str, bytes]]:
    """The name and content of each file in a ZIP; folders and hidden files are passed over."""
    for member in archive.infolist():
        plain = member.filename.replace("\\", "/")
        if member.is_dir() or plain.startswith(_SKIPPED) or plain.rsplit("/", 1)[-1].startswith("."):
            continue
        inner = f"{name}/{plain}"
        yield inner, b"".join(chunks(inner, archive, member, budget))
