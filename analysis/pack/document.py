"""The results pack as a Word document: who answered, statements, and each question in words, as a
chart and as a table."""

from collections.abc import Iterator

from analysis.charts import WIDE, Named
from analysis.pack.packed import Packed, is_drawn, notes, printable, said
from analysis.pack.tables import tables
from analysis.pack.word import Grid, Paper
from analysis.picture import as_pngs
from analysis.quantities import bands_in_words
from analysis.question.chart import chart
from analysis.question.look import Look
from analysis.question.read import QuestionRead
from analysis.reach.saying import CANNOT_TELL, statement
from app.words import plural
from responses.ledger import Share
from responses.response import CHANNEL_WORDS, STATUS_WORDS

_CHANNELS = {channel.value: words for channel, words in CHANNEL_WORDS.items()}
_STATUSES = {str(status): words for status, words in STATUS_WORDS.items()}


def document(packed: Packed, *, organisation: str) -> bytes:
    """Takes 10 to 20 ms of processor time for each question, most of it for its picture."""
    title = f"{packed.consultation.title}: results"
    paper = Paper(title, author=organisation)
    paper.title(title)
    paper.words(f"{organisation}, {packed.made}")
    _first(paper, packed)
    paper.contents("Contents")
    _who_answered(paper, packed)
    _statements(paper, packed)
    paper.heading("The questions", 1)
    pictures = _pictures(packed)
    for at, read in enumerate(packed.reads):
        _question(paper, packed, at, pictures.get(read.asked.form.key))
    paper.heading("How to read these figures", 1)
    paper.points(f"{label}: {words}" for label, words in packed.about())
    return paper.made()


def _first(paper: Paper, packed: Packed) -> None:
    """What nobody may miss."""
    if packed.consultation.invented:
        paper.words("Demonstration: the answers are invented.")
    only = f", only these: {packed.narrowed}" if packed.narrowed else ""
    paper.words(f"Made of {plural(packed.base, 'analysed response')}{only}.")
    paper.words(packed.consultation.caveat)


def _who_answered(paper: Paper, packed: Packed) -> None:
    ledger = packed.ledger
    paper.heading("Who answered", 1)
    if packed.narrowing.is_on:
        paper.words("The responses are counted here as they all came in, whatever is filtered for.")
    analysed = plural(ledger.analysed, "was", "were").partition(" ")
    paper.words(
        f"{plural(ledger.received, 'response')} came in, and {analysed[0]} {analysed[2]} analysed."
    )
    paper.table(_came_in("Responses by how they came in", "Channel", ledger.by_channel, _CHANNELS))
    if len(ledger.by_round) > 1:
        rounds = {number: f"Round {number}" for number in ledger.by_round}
        paper.table(_came_in("Responses by round", "Round", ledger.by_round, rounds))
    paper.points(_apart(packed))
    told = [words for words in map(statement, packed.reach.tables) if words]
    if told:
        paper.heading("Beside the population", 2)
        for words in told:
            paper.words(words)
        paper.words(CANNOT_TELL)


def _came_in(caption: str, first: str, shares: dict[str, Share], words: dict[str, str]) -> Grid:
    lines = tuple(
        (words.get(name, name), f"{share.received:,}", f"{share.analysed:,}")
        for name, share in shares.items()
    )
    return Grid(caption, (first, "Received", "Analysed"), lines)


def _apart(packed: Packed) -> Iterator[str]:
    """What is no response, or is left out; units that are never added together."""
    for reason, n in packed.ledger.excluded.items():
        yield f"Left out: {_STATUSES.get(reason, reason)}, {plural(n, 'response')}"
    for event in packed.ledger.events:
        yield (
            f"Event: {event.name}, {plural(event.attendees, 'attendee')} and "
            f"{plural(event.organisations, 'organisation')}"
        )
    for petition in packed.ledger.petitions:
        yield f"Petition: {petition.name}, {plural(petition.signatures, 'signature')}"


def _statements(paper: Paper, packed: Packed) -> None:
    paper.heading("In words", 1)
    for each in packed.statements:
        if each.now is None:
            continue
        paper.points([each.words])
        if each.conflict:
            paper.words(f"To mend before this is used: {each.conflict.words}.")
    if not packed.statements:
        paper.words("No statement has been kept yet.")
    paper.words("The words that stand for shares:")
    paper.points(bands_in_words(packed.bands))


def _question(paper: Paper, packed: Packed, at: int, picture: bytes | None) -> None:
    read, words = packed.reads[at], said(packed.reads[at])
    paper.heading(f"{at + 1}. {read.asked.title}", 2)
    paper.words(words)
    for note in notes(read):
        paper.words(note)
    if picture:
        paper.picture(picture, title=f"Chart: {read.asked.title}", says=words)
    views = [view.words for view in packed.views]
    for number, grid in enumerate(tables(read, packed.beside(at), views)):
        if number:
            paper.heading(grid.caption, 3)
        paper.table(grid)


def _pictures(packed: Packed) -> dict[str, bytes]:
    """By question, all drawn in one go."""
    drawn = [read for read in packed.reads if is_drawn(read)]
    made = as_pngs([printable(_drawn(packed, read)) for read in drawn])
    return {read.asked.form.key: png for read, png in zip(drawn, made, strict=True)}


def _drawn(packed: Packed, read: QuestionRead) -> str:
    named = Named("chart", read.asked.title, said(read))
    return chart(read, Look(packed.narrowing), named, WIDE)
