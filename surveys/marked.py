"""Words with the language that they are in, so that a page in another one can mark them."""

from msgspec import Struct

from surveys.consultation import Consultation
from surveys.questionnaire import Questionnaire, Text, say, spoken


class Marked(Struct, frozen=True):
    text: str
    lang: str


def marked(text: Text, language: str, *, default: str) -> Marked:
    """The words in `language` where they are given in it; a plain text is in `default`."""
    return Marked(say(text, language), spoken(text, language, default=default))


def title_of(consultation: Consultation, asked: Questionnaire | None, language: str) -> Marked:
    """The consultation's own title, which is in the first language of its questions; to readers of
    another language the title of the questions, where that is translated."""
    default = asked.languages[0] if asked else "en"
    translated = asked.title if asked and isinstance(asked.title, dict) else {}
    if language != default and translated.get(language):
        return Marked(translated[language], language)
    return Marked(consultation.title, default)
