"""One question as its page shows it: its numbers, tables and words, part by part."""

from collections.abc import Iterator

from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.counting import Cells
from analysis.measures import Measured
from analysis.question.behind import Behind
from analysis.question.look import Look
from analysis.question.person_by_person import ballots, chosen, scores
from analysis.question.read import QuestionRead
from analysis.question.scale import scale_told
from analysis.question.several import (
    add_up_words,
    combinations_table,
    how_many_table,
    pairwise_table,
    ranking_table,
)
from analysis.question.shares import shares, side_shares
from analysis.question.tables import (
    Table,
    answered_table,
    bands_table,
    grid_table,
    grouping_table,
    long_grid_table,
    middles,
    scale_table,
    shares_table,
    sides_table,
)
from analysis.question.words import near, net_of
from analysis.summaries.ranking import Ranking, ranking
from analysis.summaries.scales import reliability
from analysis.wording import FEW
from surveys.typed import day_words

_NOTES = {
    "ranking": "Counted by what each person put first.",
    "email": "A contact detail, kept apart from the answers.",
    "location": "Answered with a place.",
    "postcode": "Answered with a postcode.",
    "upload": "Answered with files.",
}


class Fact(Struct, frozen=True):
    label: str
    words: str


class Part(Struct, frozen=True):
    """What stands under one heading: warnings, words, facts and tables; `folded` until opened."""

    title: str
    words: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    warnings: tuple[str, ...] = ()
    folded: bool = False


class QuestionView(Struct, frozen=True):
    """`table` stands with the chart; `parts` follow."""

    notes: tuple[str, ...]
    table: Table
    parts: tuple[Part, ...]


def view(read: QuestionRead, look: Look, behind: Behind) -> QuestionView:
    ranked = _ranking(read)
    return QuestionView(
        notes=tuple(_notes(read, look)),
        table=main_table(read, look, behind, ranked),
        parts=tuple(_parts(read, look, behind, ranked)),
    )


def file_table(read: QuestionRead, look: Look, behind: Behind) -> Table:
    """The table as a file has it: a grid with a line for each answer to each row."""
    if read.asked.form.rows:
        return long_grid_table(read.asked, read.rows, look, behind)
    return main_table(read, look, behind, _ranking(read))


def main_table(read: QuestionRead, look: Look, behind: Behind, ranked: Ranking | None) -> Table:
    asked, cells = read.asked, read.cells
    if asked.form.rows:
        return grid_table(asked, read.rows, look, behind)
    if ranked is not None:
        return ranking_table(asked, cells, ranked, look, behind)
    if asked.form.values:
        return shares_table(asked, cells, look, behind)
    if read.measured and read.measured.bands:
        return bands_table(asked, cells, read.measured, behind)
    return answered_table(asked, cells, behind)


def _ranking(read: QuestionRead) -> Ranking | None:
    if read.asked.form.type != "ranking" or not read.marks:
        return None
    return ranking(ballots(read.asked.form, read.marks))


def _notes(read: QuestionRead, look: Look) -> Iterator[str]:
    asked, answered = read.asked, read.cells.answered
    if asked.form.type in _NOTES:
        yield _NOTES[asked.form.type]
    if asked.form.type == "multiple":
        yield add_up_words(shares(asked, read.cells, of_asked=look.of_asked))
    if answered and answered < FEW:
        yield f"Fewer than {FEW} answered: their counts say more than their shares."


def _parts(
    read: QuestionRead, look: Look, behind: Behind, ranked: Ranking | None
) -> Iterator[Part]:
    asked = read.asked
    for each in read.grouped:
        table = grouping_table(each.grouping, each.counts, behind)
        yield Part(each.grouping.name, tables=(table,))
    if asked.form.rows:
        yield Part("What the rows say", tables=(scale_table(asked, read.rows, look, behind),))
        every = long_grid_table(asked, read.rows, look, behind)
        yield Part("Each share with its interval", tables=(every,), folded=True)
        if len(asked.form.rows) > 1 and read.marks:
            yield _as_one_scale(read)
    elif asked.form.points:
        yield from _scale_part(read, look, behind)
    if ranked is not None and ranked.ballots:
        yield _ranking_part(asked, ranked, behind)
    if asked.form.type == "multiple" and look.combinations and read.marks:
        several = chosen(asked.form, read.marks)
        tables = (combinations_table(asked, several, behind), how_many_table(several, behind))
        yield Part("What was chosen together", tables=tables)
    if read.measured and (facts := _measured_facts(read.measured, mean=look.mean)):
        yield Part("In short", facts=facts)


def _scale_part(read: QuestionRead, look: Look, behind: Behind) -> Iterator[Part]:
    table = sides_table(read.asked, read.cells, look, behind)
    if table:
        facts = _scale_facts(read.asked, read.cells, look)
        yield Part("Both sides of the scale", facts=facts, tables=(table,))


def _scale_facts(asked: AskedInWords, cells: Cells, look: Look) -> tuple[Fact, ...]:
    net = net_of(side_shares(asked, cells, of_asked=look.of_asked))
    found = [Fact("Net", f"{net} points")] if net else []
    return (*found, *(Fact(*each) for each in middles(asked, cells, mean=look.mean) if each[1]))


def _as_one_scale(read: QuestionRead) -> Part:
    of_people = scores(read.asked.form, read.marks)
    told = scale_told(read.asked, reliability(of_people))
    return Part(
        "Do the rows measure one thing?",
        words=tuple(words for words in (told.sentence, told.meaning) if words),
        tables=(told.table,) if told.table else (),
        warnings=told.warnings,
    )


def _ranking_part(asked: AskedInWords, found: Ranking, behind: Behind) -> Part:
    names = [asked.options[value] for value in asked.form.values]
    winner = (
        "No option is preferred to every other by more people than not."
        if found.winner is None
        else f"“{names[found.winner]}” is preferred to every other option by more people than not."
    )
    borda = (
        f"Borda points are a ballot’s mean, from 0 to {len(names) - 1}: one for each option ranked "
        "below, and options left unranked share what is left. The mean rank is of those who ranked "
        "the option, 1 being best. Whoever ranks some options only prefers them to the rest."
    )
    return Part(
        "Which is preferred to which",
        words=(winner, borda),
        tables=(pairwise_table(asked, found, behind),),
    )


def _measured_facts(found: Measured, *, mean: bool) -> tuple[Fact, ...]:
    if found.dates:
        days = found.dates
        low, middle, high = map(day_words, days.quartiles)
        return _spread(middle, (low, high), (day_words(days.first), day_words(days.last)))
    if found.numbers is None:
        return ()
    numbers = found.numbers
    low, middle, high = map(near, numbers.quartiles)
    facts = _spread(middle, (low, high), (near(numbers.least), near(numbers.most)))
    if not mean:
        return facts
    spread = "" if numbers.spread is None else f" (SD {near(numbers.spread)})"
    return (*facts, Fact("Mean", f"{near(numbers.mean)}{spread}"))


def _spread(middle: str, half: tuple[str, str], ends: tuple[str, str]) -> tuple[Fact, ...]:
    return (
        Fact("Middle answer", middle),
        Fact("Half lie from, to", " to ".join(half)),
        Fact("Lowest and highest", " and ".join(ends)),
    )


def offers_mean(asked: AskedInWords) -> bool:
    return bool(asked.form.points) or asked.form.type == "number"
