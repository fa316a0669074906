"""What a screen of questions shows, whoever answers."""

from collections.abc import Iterable, Mapping
from datetime import datetime
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
from surveys.page_views import page_views
from surveys.questionnaire import Layout
from surveys.routing import pages_ahead


class Trial(Struct, frozen=True):
    """An officer only tries the questions: what is `carried` from page to page is all that is
    kept. `leave` is where the trial ends."""

    carried: str
    version: int
    leave: str


class Keeping(Struct, frozen=True):
    """How a respondent's answers are kept: `seen` is what the page shows of what is stored, `save`
    where the script sends each answer, `blank` that nothing is stored yet. `come_back` is where a
    code is typed in and `for_organisation` where several people begin, on the first page alone."""

    seen: str
    save: str
    blank: bool
    come_back: str = ""
    for_organisation: str = ""


class Taken(Struct, frozen=True):
    """Who is editing a page until when. `note` is why they took it over from whoever reads this."""

    name: str
    until: datetime
    note: str = ""


class AnsweringPage(Struct, frozen=True):
    """`answering_for` is the organisation that several people answer for, with its own page at
    `overview`; `taken` that one of the others is editing this one, so it was not saved."""

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
    keeping: Keeping | None = None
    answering_for: str = ""
    overview: str = ""
    taken: Taken | None = None

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
    keeping: Keeping | None = None,
    taken: Taken | None = None,
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
    return AnsweringPage(
        slug=here.consultation.slug,
        title=here.title,
        invented=here.consultation.invented,
        languages=language_choices(here.questionnaire.languages, here.language),
        action=here.at(leaf.number),
        back=here.at_check if to_check else _before(here, leaf),
        progress="" if to_check else _progress(here, leaf),
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
        keeping=keeping,
        answering_for=here.answering_for,
        overview=here.organisation_at,
        taken=taken,
    )


def _progress(here: Standing, leaf: Leaf) -> str:
    """Never more pages to come than were told before: where the answers to this page or a later
    one decide, the most that there can be."""
    if here.questionnaire.layout is Layout.SINGLE:
        return ""
    say = speech(here.language).say
    place = sum(1 for number in here.route(here.answers) if number <= leaf.number) or 1
    least, most = pages_ahead(here.questionnaire, here.answers, at=leaf.number)
    if most == 1:
        return ""
    if least == most:
        return say("Page {place} of {pages}", place=place, pages=most)
    return say("Page {place} of up to {pages}", place=place, pages=most)


def _before(here: Standing, leaf: Leaf) -> str:
    """The address of the page before, or of the consultation."""
    earlier = [number for number in here.route(here.answers) if number < leaf.number]
    return here.at(earlier[-1]) if earlier else here.overview
