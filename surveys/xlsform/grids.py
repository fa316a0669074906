"""Rows of an XLSForm that stand together as a table, as one grid."""

from collections.abc import Mapping, Sequence

from surveys.foreign.variables import Shape, Variable
from surveys.imported import fitted_key
from surveys.questionnaire import DONT_KNOW, RESERVED, Grid
from surveys.questionnaire import Row as GridRow
from surveys.soundness import LONGEST_VALUE, MOST_POINTS, MOST_ROWS
from surveys.xlsform.asking import Asking, Row, appearance, bound
from surveys.xlsform.choosing import scale_of

HEADER = "label"
"""What a question looks like that takes no answer and shows its choices' words over a table."""

ROWS = frozenset({"list-nolabel", "list"})
LEAST_ROWS = 1


def table_at(rows: Sequence[Row], start: int) -> int:
    """How many rows from `start` make one table: an optional header with the choices' words, and
    questions that share its choices. 0 where no table begins."""
    has_header = _is(rows[start], {HEADER})
    first = start + has_header
    end = first
    while end < len(rows) and _is(rows[end], ROWS) and _alike(rows[end], rows[first]):
        end += 1
    count = end - first
    fits = LEAST_ROWS + (not has_header) <= count <= MOST_ROWS and _has_points(rows[first])
    if has_header:
        fits = fits and rows[start].get("itemset") == rows[first].get("itemset")
    return end - start if fits else 0


def _is(row: Row, looks: set[str] | frozenset[str]) -> bool:
    return row.get("type") == "select one" and bool(looks & set(appearance(row).split()))


def _alike(row: Row, first: Row) -> bool:
    """Rows asked on different conditions are questions of their own."""
    return row.get("itemset") == first.get("itemset") and all(
        bound(row, name) == bound(first, name) for name in ("relevant", "required")
    )


def _has_points(row: Row) -> bool:
    names = [each.get("name") for each in row.get("choices") or ()]
    return 2 <= len([name for name in names if name != DONT_KNOW]) <= MOST_POINTS


def has_header(rows: Sequence[Row]) -> bool:
    return _is(rows[0], {HEADER})


def grid(asking: Asking, rows: Sequence[Row]) -> tuple[Grid, Mapping[str, Variable]]:
    """The rows as a grid, with the variable of each by its name in the form. `asking` is what the
    grid is called and asked with."""
    head = asking.head()
    head["required"] = bound(rows[0], "required").lower() in ("yes", "true", "true()")
    scale, no_opinion, found = scale_of(asking, rows[0].get("choices") or ())
    values = _row_values(asking, head["key"], [str(row.get("name", "")) for row in rows])
    named = zip(values.items(), rows, strict=True)
    question = Grid(
        **head,
        scale=scale,
        no_opinion=no_opinion,
        rows=tuple(
            GridRow(value, asking.line(row.get("label")) or name) for (name, value), row in named
        ),
    )
    variables = {
        name: Variable(question.key, Shape.CHOICE, row=value, values=found.values)
        for name, value in values.items()
    }
    return question, variables


def _row_values(asking: Asking, key: str, names: Sequence[str]) -> Mapping[str, str]:
    """Row names that begin with the grid's own lose it: that is how a grid is written."""
    prefix = f"{key}_"
    short = all(name.startswith(prefix) and len(name) > len(prefix) for name in names)
    taken = set(RESERVED)
    values: dict[str, str] = {}
    for name in names:
        given = name.removeprefix(prefix) if short else name
        fits = given not in taken and len(given) <= LONGEST_VALUE
        values[name] = given if fits else fitted_key(given, taken)
        taken.add(values[name])
        if not fits:
            asking.renamed(f"Its row ‘{given[:40]}’ became ‘{values[name]}’")
    return values
