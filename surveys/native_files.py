"""Questionnaires in Hearback's own JSON: read strictly, written so that nothing is lost."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, TypeVar

import msgspec
from msgspec import Struct

from app.problems import Problem, Refusal
from surveys.questionnaire import KINDS, Layout, Page, Question, Questionnaire
from surveys.soundness import UNFIT, unsound
from surveys.typed import shortened

LARGEST_FILE = 2 * 1024 * 1024
DEEPEST = 40
MOST_PROBLEMS = 100

T = TypeVar("T")
S = TypeVar("S", bound=Struct)


class UnusableQuestionnaire(Refusal):
    """The document cannot be used; `problems` name each place in words and say what to do."""

    status: ClassVar[int] = 422
    title: ClassVar[str] = "This questionnaire cannot be used yet"
    unusable: ClassVar[bool] = True

    def __init__(self, problems: list[Problem]) -> None:
        shown = problems[:MOST_PROBLEMS]
        more = len(problems) - len(shown)
        if more:
            shown.append(Problem("The document", f"{more} more problems are not listed"))
        super().__init__("; ".join(f"{problem.place}: {problem.words}" for problem in shown))
        self.problems = tuple(shown)


def read_questionnaire(data: bytes) -> Questionnaire:
    """The questionnaire in a native document; raises `UnusableQuestionnaire` with all that is
    wrong as far as it can be read."""
    document = _read_json(data)
    problems: list[Problem] = []
    questionnaire, unread = _read_document(_default_first(document), problems)
    if questionnaire.pages:
        problems += unsound(questionnaire, unread=unread)
    if problems:
        raise UnusableQuestionnaire(problems)
    return questionnaire


def reread_questionnaire(data: bytes) -> Questionnaire:
    """A document that was read before, taken at its word: rules that came later do not count."""
    return msgspec.convert(_default_first(msgspec.json.decode(data)), Questionnaire)


def write_questionnaire(questionnaire: Questionnaire) -> bytes:
    """Native JSON, settings at their defaults left out."""
    written = msgspec.json.format(msgspec.json.encode(questionnaire), indent=2)
    return written + b"\n"


def _refused(words: str) -> UnusableQuestionnaire:
    return UnusableQuestionnaire([Problem("The document", words)])


def _read_json(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST_FILE:
        raise _refused(f"It has {len(data):,} bytes and can have up to {LARGEST_FILE:,}")
    try:
        text = data.decode("utf-8-sig")
        document = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise _refused("It is not saved as UTF-8 text. Save it as UTF-8 and try again") from None
    except json.JSONDecodeError as wrong:
        where = f"line {wrong.lineno}, column {wrong.colno}"
        raise _refused(f"It is not JSON: {wrong.msg.lower()} at {where}") from None
    except RecursionError:
        raise _refused(_TOO_DEEP) from None
    except ValueError as wrong:
        raise _refused(_plain(str(wrong))) from None
    for words in _oddities(document):
        raise _refused(words)
    if not isinstance(document, dict):
        raise _refused("It should be one JSON object with title, languages and pages")
    return document


_TOO_DEEP = f"It is nested more than {DEEPEST} deep. Flatten its conditions"


def _plain(words: str) -> str:
    # Python's own refusal of a number with thousands of digits speaks to programmers.
    return "It holds a number with too many digits" if "integer string" in words else words


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen = dict(pairs)
    if len(seen) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"‘{shortened(twice, 60)}’ stands twice in one object. Keep one of them")
    return seen


def _no_constant(name: str) -> None:
    raise ValueError(f"It holds {name}, which is not a number in JSON. Take it out")


def _oddities(document: Any) -> Iterator[str]:
    """What JSON allows and a questionnaire cannot hold. Walked level by level, not recursively."""
    level = [document]
    for _ in range(DEEPEST):
        texts = [each for each in level if isinstance(each, str)]
        yield from (_CONTROL for text in texts if UNFIT.search(text))
        if any(isinstance(each, float) and not math.isfinite(each) for each in level):
            yield "It holds a number that is too large"
        level = [inner for each in level for inner in _within(each)]
        if not level:
            return
    yield _TOO_DEEP


_CONTROL = "It holds a control character or half a character, which no page can show. Take it out"


def _within(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []


def _default_first(document: dict[str, Any]) -> dict[str, Any]:
    """The document with every text's default language first, which is what `say` falls back on."""
    languages = document.get("languages")
    if isinstance(languages, list) and languages and isinstance(languages[0], str):
        for value in document.values():
            _put_first(languages[0], value)
    return document


def _put_first(name: str, value: Any) -> None:
    # In place, and no further than it must: it is most of the time that reading a draft takes.
    if isinstance(value, dict):
        if isinstance(value.get(name), str) and next(iter(value)) != name:
            rest = {each: value.pop(each) for each in list(value) if each != name}
            value.update(rest)
        value = value.values()
    elif not isinstance(value, list):
        return
    for each in value:
        if isinstance(each, dict | list):
            _put_first(name, each)


def _read_document(
    document: Mapping[str, Any], problems: list[Problem]
) -> tuple[Questionnaire, frozenset[str]]:
    """What could be read, with the keys of the questions that could not."""
    place = "The document"
    found = dict(_fields(Questionnaire, document, place, problems))
    found.pop("pages", None)
    pages = document.get("pages")
    unread: set[str] = set()
    if "pages" in document and not isinstance(pages, list):
        problems.append(Problem(place, "‘pages’ should be a list"))
    read = [
        _read_page(page, number, problems, unread)
        for number, page in enumerate(pages if isinstance(pages, list) else [], start=1)
    ]
    if isinstance(pages, list) and not pages:
        problems.append(Problem(place, "‘pages’ is empty. Add a page with a question"))
    stand_ins = {"title": "-", "languages": ("en",)}
    return Questionnaire(**stand_ins | found, pages=tuple(read)), frozenset(unread)


