"""The filters of a page as its form, and in words with what takes each of them away."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from analysis.narrowing import Narrowing, Parameters
from analysis.results import MISSING, NOT_ROUTED
from analysis.store.results import Way
from responses.response import CHANNEL_WORDS
from surveys.consultation import Consultation

_BESIDE_ANSWERS = {MISSING: "No answer", NOT_ROUTED: "Not asked"}


class Choice(Struct, frozen=True):
    value: str
    text: str
    selected: bool


class InForce(Struct, frozen=True):
    """One part of a narrowing, and the page without it."""

    words: str
    without: str


class Filters(Struct, frozen=True):
    """`prefix` begins the name of each field; `kept` are the answers in force, which the form
    hands on."""

    prefix: str
    action: str
    rounds: tuple[Choice, ...]
    channels: tuple[Choice, ...]
    ways: tuple[Way, ...]
    kept: tuple[str, ...]
    in_force: tuple[InForce, ...]


class Prefixed(Struct, frozen=True):
    """The parameters whose names begin with a prefix, without it."""

    query: Parameters
    prefix: str

    def getall(self, name: str, default: list[str], /) -> list[str]:
        return self.query.getall(self.prefix + name, default)


def filters(
    consultation: Consultation,
    narrowing: Narrowing,
    ways: Sequence[Way],
    action: str,
    *,
    prefix: str = "",
    beside: str = "",
) -> Filters:
    """`beside` is what else the address holds, when a part is taken away."""
    rounds = [(str(each.number), f"Round {each.number}") for each in consultation.rounds]
    return Filters(
        prefix=prefix,
        action=action,
        rounds=_chosen(rounds if len(rounds) > 1 else (), map(str, narrowing.rounds)),
        channels=_chosen(CHANNEL_WORDS.items(), narrowing.channels),
        ways=tuple(ways),
        kept=tuple(f"{place}:{value}" for place, value in narrowing.where),
        in_force=tuple(
            InForce(words, _address(action, rest.query(prefix), beside))
            for words, rest in parts(narrowing, {way.place: way for way in ways})
        ),
    )


def address_of(action: str, narrowing: Narrowing) -> str:
    return _address(action, narrowing.query())


def _address(action: str, *queries: str) -> str:
    query = "&".join(each for each in queries if each)
    return f"{action}?{query}" if query else action


def parts(narrowing: Narrowing, ways: Mapping[str, Way]) -> Iterable[tuple[str, Narrowing]]:
    """Each part in words, with what is left without it."""
    for number in narrowing.rounds:
        yield f"Round {number}", narrowing.without(round_number=number)
    for channel in narrowing.channels:
        yield CHANNEL_WORDS_BY_NAME[channel], narrowing.without(channel=channel)
    for place, value in narrowing.where:
        yield condition_words(place, (value,), ways), narrowing.without(place=place, value=value)


CHANNEL_WORDS_BY_NAME = {channel.value: words for channel, words in CHANNEL_WORDS.items()}


def condition_words(place: str, values: Iterable[str], ways: Mapping[str, Way]) -> str:
    """Like “Do you run a group? Yes or No”; a place that is gone is called by its key."""
    way = ways.get(place)
    known = {**_BESIDE_ANSWERS, **(way.values if way else {})}
    answers = " or ".join(known.get(value, value) for value in values)
    title = way.words if way else place
    return f"{title}{'' if title.endswith(('?', '.', ':', '…')) else ':'} {answers}"


def in_words(narrowing: Narrowing, ways: Iterable[Way]) -> str:
    """Like “round 1 or 2; paper form; Do you run a group? Yes”; all that is asked for, in one
    line."""
    said = []
    if narrowing.rounds:
        said.append(f"round {' or '.join(map(str, narrowing.rounds))}")
    if narrowing.channels:
        said.append(" or ".join(CHANNEL_WORDS_BY_NAME[each].lower() for each in narrowing.channels))
    known = {way.place: way for way in ways}
    said += [condition_words(*each, known) for each in narrowing.by_place().items()]
    return "; ".join(said)


def _chosen(choices: Iterable[tuple[str, str]], values: Iterable[str]) -> tuple[Choice, ...]:
    selected = set(values)
    return tuple(Choice(str(each), text, str(each) in selected) for each, text in choices)
