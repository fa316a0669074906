"""What each type of row in an XLSForm becomes: the nearest that can be asked here."""

from collections.abc import Callable, Mapping
from typing import Any

from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from surveys.foreign.variables import Shape, Variable
from surveys.questionnaire import (
    Date,
    Email,
    Location,
    LongText,
    Number,
    Option,
    Postcode,
    Question,
    ShortText,
    Single,
    Statement,
    Upload,
)
from surveys.soundness import LONGEST_TEXT
from surveys.typed import even_number
from surveys.xlsform.asking import NOTHING, Asking, Brought, bound
from surveys.xlsform.choosing import one_of, ranked, some_of
from surveys.xlsform.grids import HEADER
from surveys.xlsform.limits import EMAIL, POSTCODE, Limits

Kind = Callable[[Asking], Brought]


def brought(asking: Asking) -> Brought:
    """The row as questions, none where it asks nothing of a person."""
    given = str(asking.row.get("type", ""))
    if bound(asking.row, "calculate"):
        return _left_out(asking)
    if bound(asking.row, "readonly").lower() in ("yes", "true", "true()"):
        return _statement(asking)
    if given.startswith("select") and asking.looks(HEADER):
        return _statement(asking)
    found = _BY_NAME.get(given) or _by_canonical(given)
    if found is None:
        asking.note(f"There is nothing like its type ‘{given}’ here. It was left out")
        return NOTHING
    return found(asking)


def _by_canonical(given: str) -> Kind | None:
    """By what the type is for XForms: pyxform knows many names for each."""
    known: Mapping[str, Any] = QUESTION_TYPE_DICT.get(given, {})
    if not known:
        return None
    control, bind = known.get("control", {}), known.get("bind", {})
    tag, stored = control.get("tag", ""), bind.get("type", "")
    if "jr:preload" in bind or not tag:
        return _left_out
    if tag == "trigger":
        return _acknowledged
    if tag == "upload":
        return _upload
    if bind.get("readonly"):
        return _statement
    return _BY_STORED.get(stored)


def _left_out(asking: Asking) -> Brought:
    what = "worked out" if bound(asking.row, "calculate") else "recorded by the device"
    asking.note(f"Is {what} and asks nothing. It was left out")
    return NOTHING


def _statement(asking: Asking) -> Brought:
    head = asking.head()
    return Brought((Statement(key=head["key"], text=head["text"], hint=head["hint"]),))


def _text(asking: Asking) -> Brought:
    limits = asking.limits()
    question = _of_pattern(asking, limits) or _of_words(asking, limits)
    return Brought((question,), Variable(question.key, Shape.TEXT))


def _of_pattern(asking: Asking, limits: Limits) -> Question | None:
    if limits.pattern == EMAIL:
        return Email(**asking.head())
    return Postcode(**asking.head()) if limits.pattern == POSTCODE else None


def _of_words(asking: Asking, limits: Limits) -> Question:
    kind = LongText if asking.looks("multiline") or _has_rows(asking) else ShortText
    if asking.looks("numbers"):
        asking.note("It took digits only. It takes any words now")
    if limits.longest is None:
        return kind(**asking.head())
    return kind(**asking.head(), max_length=max(1, min(limits.longest, LONGEST_TEXT)))


def _has_rows(asking: Asking) -> bool:
    return "rows" in (asking.row.get("parameters") or {})


def _as_text(note: str) -> Kind:
    def kind(asking: Asking) -> Brought:
        asking.note(note)
        question = ShortText(**asking.head())
        return Brought((question,), Variable(question.key, Shape.TEXT))

    return kind


def _number(*, whole: bool) -> Kind:
    def kind(asking: Asking) -> Brought:
        limits = asking.limits(whole=whole)
        return _numbered(asking, limits.least, limits.most, whole=whole)

    return kind


def _numbered(
    asking: Asking, least: float | str | None, most: float | str | None, *, whole: bool
) -> Brought:
    low = even_number(least) if isinstance(least, int | float) else None
    high = even_number(most) if isinstance(most, int | float) else None
    if low is not None and high is not None and low > high:
        asking.note("Its limits contradict each other. They were left out")
        low = high = None
    question = Number(**asking.head(), min=low, max=high, whole=whole)
    return Brought((question,), Variable(question.key, Shape.NUMBER, whole=whole))


def _range(asking: Asking) -> Brought:
    given = asking.row.get("parameters") or {}
    start, end = _figure(given.get("start"), 0), _figure(given.get("end"), 10)
    step = _figure(given.get("step"), 1)
    steps = f" in steps of {even_number(step)}" if step != 1 else ""
    asking.note(f"It was a slider{steps}. It is answered with a number")
    whole = all(float(each).is_integer() for each in (start, step))
    return _numbered(asking, min(start, end), max(start, end), whole=whole)


def _figure(given: Any, otherwise: float) -> float:
    try:
        return float(given)
    except (TypeError, ValueError):
        return otherwise


def _date(asking: Asking) -> Brought:
    if asking.looks("month-year", "year"):
        asking.note("It took a month or a year alone. It takes a whole date now")
    limits = asking.limits()
    least = limits.least if isinstance(limits.least, str) else None
    most = limits.most if isinstance(limits.most, str) else None
    if least and most and least > most:
        asking.note("Its limits contradict each other. They were left out")
        least = most = None
    question = Date(**asking.head(), min=least, max=most)
    return Brought((question,), Variable(question.key, Shape.DAY))


def _location(asking: Asking) -> Brought:
    if asking.row.get("type") in ("geotrace", "geoshape"):
        asking.note("It took a line or an area. It takes one place now")
    question = Location(**asking.head())
    return Brought((question,), Variable(question.key, Shape.PRESENCE))


def _acknowledged(asking: Asking) -> Brought:
    question = Single(**asking.head(), options=(Option("ok", "OK"),))
    return Brought((question,), Variable(question.key, Shape.CHOICE, values={"OK": "ok"}))


def _upload(asking: Asking) -> Brought:
    given = QUESTION_TYPE_DICT.get(str(asking.row.get("type", "")), {})
    media = given.get("control", {}).get("mediatype", "")
    if media.startswith(("audio/", "video/")):
        asking.note("It took sound or a film. It is answered in words now")
        question: Question = LongText(**asking.head())
        return Brought((question,), Variable(question.key, Shape.TEXT))
    if asking.looks("signature", "draw", "annotate"):
        asking.note("It was signed or drawn on the screen. It takes a picture now")
    accept = ("image",) if media.startswith("image/") else ()
    question = Upload(**asking.head(), accept=accept)
    return Brought((question,), Variable(question.key, Shape.PRESENCE))


_BY_NAME: Mapping[str, Kind] = {
    "select one": one_of,
    "select one external": one_of,
    "select all that apply": some_of,
    "rank": ranked,
    "range": _range,
    "note": _statement,
    "barcode": _as_text("It was read from a barcode. It is typed now"),
    "xml-external": _left_out,
    "csv-external": _left_out,
    "background-audio": _left_out,
    "background-geopoint": _left_out,
    "start-geopoint": _left_out,
    "audit": _left_out,
    "hidden": _left_out,
}

_BY_STORED: Mapping[str, Kind] = {
    "string": _text,
    "int": _number(whole=True),
    "decimal": _number(whole=False),
    "date": _date,
    "time": _as_text("It took a time. It is answered in words now"),
    "dateTime": _as_text("It took a date and a time. It is answered in words now"),
    "barcode": _as_text("It was read from a barcode. It is typed now"),
    "geopoint": _location,
    "geotrace": _location,
    "geoshape": _location,
}
