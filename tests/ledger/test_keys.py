"""The key: 32 random bytes, made once, private, and never repaired by guessing."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from ledger.keys import cookie_key, sealed
from vcore.errors import VcoreError


def test_made_on_first_use_and_kept(tmp_path):
    key = cookie_key(tmp_path)
    path = tmp_path / "keys" / "cookie.key"
    assert len(key) == 32
    assert path.read_bytes() == key == cookie_key(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [child.name for child in path.parent.iterdir()] == ["cookie.key"]


def test_each_folder_has_its_own(tmp_path):
    assert cookie_key(tmp_path / "one") != cookie_key(tmp_path / "two")


def test_many_at_once_agree(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(lambda _: cookie_key(tmp_path), range(64)))) == 1


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_the_wrong_size_is_refused_and_left_alone(tmp_path, size):
    path = tmp_path / "keys" / "cookie.key"
    path.parent.mkdir()
    path.write_bytes(b"x" * size)
    with pytest.raises(VcoreError, match=f"holds {size} bytes instead of 32"):
        cookie_key(tmp_path)
    assert path.read_bytes() == b"x" * size


def test_a_seal_depends_on_key_and_secret():
    # HMAC-SHA-256, RFC 4231 test case 2
    assert sealed(b"Jefe", "what do ya want for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
