"""What people type, made even: text, numbers, days, postcodes and e-mail addresses."""

import re
from datetime import date

_NUMBER = re.compile(r"[-+]?([0-9]{1,3}([ ,][0-9]{3})+|[0-9]+)(\.[0-9]+)?|[-+]?\.[0-9]+")
_MINUS_SIGNS = str.maketrans("−–\u00a0\u202f\u2009٬٫", "--   ,.")
# The digits of Arabic, and of Persian and Urdu.
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?|GIR) *([0-9][A-Z]{2})")
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"\\]{1,64}@([\w-]+\.)+[\w-]{2,63}")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")

LARGEST_NUMBER = 10**15
LONGEST_EMAIL = 254


def tidy(text: str) -> str:
    """One kind of newline, no blank ends, and none of the control characters and broken halves
    of characters that a database may not hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWANTED.sub("", text).strip()


def western_digits(text: str) -> str:
    """The text with the digits of other scripts written 0 to 9."""
    return text.translate(_DIGITS)


def on_one_line(text: str) -> str:
    return " ".join(tidy(text).split())


def read_number(text: str) -> int | float | None:
    """A number as people write it, thousands parted by commas or spaces; None when it is none."""
    text = tidy(western_digits(text).translate(_MINUS_SIGNS))
    if len(text) > 30 or not _NUMBER.fullmatch(text):
        return None
    return even_number(float(text.replace(",", "").replace(" ", "")))


def even_number(number: int | float) -> int | float:
    """A whole number as an int, so that 3 and 3.0 are one answer."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def read_day(text: str) -> date | None:
    """A day written like 2024-03-27; None when it is not, or there is no such day."""
    found = _DAY.fullmatch(tidy(text))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def day_words(day: date) -> str:
    """Like “27 March 2024”."""
    return f"{day.day} {day:%B %Y}"


def figure(number: int | float) -> str:
    """Thousands parted: “12,345”."""
    return f"{even_number(number):,}"


def read_postcode(text: str) -> str | None:
    """A UK postcode in capitals with its one space; None when it is not one."""
    found = _POSTCODE.fullmatch(on_one_line(text).upper())
    return f"{found[1]} {found[2]}" if found else None


def read_email(text: str) -> str | None:
    address = tidy(text)
    return address if len(address) <= LONGEST_EMAIL and _EMAIL.fullmatch(address) else None


def shortened(text: str, length: int = 70) -> str:
    """The text on one line, cut at a word with an ellipsis when it is long."""
    text = on_one_line(text)
    if len(text) <= length:
        return text
    cut = text[:length]
    return f"{cut.rsplit(' ', 1)[0].rstrip(' ,;:.') or cut}…"
