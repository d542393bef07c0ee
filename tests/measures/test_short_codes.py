"""Short codes: as short as they can be, never the same for two children."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vcore.measures.short_codes import SHORTEST, short_code, with_code

FIVE = ["7f3a0000", "7f3a1111", "7f3a12ff", "8000aaaa", "ffff0000"]


@pytest.mark.parametrize(
    ("child_id", "code"),
    [
        ("7f3a0000", "7F3A0"),
        ("7f3a1111", "7F3A11"),
        ("7f3a12ff", "7F3A12"),
        ("8000aaaa", "8000"),
        ("ffff0000", "FFFF"),
        ("7f3a2222", "7F3A2"),  # gone from the load: still apart from those who are in it
        ("00000000", "0000"),
    ],
)
def test_as_many_characters_as_tell_them_apart(child_id, code):
    assert short_code(child_id, FIVE) == code


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("7f3a", [0, 1, 2]),
        ("7F3A0", [0]),
        (" 7f3a1 ", [1, 2]),
        ("8000", [3]),
        ("9", []),
        ("", []),
        ("  ", []),
    ],
)
def test_who_a_typed_code_means(typed, places):
    assert with_code(typed, FIVE) == places


ids = st.lists(st.text("01ab", min_size=8, max_size=8), min_size=1, max_size=30, unique=True).map(sorted)


@settings(max_examples=50)
@given(ids)
def test_a_code_leads_back_to_its_child_alone(child_ids):
    for place, child_id in enumerate(child_ids):
        code = short_code(child_id, child_ids)
        assert len(code) >= SHORTEST
        assert with_code(code, child_ids) == [place]
        if len(code) > SHORTEST:
            assert len(with_code(code[:-1], child_ids)) > 1
