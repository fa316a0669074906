"""A condition of two levels at most, as groups of tests; and the condition that they make."""

from collections.abc import Iterable

from msgspec import Struct

from surveys.questionnaire import Condition

Value = str | int | float | None

NEGATED = "not_"
ANSWERED = frozenset({"answered", "not_answered"})
# No answer at all passes neither “at least” nor “at most”, so neither is the other's opposite;
# what has no opposite of its own is negated.
_OPPOSITES = {
    "is": "is_not",
    "is_not": "is",
    "answered": "not_answered",
    "not_answered": "answered",
}


class RowTest(Struct, frozen=True):
    """One row: of which question (`key` or `grid.row`), which test, and what it wants. A test
    that begins with `not_` is the negation of one that has no opposite of its own."""

    question: str
    test: str
    value: Value = None


class Written(Struct, frozen=True):
    """With `every`, each group must hold, and a group holds by any of its tests; without, any
    group is enough, and a group holds by all of its tests."""

    every: bool
    groups: tuple[tuple[RowTest, ...], ...]


class Joined(Struct, frozen=True):
    """With `every`, all of the parts must hold; without, any is enough."""

    every: bool
    parts: "tuple[Joined | RowTest, ...]"


def written(condition: Condition | None) -> Written | None:
    """The condition as groups of tests, `not` carried down to the tests. None for no condition,
    and for one that is deeper than two levels."""
    if condition is None:
        return None
    tree = plain(condition)
    if isinstance(tree, RowTest):
        return Written(True, ((tree,),))
    groups = [(part,) if isinstance(part, RowTest) else part.parts for part in tree.parts]
    flat = tuple(tuple(each for each in group if isinstance(each, RowTest)) for group in groups)
    if any(len(kept) < len(group) for kept, group in zip(flat, groups, strict=True)):
        return None
    return Written(tree.every, flat)


def plain(condition: Condition, *, negated: bool = False) -> Joined | RowTest:
    """Without `not`, without a join of one, and without a join of its own kind inside another."""
    if condition.not_ is not None:
        return plain(condition.not_, negated=not negated)
    parts = condition.all if condition.all is not None else condition.any
    if parts is None:
        return _test(condition, negated=negated)
    every = (condition.all is not None) is not negated
    inner = tuple(_lifted((plain(part, negated=negated) for part in parts), every=every))
    return inner[0] if len(inner) == 1 else Joined(every, inner)


def _lifted(parts: Iterable[Joined | RowTest], *, every: bool) -> Iterable[Joined | RowTest]:
    for part in parts:
        if isinstance(part, Joined) and part.every is every:
            yield from part.parts
        else:
            yield part


def _test(condition: Condition, *, negated: bool) -> RowTest:
    name, wanted = condition.test or ("answered", True)
    if name == "answered":
        name, wanted = ("answered" if wanted else "not_answered"), None
    if negated:
        name = _OPPOSITES.get(name, f"{NEGATED}{name}")
    return RowTest(condition.question or "", name, wanted)


def condition(groups: Written) -> Condition:
    """The condition that the groups make, with no join around a single part."""
    parts = [
        _join([_tested(test) for test in group], every=not groups.every) for group in groups.groups
    ]
    return _join(parts, every=groups.every)


def _join(parts: list[Condition], *, every: bool) -> Condition:
    if len(parts) == 1:
        return parts[0]
    return Condition(all=tuple(parts)) if every else Condition(any=tuple(parts))


def _tested(test: RowTest) -> Condition:
    if test.test in ANSWERED:
        return Condition(question=test.question, answered=test.test == "answered")
    name = test.test.removeprefix(NEGATED)
    field = {"is": "is_"}.get(name, name)
    plain = Condition(question=test.question, **{field: test.value})  # type: ignore[arg-type]
    return Condition(not_=plain) if test.test.startswith(NEGATED) else plain
