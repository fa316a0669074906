"""The addresses of comparisons: what was chosen, and the responses behind each number."""

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlencode

from msgspec import Struct

from analysis.comparing.families import Correction
from analysis.contrast import CHANNEL, MOST_LAYERS, ROUND, Wanted
from analysis.narrowing import Parameters, narrowing

FALSE_DISCOVERY = "false-discovery"
"""What `correct` holds in an address for Benjamini & Hochberg's correction."""

Open = Callable[[tuple[str, ...], str | None, str | None], str]
"""The address of the responses behind a number: of a group in every layer, nothing for everybody,
with a value or any, in a row."""


def query_of(wanted: Wanted, *more: tuple[str, str]) -> str:
    """The part of an address after “?”."""
    asked = [("by", wanted.by)] if wanted.by else []
    asked += [("within", place) for place in wanted.within]
    asked += [("group", name) for name in wanted.only]
    if wanted.correction is Correction.BENJAMINI_HOCHBERG:
        asked.append(("correct", FALSE_DISCOVERY))
    both = (urlencode(asked), wanted.narrowing.query(), urlencode(more))
    return "&".join(part for part in both if part)


def wanted_in(query: Parameters) -> Wanted:
    """What an address asks for; what it leaves out or empty is not asked. Raises NoSuchFilter."""
    by = next((each for each in query.getall("by", []) if each), "")
    within = (each for each in query.getall("within", []) if each and each != by)
    loose = FALSE_DISCOVERY in query.getall("correct", [])
    return Wanted(
        by=by,
        within=tuple(dict.fromkeys(within))[:MOST_LAYERS] if by else (),
        only=tuple(each for each in query.getall("group", []) if each),
        narrowing=narrowing(query),
        correction=Correction.BENJAMINI_HOCHBERG if loose else Correction.HOLM,
    )


class Behind(Struct, frozen=True):
    """Where the responses behind the numbers of a comparison are listed: at `listed` where that
    list can be asked for them, else at `people`. `key` is the question's, nothing for a theme."""

    listed: str
    people: str
    key: str
    wanted: Wanted

    def __call__(self, names: tuple[str, ...], value: str | None, row: str | None) -> str:
        layers = tuple(zip(self.wanted.layers, names, strict=False))
        asked = _asked_of_list(self.wanted, layers) if self.key or value is None else None
        if asked is None:
            return self._of_people(names, value, row)
        answers = [(f"{self.key}.{row}" if row else self.key, value)] if value else []
        return f"{self.listed}?{_list_query([*answers, *asked.answers], asked)}"

    def _of_people(self, names: tuple[str, ...], value: str | None, row: str | None) -> str:
        more = [("cell", name) for name in names]
        more += [("row", row)] if row else []
        more += [("value", value)] if value else []
        return f"{self.people}?{query_of(self.wanted, *more)}"


class _Asked(Struct, frozen=True):
    """What the list of responses can be asked for, one of each."""

    round: str | None
    channel: str | None
    answers: tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def _asked_of_list(wanted: Wanted, layers: tuple[tuple[str, str], ...]) -> _Asked | None:
    """None where the list cannot tell these people: it knows no areas, themes or groupings, and
    one round, one channel and one answer to a question only."""
    narrowing = wanted.narrowing
    every = [(ROUND, str(number)) for number in narrowing.rounds]
    every += [(CHANNEL, channel) for channel in narrowing.channels]
    every += [*narrowing.where, *layers]
    times = Counter(place for place, _ in every)
    known = (place in (ROUND, CHANNEL) or not place.startswith("_") for place in times)
    if not all(known) or any(n > 1 for n in times.values()):
        return None
    told = dict(every)
    answers = tuple((place, value) for place, value in every if place not in (ROUND, CHANNEL))
    return _Asked(told.get(ROUND), told.get(CHANNEL), answers[::-1])


def _list_query(answers: list[tuple[str, str]], asked: _Asked) -> str:
    query = {
        "question": answers[0][0] if answers else None,
        "value": answers[0][1] if answers else None,
        "also": [f"{place}:{answer}" for place, answer in answers[1:]] or None,
        "round": asked.round,
        "channel": asked.channel,
        "status": "analysed",
    }
    given = {name: part for name, part in query.items() if part is not None}
    return urlencode(given, doseq=True)
