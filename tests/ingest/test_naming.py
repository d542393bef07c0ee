"""Back to the name: compared with Python's own HMAC; a wrong key, a wrong file and a wrong number each a sentence."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vcore.errors import RefusedLoad
from vcore.ingest.naming import WrongKey, checked_key, number_of, numbers_in

KEY, OTHER = b"k" * 32, b"o" * 32


def hashed(number: str, authority: str = "north", key: bytes = KEY) -> str:
    return hmac.new(key, f"child\x1f{authority}\x1f{number}".encode(), hashlib.sha256).hexdigest()[:16]


DATA = [hashed(str(number)) for number in range(100, 140)]


def named(child_id, numbers, authority="North", key=KEY):
    return number_of(child_id, numbers, authority=authority, key=key, known=DATA)


def test_the_number_that_is_theirs():
    assert named(hashed("101"), ["100", "101", "102"]) == "101"
    assert named(hashed("101"), [" 101 "]) == "101"


def test_somebody_else_s_number_is_not_theirs():
    assert named(hashed("101"), ["102"]) is None
    assert named(hashed("101"), ["102", "103"]) is None  # both are of the data, so the key is right


def test_another_key_is_said_to_be_wrong_where_that_can_be_told():
    with pytest.raises(WrongKey, match="None of these 2 numbers is of a child in the data of North"):
        named(hashed("101"), ["101", "102"], key=OTHER)
    assert named(hashed("101"), ["101"], key=OTHER) is None  # one number: it may be the number that is wrong
    with pytest.raises(WrongKey):
        named(hashed("101"), ["101", "102"], authority="South")


@pytest.mark.parametrize("content", [b"", b"k" * 31, b"k" * 33, b"CHILD,SEX\n101,M\n"])
def test_a_file_that_is_no_key(content):
    with pytest.raises(WrongKey, match=f"{len(content)} bytes instead of 32"):
        checked_key(content)


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        (b"CHILD,SEX,DOB\n101,M,01/02/2012\n 102 ,F,03/04/2011\n101,M,01/02/2012\n,M,\n", ["101", "102"]),
        ("\ufeffchild;sex\n101;1\n".encode(), ["101"]),
        (b"SEX,Child ID\nM,A7\n", ["A7"]),
    ],
)
def test_numbers_in_a_file(content, numbers):
    assert numbers_in("header.csv", content) == numbers


@pytest.mark.parametrize("content", [b"SEX,DOB\nM,01/02/2012\n", b"CHILD,SEX\n", b"\x00\x01\x02", b""])
def test_a_file_without_a_number(content):
    with pytest.raises(RefusedLoad, match=r"header\.csv"):
        numbers_in("header.csv", content)


@settings(max_examples=40)
@given(st.lists(st.integers(100, 139), min_size=2, max_size=10), st.integers(100, 139))
def test_found_exactly_where_it_is_among_them(numbers, child):
    brought = [str(number) for number in numbers]
    assert named(hashed(str(child)), brought) == (str(child) if child in numbers else None)
