"""Figures from what is stored: tallies, people under each theme, progress, the ledger."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from analysis.matrix import Block, Coding, blocks
from analysis.store.codebook import themes
from analysis.store.codings import CodingProgress, coded_pairs, finished_ids
from analysis.tally import Plan, Tally
from analysis.tally import tally as tally_of
from app.problems import Refusal
from responses import store as responses
from responses.ledger import Ledger
from responses.store import TextAnswer
from surveys import store as surveys
from surveys.coded import code_table


class NoSuchRound(Refusal):
    status = 404
    title = "There is no such round"


class RoundCount(Struct, frozen=True):
    round: int
    people: int
    read: int


class ThemeCount(Struct, frozen=True):
    """`people` are responses with a finished answer coded under the theme; `read` those with any
    finished answer in words, of which they are a part."""

    people: int
    read: int
    by_round: tuple[RoundCount, ...]


async def tally(
    slug: str, *, round_number: int | None = None, compare: bool = False, public: bool = True
) -> Tally:
    """A consultation's tally of analysed responses, of all rounds or one. Only a `public` one
    hides small numbers about special categories. Raises NoSuchRound."""
    consultation = await surveys.consultation(slug)
    rounds = tuple(each.number for each in consultation.rounds)
    if round_number is not None and round_number not in rounds:
        raise NoSuchRound(f"“{consultation.title}” has no round {round_number}.")
    plan = Plan(rounds, round_number, compare, consultation.threshold if public else None)
    return tally_of(await _blocks(consultation.id), plan, caveat=consultation.caveat)


async def theme_counts(consultation_id: int) -> dict[int, ThemeCount]:
    """For each theme of the codebook, the people whose finished answers were coded under it."""
    read = await finished_ids(consultation_id)
    answers = {
        answer.id: answer
        for answer in await responses.text_answers(consultation_id)
        if answer.id in read
    }
    everyone = _people_by_round(answers.values())
    under: dict[int, list[TextAnswer]] = {each.id: [] for each in await themes(consultation_id)}
    for answer_id, theme_id in await coded_pairs(consultation_id):
        if answer_id in answers and theme_id in under:
            under[theme_id].append(answers[answer_id])
    return {
        theme: _theme_count(_people_by_round(coded), everyone) for theme, coded in under.items()
    }


async def coding_progress(consultation_id: int) -> CodingProgress:
    answers = await responses.text_answers(consultation_id)
    read = await finished_ids(consultation_id)
    return CodingProgress(sum(answer.id in read for answer in answers), len(answers))


async def ledger_figures(consultation_id: int) -> Ledger:
    """The ledger, for rooms above that may not open responses."""
    return await responses.ledger(consultation_id)


async def _blocks(consultation_id: int) -> tuple[Block, ...]:
    """Newest version first."""
    versions = sorted(
        await surveys.versions(consultation_id), key=lambda version: version.number, reverse=True
    )
    same = await surveys.equivalences(consultation_id, known=tuple(reversed(versions)))
    codings = {
        version.id: Coding(
            version.questionnaire, code_table(version.questionnaire), same.of(version.id)
        )
        for version in versions
    }
    return blocks(await responses.coded_rows(consultation_id), codings)


def _people_by_round(answers: Iterable[TextAnswer]) -> Counter[int]:
    people = {answer.response_id: answer.round_number for answer in answers}
    return Counter(people.values())


def _theme_count(people: Mapping[int, int], read: Mapping[int, int]) -> ThemeCount:
    by_round = tuple(
        RoundCount(number, people.get(number, 0), read[number]) for number in sorted(read)
    )
    return ThemeCount(sum(people.values()), sum(read.values()), by_round)
