"""A load of many files: how many and the first of them in the lists, all of them in a fold."""

from __future__ import annotations

from datetime import date

import pytest

from ledger import loads, open_ledger
from tests.small import NEEDS, child, tables
from tests.ui.doorstep import join, visit_as
from ui.menu import PAGES_FOLDER
from vcore.store.folder import DataFolder
from vcore.store.parts import new_card, write_part
from vcore.store.states import publish

PAGE = PAGES_FOLDER / "data" / "data.py"
TWENTY = [f"episodes_{at}.csv 0123456789ab ({at:,} rows)" for at in range(1, 21)]


@pytest.fixture
def loaded(data_folder, visitor):
    """The Data page after a load of some files; `files` empty: nothing on record of them."""
    folder, ledger = DataFolder(data_folder), open_ledger(data_folder)
    join(ledger, "ann", "analyst")

    def loaded(*files):
        card = new_card(
            authority="North",
            as_of=date(2026, 3, 31),
            needs=NEEDS,
            demonstration=False,
            files="; ".join(files),
        )
        rows = [child("aaaa1111", authority="North", weekly_cost_gbp=1000.0)]
        publish(folder, [write_part(folder, tables(rows), card, NEEDS)])
        told = [*files, "24 rows: 24 valid"]
        loads.record(ledger, "ann", loads.PUBLISHED, "North", load_id=card.root, told=told)
        return visit_as(visitor, ledger, "ann", PAGE)

    return loaded


def cell(table, column) -> str:
    return table.value.iloc[0][column].replace("\\", "")


def folds(app) -> list[str]:
    return [fold.label for fold in app.expander]


def test_twenty_files_are_counted_and_stand_in_a_fold(loaded):
    app = loaded(*TWENTY)
    _, history, files, record = app.table
    short = "20 files: episodes_1.csv 0123456789ab (1 rows); episodes_2.csv 0123456789ab (2 rows) and 18 more"
    assert cell(history, "Files") == short
    assert [name.replace("\\", "") for name in files.value["File"]] == TWENTY
    assert cell(record, "Told") == f"{short} · 24 rows: 24 valid"
    assert "Files of each load" in folds(app)


@pytest.mark.parametrize(
    ("files", "said", "told"),
    [
        (TWENTY[:2], "; ".join(TWENTY[:2]), " · ".join([*TWENTY[:2], "24 rows: 24 valid"])),
        ((), "not recorded", "24 rows: 24 valid"),
    ],
)
def test_few_files_stand_where_they_are(loaded, files, said, told):
    app = loaded(*files)
    _, history, record = app.table
    assert (cell(history, "Files"), cell(record, "Told")) == (said, told)
    assert "Files of each load" not in folds(app)


def test_going_back_to_a_load_is_told_as_it_is(loaded, data_folder):
    loaded(*TWENTY)
    app = loaded(*TWENTY)
    next(button for button in app.button if button.label == "Roll back now").click().run()
    assert cell(app.table[-1], "Told") == "back to the load that is true for 31 March 2026"
