"""Changing the strands of a questionnaire, each as the operation that does it."""

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from app.problems import Problem
from surveys.drafting.applying import CannotApply, cover_of
from surveys.drafting.building import new_values
from surveys.drafting.operations import ChangePage, Operation, Several
from surveys.imported import fitted_key
from surveys.questionnaire import Questionnaire, Row, Strand, Text, say

GONE = "The strand is not there any more. Someone may have removed it: look at the list again"


def the_strand(questionnaire: Questionnaire, key: str) -> Strand:
    """Raises CannotApply."""
    for strand in questionnaire.strands:
        if strand.key == key:
            return strand
    raise CannotApply(Problem("The strand", GONE))


def with_strand(questionnaire: Questionnaire, strand: Strand, pages: Collection[str]) -> Operation:
    """The strand put in place of the one with its key, or added; it has these pages and no
    others."""
    others = [strand if each.key == strand.key else each for each in questionnaire.strands]
    strands = tuple(others) if strand in others else (*others, strand)
    assigned = [
        ChangePage(page.key, page.title, strand.key if page.key in pages else "")
        for page in questionnaire.pages
        if (page.key in pages) is not (page.strand == strand.key)
    ]
    return Several((cover_of(replace(questionnaire, strands=strands)), *assigned))


def strand_moved(questionnaire: Questionnaire, key: str, by: int) -> Operation:
    """`by` is -1 for up, 1 for down. At the end of the list it stays where it is."""
    strands = list(questionnaire.strands)
    at = strands.index(the_strand(questionnaire, key))
    to = min(max(at + by, 0), len(strands) - 1)
    strands.insert(to, strands.pop(at))
    return cover_of(replace(questionnaire, strands=tuple(strands)))


def without_strand(questionnaire: Questionnaire, key: str) -> Operation:
    """Its pages stay, in no strand."""
    gone = the_strand(questionnaire, key)
    left = tuple(each for each in questionnaire.strands if each != gone)
    freed = (ChangePage(p.key, p.title, "") for p in questionnaire.pages if p.strand == key)
    return Several((*freed, cover_of(replace(questionnaire, strands=left))))


def new_strand_key(title: str, questionnaire: Questionnaire) -> str:
    return fitted_key(title, {each.key for each in questionnaire.strands})


def proposals(
    lines: Mapping[str, Sequence[str]], languages: Sequence[str], before: Sequence[Row]
) -> tuple[Row, ...]:
    """A proposal for each line of the default language, with the line of the same number in the
    others. One that stays, or is reworded in its place, keeps its value."""
    first = lines[languages[0]]
    known = {say(row.text, languages[0]): row.value for row in before}
    taken = {known[line] for line in first if line in known}
    values: list[str] = []
    for at, line in enumerate(first):
        value = known.get(line, "")
        if not value and len(first) == len(before) and before[at].value not in taken:
            value = before[at].value
        value = value or new_values([line], taken | set(values) | set(known.values()))[0]
        values.append(value)
    return tuple(Row(value, _text(lines, languages, at)) for at, value in enumerate(values))


def _text(lines: Mapping[str, Sequence[str]], languages: Sequence[str], at: int) -> Text:
    said = {code: lines[code][at] for code in languages if at < len(lines[code])}
    given = {code: words for code, words in said.items() if words}
    return given if len(given) > 1 else said[languages[0]]
