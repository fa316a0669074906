"""Arrays whose rows share one scale: grids here."""

from collections.abc import Sequence

from msgspec import Struct

from surveys.foreign.variables import Shape, Variable
from surveys.limesurvey.asking import Asking, Brought, Head
from surveys.limesurvey.survey import Item
from surveys.limesurvey.transfer import Options, joined_text
from surveys.limesurvey.words import Word
from surveys.questionnaire import (
    DONT_KNOW,
    Dropdown,
    Grid,
    Multiple,
    Option,
    Question,
    Row,
    Text,
    say,
)
from surveys.scales import SCALES
from surveys.soundness import MOST_POINTS, MOST_ROWS

_NUMBERS_UP = "The highest of its points is taken as the most positive. Turn its scale if it is not"
_FIRST_IS_BEST = (
    "The first point of its scale is taken as the most positive. Turn its scale if it is not"
)
_NO_OPINION = frozenset({"don't know", "dont know", "do not know"})


class _Part(Struct, frozen=True):
    """Which scale of an array a grid asks: what the names of its variables end in, what it is
    called, and what to say of the order of its points."""

    scale: str = ""
    header: Text = ""
    order: str = ""


def five_point_rows(asking: Asking) -> Brought:
    return _numbered(asking, 5)


def ten_point_rows(asking: Asking) -> Brought:
    return _numbered(asking, 10)


def _numbered(asking: Asking, most: int) -> Brought:
    options = tuple(Option(str(point), str(point)) for point in range(most, 0, -1))
    return _grid(asking, _same(options), _Part(order=_NUMBERS_UP))


def yes_uncertain_no_rows(asking: Asking) -> Brought:
    return _worded(asking, (("Y", "yes"), ("U", "uncertain"), ("N", "no")))


def increase_same_decrease_rows(asking: Asking) -> Brought:
    return _worded(asking, (("I", "increase"), ("S", "same"), ("D", "decrease")))


def _worded(asking: Asking, points: Sequence[tuple[str, Word]]) -> Brought:
    options = tuple(Option(code, asking.transfer.word(name)) for code, name in points)
    return _grid(asking, _same(options), _Part())


def _same(options: tuple[Option, ...]) -> Options:
    return Options(options, {option.value: option.value for option in options})


def rows_of_answers(asking: Asking) -> Brought:
    """Types F and H, whose points stand in the file."""
    return _grid(asking, asking.options(asking.question.answers), _Part(order=_FIRST_IS_BEST))


def two_scales(asking: Asking) -> Brought:
    """Type 1: a grid for each scale."""
    brought: list[Brought] = []
    for scale, header in ((0, "dualscale_headerA"), (1, "dualscale_headerB")):
        items = tuple(item for item in asking.question.answers if item.scale == scale)
        text = asking.words_set(header)
        part = _Part(f"#{scale}", text or str(scale + 1), _FIRST_IS_BEST)
        brought.append(_grid(asking, asking.options(items), part))
    asking.note("Its two scales became two grids, one after the other")
    return Brought(
        tuple(question for each in brought for question in each.questions),
        {name: variable for each in brought for name, variable in each.variables.items()},
    )


def _grid(asking: Asking, points: Options, part: _Part) -> Brought:
    """One grid, or what comes nearest where the points or rows are too many or too few."""
    if not asking.question.rows() or not points.options:
        return asking.left_out("It has no rows or no answers, so it is left out")
    if len(points.options) > MOST_POINTS:
        return _row_by_row(asking, points, part)
    scored = _without_opinion(asking, points)
    if len(scored) < 2:
        return _ticks(asking, points, part)
    return _as_grid(asking, points, part, scored=scored)


def _as_grid(
    asking: Asking, points: Options, part: _Part, *, scored: tuple[Option, ...]
) -> Brought:
    ordered = _positive_first(asking, scored, part.order)
    listed = asking.options(_tidied(asking.question.rows()), most=MOST_ROWS)
    apart = [option.value for option in points.options if option not in scored]
    grid = Grid(
        **_head(asking, part),
        rows=tuple(Row(option.value, option.text) for option in listed.options),
        scale=ordered,
        no_opinion=bool(apart),
        random_order=asking.shuffled,
    )
    values = {code: DONT_KNOW if value in apart else value for code, value in points.values.items()}
    variables = {
        f"{code}{part.scale}": Variable(grid.key, Shape.CHOICE, row=value, values=values)
        for code, value in listed.values.items()
    }
    return Brought((grid,), variables)


def _tidied(rows: tuple[Item, ...]) -> tuple[Item, ...]:
    """Rows of a semantic differential, “left|right”, as words."""
    return tuple(
        Item(
            row.code,
            {code: words.strip("|").replace("|", " – ") for code, words in row.text.items()},
            row.scale,
        )
        for row in rows
    )


def _head(asking: Asking, part: _Part) -> Head:
    if not part.scale:
        return asking.head()
    number = int(part.scale[1:]) + 1
    head = asking.part(f"scale{number}", joined_text(asking.text, part.header, " – "))
    return {**head, "hint": asking.hint}


def _without_opinion(asking: Asking, points: Options) -> tuple[Option, ...]:
    """The points that are scored: “Don't know” at either end is no place on a scale."""
    base = asking.transfer.base
    scored = tuple(option for option in points.options if not _is_no_opinion(option, base))
    if len(points.options) - len(scored) != 1 or len(scored) < 2:
        return points.options
    asking.note("Its ‘Don’t know’ stands apart from the scale, counted but not scored")
    return scored


def _is_no_opinion(option: Option, language: str) -> bool:
    return _plain(say(option.text, language)) in _NO_OPINION


def _plain(words: str) -> str:
    return words.replace("’", "'").strip(" .").casefold()


def _positive_first(asking: Asking, points: tuple[Option, ...], order: str) -> tuple[Option, ...]:
    """The points with the most positive first, known where their words are a well-known scale."""
    words = [_plain(say(option.text, "en")) for option in points]
    known = [[_plain(say(option.text, "en")) for option in scale] for scale in SCALES.values()]
    if words in known:
        return points
    if words[::-1] in known:
        asking.note("Its scale is turned round, with the most positive point first")
        return points[::-1]
    if order:
        asking.note(order)
    return points


def _ticks(asking: Asking, points: Options, part: _Part) -> Brought:
    """Rows with one answer only are boxes to tick."""
    asking.note("It has one answer for each row, so its rows became boxes to tick")
    offered = asking.options(asking.question.rows())
    question = Multiple(**_head(asking, part), options=offered.options)
    variables = {
        f"{code}{part.scale}": Variable(
            question.key, Shape.TICK, option=value, values=points.values
        )
        for code, value in offered.values.items()
    }
    return Brought((question,), variables)


def _row_by_row(asking: Asking, points: Options, part: _Part) -> Brought:
    """More points than a grid can have: a list to choose from for each row."""
    rows = asking.question.rows()[:MOST_ROWS]
    asking.note(
        f"It has {len(points.options)} answers for each row, and a grid can have {MOST_POINTS}, "
        "so each row became a question"
    )
    parts: list[Question] = []
    variables: dict[str, Variable] = {}
    for row in rows:
        words = asking.transfer.line(row.text, asking.place) or row.code
        text = joined_text(words, part.header, " – ")
        head = asking.part(f"{row.code}{part.scale.replace('#', '_')}", text)
        parts.append(Dropdown(**head, options=points.options))
        variables[f"{row.code}{part.scale}"] = Variable(
            head["key"], Shape.CHOICE, values=points.values
        )
    return Brought(asking.introduced(tuple(parts)), variables)
