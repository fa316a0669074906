"""The paper form that an officer has in hand, told by the code at the foot of one of its pages."""

from msgspec import Struct

from surveys import store as surveys
from surveys.consultation import Consultation, Round, Version
from surveys.paper.page_code import read_page_code
from surveys.paper.rounds import round_that_asked

LIKE = "Check it against the foot of the page: it looks like 0060-EMP, and O is read as 0"


class PaperInHand(Struct, frozen=True):
    """It is keyed as what it asks itself; `asked_now` is the number of the version that its round
    has gone over to, 0 where that is the same."""

    code: str
    page: int
    language: str
    round: Round
    version: Version
    asked_now: int


class NotThisForm(Exception):  # noqa: N818 (named as a sentence, like a refusal)
    """The code names no form that can be keyed here. `elsewhere` is the consultation that the page
    belongs to, where that is another."""

    def __init__(self, words: str, elsewhere: Consultation | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.elsewhere = elsewhere


async def paper_in_hand(consultation: Consultation, typed: str) -> PaperInHand:
    """Raises NotThisForm."""
    code = read_page_code(typed)
    if code is None:
        raise NotThisForm(f"“{typed[:20]}” is not the code of a page. {LIKE}")
    try:
        version = await surveys.version(code.version_id)
    except surveys.NoSuchVersion:
        raise NotThisForm(f"No form was printed with the code {code.written}. {LIKE}") from None
    languages = version.questionnaire.languages
    if code.language >= len(languages):
        raise NotThisForm(f"No form was printed with the code {code.written}. {LIKE}")
    if version.consultation_id != consultation.id:
        other = await surveys.consultation_by_id(version.consultation_id)
        raise NotThisForm(f"This page belongs to another consultation, “{other.title}”", other)
    known = {each.id: each for each in await surveys.versions(consultation.id)}
    asked = round_that_asked(consultation, version, known.values())
    if asked is None:
        raise NotThisForm(
            f"This page is of version {version.number}, a draft that nobody has been asked. "
            "Answers on a draft cannot be stored"
        )
    now_asked = known[asked.version_id].number
    return PaperInHand(
        code=code.written,
        page=code.page,
        language=languages[code.language],
        round=asked,
        version=version,
        asked_now=now_asked if now_asked != version.number else 0,
    )
