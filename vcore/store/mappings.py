"""How each authority's files are matched to ours, remembered for next month beside its loads.

A mapping holds column names only: no file's name and nothing of any row.
"""

from __future__ import annotations

from vcore.errors import RefusedLoad
from vcore.facts.domains import NeedModel
from vcore.ingest.layouts import layouts
from vcore.ingest.mapping import Mapping, read_mapping
from vcore.store.folder import DataFolder, write_durably

FILE = "mapping.json"


def kept_mapping(folder: DataFolder, authority: str, needs: NeedModel) -> Mapping:
    """What was confirmed in this authority's earlier loads; empty before the first.

    Raises `RefusedLoad` when the file was changed by hand and cannot be used, or names a domain no longer scored.
    """
    path = folder.part(authority, FILE)
    if not path.exists():
        return Mapping()
    try:
        return read_mapping(path.read_text(encoding="utf-8"), layouts(needs), name=f"The kept {FILE}")
    except RefusedLoad as error:
        where = path.relative_to(folder.root).as_posix()
        raise RefusedLoad(f"{error} Or delete {where} in the data folder to match columns afresh.") from None


def keep_mapping(folder: DataFolder, authority: str, confirmed: Mapping, needs: NeedModel) -> Mapping:
    """Remember a confirmed mapping, each table in place of an older one of the same columns; what is kept now.

    An older file that cannot be used is replaced.
    """
    path = folder.part(authority, FILE)
    with folder.writing():
        try:
            older = kept_mapping(folder, authority, needs)
        except RefusedLoad:
            older = Mapping()
        whole = older.with_tables(confirmed.tables).to_keep()
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting = (
            folder.root / f".{FILE}"
        )  # not among the loads, where what an interrupted one leaves is swept
        write_durably(waiting, whole.as_json().encode())
        waiting.replace(path)
    return whole
