"""The views of the Review list page, one at a time; the others cost nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui import breakdown_signal_view, own_history_view, page_options, review_list
from ui.review_state import LIST, VIEW

VIEWS: Mapping[str, tuple[str, Callable[[], None]]] = {  # code → its label, and what draws it
    LIST: ("List", review_list.draw),
    "signal": ("Breakdown signal", breakdown_signal_view.draw),
    "history": ("Own evidence", own_history_view.draw),
}


def draw() -> None:
    """The switch, and the open one."""
    labels = {code: label for code, (label, _) in VIEWS.items()}
    VIEWS[page_options.view(VIEW, labels, LIST)][1]()
