"""A posted form as answers: which field of which question holds what."""

from collections.abc import Iterable, Mapping
from typing import Any

from surveys.choices import offers_other
from surveys.questionnaire import Date, Grid, Multiple, Question, Ranking, Statement, Upload
from surveys.typed import read_day, western_digits

DAY_PARTS = ("day", "month", "year")

Fields = Mapping[str, list[str]]


def read_fields(questions: Iterable[Question], fields: Fields) -> dict[str, Any]:
    """A posted form in the JSON form of answers, everything typed kept as typed.

    What cannot be brought into that form (a day that does not exist, two options ranked first)
    stays an object of its fields, for `check` to refuse and the page to show again. Fields that
    belong to no question are kept too, so that they are refused rather than lost."""
    fields = {name: values for name, values in fields.items() if not name.startswith("_")}
    answers: dict[str, Any] = {}
    for question in questions:
        names = _names(question, fields)
        answer = _answer(question, {name: fields.pop(name) for name in names})
        if answer not in (None, "", [], {}):
            answers[question.key] = answer
    # What is left: “other” texts, which are answers of their own, and fields of no question.
    answers.update((name, _one(values)) for name, values in fields.items())
    return answers


def _names(question: Question, fields: Fields) -> list[str]:
    key = question.key
    if isinstance(question, Statement):
        return []
    if isinstance(question, Date):
        return [name for name in (key, *(f"{key}-{part}" for part in DAY_PARTS)) if name in fields]
    if isinstance(question, Grid | Ranking):
        return [name for name in fields if name == key or name.startswith(f"{key}.")]
    return [key] if key in fields else []


def _answer(question: Question, fields: Fields) -> Any:
    key = question.key
    if isinstance(question, Date):
        return _day(key, fields)
    if isinstance(question, Grid | Ranking) and key not in fields:
        cells = {name.removeprefix(f"{key}."): _one(values) for name, values in fields.items()}
        cells = {name: cell for name, cell in cells.items() if cell != ""}
        return cells if isinstance(question, Grid) else _in_order(cells)
    if isinstance(question, Upload):
        # Files come beside the fields: which of them are kept is not for a field to say.
        return None
    values = fields.get(key, [])
    if isinstance(question, Multiple):
        return [value for value in values if value.strip()]
    return _one(values)


def _one(values: list[str]) -> Any:
    """The one value of a field; a field sent several times stays a list, which `check` refuses."""
    filled = [value for value in values if value.strip()]
    return filled if len(filled) > 1 else next(iter(filled), "")


def _day(key: str, fields: Fields) -> Any:
    whole = _one(fields.get(key, []))
    parts = {part: _one(fields.get(f"{key}-{part}", [])) for part in DAY_PARTS}
    if whole or not any(parts.values()):
        return whole
    day = day_from(parts)
    return day if day else parts


def day_from(parts: Mapping[str, Any]) -> str | None:
    """Day, month and year as typed, as an ISO day; None when they make no day."""
    typed = [western_digits(str(parts.get(part, ""))).strip() for part in DAY_PARTS]
    if not all(each.isascii() and each.isdigit() for each in typed) or len(typed[2]) != 4:
        return None
    iso = f"{typed[2]}-{typed[1]:0>2}-{typed[0]:0>2}"
    return iso if read_day(iso) else None


def _in_order(ranks: Mapping[str, Any]) -> Any:
    """Options in the order of their ranks; as typed unless the ranks are exactly 1, 2, 3 …"""
    typed = {option: western_digits(str(rank)).strip() for option, rank in ranks.items()}
    order = {str(place): place for place in range(1, len(typed) + 1)}
    if sorted(typed.values()) != sorted(order):
        return dict(ranks)
    return sorted(typed, key=lambda option: order[typed[option]])


def field_names(question: Question) -> tuple[str, ...]:
    """The keys that a question may have among answers in JSON form."""
    if isinstance(question, Statement):
        return ()
    return (question.key, f"{question.key}.other") if offers_other(question) else (question.key,)
