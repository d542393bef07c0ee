"""Which passwords pass: a table at the limits, and the property that what passes can be signed in with."""

import bcrypt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import passwords
from ledger.passwords import RefusedPassword

VARIED = "abcdefghij"


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("", "at least 12"),
        ("klmnopqrstu", "at least 12"),  # 11 bytes
        ("klmnopqrstuv", None),  # 12
        ("klmnopqrstuvwxyz" * 4 + "klmnopqr", None),  # 72
        ("klmnopqrstuvwxyz" * 4 + "klmnopqrs", "73 bytes"),
        ("éèàùçô", None),  # 6 letters, 12 bytes
        ("é" + "klmnopqrst", None),  # 11 letters, 12 bytes
        ("éèàùç" * 7 + "kl", None),  # 37 letters, 72 bytes
        ("éèàùç" * 7 + "klm", "73 bytes"),
        (" klmnopqrstuv", "space"),
        ("klmnopqrstuv ", "space"),
        ("klmno pqrstuv", None),
        ("klmnopq\trstuv", "control"),
        ("klmnopq\0rstuv", "control"),
        ("aaaaaaaaaaaaaaa", "different"),
        ("abcdabcdabcd", "different"),  # four
        ("abcdeabcdeabcde", None),  # five
        ("my a.khan is here", "user name"),
        ("MY A.KHAN is here", "user name"),
        ("Password for 2026", "password"),
        ("QWERTY and more of it", "qwerty"),
        ("let me in at once", "letmein"),
        ("care value tomorrow", "carevalue"),
    ],
)
def test_the_rules_at_their_limits(password, refusal):
    if refusal is None:
        passwords.check_rules(password, "a.khan")
    else:
        with pytest.raises(RefusedPassword, match=refusal):
            passwords.check_rules(password, "a.khan")


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=3, max_size=80))
def test_what_passes_can_be_typed_at_the_door(password):
    try:
        passwords.check_rules(password, "somebody")
    except RefusedPassword:
        return
    # the authenticator strips what is typed, and bcrypt refuses more than 72 bytes
    typed = password.strip().encode()
    assert bcrypt.checkpw(typed, bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)))


def test_a_hash_knows_its_password_and_no_other():
    kept = passwords.hash_password("klmnopqrstuv")
    assert kept.startswith("$2b$04$")  # the fixture's four rounds
    assert passwords.is_password("klmnopqrstuv", kept)
    assert not passwords.is_password("klmnopqrstuw", kept)
    assert not passwords.is_password("k" * 73, kept)


def test_one_time_passwords_pass_the_rules_and_differ():
    made = {passwords.new_one_time_password("somebody") for _ in range(200)}
    assert len(made) == 200
    for password in made:
        passwords.check_rules(password, "somebody")


def test_a_one_time_password_never_holds_the_name_it_is_for(monkeypatch):
    drawn = iter("aaaaannaaaaaaaaa" + "abcdefghjkmnpqrs")
    monkeypatch.setattr(passwords.secrets, "choice", lambda letters: next(drawn))
    assert passwords.new_one_time_password("nn") == "abcd-efgh-jkmn-pqrs"


def test_outside_tests_a_hash_takes_twelve_rounds(monkeypatch):
    monkeypatch.undo()  # the fixture's four
    assert passwords.hash_password("klmnopqrstuv").startswith("$2b$12$")
