"""What an XLSForm's `constraint` says of one answer, as our settings: read, and written."""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct, field

from surveys.foreign.speaking import TURNED
from surveys.foreign.trees import (
    Call,
    Compared,
    Expression,
    Joined,
    Literal,
    Name,
    Not,
    UnreadableExpression,
)
from surveys.foreign.variables import as_number
from surveys.questionnaire import (
    Date,
    Email,
    LongText,
    Multiple,
    Number,
    Postcode,
    Question,
    Ranking,
    ShortText,
)
from surveys.typed import read_day
from surveys.xlsform.expressions import SELF, read_expression

EMAIL = r"regex(., '^[^@ ]+@[^@ ]+\.[^@ ]+$')"
POSTCODE = "regex(., '^[A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2}$')"
_NEXT = {">": 1, "<": -1}


class Limits(Struct):
    """`least` and `most` of the answer's size, days as text; of its length; of how many are
    chosen; values that stand alone; and what of the rule could not be said."""

    least: float | str | None = None
    most: float | str | None = None
    longest: int | None = None
    fewest_chosen: int | None = None
    most_chosen: int | None = None
    alone: list[str] = field(default_factory=list)
    unsaid: bool = False
    pattern: str = ""


def read_limits(constraint: str, *, whole: bool = False) -> Limits:
    """`whole`: of a whole number, so that “more than 4” is “at least 5”."""
    limits = Limits()
    if constraint in (EMAIL, POSTCODE):
        limits.pattern = constraint
        return limits
    try:
        tree = read_expression(constraint)
    except UnreadableExpression:
        limits.unsaid = True
        return limits
    for part in tree.parts if isinstance(tree, Joined) and tree.every else (tree,):
        limits.unsaid |= not _take(limits, part, whole=whole)
    return limits


def _take(limits: Limits, part: Expression, *, whole: bool) -> bool:
    if value := _stands_alone(part):
        limits.alone.append(value)
        return True
    if not isinstance(part, Compared):
        return False
    left, right, sign = part.left, part.right, part.sign
    if isinstance(left, Literal):
        left, right, sign = right, left, TURNED[sign]
    if not isinstance(right, Literal):
        return False
    if isinstance(left, Name) and left.name == SELF:
        return _take_size(limits, sign, right.value, whole=whole)
    is_of_self = isinstance(left, Call) and left.given == (Name(SELF),)
    if not isinstance(left, Call) or not is_of_self:
        return False
    return _take_count(limits, left.name, sign, right.value)


def _take_size(limits: Limits, sign: str, value: str | float, *, whole: bool) -> bool:
    is_day = isinstance(value, str) and read_day(value) is not None
    size = value if is_day else as_number(value)
    if size is None:
        return False
    if sign in _NEXT and whole and isinstance(size, int):
        size, sign = size + _NEXT[sign], f"{sign}="
    if sign == ">=":
        limits.least = size
    elif sign == "<=":
        limits.most = size
    return sign in (">=", "<=")


def _take_count(limits: Limits, name: str, sign: str, value: str | float) -> bool:
    count = as_number(value)
    if not isinstance(count, int):
        return False
    if sign in _NEXT:
        count, sign = count + _NEXT[sign], f"{sign}="
    if name == "string-length" and sign == "<=":
        limits.longest = count
    elif name == "count-selected" and sign == "<=":
        limits.most_chosen = count
    elif name == "count-selected" and sign == ">=":
        limits.fewest_chosen = count
    else:
        return False
    return True


def _stands_alone(part: Expression) -> str:
    """The value of `not(selected(., 'none') and count-selected(.) > 1)`."""
    if not isinstance(part, Not) or not isinstance(part.what, Joined) or not part.what.every:
        return ""
    chosen, more = part.what.parts[0], part.what.parts[-1]
    several = Compared(">", Call("count-selected", (Name(SELF),)), Literal(1.0))
    if len(part.what.parts) != 2 or more != several or not isinstance(chosen, Call):
        return ""
    if chosen.name != "selected" or len(chosen.given) != 2 or chosen.given[0] != Name(SELF):
        return ""
    value = chosen.given[1]
    return value.value if isinstance(value, Literal) and isinstance(value.value, str) else ""


def written_limits(question: Question, values: Callable[[str], str]) -> str:
    """The constraint that says the question's own limits; empty where it has none. `values` gives
    the name in the form of an option's value."""
    return " and ".join(_parts(question, values))


def _parts(question: Any, values: Callable[[str], str]) -> Iterator[str]:
    if isinstance(question, Email | Postcode):
        yield EMAIL if isinstance(question, Email) else POSTCODE
    elif isinstance(question, Number):
        yield from (f". >= {figure_of(each)}" for each in _given(question.min))
        yield from (f". <= {figure_of(each)}" for each in _given(question.max))
    elif isinstance(question, Date):
        yield from (f". >= date('{each}')" for each in _given(question.min))
        yield from (f". <= date('{each}')" for each in _given(question.max))
    elif isinstance(question, ShortText | LongText):
        if question.max_length != type(question)(key="a", text="").max_length:
            yield f"string-length(.) <= {question.max_length}"
    elif isinstance(question, Multiple | Ranking):
        yield from _of_choices(question, values)


def _of_choices(question: Multiple | Ranking, values: Callable[[str], str]) -> Iterator[str]:
    if isinstance(question, Multiple):
        yield from (f"count-selected(.) >= {each}" for each in _given(question.min_choices))
    yield from (f"count-selected(.) <= {each}" for each in _given(question.max_choices))
    for option in question.options:
        if option.exclusive:
            yield f"not(selected(., '{values(option.value)}') and count-selected(.) > 1)"


def _given(value: Any) -> list[Any]:
    return [] if value is None else [value]


def figure_of(number: float | None) -> str:
    """A number as XPath writes it: no exponent, no thousands."""
    return f"{number:f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(number)
