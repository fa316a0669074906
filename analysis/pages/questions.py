"""The questions of a consultation in words, and the whole numbers of an address."""

from analysis.asked import AskedInWords, asked_in_words
from surveys import store as surveys

MOST_DIGITS = 9


async def questions_asked(consultation_id: int) -> tuple[AskedInWords, ...]:
    """Every question of every version, newest first; in the order of the tally."""
    known = await surveys.versions(consultation_id)
    same = await surveys.equivalences(consultation_id, known=known)
    versions = known[::-1]
    names = [same.of(each.id) for each in versions]
    return asked_in_words((each.questionnaire for each in versions), names)


async def question_titles(consultation_id: int) -> dict[str, str]:
    """The newest title of each question, by its key, in the order asked; a key that only earlier
    versions use has the title of what the question has become."""
    titles: dict[str, str] = {}
    same = await surveys.equivalences(consultation_id)
    for asked in await questions_asked(consultation_id):
        titles.setdefault(asked.form.key, asked.title)
        for names in same.names.values():
            for key, name in names.items():
                if name == asked.form.name:
                    titles.setdefault(key, asked.title)
    return titles


def whole(typed: str) -> int | None:
    """A number of an address; None for anything else that was put there."""
    fits = typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS
    return int(typed) if fits else None
