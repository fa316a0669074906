"""What a report's page shows beside the report itself."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct

from analysis.wording import FEW
from app.languages import LanguageChoice, language_choices
from app.speech import ENGLISH, LANGUAGES, Day, Speech, sentence, speech
from app.words import whole_percent
from publications.editions import Edition, EditionMark
from publications.reading import ReportView, read_on
from publications.report import Figure, Part, Report
from publications.wording import BandsPrinted, bands_printed

CHANNELS = {
    "online": sentence("Online"),
    "api": sentence("Through other services"),
    "paper": sentence("On paper"),
    "email": sentence("By e-mail"),
    "letter": sentence("By letter"),
    "meeting": sentence("At a meeting"),
}

LedgerTable = tuple[str, str, tuple[tuple[str, Part], ...]]


class ReportPage(Struct, frozen=True, kw_only=True, dict=True):
    """One edition as read today; a preview has no edition, so no seal and no other editions."""

    view: ReportView
    speech: Speech
    languages: tuple[LanguageChoice, ...] = ()
    seal: str = ""
    is_intact: bool = True
    json_address: str = ""
    editions: tuple[EditionMark, ...] = ()
    preview: bool = False

    @property
    def bands(self) -> BandsPrinted:
        return bands_printed(self.view.report.bands, speaks=self.speech)

    @property
    def few(self) -> int:
        """Of fewer people than these a share says more than is known."""
        return FEW

    @property
    def latest(self) -> EditionMark:
        return self.editions[-1]

    @property
    def published_on(self) -> Day:
        return Day(self.view.report.published_at)

    @property
    def is_latest(self) -> bool:
        return self.preview or self.latest.number == self.view.report.edition

    @property
    def ledger_tables(self) -> tuple[LedgerTable, ...]:
        """The ledger by round and by channel; a single round or channel needs no table."""
        answered, say = self.view.report.answered, self.speech.say
        rounds = tuple(
            (say("Round {number}", number=number), part)
            for number, part in answered.by_round.items()
        )
        channels = tuple(
            (say(CHANNELS.get(name, name)), part) for name, part in answered.by_channel.items()
        )
        tables = (
            (say("Round"), say("By round"), rounds),
            (say("Channel"), say("By channel"), channels),
        )
        return tuple(table for table in tables if len(table[2]) > 1)

    def number(self, place: str) -> int:
        return self._numbers[place]

    def shown(self, figure: Figure) -> str:
        """A figure as it stands in the list of recipes: a count, or a share in whole per cent; of
        few people, how many of them."""
        value = figure.value
        if value is None:
            return self.speech.say("left out")
        if isinstance(value, int):
            return self.speech.number(value)
        base = self._values.get(f"{figure.place.rpartition('.')[0]}.answered")
        is_net = figure.place.endswith(".net")
        sign = ("−" if value < 0 else "+" if value else "") if is_net else ""
        if isinstance(base, int) and base < FEW:
            some = f"{sign}{round(abs(value) * base)}"
            return self.speech.say("{some} of {all}", some=some, all=base)
        if is_net:  # a difference of shares may round to nothing; nobody is counted by it
            points = whole_percent(abs(value))
            return f"{sign if points else ''}{self.speech.percent(points / 100)}"
        return self.speech.percent(value)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {figure.place: figure.number for figure in self.view.report.figures}

    @cached_property
    def _values(self) -> Mapping[str, int | float | None]:
        return {figure.place: figure.value for figure in self.view.report.figures}


def preview_page(report: Report, *, today: date) -> ReportPage:
    """An officer's, and so in English."""
    english = speech(ENGLISH)
    return ReportPage(view=read_on(report, today=today), speech=english, preview=True)


def edition_page(
    edition: Edition,
    editions: tuple[EditionMark, ...],
    *,
    today: date,
    json_address: str,
    language: str,
) -> ReportPage:
    speaks = speech(language)
    return ReportPage(
        view=read_on(edition.report, today=today, language=language),
        speech=speaks,
        languages=language_choices(LANGUAGES, speaks.language),
        seal=edition.seal,
        is_intact=edition.is_intact,
        json_address=json_address,
        editions=editions,
    )
