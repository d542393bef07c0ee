"""Commands about data: make, check, load, publish, roll back, take out; and published figures of other authorities."""

from __future__ import annotations

import secrets
import sys
from argparse import Namespace
from collections.abc import Callable

from ledger import activity, loads
from ledger.book import open_ledger
from ledger.demonstration import disable_demonstration_people
from ledger.people import COMMAND_LINE
from ledger.safeguards import may_load_real_data
from vcore import demo, ingest
from vcore.errors import RefusedLoad, StoreError
from vcore.ingest import template
from vcore.ingest.benchmarks import KINDS, read_benchmarks
from vcore.ingest.fixes import signed
from vcore.ingest.layouts import layouts
from vcore.ingest.mapping import Mapping, read_mapping
from vcore.ingest.matching import explained, guess
from vcore.measures.findings import demonstration
from vcore.settings import settings
from vcore.store import Store
from vcore.store.benchmarks import keep_benchmarks
from vcore.store.folder import DataFolder
from vcore.store.mappings import keep_mapping, kept_mapping
from vcore.store.names import check_name, near_name
from vcore.store.parts import find_card, new_card, write_part
from vcore.store.reversal import roll_back, withdraw
from vcore.store.states import manifest, publish


def make_demo(chosen: Namespace) -> int:
    """Build and publish the demonstration data; with `--report`, write how it meets its targets."""
    folder = DataFolder(chosen.data)
    if folder.live() is not None and not manifest(folder).demonstration:
        raise StoreError("This data folder holds real children. Choose another one with --data.")
    tables = demo.build(chosen.children, needs=settings().needs)
    Store.publish_demo(folder, tables, progress=lambda _, words: print(words))
    if chosen.report:
        whole = Store.open(chosen.data).cohort(as_of=demo.AS_OF)
        report = demonstration.as_markdown(demonstration.rows(whole, chosen.children))
        chosen.report.write_text(report, encoding="utf-8")
        print(f"Wrote {chosen.report.name}.")
    return 0


def write_template(chosen: Namespace) -> int:
    """Write the files of the contract, ready to fill in."""
    for path in template.write_templates(chosen.folder, settings().needs):
        print(f"Wrote {path.name}.")
    return 0


def check(chosen: Namespace) -> int:
    """Read everything and print the report. Pseudonyms are made with a key that is thrown away."""
    mapping = _mapping(chosen)
    if chosen.write_mapping:
        return _write_mapping(chosen, mapping)
    reading = _read(chosen, mapping, key=secrets.token_bytes(32))
    return 1 if reading.refused else 0


def load(chosen: Namespace) -> int:
    """Check, keep and publish. What is published changes only when all of it is well."""
    ledger = open_ledger(chosen.data)
    may_load_real_data(ledger)
    folder = DataFolder(chosen.data)
    _check_names(
        folder,
        chosen.authority,
        another=chosen.new_authority,
        instead=lambda near: f"Write --authority {near!r}",
    )
    mapping = _mapping(chosen)
    reading = _read(chosen, mapping, key=ingest.load_key(folder.keys / "pseudonyms.key"))
    if reading.refused:
        print("Refused: nothing was kept, and what is published has not changed.", file=sys.stderr)
        return 1
    needs = settings().needs
    card = new_card(
        authority=chosen.authority,
        as_of=chosen.as_of,
        needs=needs,
        demonstration=False,
        files="; ".join(file.words for file in reading.files),
        corrections=signed(reading.report.corrections, COMMAND_LINE),
    )
    card = write_part(folder, reading.tables, card, needs)
    if chosen.mapping:
        keep_mapping(folder, chosen.authority, mapping, needs)
    loads.record(ledger, COMMAND_LINE, loads.KEPT, card.authority, load_id=card.root, told=_told(reading))
    if chosen.no_publish:
        print(f"Kept as {card.load_id}. Publish it with: python -m vcore publish {card.load_id}")
        return 0
    return _publish(folder, ledger, card)


def load_benchmarks(chosen: Namespace) -> int:
    """Check published files and keep them in place of earlier ones of their kind. They hold no child."""
    found = read_benchmarks(chosen.files)
    keep_benchmarks(DataFolder(chosen.data), found)
    kinds = ", ".join(KINDS[kind] for kind in found)
    activity.record(open_ledger(chosen.data), COMMAND_LINE, "loaded published figures", kinds)
    for kind, frame in found.items():
        latest = f" to {frame['period'].max()}" if "period" in frame else ""
        print(f"Kept {KINDS[kind]}{latest}: {frame['code'].nunique()} authorities and areas.")
    return 0


