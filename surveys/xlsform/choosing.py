"""The choices of an XLSForm list as our options, and questions that choose among them."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from surveys.foreign.variables import Shape, Variable
from surveys.questionnaire import (
    DONT_KNOW,
    OTHER,
    RESERVED,
    Dropdown,
    Likert,
    Multiple,
    Option,
    Question,
    Ranking,
    Single,
)
from surveys.scales import SCALES
from surveys.soundness import LONGEST_VALUE, MOST_OPTIONS, MOST_POINTS, MOST_ROWS
from surveys.typed import on_one_line
from surveys.xlsform.asking import Asking, Brought, appearance, as_words
from surveys.xlsform.limits import Limits

# With many choices a list that opens reads better than a page of buttons.
LISTED = frozenset({"minimal", "autocomplete", "search", "compact-list"})


class Options(Struct, frozen=True):
    """`values` gives our value for each name in the form."""

    options: tuple[Option, ...]
    values: Mapping[str, str]


def options_of(asking: Asking, choices: Sequence[Mapping[str, Any]], *, most: int) -> Options:
    if len(choices) > most:
        asking.note(f"Only the first {most:,} of its {len(choices):,} choices were taken")
    if any(choice.get("media") for choice in choices):
        asking.note("The pictures or sounds of its choices were left out")
    if "search(" in appearance(asking.row):
        asking.note("More of its choices were looked up in another file. They are not offered now")
    values: dict[str, str] = {}
    options: list[Option] = []
    taken = dict.fromkeys(RESERVED, 1)
    for choice in choices[:most]:
        name = str(choice.get("name", ""))
        value = _value(asking, name, taken)
        values.setdefault(name, value)
        options.append(Option(value, asking.line(choice.get("label")) or name or value))
    return Options(tuple(options), values)


def _value(asking: Asking, name: str, taken: dict[str, int]) -> str:
    """`taken`: each value so far, with how often it was asked for."""
    plain = on_one_line(name).replace(";", "_")[: LONGEST_VALUE - 10].strip() or "blank"
    value = plain
    while value in taken:
        taken[plain] += 1
        value = f"{plain}_{taken[plain]}"
    taken[value] = 1
    if value != name:
        asking.renamed(f"Its choice ‘{name[:40]}’ became ‘{value}’")
    return value


def one_of(asking: Asking) -> Brought:
    if asking.looks("likert"):
        return _scaled(asking)
    head, given = asking.head(), list(asking.choices)
    if not given:
        return as_words(asking, head)
    has_other = asking.offers_other or _folds(asking, given)
    found = options_of(asking, _without_other(given, has_other), most=MOST_OPTIONS)
    if not found.options:
        return as_words(asking, head)
    kind = Dropdown if asking.looks(*LISTED) else Single
    question = kind(**head, options=found.options, other=has_other, random_order=asking.shuffled)
    values = {**found.values, OTHER: OTHER} if has_other else found.values
    return Brought((question,), Variable(question.key, Shape.CHOICE, values=values))


def _folds(asking: Asking, choices: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a choice `other` with its own text question after it is our “other”."""
    return asking.specified and any(choice.get("name") == OTHER for choice in choices)


def _without_other(
    choices: Sequence[Mapping[str, Any]], has_other: bool
) -> list[Mapping[str, Any]]:
    return [each for each in choices if not (has_other and each.get("name") == OTHER)]


def scale_of(asking: Asking, choices: Sequence[Mapping[str, Any]]) -> tuple[Any, bool, Options]:
    """A scale, its own or a built-in one, whether “don't know” is beside it, and its values."""
    doubts = [each for each in choices if each.get("name") == DONT_KNOW]
    found = options_of(asking, [each for each in choices if each not in doubts], most=MOST_POINTS)
    names = tuple(option.value for option in found.options)
    built_in = next(
        (name for name, points in SCALES.items() if tuple(p.value for p in points) == names), None
    )
    if built_in is None:
        asking.note(
            "Its points stand in the order of the file. Figures take them from the most positive "
            "to the most negative: turn them round if they are not"
        )
    values = {**found.values, **({DONT_KNOW: DONT_KNOW} if doubts else {})}
    return built_in or found.options, bool(doubts), Options(found.options, values)


def _scaled(asking: Asking) -> Brought:
    scale, no_opinion, found = scale_of(asking, asking.choices)
    if len(found.options) < 2:
        return as_words(asking, asking.head())
    question = Likert(**asking.head(), scale=scale, no_opinion=no_opinion)
    return Brought((question,), Variable(question.key, Shape.CHOICE, values=found.values))


def some_of(asking: Asking) -> Brought:
    head, given = asking.head(), list(asking.choices)
    has_other = asking.offers_other or _folds(asking, given)
    found = options_of(asking, _without_other(given, has_other), most=MOST_OPTIONS)
    if not found.options:
        return as_words(asking, head)
    limits = asking.limits()
    question = Multiple(
        **head, options=found.options, other=has_other, random_order=asking.shuffled
    )
    question = _limited(_alone(question, limits, found), limits)
    values = {**found.values, OTHER: OTHER} if has_other else found.values
    return Brought((question,), Variable(question.key, Shape.PRESENCE, values=values, many=True))


def _alone(question: Multiple, limits: Limits, found: Options) -> Multiple:
    alone = {found.values.get(name) for name in limits.alone}
    options = tuple(replace(each, exclusive=each.value in alone) for each in question.options)
    return replace(question, options=options)


def _limited(question: Multiple, limits: Limits) -> Multiple:
    count = len(question.options) + question.other
    most = _within(limits.most_chosen, count)
    least = _within(limits.fewest_chosen, most or count)
    return replace(question, min_choices=least, max_choices=most)


def _within(number: int | None, count: int) -> int | None:
    return None if number is None or number < 1 else min(number, count)


def ranked(asking: Asking) -> Brought:
    found = options_of(asking, asking.choices, most=MOST_ROWS)
    if not found.options:
        return as_words(asking, asking.head())
    most = _within(asking.limits().most_chosen, len(found.options))
    question: Question = Ranking(
        **asking.head(), options=found.options, max_choices=most, random_order=asking.shuffled
    )
    variable = Variable(question.key, Shape.PRESENCE, values=found.values, many=True)
    return Brought((question,), variable)
