"""The promise to answer: the right day, and honest words on how it stands.

The day was counted on a calendar by hand, not by the program.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from app.speech import speech
from surveys.consultation import About, Consultation, Document, Round, State
from surveys.reply import Promise, promise_of, promise_words

LONDON = ZoneInfo("Europe/London")
CLOSES = datetime(2026, 5, 31, 22, 59, 59, tzinfo=UTC)
"""The end of 31 May in London."""
BEFORE, AFTER = CLOSES - timedelta(days=1), CLOSES + timedelta(seconds=1)
TWELVE_WEEKS_ON = date(2026, 8, 23)


def asked(number: int = 1, *, closes: datetime | None = CLOSES, state: State = State.OPEN) -> Round:
    opens = datetime(2026, 5, 1, tzinfo=UTC) if state is not State.DRAFT else None
    return Round(number, 1, number, 1, state, opens, closes, Document(""))


def promised(
    *rounds: Round, weeks: int = 12, now: datetime = BEFORE, reported: bool = False
) -> Promise | None:
    one = Consultation(
        1, "a", "A", About(reply_weeks=weeks), State.OPEN, "", False, 5, rounds, reported
    )
    return promise_of(one, now=now, zone=LONDON)


def test_the_day_is_counted_from_the_last_day_to_answer_in_the_councils_time_zone() -> None:
    assert promised(asked()) == Promise(12, TWELVE_WEEKS_ON, closed=False, kept=False)
    just_after_midnight = asked(closes=CLOSES + timedelta(seconds=2))
    assert promised(just_after_midnight) == Promise(12, date(2026, 8, 24), False, False)
    assert promised(asked(), weeks=1) == Promise(1, date(2026, 6, 7), False, False)


def test_of_several_rounds_the_last_close_counts_and_drafts_do_not() -> None:
    later = asked(2, closes=CLOSES + timedelta(weeks=1))
    draft = asked(3, closes=None, state=State.DRAFT)
    found = promised(asked(), later, draft)
    assert found is not None
    assert found.by == date(2026, 8, 30)


def test_without_a_closing_date_there_is_no_day_yet() -> None:
    assert promised(asked(closes=None)) == Promise(12, None, closed=False, kept=False)
    assert promised(asked(), asked(2, closes=None)) == Promise(12, None, False, False)
    assert promised() == Promise(12, None, closed=True, kept=False)


def test_nothing_is_promised_where_nobody_did() -> None:
    assert promised(asked(), weeks=0) is None
    assert About().reply_weeks == 0


def test_it_is_over_once_every_round_has_closed() -> None:
    assert [promised(asked(), now=at).closed for at in (CLOSES, AFTER)] == [False, True]  # type: ignore[union-attr]


@dataclass(frozen=True)
class Case:
    days: int
    en: str
    cy: str
    ar: str


@pytest.mark.parametrize(
    "case",
    [
        Case(3, "There are 3 days left.", "Mae 3 diwrnod ar ôl.", "بقيت 3 أيام."),
        Case(2, "There are 2 days left.", "Mae 2 ddiwrnod ar ôl.", "بقي يومان."),
        Case(1, "There is 1 day left.", "Mae 1 diwrnod ar ôl.", "بقي يوم واحد."),
        Case(0, "That is today.", "Heddiw yw’r diwrnod hwnnw.", "الموعد اليوم."),
        Case(-1, "We are 1 day late.", "Rydym 1 diwrnod yn hwyr.", "تأخرنا يومًا واحدًا."),
        Case(-2, "We are 2 days late.", "Rydym 2 ddiwrnod yn hwyr.", "تأخرنا يومين."),
        Case(-11, "We are 11 days late.", "Rydym 11 diwrnod yn hwyr.", "تأخرنا 11 يومًا."),
        Case(-100, "We are 100 days late.", "Rydym 100 diwrnod yn hwyr.", "تأخرنا 100 يوم."),
    ],
)
def test_after_the_close_it_says_how_many_days_are_left_or_how_late_it_is(case: Case) -> None:
    promise = Promise(12, TWELVE_WEEKS_ON, closed=True, kept=False)
    today = TWELVE_WEEKS_ON - timedelta(days=case.days)
    for language, words in (("en", case.en), ("cy", case.cy), ("ar", case.ar)):
        assert promise_words(promise, today=today, speaks=speech(language)).endswith(words)


def test_before_the_close_and_once_it_is_kept_there_is_nothing_to_count() -> None:
    promise = Promise(12, TWELVE_WEEKS_ON, closed=False, kept=False)
    words = promise_words(promise, today=TWELVE_WEEKS_ON, speaks=speech("en"))
    assert words.endswith("by 23 August 2026: within 12 weeks of the close.")
    kept = replace(promise, closed=True, kept=True)
    words = promise_words(kept, today=date(2027, 1, 1), speaks=speech("en"))
    assert words.endswith("by 23 August 2026. It is published.")
    no_day = replace(promise, by=None, weeks=1)
    words = promise_words(no_day, today=TWELVE_WEEKS_ON, speaks=speech("en"))
    assert words.endswith("within 1 week of the close.")