def publish_load(chosen: Namespace) -> int:
    """Publish a load that was kept earlier."""
    ledger = open_ledger(chosen.data)
    may_load_real_data(ledger)
    folder = DataFolder(chosen.data)
    card = find_card(folder, chosen.load)
    _check_names(
        folder,
        card.authority,
        another=chosen.new_authority,
        instead=lambda near: f"Publish a load of {near} instead",
    )
    return _publish(folder, ledger, card)


def roll_back_authority(chosen: Namespace) -> int:
    """Put one authority's previous load back, leaving the others alone."""
    folder = DataFolder(chosen.data)
    state = roll_back(folder, chosen.authority)
    back = next(part for part in state.parts if part.authority == chosen.authority)
    told = [f"back to the load that is true for {back.as_of:%d %B %Y}"]
    loads.record(
        open_ledger(chosen.data),
        COMMAND_LINE,
        loads.ROLLED_BACK,
        back.authority,
        load_id=back.root,
        told=told,
    )
    print(f"{back.authority} is back to its load of {back.loaded_at:%d %B %Y}, as of {back.as_of:%d %B %Y}.")
    return 0


def withdraw_authority(chosen: Namespace) -> int:
    """Take one authority out of what is published; its loads are kept."""
    folder = DataFolder(chosen.data)
    gone = withdraw(folder, chosen.authority)
    told = [f"the load that is true for {gone.as_of:%d %B %Y}"]
    loads.record(
        open_ledger(chosen.data), COMMAND_LINE, loads.WITHDRAWN, gone.authority, load_id=gone.root, told=told
    )
    print(f"{gone.authority} is taken out: no page shows its children. Its loads are kept.")
    print(f"Put it back with: python -m vcore publish {gone.root}")
    return 0


def _check_names(folder: DataFolder, authority: str, *, another: bool, instead: Callable[[str], str]) -> None:
    """Raises `StoreError` for a name that may be a live authority's, unless it is said to be another.

    `instead`: what to do where the live one was meant.
    """
    check_name(folder, authority)
    near = near_name(folder, authority)
    if near and not another:
        raise StoreError(
            f"{authority} is not live, and {near} is. Did you mean {near}? Under two names its children would count "
            f"twice. {instead(near)}, or add --new-authority if it is another one."
        )


def _publish(folder: DataFolder, ledger, card) -> int:
    disable_demonstration_people(ledger)  # first: nobody with a known password may see real children
    publish(folder, [card])
    loads.record(ledger, COMMAND_LINE, loads.PUBLISHED, card.authority, load_id=card.root)
    print(f"Published {card.authority} as of {card.as_of:%d %B %Y}: {card.rows['child']} children on file.")
    return 0


def _told(reading: ingest.Reading) -> list[str]:
    """What the record says of a load: its files, and what was put right."""
    files = [file.words for file in reading.files]
    return [*files, *(f"{made.file}, {made.column}: {made.told}" for made in reading.report.corrections)]


def _read(chosen: Namespace, mapping: Mapping, *, key: bytes):
    reading = ingest.read(
        chosen.folder,
        authority=chosen.authority,
        as_of=chosen.as_of,
        key=key,
        needs=settings().needs,
        mapping=mapping,
        fixes=chosen.fix,
    )
    print(reading.report.as_text())
    return reading


def _mapping(chosen: Namespace) -> Mapping:
    """The mapping file that was named, else what the authority's earlier loads confirmed."""
    needs = settings().needs
    if chosen.mapping is None:
        return kept_mapping(DataFolder(chosen.data), chosen.authority, needs)
    try:
        text = chosen.mapping.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise RefusedLoad(
            f"{chosen.mapping.name} cannot be read. Check its name and that it is text."
        ) from None
    return read_mapping(text, layouts(needs), name=chosen.mapping.name)


def _write_mapping(chosen: Namespace, remembered: Mapping) -> int:
    """Write a guess to look through, and say what a person should look at."""
    if chosen.write_mapping.exists():
        raise RefusedLoad(
            f"{chosen.write_mapping.name} is there already. Name another file; nothing was written."
        )
    known = {layout.name: layout for layout in layouts(settings().needs)}
    guessed = guess(ingest.opened_folder(chosen.folder), tuple(known.values()), remembered)
    chosen.write_mapping.write_text(guessed.as_json(), encoding="utf-8")
    for table in guessed.tables:
        print(f"{', '.join(table.seen_in)}: {table.layout or 'not one we know, left out'}")
        for match in explained(table, known.get(table.layout or ""), remembered):
            print(f"  {match.column}: {match.field or '–'} ({match.how})")
    print(f"Wrote {chosen.write_mapping.name}. Look it through, then use it with --mapping.")
    return 0
