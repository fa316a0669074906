"""The paper form as a value: everything that is printed, in the order in which it is read."""

from collections.abc import Iterable

from msgspec import Struct

from app.speech import Day, Speech
from surveys.consultation import About, Consultation, Round, Version
from surveys.marked import marked, title_of
from surveys.paper.page_code import MOST_LANGUAGES, MOST_PAGES, PageCode
from surveys.paper.questions import PrintedQuestion, Printing, printed_questions, printing_of
from surveys.paper.said import Said, own, paragraphs, said
from surveys.questionnaire import Page, Questionnaire

# Where the number of the page and of all pages come into the words at its foot.
PAGE, PAGES = "{place}", "{pages}"


class Part(Struct, frozen=True):
    heading: str
    words: tuple[Said, ...]
    listed: bool = False


class PrintedPage(Struct, frozen=True):
    """A page of the questionnaire; on paper it takes the room that it takes."""

    strand: Said | None
    title: Said
    questions: tuple[PrintedQuestion, ...]


class PaperForm(Struct, frozen=True):
    """`lang` is what the program's own words are in. `codes` are those of the pages, in order;
    `draft` marks a form that nobody is asked to answer."""

    lang: str
    direction: str
    large: bool
    draft: str
    title: Said
    asked_by: str
    lead: tuple[Said, ...]
    dates: str
    front: tuple[Part, ...]
    pages: tuple[PrintedPage, ...]
    page_words: str
    codes: tuple[str, ...]


class Sender(Struct, frozen=True):
    """Who asks, and the address of the consultation on the web."""

    organisation: str
    address: str


def paper_form(
    consultation: Consultation,
    version: Version,
    *,
    language: str,
    large: bool,
    sender: Sender,
    asked: Round | None = None,
) -> PaperForm:
    """`asked` is the round that it is handed out for; without one it is a draft for officers."""
    questionnaire = version.questionnaire
    printing = printing_of(questionnaire, language, large=large)
    speaks = printing.speaks
    return PaperForm(
        lang=speaks.language,
        direction=speaks.direction,
        large=large,
        draft="" if asked else "Draft, not to be handed out",
        title=said(title_of(consultation, questionnaire, language), speaks),
        asked_by=speaks.say("Consultation by {organisation}", organisation=sender.organisation),
        lead=_told(consultation.about, "summary", questionnaire, printing),
        dates=_dates(asked, speaks),
        front=tuple(_front(consultation.about, questionnaire, printing, sender)),
        pages=tuple(_page(page, questionnaire, printing) for page in questionnaire.pages),
        page_words=speaks.say("Page {place} of {pages}", place=PAGE, pages=PAGES),
        codes=_codes(version, language, large=large),
    )


def _dates(asked: Round | None, speaks: Speech) -> str:
    if asked is None or asked.closes_at is None:
        return speaks.say("No closing date has been set.")
    return speaks.say("Your answers must reach us by {day}.", day=Day(asked.closes_at))


def _front(
    about: About, questionnaire: Questionnaire, printing: Printing, sender: Sender
) -> Iterable[Part]:
    say = printing.speaks.say

    def part(heading: str, *names: str) -> Iterable[Part]:
        words = [each for name in names for each in _told(about, name, questionnaire, printing)]
        return [Part(heading, tuple(words))] if words else []

    yield from part(say("Why we are asking"), "why")
    yield from part(say("What can change"), "can_change")
    yield from part(say("What cannot change"), "cannot_change")
    yield _where_to_send(about, questionnaire, printing, sender)
    yield _how_to_fill_in(printing.speaks)
    yield from part(say("What happens with your answers"), "what_happens_next")
    yield from part(
        say("How we look after what you tell us"), "privacy", "lawful_basis", "retention"
    )


def _where_to_send(
    about: About, questionnaire: Questionnaire, printing: Printing, sender: Sender
) -> Part:
    say = printing.speaks.say
    known = (
        *_told(about, "other_formats", questionnaire, printing),
        *_told(about, "contact", questionnaire, printing),
    )
    nowhere = say("Ask {organisation} where to send it.", organisation=sender.organisation)
    online = say("You can also answer on the website: {address}", address=sender.address)
    words = (*(known or (own(nowhere, printing.speaks),)), own(online, printing.speaks))
    return Part(say("Where to send your answers"), words)


def _how_to_fill_in(speaks: Speech) -> Part:
    say = speaks.say
    lines = (
        say("Write clearly, in black or blue ink."),
        say("Tick a box to choose it. To take it back, fill in the whole box."),
        say("Leave out what you do not want to answer, unless it says that you must answer it."),
        say(
            "For more room, write on another sheet. Put on it the number of the question and the "
            "code at the foot of this page."
        ),
        say(
            "Send all pages that you wrote on. The code at the foot of each tells the people who "
            "type in your answers which form it is."
        ),
    )
    return Part(
        say("How to fill in this form"), tuple(own(line, speaks) for line in lines), listed=True
    )


def _told(
    about: About, name: str, questionnaire: Questionnaire, printing: Printing
) -> tuple[Said, ...]:
    """One of the texts that people read before answering, in paragraphs."""
    default = questionnaire.languages[0]
    text = marked(getattr(about, name), printing.language, default=default)
    return paragraphs(text, printing.speaks)


def _page(page: Page, questionnaire: Questionnaire, printing: Printing) -> PrintedPage:
    default = questionnaire.languages[0]
    strand = next((each for each in questionnaire.strands if each.key == page.strand), None)

    return PrintedPage(
        strand=said(marked(strand.title, printing.language, default=default), printing.speaks)
        if strand
        else None,
        title=said(marked(page.title, printing.language, default=default), printing.speaks),
        questions=printed_questions(questionnaire, page.questions, printing),
    )


def _codes(version: Version, language: str, *, large: bool) -> tuple[str, ...]:
    place = version.questionnaire.languages.index(language) % MOST_LANGUAGES
    return tuple(
        PageCode(version.id, place, large, page).written for page in range(1, MOST_PAGES + 1)
    )
