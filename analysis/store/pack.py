"""Everything that a results file shows, read at once; taking it out is audited."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from analysis.asked import AskedInWords
from analysis.crosstab import Marks
from analysis.measures import Measured, Values, measured_by, those_given
from analysis.narrowing import Narrowing
from analysis.other import OtherCoded, with_other_coded
from analysis.pack.packed import Packed, View
from analysis.question.read import Grouped, QuestionRead
from analysis.store.bands import bands
from analysis.store.figures import ledger_figures, tally
from analysis.store.groupings import counts, groupings
from analysis.store.narrowed import narrowed
from analysis.store.other import others
from analysis.store.reach import reach_standing
from analysis.store.results import looked_at
from analysis.store.statements import statements
from analysis.store.values import values
from analysis.summaries.numbers import Band
from analysis.tally import Plan, QuestionTally, Tally, cells_of
from analysis.tally import tally as tally_of
from app.audit.store import record
from app.database import transaction
from surveys.consultation import Consultation

ALL_ROUNDS = "All rounds"


class _Counted(Struct, frozen=True, eq=False):
    """A tally of some of the responses, and those responses."""

    words: str
    questions: tuple[QuestionTally, ...]
    base: int
    marks: tuple[Marks, ...]


async def packed(
    consultation: Consultation,
    narrowing: Narrowing,
    *,
    narrowed_to: str,
    full: bool,
    made_on: date,
) -> Packed:
    """`narrowed_to` is the narrowing in words. Raises NoSuchFilter and FullCountsOnly."""
    looked = await looked_at(consultation, narrowing, full=full)
    marks = await narrowed(consultation, narrowing)
    every = [_Counted(ALL_ROUNDS, looked.tally.questions, looked.tally.base, marks)]
    every += await _by_round(consultation, narrowing, marks, full=full)
    only = narrowing.rounds[0] if len(narrowing.rounds) == 1 else None
    return Packed(
        consultation=consultation,
        narrowing=narrowing,
        narrowed=narrowed_to,
        views=await _views(consultation, looked.asked, every, full=full),
        coded=await _coded(consultation, looked.asked, marks) if full else {},
        ledger=await ledger_figures(consultation.id),
        reach=await reach_standing(consultation, full=full, round_number=only),
        statements=await statements(consultation),
        bands=await bands(),
        made_on=made_on,
        full=full,
    )


async def note_taken_out(
    consultation: Consultation, narrowing: Narrowing, *, form: str, full: bool, by: str
) -> None:
    """Whoever takes figures out in a file is on record, with what they were filtered for."""
    detail = {
        "format": form,
        "filters": narrowing.query() or "none",
        "small numbers": "shown" if full else "hidden",
    }
    async with transaction():
        await record("take-figures-out", f"consultation:{consultation.slug}", by=by, detail=detail)


async def _by_round(
    consultation: Consultation, narrowing: Narrowing, marks: Sequence[Marks], *, full: bool
) -> list[_Counted]:
    """The rounds that are looked at, one by one where there are several."""
    rounds = narrowing.rounds or tuple(each.number for each in consultation.rounds)
    if len(rounds) < 2:
        return []
    apart = {
        number: tuple(each.those(each.of_round(number)) for each in marks) for number in rounds
    }
    if full:
        tallies = {number: tally_of(those, Plan(())) for number, those in apart.items()}
    else:
        tallies = _of_each_round(await tally(consultation.slug, compare=True))
    return [
        _Counted(f"Round {number}", tallies[number].questions, tallies[number].base, those)
        for number, those in apart.items()
    ]


def _of_each_round(compared: Tally) -> dict[int, Tally]:
    """What may be shown of rounds beside each other."""
    found: dict[int, list[QuestionTally]] = {}
    for question in compared.questions:
        for part in question.rounds if isinstance(question.rounds, tuple) else ():
            if isinstance(part.round, int):
                found.setdefault(part.round, []).append(part)
    return {number: Tally(_base(parts), tuple(parts)) for number, parts in found.items()}


def _base(parts: Sequence[QuestionTally]) -> int:
    return next((part.base for part in parts if isinstance(part.base, int)), 0)


async def _views(
    consultation: Consultation,
    asked: Sequence[AskedInWords],
    every: Sequence[_Counted],
    *,
    full: bool,
) -> tuple[View, ...]:
    """Each question in each view; what is kept beside the matrix is read once for all of them."""
    shown = {each.form.key for each in asked if full or not each.form.special_category}
    given = {
        each.form.key: await values(consultation.id, each.form, every[0].marks)
        for each in asked
        if each.form.key in shown and each.form.type in ("number", "date")
    }
    own = [each for each in await groupings(consultation.id) if each.key in shown]
    views: list[View] = []
    for counted in every:
        grouped = [Grouped(each, await counts(each, counted.marks)) for each in own]
        first = views[0].reads if views else ()
        reads = tuple(
            _read(asked, at, counted, shown, grouped, given, first) for at in range(len(asked))
        )
        views.append(View(counted.words, reads))
    return tuple(views)


def _read(
    asked: Sequence[AskedInWords],
    at: int,
    counted: _Counted,
    shown: set[str],
    grouped: Sequence[Grouped],
    given: Mapping[str, Values],
    first: Sequence[QuestionRead],
) -> QuestionRead:
    one, question = asked[at], counted.questions[at]
    key = one.form.key
    measured = None
    if key in given:
        measured = measured_by(one.form, counted.marks, given[key])
        if first:
            measured = _in_bands_of(first[at].measured, measured, counted.marks, given[key])
    return QuestionRead(
        every=tuple(asked),
        asked=one,
        base=counted.base,
        cells=cells_of(question),
        rows=tuple(map(cells_of, question.rows if isinstance(question.rows, tuple) else ())),
        marks=counted.marks if key in shown else (),
        measured=measured,
        grouped=tuple(each for each in grouped if each.grouping.key == key),
    )


def _in_bands_of(
    whole: Measured | None, part: Measured, marks: Sequence[Marks], given: Values
) -> Measured:
    """A round in the bands of all, so that they stand side by side."""
    if whole is None:
        return part
    here = those_given(marks, given)
    bands = [replace(each, n=int(_inside(here, each.band).sum())) for each in whole.bands]
    return replace(part, bands=tuple(bands))


def _inside(given: NDArray[np.float64], band: Band) -> NDArray[np.bool_]:
    low = -np.inf if band.low is None else band.low
    high = np.inf if band.high is None else band.high
    found: NDArray[np.bool_] = (given >= low) & (given < high)
    return found


async def _coded(
    consultation: Consultation, asked: Sequence[AskedInWords], marks: Sequence[Marks]
) -> dict[str, OtherCoded]:
    """By question, its figures with “other” coded in."""
    by_key = {each.form.key: each.form for each in asked if not each.form.rows}
    return {
        each.key: with_other_coded(by_key[each.key], marks, each.written)
        for each in await others(consultation.id)
        if each.key in by_key
    }