def _read_page(page: Any, number: int, problems: list[Problem], unread: set[str]) -> Page:
    place = f"Page {number}"
    if not isinstance(page, dict):
        problems.append(Problem(place, "It should be an object with a title and questions"))
        return Page("-", ())
    found = dict(_fields(Page, page, place, problems))
    questions = page.get("questions")
    if "questions" in page and not isinstance(questions, list):
        problems.append(Problem(place, "‘questions’ should be a list"))
    read = [
        _read_question(question, f"{place}, question {order}", place, problems, unread)
        for order, question in enumerate(questions if isinstance(questions, list) else [], start=1)
    ]
    found.pop("questions", None)
    return Page(**{"title": "-"} | found, questions=tuple(filter(None, read)))


def _read_question(
    given: Any, by_number: str, page: str, problems: list[Problem], unread: set[str]
) -> Question | None:
    if not isinstance(given, dict):
        problems.append(Problem(by_number, "It should be an object with key, type and text"))
        return None
    key = given.get("key")
    place = (
        f"{page}, question ‘{shortened(key, 60)}’" if key and isinstance(key, str) else by_number
    )
    kind = _kind(given.get("type"), place, problems)
    settings = {name: value for name, value in given.items() if name != "type"}
    before = len(problems)
    found = dict(_fields(kind, settings, place, problems)) if kind else {}
    if kind and len(problems) == before:
        return kind(**found)
    if isinstance(given.get("key"), str):
        unread.add(given["key"])
    return None


def _kind(given: Any, place: str, problems: list[Problem]) -> type[Question] | None:
    kind = KINDS.get(given) if isinstance(given, str) else None
    if kind is None:
        problems.append(Problem(place, _about_type(given)))
    return kind


def _about_type(given: Any) -> str:
    if given is None:
        return f"It needs a ‘type’: one of {', '.join(KINDS)}"
    named = shortened(given, 60) if isinstance(given, str) else _kind_of(given)
    return f"There is no question type ‘{named}’. Use one of {', '.join(KINDS)}"


def _kind_of(value: Any) -> str:
    return _NAMES.get(type(value).__name__, "something else")


_NAMES = {
    "dict": "an object",
    "list": "a list",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "NoneType": "null",
    "str": "text",
}


def _fields(
    kind: type[Struct], given: Mapping[str, Any], place: str, problems: list[Problem]
) -> Iterator[tuple[str, Any]]:
    """Each setting of a struct that could be read, by its name in Python."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name in given:
        if name not in fields:
            known = ", ".join(fields)
            words = f"‘{shortened(name, 60)}’ is not a setting here. Remove it, or use {known}"
            problems.append(Problem(place, words))
    for name, field in fields.items():
        if name not in given:
            if field.required:
                problems.append(Problem(place, f"It needs ‘{name}’. Add it"))
        elif name not in _READ_APART:
            yield from _converted(field, given[name], place, problems)


_READ_APART = frozenset({"pages", "questions"})


def _converted(
    field: msgspec.structs.FieldInfo, value: Any, place: str, problems: list[Problem]
) -> Iterator[tuple[str, Any]]:
    name = field.encode_name
    try:
        # Scales are a name or a list; msgspec's own message on a wrong one names neither.
        yield field.name, msgspec.convert(value, field.type)
    except msgspec.ValidationError as wrong:
        problems.append(Problem(place, _in_words(name, str(wrong))))
    except RecursionError:
        problems.append(Problem(place, f"‘{name}’ is nested too deep. Flatten it"))


_AT = re.compile(r" - at `(key in )?\$?(?P<path>.*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>.*)`")
_LACKING = re.compile(r"Object missing required field `(?P<name>.*)`")
_EXPECTED = re.compile(r"Expected `(?P<wanted>.*)`, got `(?P<got>.*)`")
_JSON_NAMES = {
    "str": "text",
    "array": "a list",
    "object": "an object",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "null",
}


def _in_words(name: str, message: str) -> str:
    """msgspec's message on one setting, as a sentence that says where in it and what to do."""
    path = _AT.search(message)
    where = f"‘{name}’{_path_words(path['path']) if path else ''}"
    message = _AT.sub("", message)
    if found := _UNKNOWN.fullmatch(message):
        return f"{where} has ‘{shortened(found['name'], 60)}’, which is not a setting. Remove it"
    if found := _LACKING.fullmatch(message):
        return f"{where} needs ‘{found['name']}’. Add it"
    if found := _EXPECTED.fullmatch(message):
        wanted = " or ".join(dict.fromkeys(map(_json_name, found["wanted"].split(" | "))))
        return f"{where} should be {wanted}, not {_json_name(found['got'])}"
    if name == "layout":
        return f"‘layout’ should be one of {', '.join(Layout)}"
    return f"{where}: {message}"


def _json_name(name: str) -> str:
    return _JSON_NAMES.get(name, name)


def _path_words(path: str) -> str:
    """`[0].text` as “ number 1, ‘text’”."""
    words = re.sub(r"\[(\d+)\]", lambda found: f" number {int(found[1]) + 1}", path)
    words = words.replace("[...]", "")
    return re.sub(r"\.([a-z_]+)", r", ‘\1’", words)
