"""Which responses figures are made of: a narrowing to rounds, channels and answers, as the query
of an address."""

from collections.abc import Iterable
from typing import Protocol, TypeVar
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace

from app.problems import Refusal

GROUPING, THEME = "_grouping.", "_theme."
"""Places beside those of questions: a grouping or a theme by its number."""
MOST_CONDITIONS = 20
MOST_DIGITS = 9


Part = TypeVar("Part", str, tuple[str, str])


class NoSuchFilter(Refusal):
    status = 404
    title = "There is no such filter"


class Parameters(Protocol):
    """The query of an address, in which a name may stand several times."""

    def getall(self, name: str, default: list[str], /) -> list[str]: ...


class Narrowing(Struct, frozen=True):
    """`where` are places and values: a place is a question's key, `grid.row`, `_grouping.ID` or
    `_theme.ID`. Rounds are “or”, channels too, and the values of one place; all else is “and”."""

    rounds: tuple[int, ...] = ()
    channels: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()

    @property
    def is_on(self) -> bool:
        return self != Narrowing()

    def by_place(self) -> dict[str, tuple[str, ...]]:
        places: dict[str, tuple[str, ...]] = {}
        for place, value in self.where:
            places[place] = (*places.get(place, ()), value)
        return places

    def query(self, prefix: str = "") -> str:
        """The part of an address after “?”: the same narrowing always reads the same. `prefix`
        begins each name, where an address holds several."""
        asked = {
            f"{prefix}round": self.rounds,
            f"{prefix}channel": self.channels,
            f"{prefix}where": tuple(f"{place}:{value}" for place, value in self.where),
        }
        return urlencode(asked, doseq=True, safe=":")

    def and_where(self, place: str, value: str) -> "Narrowing":
        """This, and that answer too; of a question with an answer in force, either."""
        return replace(self, where=_once((*self.where, (place, value))))

    def without(
        self,
        *,
        round_number: int | None = None,
        channel: str = "",
        place: str = "",
        value: str = "",
    ) -> "Narrowing":
        """This without one of its parts."""
        return Narrowing(
            tuple(each for each in self.rounds if each != round_number),
            tuple(each for each in self.channels if each != channel),
            tuple(each for each in self.where if each != (place, value)),
        )


def narrowing(query: Parameters) -> Narrowing:
    """What an address asks for; what it leaves empty is not asked. Raises NoSuchFilter."""
    where = _once(_condition(each) for each in _given(query, "where"))
    if len(where) > MOST_CONDITIONS:
        raise NoSuchFilter(f"An address can name {MOST_CONDITIONS} answers. Remove some of them.")
    return Narrowing(
        rounds=tuple(sorted({_number(each) for each in _given(query, "round")})),
        channels=_once(_given(query, "channel")),
        where=where,
    )


def number_in(place: str, kind: str) -> int | None:
    """The number that stands in `_grouping.ID` or `_theme.ID`; None where it is no such place."""
    typed = place.removeprefix(kind)
    return _number(typed) if typed != place else None


def _given(query: Parameters, name: str) -> list[str]:
    return [each.strip() for each in query.getall(name, []) if each.strip()]


def _condition(typed: str) -> tuple[str, str]:
    place, colon, value = typed.partition(":")
    if not (place and colon and value):
        raise NoSuchFilter(
            f"“{typed[:80]}” is no filter. One reads “question:answer”; choose it from the list."
        )
    return place, value


def _number(typed: str) -> int:
    if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS:
        return int(typed)
    raise NoSuchFilter(f"“{typed[:80]}” is no number. Choose a filter from the list.")


def _once(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(dict.fromkeys(parts))
