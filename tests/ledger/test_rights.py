"""The rights table of the domain guide, section 4, cell by cell."""

import pytest

from ledger.rights import RIGHTS, NotAllowed, Right, Role, role_of
from vcore.errors import InvalidChoice

TABLE = """
right                 commissioner analyst finance director administrator
SEE_COHORTS           yes          yes     yes     yes      no
SEE_CHILDREN          yes          yes     no      no       no
UNSUPPRESSED          yes          yes     no      no       no
SEE_PLACEMENT_COSTS   yes          yes     yes     no       no
SEE_PROVIDERS         yes          yes     yes     no       no
SEE_PRICES            yes          no      yes     no       no
EDIT_ASSUMPTIONS      no           no      yes     no       no
LOAD_DATA             no           yes     no      no       no
NAME_CHILDREN         no           no      no      no       no
MANAGE_PEOPLE         no           no      no      no       yes
SEE_ACTIVITY          no           no      no      no       yes
"""
_HEADER, *_ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [
    (Role(role), Right[row[0]], answer == "yes")
    for row in _ROWS
    for role, answer in zip(_HEADER[1:], row[1:], strict=True)
]


def test_the_table_is_whole():
    assert {role for role, _, _ in CELLS} == set(Role) == set(RIGHTS)
    assert {right for _, right, _ in CELLS} == set(Right)
    assert len(CELLS) == len(Role) * len(Right)


@pytest.mark.parametrize(("role", "right", "allowed"), CELLS)
def test_each_cell(role, right, allowed):
    assert (right in RIGHTS[role]) is allowed


def test_whoever_sees_no_children_sees_no_figure_about_them():
    about_children = set(Right) - {Right.MANAGE_PEOPLE, Right.SEE_ACTIVITY}
    assert not RIGHTS[Role.ADMINISTRATOR] & about_children


def test_a_refusal_says_what_who_and_where_to_ask():
    words = str(NotAllowed(Right.SEE_PRICES, Role.DIRECTOR))
    assert words == (
        "Your account (director) may not see what single providers charge. That is for: commissioner or finance. "
        "Ask your administrator if you need it."
    )


def test_roles_are_found_by_name_and_slips_are_answered():
    assert role_of(" Director ") is Role.DIRECTOR
    with pytest.raises(InvalidChoice, match="Did you mean 'finance'"):
        role_of("finanse")
