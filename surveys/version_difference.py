"""How one version of a questionnaire differs from another: added, removed, moved, reworded."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from msgspec import Struct

from surveys.choices import choices
from surveys.equivalence import Equivalences, offered_differently
from surveys.questionnaire import (
    Grid,
    Question,
    Questionnaire,
    Statement,
    Text,
    say,
    type_name,
)
from surveys.routing import condition_words
from surveys.wording_difference import Piece, wording_difference


class WordChange(Struct, frozen=True):
    """Words that were changed: which (“Question”, “Option”), in which language, and how."""

    what: str
    language: str
    before: str
    after: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Worked out when they are shown: of 300 questions in 5 languages it takes a while."""
        return wording_difference(self.before, self.after)


class Pair(Struct, frozen=True):
    """A question of one version and the one it is the same as in the other. `notes` are what
    differs beside the words."""

    earlier: Question
    later: Question
    moved: bool
    words: tuple[WordChange, ...]
    notes: tuple[str, ...]

    @property
    def changed(self) -> bool:
        return bool(self.words or self.notes)


class VersionDifference(Struct, frozen=True):
    """In the order asked: `added` and `pairs` as in the later version, `removed` as before."""

    added: tuple[Question, ...]
    removed: tuple[Question, ...]
    pairs: tuple[Pair, ...]
    titles: tuple[WordChange, ...]


class Side(Struct, frozen=True):
    """One of the versions compared, with the name that each key shares with its equivalents."""

    questionnaire: Questionnaire
    names: Mapping[str, str]

    def name(self, question: Question) -> str:
        # Statements are never counted together; for reading, the same key is the same one.
        statement = isinstance(question, Statement)
        return f"statement {question.key}" if statement else self.names[question.key]


def side(questionnaire: Questionnaire, same: Equivalences, version_id: int) -> Side:
    return Side(questionnaire, same.of(version_id))


def version_difference(earlier: Side, later: Side) -> VersionDifference:
    before = {earlier.name(each): each for each in earlier.questionnaire.questions}
    after = {later.name(each): each for each in later.questionnaire.questions}
    moved = _moved(list(before), list(after))
    return VersionDifference(
        added=tuple(each for name, each in after.items() if name not in before),
        removed=tuple(each for name, each in before.items() if name not in after),
        pairs=tuple(
            _pair(before[name], each, earlier, later, moved=name in moved)
            for name, each in after.items()
            if name in before
        ),
        titles=tuple(_title_changes(earlier.questionnaire, later.questionnaire)),
    )


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Those that stand elsewhere among the questions that both versions ask."""
    shared = set(before) & set(after)
    old, new = [n for n in before if n in shared], [n for n in after if n in shared]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    stayed = {name for at, _, size in matcher.get_matching_blocks() for name in old[at : at + size]}
    return shared - stayed


def _pair(before: Question, after: Question, earlier: Side, later: Side, *, moved: bool) -> Pair:
    languages = _languages(earlier.questionnaire, later.questionnaire)
    return Pair(
        before,
        after,
        moved,
        tuple(_word_changes(before, after, languages)),
        tuple(_notes(before, after, earlier.questionnaire, later.questionnaire)),
    )


def _languages(earlier: Questionnaire, later: Questionnaire) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*earlier.languages, *later.languages)))


def _title_changes(earlier: Questionnaire, later: Questionnaire) -> Iterator[WordChange]:
    languages = _languages(earlier, later)
    yield from _changed("Title", earlier.title, later.title, languages)
    for number, (before, after) in enumerate(zip(earlier.pages, later.pages, strict=False), 1):
        yield from _changed(f"Title of page {number}", before.title, after.title, languages)


def _word_changes(
    before: Question, after: Question, languages: tuple[str, ...]
) -> Iterator[WordChange]:
    yield from _changed("Question", before.text, after.text, languages)
    yield from _changed("Hint", before.hint, after.hint, languages)
    yield from _listed("Option", _option_texts(before), _option_texts(after), languages)
    yield from _listed("Row", _row_texts(before), _row_texts(after), languages)


def _option_texts(question: Question) -> dict[str, Text]:
    return {choice.value: choice.text for choice in choices(question)}


def _row_texts(question: Question) -> dict[str, Text]:
    return {row.value: row.text for row in question.rows} if isinstance(question, Grid) else {}


def _listed(
    what: str, before: Mapping[str, Text], after: Mapping[str, Text], languages: tuple[str, ...]
) -> Iterator[WordChange]:
    for value in dict.fromkeys((*before, *after)):
        yield from _changed(what, before.get(value, ""), after.get(value, ""), languages)


def _changed(
    what: str, before: Text, after: Text, languages: tuple[str, ...]
) -> Iterator[WordChange]:
    for language in _spoken((before, after), languages):
        old, new = _exactly(before, language, languages), _exactly(after, language, languages)
        if old != new:
            yield WordChange(what, language, old, new)


def _spoken(texts: Iterable[Text], languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that any of the texts is written in; a plain one is in the first."""
    used = {code for text in texts for code in ([languages[0]] if isinstance(text, str) else text)}
    return tuple(language for language in languages if language in used)


def _exactly(text: Text, language: str, languages: tuple[str, ...]) -> str:
    if isinstance(text, str):
        return text if language == languages[0] else ""
    return text.get(language, "")


def _notes(
    before: Question, after: Question, earlier: Questionnaire, later: Questionnaire
) -> Iterator[str]:
    if before.key != after.key:
        yield f"Its key was “{before.key}” and is “{after.key}”"
    if type_name(before) != type_name(after):
        yield f"Its type was “{type_name(before)}” and is “{type_name(after)}”"
    if before.required != after.required:
        yield "It must be answered now" if after.required else "It may be left unanswered now"
    if before.special_category != after.special_category:
        yield (
            "It is marked as special category data now"
            if after.special_category
            else "It is no longer marked as special category data"
        )
    was, now = _condition(before, earlier), _condition(after, later)
    if was != now:
        yield f"It was asked {was}, and is asked {now}"
    yield from offered_differently(before, after)


def _condition(question: Question, questionnaire: Questionnaire) -> str:
    if question.show_if is None:
        return "of everyone"
    language = questionnaire.languages[0]
    return f"if {condition_words(question.show_if, questionnaire.by_key(), language)}"


def title_of(question: Question, questionnaire: Questionnaire) -> str:
    return say(question.text, questionnaire.languages[0])
