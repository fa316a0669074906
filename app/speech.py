"""The program's own words in the reader's language: sentences, plurals, dates, numbers, lists.

The English sentence is the key: `app/locale/cy.po` and `ar.po` hold what it is in Welsh and Arabic.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Final, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape
from msgspec import Struct

from app.settings import settings
from app.words import date_words, moment_words, number, percent, whole_percent

ENGLISH: Final = "en"
LANGUAGES: Final = (ENGLISH, "cy", "ar")
"""The languages that the program itself speaks."""

FOLDER = Path(__file__).parent / "locale"
# The order in which a catalogue lists a sentence's plural forms; each language uses some of them.
FORMS = ("zero", "one", "two", "few", "many", "other")

# Characters that keep the direction of the words between them to themselves.
ISOLATE, END = "\u2068", "\u2069"

Direction = Literal["ltr", "rtl"]


class Day(Struct, frozen=True):
    """A moment that is told as its day."""

    of: datetime


Part = str | int | float | date | Day
"""What may stand in a sentence: a date, a moment and a number are written in its language."""


class Catalogue(Struct, frozen=True):
    """Sentences by their English; counted ones by the English singular, a form for each tag."""

    sentences: Mapping[str, str] = {}
    counted: Mapping[str, Mapping[str, str]] = {}


class Speech(Struct, frozen=True):
    """One language's way to say things. What it does not know, it says in English."""

    language: str
    direction: Direction
    catalogue: Catalogue

    def say(self, english: str, /, **parts: Part) -> str:
        """The sentence with its parts; as markup where a part is, and escaped then."""
        return self._filled(self.catalogue.sentences.get(english, english), parts)

    def plural(self, one: str, many: str, count: int, /, **parts: Part) -> str:
        """The form that fits the count, which stands in it as `{n}`."""
        forms = self.catalogue.counted.get(one)
        if forms is None:
            form = one if count == 1 else many
        else:
            form = forms[_locale(self.language).plural_form(abs(count))]
        return self._filled(form, {"n": count, **parts})

    def forms(self, one: str, many: str) -> Mapping[str, str]:
        """Every form of a counted sentence by its tag, for a script that counts by itself."""
        return self.catalogue.counted.get(one, {"one": one, "other": many})

    def quoted(self, words: str) -> str:
        """Somebody's words between the language's own quotation marks."""
        return self.say("‘{words}’", words=words)

    def marked(self, words: str, language: str) -> str:
        """Somebody's words in another language, told apart for screen readers; as they are where
        they are in this one."""
        if language == self.language:
            return words
        return Markup('<span lang="{}">{}</span>').format(language, words)

    def date(self, when: date) -> str:
        """Like “21 November 2026”; a moment counts as its day in the council's time zone."""
        if self.language == ENGLISH:
            return date_words(when, settings().time_zone if isinstance(when, datetime) else None)
        return format_date(_here(when), "long", locale=_locale(self.language))

    def moment(self, when: datetime) -> str:
        """Like “21 November 2026 at 3:59pm”."""
        if self.language == ENGLISH:
            return moment_words(when, settings().time_zone)
        return self.say(
            "{date} at {time}", date=self.date(when), time=self._clock(_local(when).time())
        )

    def number(self, value: int | float) -> str:
        """Thousands parted."""
        if self.language == ENGLISH:
            return number(value)
        return format_decimal(value, locale=_locale(self.language), decimal_quantization=False)

    def percent(self, share: float) -> str:
        """A share of 0 to 1 as whole per cent; never 0% of somebody, nor 100% without somebody."""
        english = percent(share)
        if self.language == ENGLISH:
            return english
        if english.startswith("under"):
            return self.say("under {share}", share=self.percent(0.01))
        if english.startswith("over"):
            return self.say("over {share}", share=self.percent(0.99))
        return format_percent(whole_percent(share) / 100, locale=_locale(self.language))

    def listed(self, each: Iterable[str], *, either: bool = False) -> str:
        """“a, b and c”, or with `either` “a, b or c”; as markup where one of them is."""
        words = [self._isolated(one) for one in each]
        style: Literal["or", "standard"] = "or" if either else "standard"
        if any(isinstance(word, Markup) for word in words):
            escaped = [str(escape(word)) for word in words]
            return Markup(format_list(escaped, style, locale=_locale(self.language)))  # noqa: S704
        return format_list(words, style, locale=_locale(self.language))

    def _filled(self, sentence: str, parts: Mapping[str, Part]) -> str:
        if not parts:
            return sentence
        words = {name: self._part(part) for name, part in parts.items()}
        if any(isinstance(word, Markup) for word in words.values()):
            # By hand: Markup's own way of doing it takes four times as long.
            escaped = {name: escape(word) for name, word in words.items()}
            return Markup(str(escape(sentence)).format(**escaped))  # noqa: S704
        return sentence.format(**words)

    def _part(self, part: Part) -> str:
        if isinstance(part, datetime):
            return self.moment(part)
        if isinstance(part, date | Day):
            return self.date(part.of if isinstance(part, Day) else part)
        return self._isolated(part) if isinstance(part, str) else self.number(part)

    def _isolated(self, words: str) -> str:
        """Words that run the other way, kept from turning what stands around them."""
        plain = words.striptags() if isinstance(words, Markup) else words
        if ISOLATE in plain or not _runs_against(plain, self.direction):
            return words
        if isinstance(words, Markup):
            return Markup("<bdi>{}</bdi>").format(words)
        return f"{ISOLATE}{words}{END}"

    def _clock(self, at: time) -> str:
        return format_time(at, "short", locale=_locale(self.language))


