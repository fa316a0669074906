"""Questions as they stand on a screen: under the titles of their pages."""

from collections.abc import Iterable

from msgspec import Struct

from surveys.question_view import QuestionView
from surveys.questionnaire import Question, Text, say, spoken


class Section(Struct, frozen=True):
    """A page of the questionnaire; `title` is left out where a lone question is the heading."""

    title: str
    lang: str
    views: tuple[QuestionView, ...]


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
