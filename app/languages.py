"""Languages by their own names, the one that a reader asks for, and the switch to the others."""

from collections.abc import Iterable, Mapping

from babel import Locale, UnknownLocaleError
from msgspec import Struct

from app.speech import ENGLISH, LANGUAGES

# The main languages of people in the United Kingdom, after the censuses of 2021 and 2022.
_NAMES = {
    "ar": "العربية",
    "bn": "বাংলা",
    "cy": "Cymraeg",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ga": "Gaeilge",
    "gd": "Gàidhlig",
    "gu": "ગુજરાતી",
    "it": "Italiano",
    "pa": "ਪੰਜਾਬੀ",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "uk": "Українська",
    "ur": "اردو",
    "zh": "中文",
}


def language_name(code: str) -> str:
    """The language's own name where we know it, else its code."""
    return _NAMES.get(code, code)


def named_in_english(code: str) -> str:
    """For officers, who may not read the language’s own name: “Welsh (Cymraeg)”."""
    own = language_name(code)
    try:
        english = Locale.parse(code, sep="-").get_language_name(ENGLISH)
    except (UnknownLocaleError, ValueError):
        return own
    return own if not english or english == own else f"{english} ({own})"


def known_languages() -> tuple[tuple[str, str], ...]:
    """Each code with its name, those of the United Kingdom first, then by name."""
    ours = ("en", "cy", "gd", "ga")
    codes = (*ours, *sorted(_NAMES.keys() - set(ours), key=lambda code: _NAMES[code].casefold()))
    return tuple((code, _NAMES[code]) for code in codes)


class LanguageChoice(Struct, frozen=True):
    """One language of a page's switch."""

    code: str
    name: str
    chosen: bool


def language_choices(codes: Iterable[str], chosen: str) -> tuple[LanguageChoice, ...]:
    """The switch; nothing where there is no choice."""
    every = tuple(LanguageChoice(code, language_name(code), code == chosen) for code in codes)
    return every if len(every) > 1 else ()


def asked_language(query: Mapping[str, str], codes: Iterable[str] = LANGUAGES) -> str:
    """What an address's `?lang=` asks for, where it is among these; else the first of them."""
    codes = tuple(codes)
    asked = query.get("lang", "")
    return asked if asked in codes else codes[0]
