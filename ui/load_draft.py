"""The load a person is working on: files opened, columns matched, checks done. In this tab's memory and nowhere else.

Never written to disk: publishing is what keeps a load, discarding or leaving forgets it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from ledger.rights import Right
from ledger.safeguards import may_load_real_data
from ui import data_changes, load_names, load_words, reads, session
from ui.load_jobs import Job
from ui.published import published
from vcore import ingest
from vcore.errors import RefusedLoad, VcoreError
from vcore.facts.domains import NeedModel
from vcore.ingest import Reading
from vcore.ingest.layouts import layouts
from vcore.ingest.mapping import Mapping
from vcore.ingest.matching import guess
from vcore.ingest.reading import read_extracts
from vcore.ingest.uploads import Extract, opened_all
from vcore.settings import settings
from vcore.store import Store
from vcore.store.difference import Difference, Standing
from vcore.store.mappings import kept_mapping
from vcore.store.preview import previewed
from vcore.store.store import Progress

_DRAFT = "data_load"
_KEY_BYTES = 32
_COMPARING = 0.9  # the share of a check's time after which the difference is worked out


@dataclass(frozen=True, eq=False)
class Opened:
    """Files opened, and how their columns may be ours: `remembered` is what earlier loads confirmed."""

    extracts: list[Extract]
    guessed: Mapping
    remembered: Mapping


@dataclass(frozen=True, eq=False)
class Checked:
    """What came of reading the files. `change` None: refused. `over` is the live load it was compared with."""

    reading: Reading
    change: Difference | Standing | None
    over: str


@dataclass(eq=False)
class Draft:
    """A load from upload to publishing; each job is there once its step has begun."""

    authority: str
    as_of: date
    opening: Job[Opened]
    mapping: Mapping | None = None
    fixes: tuple[str, ...] = ()
    checking: Job[Checked] | None = None
    previewing: bool = False
    publishing: Job[str] | None = None

    @property
    def under_way(self) -> Job | None:
        """The work that is not done yet, if any."""
        jobs = (self.publishing, self.checking, self.opening)
        return next((job for job in jobs if job is not None and not job.done), None)


def draft() -> Draft | None:
    """The load under way in this tab. Raises `NotAllowed`."""
    session.require(Right.LOAD_DATA)
    return st.session_state.get(_DRAFT)


def discard() -> None:
    """Forget it all: files, matches, findings."""
    found = st.session_state.pop(_DRAFT, None)
    if found is not None and found.under_way:
        found.under_way.cancel()


def cancel() -> None:
    """Stop what is under way. What was done before it stays; files that are still being opened are forgotten."""
    found = draft()
    if found is None or found.under_way is None:
        return
    found.under_way.cancel()
    if found.checking is None:
        st.session_state.pop(_DRAFT, None)
    else:
        found.checking = found.mapping = None


def step_back() -> None:
    """To the step before the job that failed; the failure is forgotten."""
    found = draft()
    if found is None:
        return
    if found.publishing is not None:
        found.publishing = None
    else:
        found.checking = found.mapping = None


def begin(authority: str, as_of: date, files: Sequence[tuple[str, bytes]]) -> None:
    """Open files as one authority's load. Raises `VcoreError` for a name or an authority that is no good."""
    person = session.require(Right.LOAD_DATA)
    authority = " ".join(authority.split())
    if not 2 <= len(authority) <= 80:
        raise VcoreError("Give the authority's name, such as Kent: 2 to 80 characters.")
    if person.authorities is not None and not person.is_for(authority):
        raise VcoreError(f"Your account is for {', '.join(person.authorities)}, not for {authority}.")
    load_names.check(authority)
    if not files:
        raise VcoreError("Choose the files first: CSV, XLSX, or a ZIP of them.")
    needs = settings().needs
    work = partial(_open, list(files), authority, needs)
    st.session_state[_DRAFT] = Draft(authority, as_of, Job(work))


def check(found: Draft) -> None:
    """Read the files as the draft's mapping and fixes say, beside the screens."""
    real = why_not_publish() == ""
    live = reads.open_store() if real else None
    found.previewing, found.publishing = False, None
    found.checking = Job(
        partial(
            _check,
            found.opening.answer().extracts,
            found.mapping or Mapping(),
            found.fixes,
            found.authority,
            found.as_of,
            data_changes.folder().keys / data_changes.KEY_FILE if real else None,
            live,
            live_load(found.authority),
        )
    )


def live_load(authority: str) -> str:
    """The name of an authority's live load; empty where it has none."""
    return next((part.root for part in published().parts if part.authority == authority), "")


def why_not_publish() -> str:
    """Why this person's files may be checked here and not published; empty where they may."""
    try:
        person = session.require(Right.LOAD_DATA)
        if person.demonstration:
            raise VcoreError(
                "This is a demonstration account, whose password everybody knows: files can be checked here with it "
                "and not published. Use fictional files only, and sign in with an account of your own to publish."
            )
        may_load_real_data(session.ledger())
    except VcoreError as refusal:
        return str(refusal)
    return ""


def _open(files: list[tuple[str, bytes]], authority: str, needs: NeedModel, progress: Progress) -> Opened:
    share = 0.0

    def one_by_one():
        nonlocal share
        for at, (name, content) in enumerate(files):
            share = at / len(files)
            progress(share, f"Opening {name}")
            yield name, content

    extracts = opened_all(one_by_one(), tell=lambda words: progress(share, words))
    if not any(extract.header for extract in extracts):
        raise RefusedLoad(
            f"There is nothing to read in what was sent ({load_words.nothing_in(extracts)}): expected a table with "
            "column names in its first line, as CSV or XLSX. Save it again in that form."
        )
    remembered = kept_mapping(data_changes.folder(), authority, needs)
    return Opened(extracts, guess(extracts, layouts(needs), remembered), remembered)


def _check(
    extracts: list[Extract],
    mapping: Mapping,
    fixes: tuple[str, ...],
    authority: str,
    as_of: date,
    key_file: Path | None,
    live: Store | None,
    over: str,
    progress: Progress,
) -> Checked:
    """Where nothing may be published (`key_file` None), pseudonyms are made with a key that is thrown away."""
    needs = settings().needs
    key = ingest.load_key(key_file) if key_file else secrets.token_bytes(_KEY_BYTES)
    reading = read_extracts(
        extracts,
        authority=authority,
        as_of=as_of,
        key=key,
        needs=needs,
        mapping=mapping,
        fixes=fixes,
        progress=lambda share, words: progress(share * _COMPARING, words),
    )
    if reading.refused:
        return Checked(reading, None, over)
    progress(_COMPARING, "Comparing with what is live")
    change = previewed(reading.tables, authority=authority, as_of=as_of, needs=needs, live=live)
    return Checked(reading, change, over)
