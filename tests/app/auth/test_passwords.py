"""A password is long and not guessed first; what it is made of is its owner's affair."""

import pytest

from app.auth.passwords import password_problem

EMAIL = "adalovelace@example.org"


@pytest.mark.parametrize(
    "password",
    [
        "seven green bicycles",
        "tischlampenrad",
        "ŵy iâr a thân gwyllt",
        "correct horse battery staple",
        "x" * 3 + "unlikely words" + "y" * 100,
    ],
)
def test_length_is_enough_without_digits_or_signs(password: str) -> None:
    assert password_problem(password, email=EMAIL) is None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "Enter a password"),
        ("short words", "12 characters or more"),
        ("y" * 100 + "unlikely words" * 8, "200 characters or fewer"),
        ("AdaLovelace@example.org", "not your email"),
        ("password1234", "Many people"),
        ("Password-1234!", "Many people"),
        ("aaaaaaaaaaaaa", "Many people"),
        ("abcabcabcabcabc", "Many people"),
        ("1234567890123", "Many people"),
        ("abcdefghijklm", "Many people"),
    ],
)
def test_a_password_that_will_not_do_says_how_to_mend_it(password: str, words: str) -> None:
    problem = password_problem(password, email=EMAIL)
    assert problem is not None
    assert words in problem


def test_characters_count_as_they_are_read_and_not_as_they_are_coded() -> None:
    assert password_problem("ﬁne ﬁsh ﬁl", email=EMAIL) is None
