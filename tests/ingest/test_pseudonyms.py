"""Keyed hashes against Python's own HMAC, and the key file's care."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
import threading

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.folders import KEY
from vcore.errors import VcoreError
from vcore.ingest.pseudonyms import birth_month, load_key, pseudonyms


def hashed(*values: str | None, authority: str = "North", what: str = "child", key: bytes = KEY) -> list:
    return pseudonyms(pd.Series(values, dtype="str"), authority=authority, what=what, key=key).tolist()


def test_an_id_is_the_first_sixteen_digits_of_the_hmac():
    whole = hmac.new(KEY, b"child\x1fnorth\x1f101", hashlib.sha256).hexdigest()
    assert hashed("101") == [whole[:16]]


def test_missing_stays_missing():
    assert pd.isna(hashed("101", None)[1])


@given(st.lists(st.text(min_size=1), min_size=2, max_size=30, unique=True))
def test_different_numbers_get_different_ids_and_the_same_number_always_the_same(numbers):
    first = hashed(*numbers)
    assert len(set(first)) == len(numbers)
    assert hashed(*reversed(numbers)) == first[::-1]


def test_authority_purpose_and_key_each_change_the_id():
    others = [hashed("101", authority="South"), hashed("101", what="assessor"), hashed("101", key=KEY[::-1])]
    assert len({each[0] for each in [hashed("101"), *others]}) == 4
    assert hashed("101", authority=" NORTH ") == hashed("101")


def test_a_short_key_is_refused():
    with pytest.raises(VcoreError, match="31 bytes"):
        hashed("101", key=b"x" * 31)


def test_a_birthday_is_cut_to_its_month():
    days = pd.Series(pd.to_datetime(["2012-05-14", "2012-05-01", "2012-05-31"]))
    assert set(birth_month(days)) == {pd.Timestamp("2012-05-01")}


def test_the_key_is_made_once_and_kept_private(tmp_path):
    path = tmp_path / "keys" / "pseudonyms.key"
    key = load_key(path)
    assert len(key) == 32
    assert load_key(path) == key
    assert os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["pseudonyms.key"]
    assert load_key(tmp_path / "other.key") != key


def test_first_uses_at_once_end_with_one_key(tmp_path):
    keys: list[bytes] = []
    users = [threading.Thread(target=lambda: keys.append(load_key(tmp_path / "a.key"))) for _ in range(8)]
    for user in users:
        user.start()
    for user in users:
        user.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


@pytest.mark.skipif(os.name != "posix", reason="file permissions are POSIX here")
def test_a_key_that_others_may_read_is_refused(tmp_path):
    load_key(tmp_path / "a.key")
    (tmp_path / "a.key").chmod(0o644)
    with pytest.raises(VcoreError, match="chmod 600"):
        load_key(tmp_path / "a.key")


def test_a_file_that_is_not_a_key_is_refused_and_not_replaced(tmp_path):
    path = tmp_path / "a.key"
    path.write_bytes(b"short")
    path.chmod(0o600)
    with pytest.raises(VcoreError, match="is not the pseudonym key"):
        load_key(path)
    assert path.read_bytes() == b"short"
