"""Short forms in capitals that nobody has explained."""

import re
from collections.abc import Iterable

_LETTERS = """
    AD AGM AIDS AM ATM BBC BC BSL CCTV COVID CV DIY DNA DVD EG EU FAQ FM GB GDPR GP GPS HGV HIV ICT
    ID IE IQ ISBN IT ITV LED LGBT LGBTQ LGBTQIA MOT MP NATO NB NHS OK PA PC PDF PE PIN PM PO PR QR
    RAF RSVP SIM SMS SOS TV UFO UK UN UNESCO UNICEF URL US USA USB UV VAT VIP WC
"""
WELL_KNOWN = frozenset(_LETTERS.split())
"""Better known by their letters than in full. GOV.UK’s style guide leaves such unexplained."""
_SMALL_WORDS = """
    A ALL AN AND ANY ARE AS AT BE BEFORE BOTH BUT BY CAN DO DOES EACH EITHER EVERY FOR FROM HAVE IF
    IN IS IT LEAST LESS MAX MAY MIN MORE MOST MUST NEITHER NEVER NEW NO NONE NOR NOT NOW OF ON ONE
    ONLY OR OUR OUT SHOULD SOME THAT THE THIS THREE TO TWO UP VERY WAS WE WHO WHY WILL WITH YES YOU
    YOUR
"""
_EMPHASIS = frozenset(_SMALL_WORDS.split())
_ROMAN = re.compile(r"[IVX]+")
_WORD = re.compile(r"[A-Za-zÀ-ž0-9&’'.-]*[A-Za-z0-9]")
_SHORT_FORM = re.compile(
    r"[A-Z]{2,6}(?:s|’s|'s)?|[A-Z]&[A-Z]+|[A-Z][a-z]?[A-Z]{1,4}s?|[A-Z]{2,5}i?[A-Z]s?"
)
_SHOUTED = 0.6


def short_forms(text: str) -> tuple[str, ...]:
    """The short forms in a text, in order. A text that is written all in capitals has none, and
    words put in capitals for emphasis are none."""
    words = _WORD.findall(text)
    letters = [word for word in words if word.isalpha() and len(word) > 1]
    if len(letters) > 2 and sum(word.isupper() for word in letters) > _SHOUTED * len(letters):
        return ()
    found = [_bare(word) for word in words if _SHORT_FORM.fullmatch(word)]
    return tuple(dict.fromkeys(each for each in found if not _is_plain(each)))


def _bare(word: str) -> str:
    return re.sub(r"(?:[’']s|s)$", "", word)


def _is_plain(form: str) -> bool:
    known = form in WELL_KNOWN or form in _EMPHASIS
    return known or bool(_ROMAN.fullmatch(form))


def unexplained(texts: Iterable[str]) -> tuple[str, ...]:
    """The short forms that no text explains, as “Voluntary and Community Sector (VCS)” and “VCS
    (Voluntary and Community Sector)” do, in the order that people meet them."""
    read = tuple(texts)
    found = dict.fromkeys(form for text in read for form in short_forms(text))
    whole = "\n".join(read)
    return tuple(form for form in found if not _is_explained(form, whole))


def _is_explained(form: str, whole: str) -> bool:
    name = re.escape(form)
    after_its_words = rf"\w \((?:[^()]*\b)?(?:the |or )?[“‘\"']?{name}s?\b"
    before_its_words = rf"\b{name}s?\b[”’\"']? ?(?:\(\w+[ ,]|(?:stands for|means|is short for)\b)"
    return bool(re.search(f"{after_its_words}|{before_its_words}", whole))
