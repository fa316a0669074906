"""Which questions of several versions are the same, so that their answers may be counted as one."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from surveys.choices import choices, shared_by_rows
from surveys.consultation import Version
from surveys.questionnaire import Grid, Likert, Question, Statement, type_name
from surveys.scales import scale_points

Mapped = Mapping[tuple[int, str], str]
"""An officer's word by version id and key: the earlier key, or nothing for the same as none."""

_FAMILIES = {"dropdown": "single", "text": "long_text"}


class Equivalences(Struct, frozen=True):
    """For each version's id its keys, each with a name that equivalent questions share."""

    names: Mapping[int, Mapping[str, str]]

    def of(self, version_id: int) -> Mapping[str, str]:
        return self.names.get(version_id, {})

    def keys_like(self, key: str) -> dict[int, str]:
        """By version id, what the question is called that the newest version calls `key`. Where
        a version asks another question by that key, and none that is the same, it is that one."""
        name = next((own[key] for own in reversed(tuple(self.names.values())) if key in own), None)
        found: dict[int, str] = {}
        for version_id, own in self.names.items():
            same = next((each for each, its in own.items() if its == name), None)
            if same is not None or key in own:
                found[version_id] = same if same is not None else key
        return found


def may_be_same(one: Question, other: Question) -> bool:
    """Whether answers to both can be counted together: they are of one kind and, where there is a
    scale, of the same points. A list and radio buttons are one kind, and so are all words."""
    return not isinstance(one, Statement) and _countable(one) == _countable(other)


def _countable(question: Question) -> tuple[str, tuple[str, ...]]:
    points = scale_points(question) if isinstance(question, Likert | Grid) else ()
    return family(type_name(question)), tuple(point.value for point in points)


def family(kind: str) -> str:
    """The type that stands for all whose answers are of one kind."""
    return _FAMILIES.get(kind, kind)


def equivalences(versions: Iterable[Version], mapped: Mapped) -> Equivalences:
    """The versions in the order made. A question is the same as the last one before it with the
    same key whose answers can be counted with its own, unless an officer said otherwise."""
    names: dict[int, dict[str, str]] = {}
    before: list[Version] = []
    for version in versions:
        names[version.id] = _names(version, before, names, mapped)
        before.insert(0, version)
    return Equivalences(names)


def _names(
    version: Version,
    before: list[Version],
    names: Mapping[int, Mapping[str, str]],
    mapped: Mapped,
) -> dict[str, str]:
    """`before` has the version just before first."""
    found: dict[str, str] = {}
    own = {key: q for key, q in version.questionnaire.by_key().items() if _is_answered(q)}
    for key, same_as, earlier in _candidates(version, own, before, mapped):
        there = earlier.questionnaire.by_key().get(same_as)
        name = names[earlier.id].get(same_as)
        if there is None or name is None or key in found or name in found.values():
            continue
        if may_be_same(own[key], there):
            found[key] = name
    return {key: found.get(key, f"{version.number}:{key}") for key in own}


def _candidates(
    version: Version, own: Iterable[str], before: list[Version], mapped: Mapped
) -> Iterator[tuple[str, str, Version]]:
    """What each question may be the same as, what an officer said first, then the latest."""
    said = {key: mapped[version.id, key] for key in own if (version.id, key) in mapped}
    for key, same_as in said.items():
        yield from ((key, same_as, earlier) for earlier in before if same_as)
    for earlier in before:
        yield from ((key, key, earlier) for key in own if key not in said)


def _is_answered(question: Question) -> bool:
    return not isinstance(question, Statement)


def offered_differently(earlier: Question, later: Question) -> tuple[str, ...]:
    """What two questions that are the same do not both offer, in words for an officer."""
    return (
        *_differing(
            "option", [c.value for c in choices(earlier)], [c.value for c in choices(later)]
        ),
        *_differing("row", shared_by_rows(earlier), shared_by_rows(later)),
    )


def _differing(what: str, earlier: Iterable[str], later: Iterable[str]) -> Iterator[str]:
    before, after = list(earlier), list(later)
    for value in before:
        if value not in after:
            yield f"The {what} “{value}” is only in the earlier one"
    for value in after:
        if value not in before:
            yield f"The {what} “{value}” is only in the later one"
