"""Where the responses behind a number are listed."""

from enum import StrEnum
from urllib.parse import urlencode

from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.narrowing import Narrowing, Parameters
from analysis.opening import opens
from analysis.results import MISSING, NOT_ROUTED
from analysis.summaries.numbers import Band
from analysis.wording import either


class How(StrEnum):
    """Any of the values; exactly these; so many of them; the first ranked above the second; ranked
    at all; a number in a band; in a grouping's group; in none of its groups."""

    ANY = "any"
    EXACTLY = "exactly"
    MANY = "many"
    OVER = "over"
    RANKED = "ranked"
    BAND = "band"
    GROUP = "group"
    UNGROUPED = "ungrouped"


class People(Struct, frozen=True):
    """Who gave such an answer to a question, or to a row of a grid; of no values, whoever answered.
    A band's values are where it begins and ends, empty for no end; a group's are its grouping's
    number and its name, and of nobody's group the number alone."""

    how: How = How.ANY
    values: tuple[str, ...] = ()
    row: str | None = None

    @property
    def band(self) -> Band:
        low, high = (float(each) if each else None for each in self.values)
        return Band(low, high)


def people(query: Parameters) -> People | None:
    """Whom an address asks for; None where it makes no sense."""
    how = (query.getall("how", []) or [How.ANY])[-1]
    values = tuple(query.getall("value", []))
    row = (query.getall("row", []) or [""])[-1] or None
    if how not in list(How) or not _fits(How(how), values):
        return None
    return People(How(how), values, row)


def _fits(how: How, values: tuple[str, ...]) -> bool:
    wanted = {How.MANY: 1, How.RANKED: 1, How.OVER: 2, How.BAND: 2, How.GROUP: 2, How.UNGROUPED: 1}
    if len(values) != wanted.get(how, len(values)):
        return False
    return how is not How.BAND or all(_is_number(each) for each in values if each)


def _is_number(typed: str) -> bool:
    digits = typed.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit() and len(digits) < 20


def people_words(asked: AskedInWords, wanted: People) -> str:
    """Like “with “Agree” or “Strongly agree””, after a number of responses."""
    known = {MISSING: "No answer", NOT_ROUTED: "Not asked", **asked.options}
    said = [known.get(value, value) for value in wanted.values]
    match wanted.how:
        case How.EXACTLY:
            words = f"with {' and '.join(f'“{each}”' for each in said) or 'nothing'} and no more"
        case How.MANY:
            words = f"with {said[0]} of the answers"
        case How.OVER:
            words = f"preferring “{said[0]}” to “{said[1]}”"
        case How.RANKED:
            words = f"with a rank for “{said[0]}”"
        case How.BAND:
            words = "with an answer in that band"
        case How.GROUP:
            words = f"in the group “{said[1]}”"
        case How.UNGROUPED:
            words = "with an answer in none of the groups"
        case _:
            words = f"with {either(said)}" if said else "with an answer"
    return f"{words} for “{asked.rows[wanted.row]}”" if wanted.row in asked.rows else words


class Behind(Struct, frozen=True):
    """Of one question and one narrowing. `desk` is the consultation's address. Without `opens`
    nothing is listed; without `full` only what the list of responses finds by itself."""

    desk: str
    key: str
    narrowing: Narrowing
    opens: bool
    full: bool

    def everybody(self) -> str | None:
        return self._list("", None)

    def of(self, *values: str, row: str | None = None) -> str | None:
        """Who gave any of the values; of none, whoever answered."""
        if len(values) > 1:
            return self._people(People(How.ANY, values, row))
        return self._list(f"{self.key}.{row}" if row else self.key, next(iter(values), None))

    def exactly(self, values: tuple[str, ...]) -> str | None:
        return self._people(People(How.EXACTLY, values))

    def so_many(self, number: int) -> str | None:
        return self._people(People(How.MANY, (str(number),)))

    def over(self, one: str, other: str) -> str | None:
        return self._people(People(How.OVER, (one, other)))

    def ranked(self, value: str) -> str | None:
        return self._people(People(How.RANKED, (value,)))

    def in_band(self, band: Band) -> str | None:
        ends = ("" if end is None else f"{end:.10g}" for end in (band.low, band.high))
        return self._people(People(How.BAND, tuple(ends)))

    def in_group(self, grouping_id: int, name: str) -> str | None:
        return self._people(People(How.GROUP, (str(grouping_id), name)))

    def ungrouped(self, grouping_id: int) -> str | None:
        return self._people(People(How.UNGROUPED, (str(grouping_id),)))

    def _list(self, place: str, value: str | None) -> str | None:
        if not self.opens:
            return None
        return opens(self.desk, self.narrowing, question=place, value=value)

    def _people(self, wanted: People) -> str | None:
        if not (self.opens and self.full):
            return None
        asked = {
            "how": None if wanted.how is How.ANY else wanted.how.value,
            "value": wanted.values or None,
            "row": wanted.row,
        }
        given = {name: part for name, part in asked.items() if part is not None}
        parts = (urlencode(given, doseq=True), self.narrowing.query())
        query = "&".join(part for part in parts if part)
        return f"{self.desk}/results/{self.key}/people" + (f"?{query}" if query else "")
