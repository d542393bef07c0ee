"""The files that loads were made from: in short where loads are listed, and all of them in a fold.

A month's load may well be twenty files: in full they would push everything else off the screen.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from ledger.loads import LoadEvent
from ui.theme import plain
from vcore.store.parts import PartCard
from vcore.store.past_loads import PastLoad

SHOWN = 2  # of a load's files, where loads are listed
ROWS, FRAME_PX = 10, 400  # more rows than these scroll, in a frame of this height


def words(card: PartCard) -> str:
    """`20 files: header.csv … (24 rows); episodes.csv … (31 rows) and 18 more`."""
    files = _files(card)
    if not files:
        return "made up by the app" if card.demonstration else "not recorded"
    if len(files) <= SHOWN:
        return "; ".join(files)
    return f"{len(files)} files: {'; '.join(files[:SHOWN])} and {len(files) - SHOWN} more"


def told(event: LoadEvent, past: Iterable[PastLoad]) -> str:
    """What the record tells of a load, its files in short."""
    card = next((load.card for load in past if load.card.root == event.load_id), None)
    files = _files(card) if card else []
    if card is None or len(files) <= SHOWN or not set(files) <= set(event.told):
        return " · ".join(event.told)
    return " · ".join([words(card), *(line for line in event.told if line not in files)])


def fold(past: Iterable[PastLoad]) -> None:
    """Every file of the loads whose files were told in short; nothing where none were."""
    rows = [
        {"Loaded (UTC)": f"{load.card.loaded_at:%d/%m/%Y %H:%M}", "File": plain(file)}
        for load in past
        if len(_files(load.card)) > SHOWN
        for file in _files(load.card)
    ]
    if not rows:
        return
    with st.expander("Files of each load"):
        st.table(
            pd.DataFrame(rows).set_index("Loaded (UTC)"),
            border="horizontal",
            height=FRAME_PX if len(rows) > ROWS else "content",
        )


def _files(card: PartCard) -> list[str]:
    return card.files.split("; ") if card.files else []
