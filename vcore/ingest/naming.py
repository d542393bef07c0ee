"""From a pseudonym back to the council's own number of one child, for who brings the key and the numbers.

A keyed hash cannot be turned round: each number brought is hashed again and compared. Nothing is kept, written or
logged here; who may ask, and that somebody did, is the screens' to see to.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from vcore.errors import RefusedLoad, VcoreError
from vcore.ingest.layouts import normal
from vcore.ingest.layouts.layout import CHILD
from vcore.ingest.pseudonyms import pseudonyms
from vcore.ingest.uploads import opened
from vcore.keys import KEY_BYTES

_NAMES = frozenset({CHILD.name, *CHILD.also})


class WrongKey(VcoreError):
    """The key that was brought is not the one that the data was loaded with, or no key at all."""


def checked_key(content: bytes) -> bytes:
    """The key in a file. Raises `WrongKey` for a file that is not one."""
    if len(content) != KEY_BYTES:
        raise WrongKey(
            f"This is not a pseudonym key: it holds {len(content)} bytes instead of {KEY_BYTES}. It is the file "
            "pseudonyms.key in the keys folder of the data, or your safe copy of it."
        )
    return content


def numbers_in(name: str, content: bytes) -> list[str]:
    """The council's child numbers in a file, such as its Header: each once. Raises `RefusedLoad`."""
    found: dict[str, None] = {}
    for extract in opened(name, content):
        at = next((at for at, column in enumerate(extract.header) if normal(column) in _NAMES), None)
        if at is not None:
            cells = extract.table.rows({at: CHILD.name}).frame
            found |= dict.fromkeys(cells[CHILD.name].str.strip() if CHILD.name in cells else ())
    found.pop("", None)
    if not found:
        raise RefusedLoad(
            f"{name} has no child number: expected a column CHILD, as in the SSDA903 Header, with a number a row."
        )
    return list(found)


def number_of(
    child_id: str, numbers: Iterable[str], *, authority: str, key: bytes, known: Iterable[str]
) -> str | None:
    """Which of these numbers is the child's; None for none of them. `known`: the pseudonyms of the authority's data.

    Raises `WrongKey` where several numbers were brought and not one is of any child in the data.
    """
    brought = pd.Series(list(numbers), dtype="str").str.strip()
    hashed = pseudonyms(brought, authority=authority, what="child", key=checked_key(key))
    found = brought[(hashed == child_id).to_numpy()]
    if len(found):
        return str(found.iloc[0])
    if len(brought) > 1 and not hashed.isin(set(known)).any():
        raise WrongKey(
            f"None of these {len(brought):,} numbers is of a child in the data of {authority}. Either this is not the "
            "key that the data was loaded with, or the numbers are of another council."
        )
    return None
