"""The views of the Review list page, one at a time; the others cost nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui import page_options, review_list

LIST = "list"
VIEW = "review-view"  # its name in the address
VIEWS: Mapping[str, tuple[str, Callable[[], None]]] = {  # code → its label, and what draws it
    LIST: ("List", review_list.draw),
}


def draw() -> None:
    """The switch, where there is more than one view, and the open one."""
    labels = {code: label for code, (label, _) in VIEWS.items()}
    view = page_options.view(VIEW, labels, LIST) if len(labels) > 1 else LIST
    VIEWS[view][1]()