def sentence(english: str) -> str:
    """The same words, marked as a sentence that is said later and so belongs in the catalogues."""
    return english


def sentences(one: str, many: str) -> tuple[str, str]:
    """The same of a sentence that counts."""
    return one, many


@cache
def speech(language: str) -> Speech:
    """How the program speaks to readers of this language: in English where it does not know it."""
    spoken = next((one for one in LANGUAGES if one == language.partition("-")[0]), ENGLISH)
    if spoken != language:
        return speech(spoken)
    return Speech(spoken, direction(spoken), catalogue(spoken))


@cache
def direction(language: str) -> Direction:
    """Which way a language is written; left to right where it is not known."""
    try:
        found = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return "ltr"
    return "rtl" if found.text_direction == "rtl" else "ltr"


def catalogue(language: str) -> Catalogue:
    """What the file of a language holds; nothing for English, which needs none."""
    if language == ENGLISH:
        return Catalogue()
    sentences: dict[str, str] = {}
    counted: dict[str, Mapping[str, str]] = {}
    with (FOLDER / f"{language}.po").open("rb") as file:
        for message in read_po(file, locale=language):
            english, said = message.id, message.string
            if isinstance(english, str) and isinstance(said, str) and english:
                sentences[english] = said
            elif isinstance(english, tuple | list) and isinstance(said, tuple | list):
                counted[english[0]] = dict(zip(forms_of(language), said, strict=True))
    return Catalogue(sentences, counted)


def forms_of(language: str) -> tuple[str, ...]:
    """The plural forms that a language tells apart, in the order of its catalogue."""
    told = {*_locale(language).plural_form.tags, "other"}
    return tuple(form for form in FORMS if form in told)


def warm() -> None:
    """Loads every language, so that no first visitor waits while that is done."""
    for language in LANGUAGES:
        one = speech(language)
        one.date(date(2000, 1, 1))
        one.plural("{n} day left", "{n} days left", 2)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse("en_GB" if language == ENGLISH else language)


def _here(when: date) -> date:
    return _local(when).date() if isinstance(when, datetime) else when


def _local(moment: datetime) -> datetime:
    return moment.astimezone(settings().time_zone)


def _runs_against(words: str, way: Direction) -> bool:
    against = ("R", "AL") if way == "ltr" else ("L",)
    return not (way == "ltr" and words.isascii()) and any(
        unicodedata.bidirectional(one) in against for one in words
    )
