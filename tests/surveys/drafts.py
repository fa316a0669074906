"""Drafts and the operations of officers, made up by hypothesis."""

from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from surveys.drafting.applying import cover_of
from surveys.drafting.building import (
    as_kind,
    blank_question,
    copied_page,
    copied_question,
    keyed,
    new_key,
    new_page_key,
    page_removal,
    removal,
)
from surveys.drafting.operations import (
    AddPage,
    AddQuestion,
    ChangeCover,
    ChangePage,
    ChangeQuestion,
    MovePage,
    MoveQuestion,
    Operation,
    RemovePage,
    RemoveQuestion,
    Several,
)
from surveys.questionnaire import (
    KINDS,
    Layout,
    LongText,
    Map,
    Multiple,
    Page,
    Question,
    Questionnaire,
    Ranking,
    Row,
    Strand,
    Text,
)
from tests.surveys.questionnaires import WORDS, questionnaires

LANGUAGES = ("en", "cy", "ar")
MAP = Map("/static/map.png", "The town", west=-1.5, east=1.5, south=50, north=51.25)
GONE = "gone"
PLACES = st.integers(-1, 6)


def texts() -> st.SearchStrategy[Text]:
    """In English alone, or in several languages with English first."""
    other = st.dictionaries(st.sampled_from(LANGUAGES[1:]), WORDS, max_size=2)
    return st.one_of(WORDS, st.builds(lambda words, more: {"en": words, **more}, WORDS, other))


@st.composite
def strands(draw: st.DrawFn) -> tuple[Strand, ...]:
    keys = draw(st.lists(st.sampled_from(["paths", "play", "ponds"]), max_size=3, unique=True))
    proposals = st.sampled_from([(), (Row("a", "A"),), (Row("a", "A"), Row("b", "B"))])
    return tuple(Strand(key, draw(texts()), draw(texts()), draw(proposals)) for key in keys)


@st.composite
def drafts(draw: st.DrawFn, *, most: int = 6) -> Questionnaire:
    """A sound draft: several languages, pages with keys, some of them empty, and strands."""
    made = draw(questionnaires(most=most))
    named = draw(strands())
    keys = st.sampled_from(["", *(strand.key for strand in named)])
    pages = [
        Page(draw(texts()), tuple(_told(draw, each) for each in page.questions), strand=draw(keys))
        for page in made.pages
    ]
    if draw(st.booleans()):
        pages.insert(draw(st.integers(0, len(pages))), Page(draw(texts()), ()))
    layout = draw(st.sampled_from(Layout))
    return keyed(Questionnaire(draw(texts()), LANGUAGES, tuple(pages), layout, named))


def _told(draw: st.DrawFn, question: Question) -> Question:
    more: dict[str, Any] = {"text": draw(texts()), "special_category": draw(st.booleans())}
    if draw(st.booleans()):
        more["hint"] = draw(texts())
    if hasattr(question, "random_order"):
        more["random_order"] = draw(st.booleans())
    if isinstance(question, LongText):
        more["max_words"] = draw(st.sampled_from([None, 250]))
    if isinstance(question, Multiple | Ranking):
        more["max_choices"] = draw(st.sampled_from([None, len(question.options)]))
    return replace(question, **more)


@st.composite
def new_questions(draw: st.DrawFn, key: str) -> Question:
    kind = draw(st.sampled_from(sorted(KINDS)))
    made = _told(draw, blank_question(kind, key, draw(texts())))
    return replace(made, map=MAP) if kind == "location" and draw(st.booleans()) else made


@st.composite
def operations(draw: st.DrawFn, draft: Questionnaire, *, deep: bool = True) -> Operation:
    """Something that an officer may try, whether it can be done or not."""
    questions = [*draft.by_key(), GONE]
    pages = [*(page.key for page in draft.pages), GONE]
    question, page = draw(st.sampled_from(questions)), draw(st.sampled_from(pages))
    kinds = [_added, _about_a_page, _about_a_question, _removed, _cover, _copied]
    chosen = draw(st.sampled_from([*kinds, *([_several] if deep else [])]))
    return chosen(draw, draft, question, page)


def _added(draw: st.DrawFn, draft: Questionnaire, _: str, page: str) -> Operation:
    key = new_key(draw(st.sampled_from(["Parks", "18 to 24", "ŷd", "?"])), draft.by_key())
    if draw(st.booleans()):
        return AddQuestion(page, draw(PLACES), draw(new_questions(key)))
    held = draw(st.sampled_from([(), (draw(new_questions(key)),)]))
    return AddPage(Page(draw(texts()), held, key=new_page_key(draft)), draw(PLACES))


def _about_a_page(draw: st.DrawFn, draft: Questionnaire, _: str, page: str) -> Operation:
    if draw(st.booleans()):
        return MovePage(page, draw(PLACES))
    strand = draw(st.sampled_from(["", GONE, *(strand.key for strand in draft.strands)]))
    return ChangePage(page, draw(texts()), strand)


def _about_a_question(draw: st.DrawFn, draft: Questionnaire, question: str, page: str) -> Operation:
    now = draft.by_key().get(question)
    if now is None or draw(st.booleans()):
        return MoveQuestion(question, page, draw(PLACES))
    changed = draw(
        st.sampled_from(
            [
                _told(draw, now),
                replace(now, key=draw(st.sampled_from(["renamed", *draft.by_key()]))),
                replace(now, show_if=draw(st.sampled_from(draft.questions)).show_if),
                replace(now, text=draw(st.sampled_from(["", {"pl": "Parki"}, "\x07"]))),
                as_kind(now, draw(st.sampled_from(sorted(KINDS)))),
            ]
        )
    )
    return ChangeQuestion(question, changed)


def _removed(draw: st.DrawFn, draft: Questionnaire, question: str, page: str) -> Operation:
    made: list[Operation] = [RemoveQuestion(question), RemovePage(page)]
    if question != GONE:
        made.append(removal(draft, question))
    if page != GONE:
        made.append(page_removal(draft, page))
    return draw(st.sampled_from(made))


def _copied(draw: st.DrawFn, draft: Questionnaire, question: str, page: str) -> Operation:
    if question != GONE and draw(st.booleans()):
        return copied_question(draft, question)
    return copied_page(draft, page) if page != GONE else RemovePage(page)


def _cover(draw: st.DrawFn, draft: Questionnaire, _: str, __: str) -> Operation:
    languages = draw(st.sampled_from([LANGUAGES, ("en", "cy"), ("cy", "en"), (*LANGUAGES, "pl")]))
    now = cover_of(draft)
    return ChangeCover(draw(texts()), draw(st.sampled_from(Layout)), languages, now.strands[1:])


def _several(draw: st.DrawFn, draft: Questionnaire, _: str, __: str) -> Operation:
    steps = draw(st.lists(operations(draft, deep=False), max_size=3))
    return Several(tuple(steps))
