"""Two questions that the same people answered, from what is stored."""

from msgspec import Struct

from analysis.contrast import Wanted
from analysis.narrowing import Narrowing
from analysis.paired_answers import Item, Paired, items, may_be_paired, paired
from analysis.store.comparing import read_narrowed
from analysis.store.figures import NoSuchQuestion
from analysis.store.places import Read
from app.problems import Refusal
from surveys.consultation import Consultation


class NotTheSamePeople(Refusal):
    status = 404
    title = "These two cannot be set against each other"


class PairedRead(Struct, frozen=True, eq=False):
    read: Read
    paired: Paired


async def set_against(
    consultation: Consultation, place: str, other: str, narrowing: Narrowing
) -> PairedRead:
    """Raises NoSuchQuestion, NoSuchFilter and NotTheSamePeople."""
    read = await read_narrowed(consultation, Wanted(narrowing=narrowing))
    first, second = _item(read, place), _item(read, other)
    if not may_be_paired(first, second, read.marks):
        raise NotTheSamePeople(
            "Two questions can be set against each other where one questionnaire asks both, with "
            "the same scale or the same two answers. Choose two that do."
        )
    return PairedRead(read, paired(first, second, read.marks))


def _item(read: Read, place: str) -> Item:
    found = next((each for each in items(read.asked) if each.place == place), None)
    if found is None:
        raise NoSuchQuestion(f"“{place[:80]}” has no scale, nor two answers to choose from.")
    return found
