"""A form's token belongs to one session and cannot be made without the secret."""

from app.auth.csrf import csrf_holds, csrf_token


def test_a_sessions_token_holds_for_it_alone() -> None:
    token = csrf_token("one")
    assert csrf_holds("one", token)
    assert not csrf_holds("two", token)


def test_nothing_holds_without_a_session() -> None:
    assert csrf_token("") == ""
    assert not csrf_holds("", "")


def test_other_letters_are_refused_and_break_nothing() -> None:
    assert not csrf_holds("one", "ŵ" * 64)
    assert not csrf_holds("one", "")
