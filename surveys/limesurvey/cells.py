"""Questions with several boxes for numbers or words: a question for each box here."""

from collections.abc import Callable

from surveys.foreign.variables import Shape, Variable
from surveys.limesurvey.asking import Asking, Brought
from surveys.limesurvey.open_answers import number_within, unit_of, words_of
from surveys.limesurvey.survey import Item
from surveys.limesurvey.transfer import joined_text
from surveys.questionnaire import LongText, Multiple, Number, Question, ShortText, Text

MOST_BOXES = 100
MOST_ROWS = 50

Box = tuple[str, Text]
"""What a box's name ends in, and its words."""


def numbers(asking: Asking) -> Brought:
    """Type K. Its limits are of the sum, apart from those that end in `_n`."""
    for name in ("min_num_value", "max_num_value", "equals_num_value", "num_value_equals_sgqa"):
        if asking.question.setting(name):
            asking.note("The sum of its numbers was checked. It is not checked here")
    unit = unit_of(asking)
    return _boxes(
        asking, _row_boxes(asking), lambda ending, text: _number(asking, text, ending, unit)
    )


def _number(asking: Asking, text: Text, ending: str, unit: Text) -> Number:
    low, high, whole = number_within(asking)
    head = asking.part(ending, text)
    return Number(**head, min=low, max=high, whole=whole, unit=unit)


def texts(asking: Asking) -> Brought:
    """Type Q."""
    return _boxes(asking, _row_boxes(asking), lambda ending, text: _text(asking, text, ending))


def _text(asking: Asking, text: Text, ending: str) -> ShortText | Number:
    if asking.question.is_on("numbers_only"):
        return Number(**asking.part(ending, text))
    return ShortText(**asking.part(ending, text), max_length=words_of(asking, 500))


def rows_of_numbers(asking: Asking) -> Brought:
    """Type `:`, also when it shows boxes to tick."""
    if asking.question.is_on("multiflexible_checkbox"):
        return _rows_of_ticks(asking)
    low, high = _flexible(asking)

    def make(ending: str, text: Text) -> Number:
        return Number(**asking.part(ending, text), min=low, max=high)

    return _boxes(asking, _cell_boxes(asking), make)


def _flexible(asking: Asking) -> tuple[int | float | None, int | float | None]:
    """The least and most of each number; LimeSurvey's lists go from 1 to 10 unless told."""
    low, high = asking.number("multiflexible_min"), asking.number("multiflexible_max")
    if not asking.question.is_on("input_boxes"):
        low, high = 1 if low is None else low, 10 if high is None else high
    if low is not None and high is not None and low > high:
        asking.note("Its least number was above its greatest, so it has no limits now")
        return None, None
    return low, high


def _rows_of_ticks(asking: Asking) -> Brought:
    rows, columns = asking.question.rows(), asking.question.columns()
    if not rows or not columns:
        return asking.left_out("It has no rows or no columns, so it is left out")
    asking.note("Each of its rows of boxes to tick became a multiple choice")
    parts: list[Question] = []
    variables: dict[str, Variable] = {}
    for row in rows[:MOST_BOXES]:
        offered = asking.options(columns)
        part = asking.part(row.code, asking.transfer.line(row.text, asking.place) or row.code)
        parts.append(Multiple(**part, options=offered.options))
        for code, value in offered.values.items():
            ones = {"1": value}
            variables[f"{row.code}_{code}"] = Variable(
                part["key"], Shape.TICK, option=value, values=ones
            )
    return Brought(asking.introduced(tuple(parts)), variables)


def rows_of_texts(asking: Asking) -> Brought:
    """Type `;`."""
    return _boxes(asking, _cell_boxes(asking), lambda ending, text: _text(asking, text, ending))


def _row_boxes(asking: Asking) -> list[Box]:
    return [(row.code, _words(asking, row)) for row in asking.question.rows()]


def _words(asking: Asking, item: Item) -> Text:
    return asking.transfer.line(item.text, asking.place) or item.code or asking.question.code


def _cell_boxes(asking: Asking) -> list[Box]:
    rows, columns = asking.question.rows(), asking.question.columns()
    if len(rows) * len(columns) > MOST_BOXES:
        return [("", "")] * (len(rows) * len(columns))
    across = [(column.code, _words(asking, column)) for column in columns]
    return [
        (f"{row.code}_{code}", joined_text(_words(asking, row), text, " – "))
        for row in rows
        for code, text in across
    ]


def _boxes(asking: Asking, boxes: list[Box], make: Callable[[str, Text], Question]) -> Brought:
    """A question for each box under the words of the whole; one alone has them itself."""
    if not boxes:
        return asking.left_out("It has no rows or no columns, so it is left out")
    if len(boxes) > MOST_BOXES:
        return _by_row(asking, len(boxes))
    if len(boxes) == 1:
        boxes = [(boxes[0][0], joined_text(asking.text, boxes[0][1], " – "))]
    parts = [make(ending, text) for ending, text in boxes]
    endings = [ending for ending, _ in boxes]
    variables = {
        ending: _variable(part) for ending, part in zip(endings, parts, strict=True) if ending
    }
    if len(parts) == 1:
        return Brought(tuple(parts), variables)
    asking.note("Each of its boxes became a question of its own")
    return Brought(asking.introduced(tuple(parts)), variables)


def _variable(question: Question) -> Variable:
    if isinstance(question, Number):
        return Variable(question.key, Shape.NUMBER, whole=question.whole)
    return Variable(question.key, Shape.TEXT)


def _by_row(asking: Asking, count: int) -> Brought:
    """Too many boxes to ask one by one: a text for each row, or one for all."""
    rows = asking.question.rows()
    asking.note(
        f"It has {count:,} boxes, too many to ask one by one, so it is answered in words, "
        f"{'row by row' if len(rows) <= MOST_ROWS else 'all in one'}"
    )
    if len(rows) > MOST_ROWS:
        return Brought((LongText(**asking.head()),))
    parts = [LongText(**asking.part(row.code, _words(asking, row))) for row in rows]
    return Brought(asking.introduced(tuple(parts)))
