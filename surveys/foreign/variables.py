"""What the expressions of other programs can name, and how each is tested here."""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum, auto

from msgspec import Struct

from surveys.questionnaire import OTHER, Condition
from surveys.typed import even_number, read_day, shortened


class CannotSay(Exception):  # noqa: N818 (a refusal is named as a sentence)
    """A condition here cannot say this; the words complete “because …”."""


class Shape(Enum):
    CHOICE = auto()
    TICK = auto()
    OWN = auto()
    NUMBER = auto()
    TEXT = auto()
    DAY = auto()
    PRESENCE = auto()


class Variable(Struct, frozen=True):
    """One column of LimeSurvey's answers: `values` gives our value for each of its codes, `row`
    the row of a grid, `option` what a tick box stands for (its codes are `Y` unless given); a
    PRESENCE can be tested for any answer only."""

    key: str
    shape: Shape
    row: str = ""
    values: Mapping[str, str] = {}
    option: str = ""
    many: bool = False
    whole: bool = False

    @property
    def tested(self) -> str:
        return f"{self.key}.{self.row}" if self.row else self.key

    def test(self, name: str, value: object) -> Condition:
        named = "is_" if name == "is" else name
        return Condition(question=self.tested, **{named: value})  # type: ignore[arg-type]

    @property
    def answered(self) -> Condition:
        if self.shape is Shape.TICK:
            return self.test("includes", self.option)
        if self.shape is Shape.OWN:
            return self.test("includes" if self.many else "is", OTHER)
        return self.test("answered", True)


def compared(variable: Variable, sign: str, value: str | float) -> Condition | bool:
    """The test of a variable against a literal; raises CannotSay."""
    if value == "" or (isinstance(value, str) and not value.strip()):
        return _with_nothing(variable, sign)
    if sign == "!=":
        return opposite(compared(variable, "==", value))
    return _COMPARED[variable.shape](variable, sign, value)


def _with_nothing(variable: Variable, sign: str) -> Condition | bool:
    if sign == "==":
        return opposite(variable.answered)
    if sign in ("!=", ">"):
        return variable.answered
    raise CannotSay("it compares an answer with nothing")


def opposite(condition: Condition | bool) -> Condition | bool:
    if isinstance(condition, bool):
        return not condition
    if condition.not_ is not None:
        return condition.not_
    if condition.is_ is not None:
        return Condition(question=condition.question, is_not=condition.is_)
    if condition.is_not is not None:
        return Condition(question=condition.question, is_=condition.is_not)
    if condition.answered is not None:
        return Condition(question=condition.question, answered=not condition.answered)
    return Condition(not_=condition)


def joined(parts: Iterable[Condition | bool], *, every: bool) -> Condition | bool:
    """`all` or `any` of the parts, flattened, without what is settled and without repeats."""
    kept: dict[Condition, None] = {}
    for part in parts:
        if isinstance(part, bool):
            if part is not every:
                return part
            continue
        inner = part.all if every else part.any
        kept.update(dict.fromkeys(inner or (part,)))
    if len(kept) <= 1:
        return next(iter(kept), every)
    return Condition(all=tuple(kept)) if every else Condition(any=tuple(kept))


def any_of(parts: list[Condition]) -> Condition | bool:
    if len(parts) > 1:
        return Condition(any=tuple(parts))
    return parts[0] if parts else False


def as_number(value: str | float) -> int | float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return even_number(number) if abs(number) < 1e15 else None


def as_text(value: str | float) -> str:
    return value.strip() if isinstance(value, str) else str(even_number(value))


def _holds(sign: str, left: float, right: float) -> bool:
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign]


def _choice(variable: Variable, sign: str, value: str | float) -> Condition | bool:
    if sign == "==":
        code = as_text(value)
        return variable.test("is", variable.values[code]) if code in variable.values else False
    mark = as_number(value)
    codes = {code: as_number(code) for code in variable.values if code != "-oth-"}
    if mark is None or None in codes.values():
        raise CannotSay("it compares answers that are not numbers by size")
    fitting = [code for code, number in codes.items() if _holds(sign, number or 0, mark)]
    return any_of([variable.test("is", variable.values[code]) for code in fitting])


def _tick(variable: Variable, sign: str, value: str | float) -> Condition | bool:
    if sign != "==":
        raise CannotSay("it compares a tick by size")
    return variable.answered if as_text(value) in (variable.values or "Yy") else False


def _number(variable: Variable, sign: str, value: str | float) -> Condition | bool:
    mark = as_number(value)
    if mark is None:
        if sign == "==":
            return False
        raise CannotSay("it compares a number with text")
    if sign == "==":
        return variable.test("is", mark)
    name = "at_least" if sign.startswith(">") else "at_most"
    if sign.endswith("="):
        return variable.test(name, mark)
    if variable.whole and isinstance(mark, int):
        return variable.test(name, mark + 1 if sign == ">" else mark - 1)
    return Condition(all=(variable.test(name, mark), variable.test("is_not", mark)))


def _text(variable: Variable, sign: str, value: str | float) -> Condition | bool:
    if sign != "==":
        raise CannotSay("it compares words by size")
    return variable.test("is", as_text(value))


def _day(variable: Variable, sign: str, value: str | float) -> Condition | bool:
    day = read_day(as_text(value)[:10])
    if day is None:
        raise CannotSay(f"‘{shortened(as_text(value), 30)}’ is not a day like 2024-03-27")
    if sign == "==":
        return variable.test("is", day.isoformat())
    test = variable.test("at_least" if sign.startswith(">") else "at_most", day.isoformat())
    if sign.endswith("="):
        return test
    return Condition(all=(test, variable.test("is_not", day.isoformat())))


def _presence(variable: Variable, sign: str, value: str | float) -> Condition | bool:
    raise CannotSay("only whether this part was answered can be tested here")


_COMPARED: Mapping[Shape, Callable[[Variable, str, str | float], Condition | bool]] = {
    Shape.CHOICE: _choice,
    Shape.TICK: _tick,
    Shape.OWN: _presence,
    Shape.NUMBER: _number,
    Shape.TEXT: _text,
    Shape.DAY: _day,
    Shape.PRESENCE: _presence,
}
