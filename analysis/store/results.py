"""The results of all closed questions, of everybody or of those who are looked at."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.contrast import NOT_RAISED, RAISED, UNREAD
from analysis.crosstab import among, everybody
from analysis.narrowing import GROUPING, THEME, Narrowing
from analysis.store.codebook import themes
from analysis.store.figures import tally
from analysis.store.groupings import groupings
from analysis.store.narrowed import narrowed, questions_of
from analysis.tally import Plan, Tally
from analysis.tally import tally as tally_of
from app.problems import Refusal
from surveys.consultation import Consultation


class FullCountsOnly(Refusal):
    status = 403
    title = "These filters show small numbers"


class Looked(Struct, frozen=True, eq=False):
    """Every question in words, and its figures in the same order."""

    asked: tuple[AskedInWords, ...]
    tally: Tally


class Way(Struct, frozen=True):
    """A place that responses can be narrowed by: what it is called, and each of its values."""

    place: str
    words: str
    values: Mapping[str, str]


async def looked_at(consultation: Consultation, narrowing: Narrowing, *, full: bool) -> Looked:
    """The figures of those whom a narrowing lets through.

    Not in `full`, small numbers of sensitive questions are hidden, and only one round can be
    chosen: whoever narrows twice by anything else can take one figure from the other. Raises
    NoSuchFilter and FullCountsOnly.
    """
    refuse_unless_full(narrowing, full=full)
    marks = await narrowed(consultation, narrowing)
    asked = questions_of(marks)
    if not full:
        only = narrowing.rounds[0] if narrowing.rounds else None
        return Looked(asked, await tally(consultation.slug, round_number=only))
    return Looked(asked, tally_of(marks, Plan(()), caveat=consultation.caveat))


async def in_both(consultation: Consultation, one: Narrowing, other: Narrowing) -> int:
    """How many responses both narrowings let through."""
    first = everybody(await narrowed(consultation, one))
    return int(among(first, everybody(await narrowed(consultation, other))).bases()[0])


def refuse_unless_full(narrowing: Narrowing, *, full: bool) -> None:
    """Raises FullCountsOnly for what nobody may narrow by who is not shown small numbers."""
    if not full and (narrowing.channels or narrowing.where or len(narrowing.rounds) > 1):
        raise FullCountsOnly(
            "What two filters show can be taken from each other, down to single people. "
            "Choose one round, or ask somebody who manages this consultation."
        )


async def ways_to_narrow(
    consultation: Consultation, asked: Sequence[AskedInWords]
) -> tuple[Way, ...]:
    """Every question with options, a grid row by row; groupings, then themes."""
    questions = [way for each in asked for way in _ways(each)]
    made = [
        Way(f"{GROUPING}{each.id}", each.name, {name: name for name in each.names})
        for each in await groupings(consultation.id)
    ]
    raised = [
        Way(f"{THEME}{each.id}", f"Theme: {each.label}", THEME_WORDS)
        for each in await themes(consultation.id)
    ]
    return (*questions, *made, *raised)


THEME_WORDS = {RAISED: "Raised", NOT_RAISED: "Read, not raised", UNREAD: "Not read, or no words"}


def _ways(asked: AskedInWords) -> Iterator[Way]:
    form = asked.form
    if form.values and not form.rows:
        yield Way(form.key, asked.title, asked.options)
    for row in form.rows:
        yield Way(f"{form.key}.{row}", f"{asked.title}: {asked.rows[row]}", asked.options)
