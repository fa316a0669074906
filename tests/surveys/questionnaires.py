"""Questionnaires and answers made up by hypothesis, for the tests of every room."""

from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from surveys.choices import choices, most_ranks, offers_other, shared_by_rows
from surveys.file_kinds import KINDS as FILE_KINDS
from surveys.questionnaire import (
    OTHER,
    Condition,
    Date,
    Dropdown,
    Email,
    Grid,
    Layout,
    Likert,
    Location,
    LongText,
    Map,
    Multiple,
    Number,
    Option,
    Page,
    Postcode,
    Question,
    Questionnaire,
    Ranking,
    Row,
    ShortText,
    Single,
    Statement,
    Upload,
)
from surveys.routing import shown
from surveys.scales import SCALES

# Drawn from a few telling ones, since drawing each letter makes every test slow.
WORDS = st.sampled_from(
    [
        "Parks",
        "Ŵyl y Banc, ŷd",
        "It’s “quoted” & <b>bold</b>",
        "two\twords",
        "日本語",
        "😀",
        "0",
        "-",
    ]
)
VALUES = st.integers(0, 99).map(lambda number: f"v{number}")
TOKENS = st.integers(0, 16**32 - 1).map(lambda number: f"{number:032x}")
CLOSED = (Single, Multiple, Dropdown, Likert, Grid, Ranking)


@st.composite
def options(draw: st.DrawFn, least: int = 1, most: int = 5) -> tuple[Option, ...]:
    values = draw(st.lists(VALUES, min_size=least, max_size=most, unique=True))
    return tuple(Option(value, draw(WORDS)) for value in values)


def scales() -> st.SearchStrategy[str | tuple[Option, ...]]:
    return st.one_of(st.sampled_from(sorted(SCALES)), options(2, 5))


TOWN = Map("/static/town.png", "The town", west=0.5, south=51.25, east=0.55, north=51.29)
PLAIN_SETTINGS: Mapping[type, st.SearchStrategy[dict[str, Any]]] = {
    LongText: st.fixed_dictionaries({"max_words": st.none() | st.integers(3, 500)}),
    Upload: st.fixed_dictionaries(
        {
            "accept": st.lists(st.sampled_from(sorted(FILE_KINDS)), unique=True).map(tuple),
            "max_files": st.integers(1, 3),
            "max_megabytes": st.integers(1, 10),
        }
    ),
    Location: st.fixed_dictionaries({"map": st.none() | st.just(TOWN)}),
}


@st.composite
def _settings(draw: st.DrawFn, kind: type[Question]) -> dict[str, Any]:
    if kind in (Single, Dropdown):
        return {
            "options": draw(options()),
            "other": draw(st.booleans()),
            "random_order": draw(st.booleans()),
        }
    if kind is Multiple:
        listed = draw(options())
        alone = draw(st.booleans())
        none = (Option("none_of_these", "None of these", exclusive=True),) if alone else ()
        return {
            "options": listed + none,
            "other": draw(st.booleans()),
            "random_order": draw(st.booleans()),
        }
    if kind is Ranking:
        listed = draw(options())
        most = draw(st.none() | st.integers(1, len(listed)))
        return {"options": listed, "max_choices": most, "random_order": draw(st.booleans())}
    if kind in PLAIN_SETTINGS:
        return draw(PLAIN_SETTINGS[kind])
    scaled = {"scale": draw(scales()), "no_opinion": draw(st.booleans())}
    if kind is Grid:
        values = draw(st.lists(VALUES, min_size=1, max_size=5, unique=True))
        rows = tuple(Row(value, draw(WORDS)) for value in values)
        return {**scaled, "rows": rows, "random_order": draw(st.booleans())}
    return scaled if kind is Likert else {}


KINDS = (
    *CLOSED,
    ShortText,
    LongText,
    Number,
    Date,
    Email,
    Postcode,
    Location,
    Upload,
    Statement,
)


@st.composite
def conditions(draw: st.DrawFn, before: tuple[Question, ...]) -> Condition:
    """A condition that is sound for a question asked after `before`: up to three tests, joined."""
    count = draw(st.integers(1, 3))
    tests = tuple(draw(_tests(draw(st.sampled_from(before)))) for _ in range(count))
    joined = Condition(all=tests) if draw(st.booleans()) else Condition(any=tests)
    whole = tests[0] if count == 1 else joined
    return Condition(not_=whole) if draw(st.integers(0, 3)) == 0 else whole


@st.composite
def _tests(draw: st.DrawFn, question: Question) -> Condition:
    key = question.key
    values = [choice.value for choice in choices(question)]
    if isinstance(question, Grid):
        key = f"{key}.{draw(st.sampled_from(shared_by_rows(question)))}"
    if isinstance(question, Multiple | Ranking):
        return Condition(question=key, includes=draw(st.sampled_from(values)))
    if isinstance(question, Number):
        bound = draw(st.integers(-5, 20))
        return draw(
            st.sampled_from(
                [
                    Condition(question=key, at_least=bound),
                    Condition(question=key, at_most=bound),
                    Condition(question=key, is_=bound),
                ]
            )
        )
    if values:
        value = draw(st.sampled_from(values))
        return draw(
            st.sampled_from(
                [Condition(question=key, is_=value), Condition(question=key, is_not=value)]
            )
        )
    return Condition(question=key, answered=draw(st.booleans()))


