"""Loading new files, a step at a time: choose, match columns, check, look at what would change, publish.

Draws the step the draft is at. Nothing is kept before it is published.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from ui import (
    data_changes,
    load_checks,
    load_columns,
    load_draft,
    load_names,
    load_preview,
    load_words,
    theme,
)
from ui.data_notice import said
from ui.load_draft import Draft
from ui.load_jobs import Job
from ui.published import published
from vcore.errors import VcoreError

ASK_AGAIN_SECONDS = 0.5
ANOTHER = "Another authority …"
STEPS = ("Choose files", "Match columns", "Check", "Look and publish")


def draw() -> None:
    """The open step. A job that failed is said, and its step is open again."""
    found = load_draft.draft()
    _steps(found)
    box = st.container(key="load-step")
    with box:
        if found is None:
            _choose()
        elif (job := found.under_way) is not None:
            _wait(found, job)
        else:
            _go_on(found)


def _steps(found: Draft | None) -> None:
    """Which step this is, in one line."""
    at = 0 if found is None else 1 if found.mapping is None else 3 if found.previewing else 2
    whose = "" if found is None else f" · {found.authority}, true for {theme.date_words(found.as_of)}"
    st.caption(theme.plain(f"Step {at + 1} of {len(STEPS)}: {STEPS[at]}{whose}"))


def _go_on(found: Draft) -> None:
    """The step after the last job that is done."""
    try:
        opened = found.opening.answer()
        if found.publishing is not None:
            words = found.publishing.answer()
            load_draft.discard()
            said(lambda: words)
            st.rerun()
        checked = found.checking.answer() if found.checking is not None else None
    except (VcoreError, OSError) as error:
        _failed(found, error)
        return
    if found.mapping is None or checked is None:
        load_columns.draw(found, opened)
    elif found.previewing and checked.change is not None:
        load_preview.draw(found, checked)
    else:
        load_checks.draw(found, checked)


def _failed(found: Draft, error: VcoreError | OSError) -> None:
    """What stopped the last job: said until the reader goes back from it."""
    st.error(theme.plain(data_changes.in_words(error)))
    if found.checking is not None:
        back = "Back to the columns" if found.publishing is None else "Back to the preview"
        st.button(back, key="load-again", on_click=load_draft.step_back)
    st.button("Start again with other files", key="load-discard", on_click=load_draft.discard)


@st.fragment(run_every=ASK_AGAIN_SECONDS)
def _wait(found: Draft, job: Job) -> None:
    """How far it is, until it is done."""
    if job.done:
        st.rerun(scope="app")
    st.progress(min(max(job.share, 0.0), 1.0), theme.plain(job.words))
    if found.publishing is None:
        st.button("Cancel", key="load-cancel", on_click=load_draft.cancel)
    st.caption("Others go on working meanwhile. Nothing is kept until you publish.")


def _choose() -> None:
    if why := load_draft.why_not_publish():
        st.info(theme.plain(why))
    known = [*data_changes.authorities(), ANOTHER]
    left, right = st.columns(2, gap="large")
    chosen = left.selectbox("Authority", known, key="load-authority")
    name = chosen or ""
    if chosen == ANOTHER:
        name = left.text_input(
            "Its name",
            key="load-name",
            max_chars=80,
            help="As the Department for Education writes it, such as Kent",
        )
        near = load_names.near(name)
        if near is not None:
            choose = f" To load {near}, choose it in the list." if near else ""
            left.warning(theme.plain(f"{load_words.near(name, near)}{choose}"))
    day = right.date_input(
        "True for",
        value=None,
        format="DD/MM/YYYY",
        max_value=date.today(),
        key="load-date",
        help="The date the files show the council as on, such as the last day of the month",
    )
    if isinstance(day, date) and (older := _older(name, day)):
        right.warning(older)
    files = st.file_uploader(
        "Files: SSDA903 returns, needs, costs and the others, as CSV, XLSX or a ZIP of them",
        type=["csv", "txt", "tsv", "xlsx", "zip"],
        accept_multiple_files=True,
        key="load-files",
    )
    st.caption(
        "At most 200 MB. Files stay in memory while you check them and are never written to disk; children's numbers "
        "become pseudonyms, and names and addresses are dropped even if sent."
    )
    if st.button("Read these files", type="primary", key="load-read"):
        try:
            if not isinstance(day, date):
                raise VcoreError("Give the date the files are true for.")
            load_draft.begin(name, day, [(file.name, file.getvalue()) for file in files])
        except VcoreError as refusal:
            st.error(theme.plain(str(refusal)))
        else:
            st.rerun()


def _older(authority: str, day: date) -> str:
    """What to say of a date before the live load's; empty for any other."""
    live = next((part.as_of for part in published().parts if part.authority == authority), None)
    if live is None or day >= live or published().demonstration:
        return ""
    return (
        f"{authority} is live as of {theme.date_words(live)}. Files that are true for an earlier date would take "
        "readers back; to undo a load, roll back instead."
    )
