"""How far one person's answers have come, in words."""

from datetime import UTC, datetime

from app.pages.became import Said, ThemeTold, steps
from app.speech import speech
from surveys.marked import Marked

UNREAD = Said(Marked("Why?", "en"), "Because.", finished=False, themes=())
BINS = ThemeTold("Bins", None, ())
READ = Said(Marked("What else?", "en"), "Bins.", finished=True, themes=(BINS,))


def words(*said: Said, published: bool = False) -> list[tuple[bool, str]]:
    told = steps(
        said,
        received=datetime(2026, 5, 1, 12, tzinfo=UTC),
        report="/report",
        edition_at=datetime(2026, 6, 1, tzinfo=UTC) if published else None,
        promise="We promise a report by Monday.",
        speaks=speech("en"),
    )
    return [(step.done, step.words) for step in told]


def test_one_answer_is_one_answer() -> None:
    assert words(UNREAD)[1] == (False, "0 of 1 answer in your own words read.")


def test_reading_is_done_when_every_answer_is_read() -> None:
    assert words(READ, UNREAD)[1] == (False, "1 of 2 answers in your own words read.")
    assert words(READ)[1][0]


def test_a_point_without_an_outcome_is_not_decided() -> None:
    assert words(READ)[2] == (False, "0 of 1 point that you raised decided.")


def test_someone_who_wrote_nothing_waits_for_the_report_alone() -> None:
    assert [done for done, _ in words()] == [True, True, False, False]
    assert words(published=True)[3][0]


def test_the_day_of_the_report_is_promised_until_there_is_one() -> None:
    assert words()[3][1].endswith("We promise a report by Monday.")
    assert "promise" not in words(published=True)[3][1]
