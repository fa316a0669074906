"""The notes made while a survey is brought over: one for each thing, however often it was met."""

from msgspec import Struct

from surveys.imported import Note

NAMED_IN_FULL = 3
MOST_NAMED = 60
MOST_NOTES = 1_000


class Place(Struct, frozen=True):
    """Where something was: in words, and the question's code if it was a question."""

    words: str
    code: str = ""


class Notebook:
    def __init__(self) -> None:
        self._places: dict[str, dict[Place, None]] = {}
        self._renamed: dict[Note, None] = {}
        self._parts: dict[Place, list[str]] = {}

    def note(self, place: Place, what: str) -> None:
        self._places.setdefault(what, {})[place] = None

    def renamed(self, place: Place, what: str) -> None:
        """Changes of names are many and matter least, so they stand last."""
        self._renamed[Note(place.words, what)] = None

    def part(self, place: Place, key: str) -> None:
        """The key of one of the questions that a question became."""
        self._parts.setdefault(place, []).append(key)

    def notes(self) -> tuple[Note, ...]:
        """One for each thing that was met, with every place where it was."""
        found = [Note(_where(tuple(places)), what) for what, places in self._places.items()]
        parts = [Note(place.words, _keys(keys)) for place, keys in self._parts.items()]
        every = [*found, *self._renamed, *parts]
        more = len(every) - MOST_NOTES
        if more <= 0:
            return tuple(every)
        return (*every[:MOST_NOTES], Note("The survey", f"{more:,} more notes are not listed"))


def _where(places: tuple[Place, ...]) -> str:
    if len(places) <= NAMED_IN_FULL:
        return "; ".join(place.words for place in places)
    codes = [f"‘{place.code}’" if place.code else place.words for place in places]
    kind = "questions" if all(place.code for place in places) else "places"
    more = len(codes) - MOST_NAMED
    ending = f" and {more} more" if more > 0 else ""
    return f"{len(codes)} {kind}: {', '.join(codes[:MOST_NAMED])}{ending}"


def _keys(keys: list[str]) -> str:
    named = ", ".join(f"‘{key}’" for key in keys[:MOST_NAMED])
    more = len(keys) - MOST_NAMED
    return f"Its parts have the keys {named}{f' and {more} more' if more > 0 else ''}"
