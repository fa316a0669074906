"""How long answers that were not sent are kept, and when somebody is reminded of them."""

from datetime import datetime, timedelta

from surveys.consultation import TIME_TO_FINISH, Round

WITHOUT_A_CLOSE = timedelta(days=90)
"""After the last change, where no closing date is set."""

REMIND_BEFORE = timedelta(days=3)
# So that nothing is cleared under the hands of somebody who sends at the last moment.
GRACE = timedelta(minutes=10)


def usable_until(asked: Round, saved_at: datetime) -> datetime:
    """Until when answers last changed at `saved_at` can be gone on with and sent."""
    if asked.closes_at is not None:
        return asked.closes_at + TIME_TO_FINISH
    return saved_at + WITHOUT_A_CLOSE


def reminder_on(asked: Round, now: datetime) -> datetime | None:
    """When one reminder would go out; None where the close is unknown or too near for one."""
    if asked.closes_at is None or asked.closes_at - REMIND_BEFORE <= now:
        return None
    return asked.closes_at - REMIND_BEFORE
