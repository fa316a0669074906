"""Questions that are answered in words, numbers, days or files, and texts that ask nothing."""

import re
from collections.abc import Mapping

from surveys.file_kinds import FORMATS
from surveys.foreign.markup import EXPRESSION
from surveys.foreign.variables import Shape, Variable
from surveys.limesurvey.asking import Asking, Brought
from surveys.limesurvey.piping import is_blank
from surveys.questionnaire import (
    Date,
    Location,
    LongText,
    Number,
    Question,
    ShortText,
    Statement,
    Text,
    Upload,
    say,
)
from surveys.soundness import LONGEST_TEXT, MOST_FILES, MOST_MEGABYTES, MOST_TOGETHER
from surveys.typed import read_day, shortened

KILOBYTES = 1024


def _one(question: Question, shape: Shape, *, whole: bool = False) -> Brought:
    return Brought((question,), {"": Variable(question.key, shape, whole=whole)})


def short_text(asking: Asking) -> Brought:
    """Type S, also where it takes numbers only or a place on a map."""
    if asking.question.is_on("numbers_only"):
        return number(asking)
    if {asking.question.code, asking.question.sgqa} & asking.transfer.measured:
        asking.note("Conditions compare its answer with numbers, so it takes numbers only now")
        return number(asking)
    if asking.question.setting("location_mapservice") not in ("", "0"):
        asking.note("Its map became a question for a place, by postcode or in words")
        return _one(Location(**asking.head()), Shape.PRESENCE)
    _note_around(asking)
    question = ShortText(**asking.head(), max_length=words_of(asking, 500))
    return _one(question, Shape.TEXT)


def long_text(asking: Asking) -> Brought:
    """Types T and U."""
    _note_around(asking)
    question = LongText(**asking.head(), max_length=words_of(asking, 10_000))
    return _one(question, Shape.TEXT)


def words_of(asking: Asking, default: int) -> int:
    """How many characters an answer may have."""
    return asking.count("maximum_chars", most=LONGEST_TEXT) or default


def number(asking: Asking) -> Brought:
    """Type N."""
    low, high, whole = number_within(asking)
    unit = unit_of(asking)
    question = Number(**asking.head(), min=low, max=high, whole=whole, unit=unit)
    return _one(question, Shape.NUMBER, whole=whole)


def number_within(asking: Asking) -> tuple[int | float | None, int | float | None, bool]:
    """The least, the most, and whether it must be whole."""
    whole = asking.question.is_on("num_value_int_only")
    low, high = asking.number("min_num_value_n"), asking.number("max_num_value_n")
    if asking.question.is_on("slider_layout"):
        low = asking.number("slider_min") if low is None else low
        high = asking.number("slider_max") if high is None else high
    if low is not None and high is not None and low > high:
        asking.note("Its least number was above its greatest, so it has no limits now")
        return None, None, whole
    return low, high, whole


def unit_of(asking: Asking) -> Text:
    """What stands after the number in LimeSurvey, else what stands before it."""
    after, before = (_around(asking, name) for name in ("suffix", "prefix"))
    if after and before:
        asking.note(_LEFT_BESIDE.format(shortened(say(before, asking.transfer.base), 60)))
    return after or before


def _around(asking: Asking, name: str) -> Text:
    """The words before or after a box; noted where they were filled in from answers."""
    raw = asking.question.settings.get(name, {})
    if any(EXPRESSION.search(words) for words in raw.values()):
        asking.note(_LEFT_BESIDE.format(shortened(asking.question.setting(name), 60)))
        return ""
    return asking.words_set(name)


_LEFT_BESIDE = "‘{}’ stood beside its box. It is left out"


def _note_around(asking: Asking) -> None:
    for name in ("prefix", "suffix"):
        words = _around(asking, name)
        if words:
            asking.note(
                f"‘{say(words, asking.transfer.base)}’ stood beside its box. It is left out"
            )


def day(asking: Asking) -> Brought:
    """Type D. A format with hours loses them."""
    if re.search(r"[Hhi]", asking.question.setting("date_format")):
        asking.note("It asked for a time too. Only the day is asked now")
    low, high = _day_limit(asking, "date_min", "01-01"), _day_limit(asking, "date_max", "12-31")
    if low and high and low > high:
        asking.note("Its first day was after its last, so it has no limits now")
        low = high = None
    return _one(Date(**asking.head(), min=low, max=high), Shape.DAY)


def _day_limit(asking: Asking, name: str, rest: str) -> str | None:
    """A limit written as a day or as a year; noted where it is worked out."""
    written = asking.question.setting(name)
    if not written:
        return None
    found = read_day(f"{written}-{rest}" if re.fullmatch(r"\d{4}", written) else written[:10])
    if found is None:
        asking.note(f"Its limit {name} (‘{written[:60]}’) is no day that is known, so left out")
    return found.isoformat() if found else None


def upload(asking: Asking) -> Brought:
    """Type |."""
    kinds, strange = _kinds(asking.question.setting("allowed_filetypes"))
    if strange:
        asking.note(f"Files ending in {', '.join(strange)} are not taken here")
    if asking.question.is_on("show_title") or asking.question.is_on("show_comment"):
        asking.note("Each file could have a title and a comment. It cannot here")
    kilobytes = asking.number("max_filesize") or 10 * KILOBYTES
    files = asking.count("max_num_of_files", most=MOST_FILES) or 1
    wanted = max(1, int(-(-kilobytes // KILOBYTES)))
    size = min(wanted, MOST_MEGABYTES, MOST_TOGETHER // files)
    if size < wanted:
        asking.note(f"Each file could have {wanted:,} megabytes. It can have {size} now")
    question = Upload(**asking.head(), accept=kinds, max_files=files, max_megabytes=size)
    return _one(question, Shape.PRESENCE)


def _kinds(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The kinds of file that the endings stand for, and the endings that stand for none here."""
    endings = [f".{each}" for each in re.findall(r"[a-z0-9]{1,10}", written.lower())[:50]]
    kinds = dict.fromkeys(_KIND_OF[ending] for ending in endings if ending in _KIND_OF)
    strange = tuple(ending for ending in endings if ending not in FORMATS)
    return tuple(kinds), strange


_KIND_OF: Mapping[str, str] = {
    **{ending: form.kind for ending, form in FORMATS.items()},
    ".doc": "word",
    ".rtf": "word",
    ".xls": "spreadsheet",
    ".ppt": "slides",
    ".gif": "image",
    ".bmp": "image",
}


def shown_text(asking: Asking) -> Brought:
    """Type X."""
    if is_blank(say(asking.text, asking.transfer.base)):
        return asking.left_out("Nothing is left of its text, so it is left out")
    question = Statement(key=asking.key(), text=asking.with_hint())
    return Brought((question,))
