"""What a password must be: long and not easily guessed (NIST SP 800-63B, section 5.1.1.2)."""

import re
import unicodedata

SHORTEST = 12
LONGEST = 200

# The commonest passwords of twelve characters and more in published lists of leaked ones, and what
# people make of a rule that asks for twelve. Compared without spaces, signs and capitals.
COMMONEST = frozenset(
    {
        "1234567890ab",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "adminadminadmin",
        "administrator",
        "changemenow",
        "consultation",
        "iloveyou1234",
        "letmeinletmein",
        "letmeinplease",
        "mypassword12",
        "mypassword123",
        "password1234",
        "password12345",
        "password123456",
        "passwordpassword",
        "q1w2e3r4t5y6",
        "qazwsxedcrfv",
        "qwerty123456",
        "qwertyqwerty",
        "qwertyuiop12",
        "qwertyuiop123",
        "qwertyuiopasdf",
        "thisismypassword",
        "welcome12345",
        "zxcvbnmasdfghjkl",
    }
)
RUNS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz")
REPEATED = re.compile(r"(.{1,4}?)\1{2,}.{0,3}")


def normal_password(typed: str) -> str:
    """One form for the same characters typed on different keyboards (Unicode NFKC)."""
    return unicodedata.normalize("NFKC", typed)


def password_problem(typed: str, *, email: str) -> str | None:
    """What to mend, in words; None for a password that will do."""
    password = normal_password(typed)
    if not password:
        return "Enter a password"
    if len(password) < SHORTEST:
        return f"Use {SHORTEST} characters or more. Several unrelated words are easy to remember"
    if len(password) > LONGEST:
        return f"Use {LONGEST} characters or fewer"
    if password.lower() in {email, email.partition("@")[0]}:
        return "Choose a password that is not your email address"
    if _easily_guessed(password):
        return "Many people use this password, so it is guessed first. Choose another"
    return None


def _easily_guessed(password: str) -> bool:
    bare = "".join(character for character in password.lower() if character.isalnum())
    return (
        bare in COMMONEST
        or any(bare and bare in run for run in RUNS)
        or REPEATED.fullmatch(password.lower()) is not None
    )
