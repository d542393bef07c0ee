"""People: who may sign in and as what, the data-protection assessment, and who did what lately."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ledger import activity, grants, people, safeguards
from ledger.credentials import reset_password
from ledger.people import Person
from ledger.rights import RIGHTS, Right, Role
from ui import authority_limit, session
from ui.theme import plain
from vcore.errors import VcoreError

me = session.require(Right.MANAGE_PEOPLE)
ledger = session.ledger()
ROLES = [role.value for role in Role]
CHILD_LEVEL = (
    "For a named director: children one by one, pseudonymous, on their own screen, every view on record."
)
NAMING = "For a commissioner or analyst who holds the pseudonym key: one child at a time, with a reason, on record."


def show_password_once(username: str, password: str) -> None:
    """Shows a one-time password: it is gone with the next click."""
    st.success(f"The one-time password of {username}, shown this once. It is changed at the first sign-in.")
    st.code(password, language=None)


def say_not_loaded(username: str) -> None:
    """Says so where an account is limited to an authority that is not loaded."""
    if warning := authority_limit.warning(people.find_person(ledger, username)):
        st.info(plain(warning))


def add() -> None:
    """A form for a new account."""
    with st.form("add-person", clear_on_submit=False):
        name = st.text_input("Name", max_chars=100)
        username = st.text_input("User name", max_chars=64, help="Lower case, such as a.khan")
        role = st.selectbox("Role", ROLES, format_func=str.title)
        authorities = authority_limit.Field(None, key="new")
        if not st.form_submit_button("Add person"):
            return
    password = people.add_person(
        ledger, username, name=name, role=role, authorities=authorities.limit(), by=me.username
    )
    username = username.strip().lower()
    show_password_once(username, password)
    say_not_loaded(username)


def change(person: Person) -> None:
    """A form for an account's role, authorities and standing, and a new password for who forgot theirs."""
    whose = (
        person.username
    )  # in each key: what was chosen stands over a save that changes what a control starts from
    with st.form("change-person"):
        role = st.selectbox(
            "Role", ROLES, ROLES.index(person.role), format_func=str.title, key=f"role-{whose}"
        )
        authorities = authority_limit.Field(person, key=whose)
        active = st.checkbox("May sign in", person.active, key=f"active-{whose}")
        names = st.checkbox(
            "May turn a pseudonym back into the council's own number",
            person.may_name_children,
            help=NAMING,
            key=f"names-{whose}",
        )
        sees = st.checkbox(
            "Director who may see children one by one",
            person.may_see_children,
            help=CHILD_LEVEL,
            key=f"sees-{whose}",
        )
        reason = st.text_input(
            "Reason for seeing children",
            max_chars=grants.LONGEST_REASON,
            placeholder="Never a name",
            key=f"reason-{whose}",
        )
        save = st.form_submit_button("Save changes")
    if save:
        limit = authorities.limit()
        if role != person.role:
            people.set_role(ledger, person.username, role, by=me.username)
        if limit != person.authorities:
            people.set_authorities(ledger, person.username, limit, by=me.username)
        if active != person.active:
            people.set_active(ledger, person.username, active, by=me.username)
        if names != person.may_name_children:
            grants.allow_naming(ledger, person.username, names, by=me.username)
        if sees != person.may_see_children:
            grants.allow_child_level(ledger, person.username, sees, reason, by=me.username)
        st.success(f"{person.username} is changed, from their next click on.")
        say_not_loaded(person.username)
    if st.button("Give a new one-time password"):
        show_password_once(person.username, reset_password(ledger, person.username, by=me.username))


def choose_and_change() -> None:
    """Which account, then its form."""
    everyone = {person.username: person for person in people.list_people(ledger) if not person.shared}
    if not everyone:
        st.write("There are no accounts to change yet: the demonstration's own stay as they are.")
        return
    username = st.selectbox("Account", list(everyone), key="account-to-change")
    change(everyone[username])


def record_assessment() -> None:
    """A form for the assessment's reference."""
    st.write("Real data can be loaded once its data-protection impact assessment is on record.")
    with st.form("assessment"):
        reference = st.text_input(
            "Reference", safeguards.assessment_reference(ledger) or "", placeholder="Such as DPIA-2026-014"
        )
        if not st.form_submit_button("Record reference"):
            return
    safeguards.record_assessment_reference(ledger, reference, by=me.username)
    st.success("Recorded.")


def list_accounts() -> None:
    """Every account as a table."""
    st.table(
        pd.DataFrame(
            [
                {
                    "Name": person.name,
                    "User name": person.username,
                    "Role": person.role.title(),
                    "Authorities": plain(authority_limit.words(person)),
                    "Sign-in": _standing(person),
                }
                for person in people.list_people(ledger)
            ]
        ).set_index("Name"),
        border="horizontal",
    )


def list_activity() -> None:
    """The latest activity as a table."""
    lines = [
        {"When (UTC)": f"{line.at:%d/%m/%Y %H:%M}", "Who": line.who, "What": line.what, "Detail": line.detail}
        for line in activity.recent(ledger, 50)
    ]
    st.table(pd.DataFrame(lines).set_index("When (UTC)"), border="horizontal")


def _standing(person: Person) -> str:
    if not person.active:
        return "Closed"
    granted = {
        "may see children": Right.SEE_CHILDREN in person.rights
        and Right.SEE_CHILDREN not in RIGHTS[person.role],
        "may name children": Right.NAME_CHILDREN in person.rights,
    }
    standing = "One-time password" if person.must_change_password else "Open"
    return ", ".join([standing, *(words for words, has in granted.items() if has)])


st.title("People", anchor=False)
accounts = st.container()  # filled last, so that it shows what the forms below have just changed
for label, draw in (
    ("Add a person", add),
    ("Change an account", choose_and_change),
    ("Data-protection assessment", record_assessment),
):
    with st.expander(label):
        try:
            draw()
        except VcoreError as refusal:
            st.error(str(refusal))
with accounts:
    list_accounts()
st.header("Recent activity", anchor=False)
list_activity()
