"""A checked load kept and published, beside the screens, with who did it and what was decided on record.

The only place of the page that writes a load. Asks for the right and for what real data needs, again and last.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ledger import Ledger, loads
from ledger.demonstration import disable_demonstration_people
from ledger.safeguards import may_load_real_data
from ui import data_changes, data_notice, load_draft, load_names, session
from ui.load_draft import Checked, Draft
from ui.load_jobs import Job
from ui.load_words import kinds
from ui.theme import count, date_words
from vcore.errors import StoreError
from vcore.ingest import Reading
from vcore.ingest.fixes import signed
from vcore.settings import settings
from vcore.store.difference import Difference
from vcore.store.folder import DataFolder
from vcore.store.mappings import keep_mapping
from vcore.store.parts import new_card, write_part
from vcore.store.states import publish, take_back
from vcore.store.store import Progress


def start(found: Draft, checked: Checked, reconciled: str) -> None:
    """Begin to publish what was checked. Raises `VcoreError` for who may not, or where it may not be.

    Where somebody else published the same authority since, nothing is: the comparison is made afresh instead.
    """
    person = data_changes.require_change(found.authority)
    ledger = session.ledger()
    may_load_real_data(ledger)
    if load_draft.live_load(found.authority) != checked.over:
        load_draft.check(found)
        data_notice.refuse(
            f"Somebody else has published {found.authority} in between, so nothing was published now. "
            "The files are compared afresh: look at what would change, and publish then."
        )
        return
    gone = checked.change.no_longer if isinstance(checked.change, Difference) else ()
    without = [f"Published without what was live before: {kinds(gone)}"] if gone else []
    told = [*_told(checked.reading, found), reconciled, *without, *load_names.on_record(found.authority)]
    found.publishing = Job(
        partial(_publish, settings().data_folder, ledger, person.username, found, checked.reading, told)
    )


def _told(reading: Reading, found: Draft) -> list[str]:
    """What the record says of a load: its files, what was put right, how columns were named."""
    fixes = [f"{made.file}, {made.column}: {made.told}" for made in reading.report.corrections]
    renamed = [
        f"{column} read as {name}"
        for table in (found.mapping.tables if found.mapping else ())
        for column, name in table.columns.items()
        if name and column.strip().casefold() != name.casefold()
    ]
    totals = reading.report.totals
    rows = (
        f"{totals.rows:,} rows: {totals.valid:,} valid, {totals.errors:,} with errors, "
        f"{totals.warnings:,} with warnings"
    )
    return [*(file.words for file in reading.files), rows, *fixes, *renamed]


def _publish(
    root: Path,
    ledger: Ledger,
    who: str,
    found: Draft,
    reading: Reading,
    told: list[str],
    progress: Progress,
) -> str:
    needs, folder = settings().needs, DataFolder(root)
    card = new_card(
        authority=found.authority,
        as_of=found.as_of,
        needs=needs,
        demonstration=False,
        files="; ".join(file.words for file in reading.files),
        corrections=signed(reading.report.corrections, who),
    )
    progress(0.1, "Keeping the load")
    card = write_part(folder, reading.tables, card, needs)
    if found.mapping is not None:
        keep_mapping(folder, found.authority, found.mapping, needs)
    progress(0.5, "Building what readers see")
    disable_demonstration_people(ledger)  # first: nobody with a known password may see real children
    try:
        publish(folder, [card])
    except StoreError:
        take_back(folder, card)
        raise
    loads.record(ledger, who, loads.PUBLISHED, card.authority, load_id=card.root, told=told)
    return (
        f"Published: {card.authority}, true for {date_words(card.as_of)}, "
        f"{count(card.rows['child'], 'child', 'children')} on file. Every reader sees it with their next click."
    )
