"""The letters that a respondent may ask for: the way back, a reminder, a copy of what was sent."""

from datetime import datetime

from msgspec import Struct

from app.settings import settings
from app.speech import speech
from app.templating import written
from surveys.marked import Marked


class Letter(Struct, frozen=True):
    subject: str
    text: str
    html: str


class Told(Struct, frozen=True):
    """One question and what was answered, a line each."""

    question: Marked
    lines: tuple[str, ...]


class LetterPage(Struct, frozen=True):
    """What a letter says, from its heading to its last lines."""

    subject: str
    title: Marked
    before: tuple[str, ...]
    link: str
    link_words: str
    code: str
    answers: tuple[Told, ...]
    after: tuple[str, ...]


class Way(Struct, frozen=True):
    """The way back to saved answers: where the link leads, the code, and until when both do."""

    slug: str
    title: Marked
    link: str
    code: str
    until: datetime

    @property
    def address(self) -> str:
        return f"{settings().base_url}/consultations/{self.slug}/respond/return/{self.link}"


def way_back(way: Way, *, language: str, reminder: datetime | None) -> Letter:
    """`reminder` is when the one that was asked for will come."""
    say = speech(language).say
    after = [
        say(
            "Anyone who has this link or this code can see and change your answers. "
            "Keep them to yourself."
        ),
        _until(way, language),
    ]
    if reminder:
        after.append(say("You asked for one reminder. It comes on {moment}.", moment=reminder))
    after.append(_only_for_this(language))
    page = LetterPage(
        subject=say("Come back to your answers"),
        title=way.title,
        before=(say("Your answers are saved. They have not been sent yet."),),
        link=f"{way.address}?lang={language}",
        link_words=say("Go on with your answers"),
        code=way.code,
        answers=(),
        after=tuple(after),
    )
    return _letter(page, language)


def reminder(way: Way, *, language: str, closes_at: datetime) -> Letter:
    say = speech(language).say
    page = LetterPage(
        subject=say("Your answers have not been sent yet"),
        title=way.title,
        before=(
            say("You asked to be reminded once, and this is it."),
            say("This consultation closes on {moment}.", moment=closes_at),
        ),
        link=f"{way.address}?lang={language}",
        link_words=say("Go on with your answers"),
        code=way.code,
        answers=(),
        after=(_until(way, language), _only_for_this(language)),
    )
    return _letter(page, language)


def copy_of_answers(
    receipt: str, title: Marked, answers: tuple[Told, ...], *, language: str, sent_at: datetime
) -> Letter:
    say = speech(language).say
    page = LetterPage(
        subject=say("A copy of your answers"),
        title=title,
        before=(
            say("We received your answers on {moment}.", moment=sent_at),
            say("This is your receipt. With it you can see later what became of your answers."),
        ),
        link=f"{settings().base_url}/receipts/{receipt}?lang={language}",
        link_words=say("Your receipt"),
        code=receipt,
        answers=answers,
        after=(
            say("Anyone who has the receipt can see your answers and withdraw them."),
            say("You asked for this copy. Your address was used for it alone and is not kept."),
        ),
    )
    return _letter(page, language)


def _until(way: Way, language: str) -> str:
    return speech(language).say(
        "You can go on until {moment}. What has not been sent by then is deleted.",
        moment=way.until,
    )


def _only_for_this(language: str) -> str:
    return speech(language).say(
        "Your address is used for this alone. It is kept apart from your answers, and deleted "
        "once you send them, and when that time is over."
    )


def _letter(page: LetterPage, language: str) -> Letter:
    subject = f"{page.subject}: {page.title.text}"
    html = written("responses/letters/letter.html", page, language=language)
    return Letter(subject, _text(page, language), html)


def _text(page: LetterPage, language: str) -> str:
    say = speech(language).say
    code = [f"{say('Code')}: {page.code}"] if page.code else []
    empty = (say("Not answered"),)
    answers = [
        "\n".join((each.question.text, *_indented(each.lines or empty))) for each in page.answers
    ]
    heading = [say("Your answers").upper()] if answers else []
    parts = (
        page.title.text,
        *page.before,
        f"{page.link_words}:\n{page.link}",
        *code,
        *heading,
        *answers,
        *page.after,
        settings().organisation,
    )
    return "\n\n".join(parts) + "\n"


def _indented(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"  {line}".replace("\n", "\n  ") for line in lines)
