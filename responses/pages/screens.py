"""What a screen of questions shows, whoever answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from app.languages import LanguageChoice, language_choices
from app.problems import Problem
from app.speech import speech
from responses.pages.journey import Leaf, Standing
from responses.pages.sections import Section, sections_of, with_strands
from responses.pages.uploads import asks_for_files
from surveys.marked import Marked
from surveys.ordering import any_varies
from surveys.question_view import page_views


class Trial(Struct, frozen=True):
    """An officer only tries the questions: what is `carried` from page to page is all that is
    kept. `leave` is where the trial ends."""

    carried: str
    version: int
    leave: str


class AnsweringPage(Struct, frozen=True):
    slug: str
    title: Marked
    invented: bool
    languages: tuple[LanguageChoice, ...]
    action: str
    back: str
    progress: str
    sections: tuple[Section, ...]
    to_check: bool
    version: int
    ordering: int | None = None
    with_files: bool = False
    problems: tuple[Problem, ...] = ()
    trial: Trial | None = None

    @property
    def heading(self) -> Marked:
        """The page's own heading: the questionnaire's title where all of it is on one page."""
        if len(self.sections) == 1:
            return Marked(self.sections[0].title, self.sections[0].lang)
        return self.title

    @property
    def named(self) -> str:
        """What the browser calls the page."""
        return self.heading.text or self.sections[0].views[0].words.text


def answering_page(
    here: Standing,
    leaf: Leaf,
    answers: Mapping[str, Any],
    *,
    to_check: bool = False,
    problems: Iterable[Problem] = (),
    trial: Trial | None = None,
) -> AnsweringPage:
    problems = tuple(problems)
    views = page_views(
        here.questionnaire,
        leaf.questions,
        language=here.language,
        answers=answers,
        problems=problems,
        lone_heading=len(leaf.sections) == 1,
        ordering=here.ordering,
        files=here.file_views,
    )
    route = here.route(here.answers)
    place = sum(1 for number in route if number <= leaf.number) or 1
    several = len(route) > 1 and not to_check
    return AnsweringPage(
        slug=here.consultation.slug,
        title=here.title,
        invented=here.consultation.invented,
        languages=language_choices(here.questionnaire.languages, here.language),
        action=here.at(leaf.number),
        back=here.at_check if to_check else _before(here, leaf),
        progress=_progress(here, place, len(route)) if several else "",
        sections=with_strands(
            sections_of(
                leaf.sections,
                views,
                language=here.language,
                default=here.questionnaire.languages[0],
            ),
            here.questionnaire,
            here.language,
        ),
        to_check=to_check,
        version=here.version.number,
        ordering=here.ordering if any_varies(leaf.questions) else None,
        with_files=asks_for_files(leaf.questions),
        problems=problems,
        trial=trial,
    )


def _progress(here: Standing, place: int, pages: int) -> str:
    return speech(here.language).say("Page {place} of {pages}", place=place, pages=pages)


def _before(here: Standing, leaf: Leaf) -> str:
    """The address of the page before, or of the consultation."""
    earlier = [number for number in here.route(here.answers) if number < leaf.number]
    return here.at(earlier[-1]) if earlier else here.overview
