"""Making the operations and questions that the editor's buttons stand for."""

import re
import unicodedata
from collections.abc import Collection, Container, Iterable
from typing import Any

from msgspec.structs import fields, replace

from surveys.choices import choices
from surveys.drafting.applying import page_place, question_place, the_page, the_question
from surveys.drafting.conditions import keys_tested, testing, without_tests
from surveys.drafting.operations import (
    AddPage,
    AddQuestion,
    ChangeQuestion,
    Operation,
    RemovePage,
    RemoveQuestion,
    Several,
)
from surveys.imported import fitted_key
from surveys.questionnaire import (
    KINDS,
    RESERVED,
    Dropdown,
    Grid,
    Likert,
    Multiple,
    Option,
    Page,
    Question,
    Questionnaire,
    Ranking,
    Row,
    Single,
    Statement,
    Text,
)
from surveys.scales import scale_points
from surveys.soundness import MOST_POINTS

WORDS_IN_A_KEY = 5
LETTERS_IN_A_VALUE = 40

_FIRST_PAGE = {"en": "Your views", "cy": "Eich barn", "ar": "آراؤكم"}


def first_draft(title: Text, languages: tuple[str, ...]) -> Questionnaire:
    """A questionnaire to begin with: one page, empty yet. Its title is in the first language
    alone: once an officer gives it another, a translation that nobody wrote would go on standing
    there and pass for one that fits."""
    default = languages[0] if languages else "en"
    named = {default: _FIRST_PAGE.get(default, _FIRST_PAGE["en"])}
    return Questionnaire(title, languages, (Page(named, (), key="page_1"),))


def keyed(questionnaire: Questionnaire) -> Questionnaire:
    """With a key for every page. The same ones each time, until the pages change."""
    if all(page.key for page in questionnaire.pages):
        return questionnaire
    taken = {page.key for page in questionnaire.pages}
    pages = []
    for number, page in enumerate(questionnaire.pages, start=1):
        key = page.key or fitted_key(f"page_{number}", taken)
        taken.add(key)
        pages.append(replace(page, key=key))
    return replace(questionnaire, pages=tuple(pages))


def new_page_key(questionnaire: Questionnaire) -> str:
    taken = {page.key for page in questionnaire.pages}
    return fitted_key(f"page_{len(taken) + 1}", taken)


def new_key(words: str, taken: Container[str]) -> str:
    """A question's key made of the first words of its text; it heads a column of the answers."""
    return fitted_key(" ".join(words.split()[:WORDS_IN_A_KEY]), taken)


def new_values(texts: Iterable[str], taken: Collection[str] = ()) -> tuple[str, ...]:
    """Values for options or rows, made of their words. Give one only to what is new: a value that
    changes would part the answers before from those after."""
    used = {*RESERVED, *taken}
    values = []
    for text in texts:
        values.append(_value(text, used))
        used.add(values[-1])
    return tuple(values)


def _value(text: str, used: Container[str]) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LETTERS_IN_A_VALUE].rstrip("_")
    base = base or "option"
    number, value = 1, base
    while value in used:
        number += 1
        value = f"{base}_{number}"
    return value


def blank_question(kind: str, key: str, text: Text) -> Question:
    """The plainest sound question of the type that the contract calls `kind`."""
    made = KINDS[kind]
    return made(key=key, text=text, **_needed(made))


def _needed(kind: type[Question]) -> dict[str, Any]:
    if kind in (Single, Multiple, Dropdown, Ranking):
        return {"options": (Option("option_1", "Option 1"), Option("option_2", "Option 2"))}
    scale = {"scale": "agreement"}
    if kind is Grid:
        return {"rows": (Row("row_1", "Row 1"),), **scale}
    return scale if kind is Likert else {}


def as_kind(question: Question, kind: str) -> Question:
    """The question as another type, with every setting that both types have. Options become the
    points of a scale where they can, and the points become options."""
    made = KINDS[kind]
    if made is type(question):
        return question
    names = {field.name for field in fields(made)}
    kept = {name: value for name, value in _chosen(question).items() if name in names}
    options = _listed(question)
    if options and made in (Single, Multiple, Dropdown, Ranking):
        kept["options"] = options
    if made in (Likert, Grid) and "scale" not in kept and 2 <= len(options) <= MOST_POINTS:
        kept["scale"] = options
    if made is Statement:
        kept.pop("required", None)
    return _fitted(made(**{**_needed(made), **kept}))


def _chosen(question: Question) -> dict[str, Any]:
    """Its settings, less those at the default of its type: another type has its own default."""
    return {
        field.name: getattr(question, field.name)
        for field in fields(question)
        if getattr(question, field.name) != field.default
    }


def _listed(question: Question) -> tuple[Option, ...]:
    if isinstance(question, Likert | Grid):
        return scale_points(question)
    return getattr(question, "options", ())


def _fitted(question: Question) -> Question:
    """Without limits that there are now too few answers for."""
    if not isinstance(question, Multiple | Ranking):
        return question
    count = len(choices(question))
    most = question.max_choices
    return replace(question, max_choices=None) if most is not None and most > count else question


def copied_question(questionnaire: Questionnaire, key: str) -> AddQuestion:
    """A copy right after the original, under a key of its own. Raises CannotApply."""
    at, place = question_place(questionnaire, key)
    page = questionnaire.pages[at]
    copy = replace(page.questions[place], key=fitted_key(key, questionnaire.by_key()))
    return AddQuestion(page.key, place + 1, copy)


def copied_page(questionnaire: Questionnaire, key: str) -> AddPage:
    """A copy right after the original. Conditions on questions of the page follow the copies;
    those on other questions stay. Raises CannotApply."""
    at = page_place(questionnaire, key)
    page = questionnaire.pages[at]
    taken = set(questionnaire.by_key())
    names: dict[str, str] = {}
    for question in page.questions:
        names[question.key] = fitted_key(question.key, taken)
        taken.add(names[question.key])
    copies = tuple(testing(replace(each, key=names[each.key]), names) for each in page.questions)
    return AddPage(replace(page, key=new_page_key(questionnaire), questions=copies), at + 1)


def tested_by(questionnaire: Questionnaire, keys: Collection[str]) -> tuple[Question, ...]:
    """The questions, none of `keys` itself, whose condition tests one of them."""
    return tuple(
        question
        for question in questionnaire.questions
        if question.key not in keys and not keys_tested(question.show_if).isdisjoint(keys)
    )


def removal(questionnaire: Questionnaire, key: str) -> Operation:
    """Removes a question, after the tests of it in other questions' conditions. What is left of a
    condition stays, and with nothing left the question is always asked. Raises CannotApply."""
    the_question(questionnaire, key)
    return _after_tests(questionnaire, (key,), RemoveQuestion(key))


def page_removal(questionnaire: Questionnaire, key: str) -> Operation:
    """The same for a page and all its questions."""
    page = the_page(questionnaire, key)
    return _after_tests(questionnaire, [each.key for each in page.questions], RemovePage(key))


def _after_tests(
    questionnaire: Questionnaire, keys: Collection[str], operation: Operation
) -> Operation:
    freed = tuple(
        ChangeQuestion(each.key, replace(each, show_if=without_tests(each.show_if, keys)))
        for each in tested_by(questionnaire, keys)
        if each.show_if is not None
    )
    return Several((*freed, operation)) if freed else operation
