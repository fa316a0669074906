"""Questions as they stand on a screen: under the titles of their pages."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from surveys.marked import Marked, marked
from surveys.question_view import QuestionView
from surveys.questionnaire import Question, Questionnaire, Text, say, spoken


class Section(Struct, frozen=True):
    """A page of the questionnaire; `title` is left out where a lone question is the heading.
    `strand` is what the page belongs to, if anything."""

    title: str
    lang: str
    views: tuple[QuestionView, ...]
    strand: Marked | None = None


def sections_of(
    pages: Iterable[tuple[Text, tuple[Question, ...]]],
    views: tuple[QuestionView, ...],
    *,
    language: str,
    default: str,
) -> tuple[Section, ...]:
    """The views parted by page; a page with nothing to show is left out.

    A title that is not given in `language` stands in another: a plain one in `default`.
    """
    by_key = {view.key: view for view in views}
    lone = len(views) == 1 and views[0].alone
    sections = (
        Section(
            title="" if lone else say(title, language),
            lang=spoken(title, language, default=default),
            views=tuple(by_key[each.key] for each in questions if each.key in by_key),
        )
        for title, questions in pages
    )
    return tuple(section for section in sections if section.views)


def with_strands(
    sections: Iterable[Section], asked: Questionnaire, language: str
) -> tuple[Section, ...]:
    """The same, each naming the strand that its page belongs to."""
    titles = {
        strand.key: marked(strand.title, language, default=asked.languages[0])
        for strand in asked.strands
    }
    strands = {
        question.key: titles.get(page.strand) for page in asked.pages for question in page.questions
    }
    return tuple(replace(each, strand=strands.get(each.views[0].key)) for each in sections)
