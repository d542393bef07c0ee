"""What a figure draws, wherever its specification has the rows: inside a view, or named beside all of them."""

from __future__ import annotations

from typing import Any

from ui.figure import Figure


def drawn_rows(figure: Figure) -> list[list[dict[str, Any]]]:
    """The rows of each of the figure's views, in the order they are drawn."""
    named = figure.spec.get("datasets", {})
    views = figure.spec.get("layer", [figure.spec])
    data = [view.get("data", figure.spec.get("data")) for view in views]
    return [here["values"] if "values" in here else named[here["name"]] for here in data]


def picture(figure: Figure) -> dict[str, Any]:
    """All that a browser builds a figure's picture from, without the rows that it only puts in."""
    named = figure.spec["datasets"]
    return {**figure.spec, "datasets": sorted(named), "description": figure.picture_alt}
