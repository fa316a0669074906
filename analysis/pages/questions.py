"""The questions of a consultation in words, and the whole numbers of an address."""

from analysis.asked import AskedInWords, asked_in_words
from surveys import store as surveys

MOST_DIGITS = 9


async def questions_asked(consultation_id: int) -> tuple[AskedInWords, ...]:
    """Every question of every version, newest first; in the order of the tally."""
    versions = sorted(
        await surveys.versions(consultation_id), key=lambda version: version.number, reverse=True
    )
    return asked_in_words(version.questionnaire for version in versions)


async def question_titles(consultation_id: int) -> dict[str, str]:
    """The newest title of each question, by its key, in the order asked."""
    titles: dict[str, str] = {}
    for asked in await questions_asked(consultation_id):
        titles.setdefault(asked.form.key, asked.title)
    return titles


def whole(typed: str) -> int | None:
    """A number of an address; None for anything else that was put there."""
    fits = typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS
    return int(typed) if fits else None