@st.composite
def questionnaires(
    draw: st.DrawFn, *, most: int = 8, kinds: tuple[type[Question], ...] = KINDS
) -> Questionnaire:
    """A sound questionnaire of one to four pages, with conditions on earlier questions."""
    keys = draw(st.lists(VALUES, min_size=1, max_size=most, unique=True))
    asked: list[Question] = []
    for key in keys:
        kind = draw(st.sampled_from(kinds))
        testable = tuple(each for each in asked if not isinstance(each, Statement))
        conditional = bool(testable) and draw(st.booleans())
        settings: dict[str, Any] = {
            "key": key,
            "text": draw(WORDS),
            "required": kind is not Statement and draw(st.booleans()),
            "show_if": draw(conditions(testable)) if conditional else None,
        }
        asked.append(kind(**settings, **draw(_settings(kind))))
    count = draw(st.integers(1, min(4, len(asked))))
    size = -(-len(asked) // count)
    pages = [
        Page(f"Page from {start}", tuple(asked[start : start + size]))
        for start in range(0, len(asked), size)
    ]
    return Questionnaire(draw(WORDS), ("en",), tuple(pages))


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    """Answers to one question in JSON form, fit to keep as they are."""
    values = [choice.value for choice in choices(question)]
    if isinstance(question, Single | Dropdown | Likert):
        return st.sampled_from(values)
    if isinstance(question, Multiple):
        return _chosen(question, values)
    if isinstance(question, Ranking):
        most = most_ranks(question)
        return st.permutations(values).flatmap(
            lambda order: st.integers(1, most).map(lambda count: list(order[:count]))
        )
    if isinstance(question, Upload):
        return st.lists(TOKENS, min_size=1, max_size=question.max_files, unique=True)
    if isinstance(question, Grid):
        rows = shared_by_rows(question)
        whole = st.fixed_dictionaries({row: st.sampled_from(values) for row in rows})
        return whole if question.required else _some(rows, values)
    if isinstance(question, LongText) and question.max_words is not None:
        most = question.max_words
        return WORDS.filter(lambda text: len(text.split()) <= most)
    return _PLAIN[type(question)]


def _some(rows: tuple[str, ...], values: list[str]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {}, optional={row: st.sampled_from(values) for row in rows}
    ).filter(bool)


def _chosen(question: Multiple, values: list[str]) -> st.SearchStrategy[list[str]]:
    alone = [option.value for option in question.options if option.exclusive]
    others = [value for value in values if value not in alone]
    several = st.sets(st.sampled_from(others), min_size=1) if others else st.nothing()
    in_order = several.map(lambda chosen: [value for value in values if value in chosen])
    return st.one_of(in_order, *(st.just([value]) for value in alone))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


_PLAIN: Mapping[type, st.SearchStrategy[Any]] = {
    ShortText: WORDS.map(_on_one_line),
    LongText: WORDS,
    Number: st.one_of(st.integers(-9999, 9999), st.sampled_from([0.5, 12.25, -3.75])),
    Date: st.dates().map(lambda day: day.isoformat()),
    Email: st.sampled_from(["a@example.org", "some.one@council.example.uk"]),
    Postcode: st.sampled_from(["ME14 1XQ", "M1 1AA", "CF10 4UW"]),
    Location: st.sampled_from(["ME14 1XQ", "The corner by the school", "51.27000, 0.52000"]),
}


@st.composite
def answers_for(draw: st.DrawFn, questionnaire: Questionnaire) -> dict[str, Any]:
    """Answers that pass the checks: required ones given, nothing for hidden questions."""
    answers: dict[str, Any] = {}
    for question in questionnaire.questions:
        if question.key not in shown(questionnaire, answers) or isinstance(question, Statement):
            continue
        if question.required or draw(st.booleans()):
            answers.update(_with_other(question, draw(answers_to(question)), draw(WORDS)))
    return answers


def _with_other(question: Question, answer: Any, own: str) -> Iterator[tuple[str, Any]]:
    yield question.key, answer
    chosen = answer if isinstance(answer, list) else [answer]
    if offers_other(question) and OTHER in chosen:
        yield f"{question.key}.{OTHER}", _on_one_line(own)


@st.composite
def laid_out(draw: st.DrawFn, /, **wanted: Any) -> Questionnaire:
    """A questionnaire on one page or on several, in one language or in two."""
    languages = draw(st.sampled_from([("en",), ("en", "cy"), ("ar", "en")]))
    layout = draw(st.sampled_from(list(Layout)))
    return replace(draw(questionnaires(**wanted)), languages=languages, layout=layout)
