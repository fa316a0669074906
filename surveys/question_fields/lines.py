"""Lists in a form (options, points, rows): lines of fields, and the buttons that move them."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from surveys.typed import on_one_line

Fields = Mapping[str, list[str]]

LISTS = ("options", "points", "rows")
MOST_LINES = 2_000


class Line(Struct, frozen=True):
    """One line as typed. A `value` is empty until the line is stored."""

    text: str = ""
    value: str = ""
    exclusive: bool = False


def lines(fields: Fields, name: str) -> tuple[Line, ...]:
    """The lines of a list, in the order of their numbers."""
    found: dict[int, dict[str, str]] = {}
    for field, values in fields.items():
        head, *rest = field.split(".")
        if head == name and len(rest) == 2 and rest[0].isdecimal():
            found.setdefault(int(rest[0]), {})[rest[1]] = values[0] if values else ""
    return tuple(
        Line(parts.get("text", ""), parts.get("value", "").strip(), bool(parts.get("exclusive")))
        for _, parts in sorted(found.items())
    )


def line_fields(name: str, listed: Iterable[Line]) -> dict[str, list[str]]:
    """The fields of a list, numbered from 1: `options.2.text`."""
    fields: dict[str, list[str]] = {}
    for number, line in enumerate(listed, start=1):
        place = f"{name}.{number}"
        fields |= {f"{place}.text": [line.text], f"{place}.value": [line.value]}
        if line.exclusive:
            fields[f"{place}.exclusive"] = ["yes"]
    return fields


def pasted(fields: Fields, name: str) -> tuple[Line, ...]:
    """What was pasted to be added, one for each line that says something."""
    typed = "\n".join(fields.get(f"{name}.paste", []))
    each = (on_one_line(line) for line in typed.splitlines())
    return tuple(Line(words) for words in each if words)


def with_pasted(fields: Fields) -> dict[str, list[str]]:
    """The form with everything pasted standing in its list, in place of blank lines at its end."""
    for name in LISTS:
        if added := pasted(fields, name):
            fields = _relisted(fields, name, (*without_spares(lines(fields, name)), *added))
            fields[f"{name}.paste"] = [""]
    return dict(fields)


def without_spares(listed: Sequence[Line]) -> tuple[Line, ...]:
    """The lines up to the last that says something or is stored."""
    used = [at for at, line in enumerate(listed, start=1) if line.text.strip() or line.value]
    return tuple(listed[: used[-1] if used else 0])


def _relisted(fields: Fields, name: str, listed: Sequence[Line]) -> dict[str, list[str]]:
    prefix = f"{name}."
    kept = {
        field: values
        for field, values in fields.items()
        if not (field.startswith(prefix) and field.removeprefix(prefix)[:1].isdecimal())
    }
    return {**kept, **line_fields(name, listed[:MOST_LINES])}


class Pressed(Struct, frozen=True):
    """The form after a button, and the name of the field or button to go on from."""

    fields: Fields
    focus: str = ""


def press(fields: Fields, button: str) -> Pressed | None:
    """The form after `_add.options`, `_paste.options`, `_up.options.2`, `_down.options.2` or
    `_remove.options.2`; None for every other button. One blank line is enough to go on with."""
    deed, _, rest = button.partition(".")
    name, _, number = rest.partition(".")
    if name not in LISTS:
        return None
    if deed == "_paste":
        return Pressed(with_pasted(fields), f"{name}.paste")
    listed = list(lines(fields, name))
    if deed == "_add":
        listed = [*without_spares(listed), Line()]
        return Pressed(_relisted(fields, name, listed), f"{name}.{len(listed)}.text")
    at = int(number) - 1 if number.isdecimal() else -1
    if not 0 <= at < len(listed):
        return None
    return _DEEDS[deed](fields, name, listed, at) if deed in _DEEDS else None


def _up(fields: Fields, name: str, listed: list[Line], at: int) -> Pressed:
    to = max(at - 1, 0)
    listed.insert(to, listed.pop(at))
    button = "_up" if to else "_down"
    return Pressed(_relisted(fields, name, listed), f"{button}.{name}.{to + 1}")


def _down(fields: Fields, name: str, listed: list[Line], at: int) -> Pressed:
    to = min(at + 1, len(listed) - 1)
    listed.insert(to, listed.pop(at))
    button = "_down" if to < len(listed) - 1 else "_up"
    return Pressed(_relisted(fields, name, listed), f"{button}.{name}.{to + 1}")


def _remove(fields: Fields, name: str, listed: list[Line], at: int) -> Pressed:
    del listed[at]
    place = min(at + 1, len(listed))
    focus = f"{name}.{place}.text" if listed else f"_add.{name}"
    return Pressed(_relisted(fields, name, listed), focus)


_DEEDS = {"_up": _up, "_down": _down, "_remove": _remove}


def with_spares(fields: Fields, names: Iterable[str]) -> dict[str, list[str]]:
    """The form with a blank line at the end of each of these lists, to go on typing in."""
    for name in names:
        listed = lines(fields, name)
        if not listed or listed[-1].text.strip() or listed[-1].value:
            fields = {**fields, **line_fields(name, (*listed, Line()))}
    return dict(fields)
