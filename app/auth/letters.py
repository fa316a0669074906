"""The letters that carry a one-time link."""

from msgspec import Struct


class Letter(Struct, frozen=True):
    subject: str
    text: str


def invitation(address: str, *, organisation: str, hours: int) -> Letter:
    return Letter(
        f"Your account for {organisation} consultations",
        f"{organisation} has made you a staff account for its consultations.\n\n"
        f"Choose your password here:\n\n{address}\n\n"
        f"The link works once, for {hours} hours. After that, ask for a new one on the sign-in "
        "page.\n\nIf you did not expect this, you need do nothing: nobody can sign in to the "
        "account until a password is chosen.\n",
    )


def reset(address: str, *, organisation: str, hours: int) -> Letter:
    return Letter(
        f"Set a new password for {organisation} consultations",
        f"Someone asked to set a new password for your staff account at {organisation}.\n\n"
        f"Set it here:\n\n{address}\n\n"
        f"The link works once, for {hours} {'hour' if hours == 1 else 'hours'}.\n\n"
        "If it was not you, you need do nothing: your password stays as it is.\n",
    )
