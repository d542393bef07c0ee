"""Back to the name: which of the numbers somebody brings is the open child's. With a right of its own, a key, a reason.

What is brought is read in memory and let go; the answer stands on the screen until the next click and nowhere else.
That somebody asked is kept before anything is worked out, whether it is found or not.
"""

from __future__ import annotations

import streamlit as st

from ledger import openings
from ledger.rights import Right
from ui import child_choice, child_reads, reads, session
from ui.theme import plain
from vcore.errors import VcoreError
from vcore.ingest.naming import checked_key, number_of, numbers_in

ASKED = "asked for a child's own number"
SHORTEST_REASON, LONGEST_REASON = 10, 300
MOST_MB = 50
FICTIONAL = "These children are fictional: there is nobody behind a code."
NOT_FOUND = (
    "None of the numbers you brought is this child's. Either the number is not theirs, or this is not the key that the "
    "data was loaded with."
)


def offered() -> bool:
    """Whether this reader may turn pseudonyms back at all."""
    return Right.NAME_CHILDREN in session.person().rights


def draw(child_id: str) -> None:
    """The form, for whoever has the right; nothing at all for others."""
    if not offered():
        return
    with st.expander("Back to the name"):
        if reads.open_store().demonstration:
            st.caption(FICTIONAL)
            return
        _draw_form(child_id)


def _draw_form(child_id: str) -> None:
    st.caption(
        "The app holds no name and no number. It compares what you bring with this one child, and keeps only that you "
        "asked, and why."
    )
    with st.form("name-child", clear_on_submit=True, border=False):  # what was brought goes with the click
        key = st.file_uploader("Pseudonym key (pseudonyms.key)", max_upload_size=1, key="naming-key")
        one = st.text_input("A child number", max_chars=40, key="naming-number")
        several = st.file_uploader(
            "or a file with a column CHILD, such as the Header", max_upload_size=MOST_MB, key="naming-file"
        )
        reason = st.text_input(
            "Reason", max_chars=LONGEST_REASON, key="naming-reason", placeholder="Never a name"
        )
        if not st.form_submit_button("Which number is this child's?"):
            return
    try:
        brought = None if several is None else (several.name, several.getvalue())
        found = answer(child_id, None if key is None else key.getvalue(), one, brought, reason)
    except VcoreError as refusal:
        st.error(plain(str(refusal)))
        return
    if found is None:
        st.warning(NOT_FOUND)
        return
    st.success("The council's own number of this child, shown this once:")
    st.code(found, language=None)


def answer(
    child_id: str, key: bytes | None, one: str, several: tuple[str, bytes] | None, reason: str
) -> str | None:
    """The child's number among those brought; None where it is not. Kept as asked for, before it is looked for.

    Raises `NotAllowed`, or `VcoreError` saying what is missing or wrong.
    """
    person = session.require(Right.NAME_CHILDREN)
    authority = str(child_reads.today(child_id)["authority"])
    if len(" ".join(reason.split())) < SHORTEST_REASON:
        raise VcoreError(f"Give the reason, in at least {SHORTEST_REASON} characters. It is kept on record.")
    if key is None:
        raise VcoreError("Bring the pseudonym key: the app's own copy is never used for this.")
    if not one.strip() and several is None:
        raise VcoreError("Type a child number, or bring a file with a column CHILD.")
    openings.record_children(
        session.ledger(), person, [child_id], child_choice.cohort_words(), what=ASKED, reason=reason.strip()
    )
    checked = checked_key(key)
    numbers = [*([one.strip()] if one.strip() else []), *(numbers_in(*several) if several else [])]
    frame = reads.whole().snapshot.frame
    known = frame["child_id"][frame["authority"] == authority]
    return number_of(child_id, numbers, authority=authority, key=checked, known=known)
