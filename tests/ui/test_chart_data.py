"""A kept picture's rows stand in their own order: what `chart_data` tells a browser beside them."""

from __future__ import annotations

from copy import deepcopy

from ui.chart_data import in_order

BAND = {"field": "row", "type": "nominal", "sort": None}
LENGTH = {"field": "length", "type": "quantitative"}
SORTED = {"field": "row_place", "op": "min", "order": "ascending"}


def layer(data, **encoding):
    return {"data": data, "mark": "bar", "encoding": encoding}


def test_bands_come_in_the_order_of_the_layers_rows():
    bars, words = [{"row": "fees"}, {"row": "beds"}], [{"row": "all"}, {"row": "beds"}]
    spec = {
        "layer": [
            layer({"name": "bars"}, x=LENGTH, y=BAND),
            layer({"name": "words"}, y=BAND),
            layer({"values": []}, y=BAND),  # a table without rows has the same order, or none would count
        ],
        "datasets": {"words": words, "bars": bars},
    }
    before = deepcopy(spec)
    found = in_order(spec)
    assert spec == before
    assert found["datasets"] == {
        "words": [{"row": "all", "row_place": 2}, {"row": "beds", "row_place": 1}],
        "bars": [{"row": "fees", "row_place": 0}, {"row": "beds", "row_place": 1}],
    }
    assert [part["encoding"]["y"]["sort"] for part in found["layer"]] == [SORTED] * 3
    assert found["layer"][0]["encoding"]["x"] == LENGTH


def test_other_rows_are_the_same_picture():
    def drawn(*rows):
        spec = layer({"name": "bars"}, y=BAND) | {"datasets": {"bars": [{"row": row} for row in rows]}}
        found = in_order(spec)
        return found.pop("datasets"), found

    one, other = drawn("fees", "beds"), drawn("beds", "fees")
    assert one[1] == other[1] and one[0] != other[0]


def test_both_ways_of_a_grid_have_an_order_of_their_own_where_both_come_as_they_are():
    across = {"field": "column", "type": "nominal", "sort": None}
    cells = [{"row": "b", "column": "y"}, {"row": "a", "column": "x"}, {"row": "a", "column": "y"}]
    spec = layer({"name": "cells"}, x=across, y=BAND) | {"datasets": {"cells": cells}}
    told = in_order(spec)["datasets"]["cells"]
    assert [(cell["row_place"], cell["column_place"]) for cell in told] == [(0, 0), (1, 1), (1, 0)]


def test_a_picture_without_such_bands_stays_as_it_is():
    spec = layer({"name": "dots"}, x=LENGTH, y={"field": "row", "type": "nominal"}) | {
        "datasets": {"dots": []}
    }
    assert in_order(spec) is spec
