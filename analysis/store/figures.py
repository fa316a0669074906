"""Figures from what is stored: tallies, people under each theme, progress, the ledger."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from analysis.by_group import tally_by_group
from analysis.counting import Form
from analysis.store.codebook import themes
from analysis.store.codings import CodingProgress, coded_pairs, finished_ids
from analysis.store.matrices import matrix
from analysis.sums import Wanted, sums
from analysis.tally import Plan, Tally, forms_of, wanted_for
from app.problems import Refusal
from responses import store as responses
from responses.ledger import Ledger
from responses.store import TextAnswer
from surveys import store as surveys
from surveys.consultation import Consultation


class NoSuchRound(Refusal):
    status = 404
    title = "There is no such round"


class NoSuchQuestion(Refusal):
    status = 404
    title = "There is no such question here"


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
    slug: str,
    *,
    round_number: int | None = None,
    compare: bool = False,
    public: bool = True,
    by: str | None = None,
) -> Tally:
    """A consultation's tally of analysed responses, of all rounds or one. Only a `public` one
    hides small numbers, about special categories and of groups. With `by`, the key of a question,
    each question by its groups. Raises NoSuchRound and NoSuchQuestion."""
    consultation = await surveys.consultation(slug)
    plan = plan_of(consultation, round_number=round_number, compare=compare, public=public)
    marks = await matrix(consultation.id)
    wanted = wanted_by(forms_of(marks), plan, by)
    return tally_by_group(wanted, sums(wanted, marks), plan, caveat=consultation.caveat)


def plan_of(
    consultation: Consultation,
    *,
    round_number: int | None = None,
    compare: bool = False,
    public: bool = True,
) -> Plan:
    """Raises NoSuchRound."""
    rounds = tuple(each.number for each in consultation.rounds)
    if round_number is not None and round_number not in rounds:
        raise NoSuchRound(f"“{consultation.title}” has no round {round_number}.")
    return Plan(rounds, round_number, compare, consultation.threshold if public else None)


def wanted_by(asked: tuple[Form, ...], plan: Plan, key: str | None) -> Wanted:
    """What to count by the question of this key. Raises NoSuchQuestion."""
    if key is None:
        return wanted_for(asked, plan)
    form = next((form for form in asked if key in (form.key, form.name)), None)
    if form is None or not form.values or form.rows:
        raise NoSuchQuestion(f"No question “{key}” has options that make groups.")
    return wanted_for(asked, plan, by=form)


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


def _people_by_round(answers: Iterable[TextAnswer]) -> Counter[int]:
    people = {answer.response_id: answer.round_number for answer in answers}
    return Counter(people.values())


def _theme_count(people: Mapping[int, int], read: Mapping[int, int]) -> ThemeCount:
    by_round = tuple(
        RoundCount(number, people.get(number, 0), read[number]) for number in sorted(read)
    )
    return ThemeCount(sum(people.values()), sum(read.values()), by_round)
