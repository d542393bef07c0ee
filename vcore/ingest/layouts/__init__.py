"""The files we know. Recognition, reading, the templates and the data dictionary all follow from a layout."""

from __future__ import annotations

from vcore.facts.domains import NeedModel
from vcore.ingest.layouts.contract import contract, needs_long
from vcore.ingest.layouts.layout import Layout, normal
from vcore.ingest.layouts.ssda903 import RETURNS

__all__ = ["Layout", "layouts", "normal"]


def layouts(needs: NeedModel) -> tuple[Layout, ...]:
    """Every file we know under this council's need domains."""
    return (*RETURNS, *contract(needs), needs_long(needs))
