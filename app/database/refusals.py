"""What the database may say no to."""

from typing import ClassVar

from app.problems import Refusal
from app.speech import sentence


class AlreadyThere(Exception):  # noqa: N818 (named as a sentence, like a refusal)
    """A unique constraint was broken. Names columns or a constraint, never values."""


class CannotConnect(Refusal):
    """There is no database at the address, or it does not let us in."""

    status: ClassVar[int] = 503
    title: ClassVar[str] = "The database cannot be reached"
    unusable: ClassVar[bool] = True

    def __init__(self, why: object) -> None:
        super().__init__(
            f"The database that HEARBACK_DATABASE_URL names cannot be reached ({why}). "
            "Check the address, and that the database runs."
        )


class NotConnected(Exception):  # noqa: N818 (named as a sentence, like a refusal)
    """The database was used before connect() or after disconnect()."""


class TooBusy(Refusal):
    """More is waiting to be written than can be written soon. Nothing was stored."""

    status: ClassVar[int] = 503
    title: ClassVar[str] = sentence("The service is very busy")

    def __init__(self) -> None:
        super().__init__(sentence("Nothing has been stored. Wait a minute, then try again."))
