"""What is refused to those who sign in and to those who manage accounts."""

from datetime import timedelta

from app.auth.throttle import pause_words
from app.problems import Refusal


class NoSuchAccount(Refusal):
    status = 404
    title = "No such account"


class AccountExists(Refusal):
    title = "This account already exists"


class UnusableAccount(Refusal):
    """The email or the password will not do; the words say why."""

    status = 422
    title = "This account cannot be added"
    unusable = True


class AccountDisabled(Refusal):
    title = "This account is disabled"


class LastAdmin(Refusal):
    title = "This is the last admin"


class LinkSpent(Refusal):
    status = 410
    title = "This link no longer works"


class WrongPassword(Refusal):
    """Or no such account, or a disabled one: the words never tell which."""

    status = 422
    title = "You are not signed in"


class TryLater(Refusal):
    status = 429
    title = "Too many tries"

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        words = pause_words(wait.total_seconds())
        super().__init__(
            f"There were too many tries from where you are. Wait {words}, then try again. "
            "If you have forgotten your password, set a new one"
        )
