"""The demonstration: invented answers that can be believed, loaded once and for all."""

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from analysis import store as analysis
from app import demo
from app.audit import store as audit
from app.database import connected
from app.demonstration.files import (
    SLUGS,
    InventedResponse,
    date_of,
    read_document,
    read_plan,
    read_responses,
)
from app.settings import load_settings, use_settings
from publications import store as publications
from publications.commitments import Status, status
from publications.outcomes import Kind, Outcome
from responses import store as responses_stored
from surveys import store as surveys
from surveys.checks import check
from surveys.consultation import State, close_of_day, start_of_day
from surveys.native_files import read_questionnaire
from surveys.questionnaire import LongText, Questionnaire

KENT, LIBRARY, SCHOOL = SLUGS
NOW = datetime(2026, 11, 21, 0, 5, tzinfo=UTC)
SECRET = "the same for the file and its copies"
SECTOR = {"registered_charity", "community_group", "social_enterprise", "trustee_volunteer"}


def rounds(slug: str) -> list[tuple[Questionnaire, tuple[InventedResponse, ...]]]:
    return [
        (read_questionnaire(read_document(slug, planned)), read_responses(slug, planned))
        for planned in read_plan(slug).rounds
    ]


def responses(slug: str) -> list[InventedResponse]:
    return [one for _, invented in rounds(slug) for one in invented]


def long_texts(slug: str) -> list[tuple[str, str, str]]:
    """Response, question and words of every free-text answer."""
    return [
        (one.id, question.key, one.answers[question.key])
        for questionnaire, invented in rounds(slug)
        for one in invented
        for question in questionnaire.questions
        if isinstance(question, LongText) and question.key in one.answers
    ]


def test_kent_has_69_and_9_responses() -> None:
    assert [len(invented) for _, invented in rounds(KENT)] == [69, 9]


def test_54_of_kents_78_are_of_the_sector() -> None:
    capacities = [one.answers["capacity"] for one in responses(KENT)]
    assert sum(capacity in SECTOR for capacity in capacities) == 54
    assert len(capacities) == 78


@pytest.mark.parametrize("slug", SLUGS)
def test_every_response_would_pass_the_form(slug: str) -> None:
    for questionnaire, invented in rounds(slug):
        for one in invented:
            checked = check(questionnaire, one.answers)
            assert (checked.problems, checked.dropped) == ((), ()), one.id
            assert checked.answers == one.answers, one.id


@pytest.mark.parametrize("slug", SLUGS)
def test_no_two_answers_are_alike(slug: str) -> None:
    texts = [(set(words.lower().split()), words) for _, _, words in long_texts(slug)]
    for (some, one), (others, other) in combinations(texts, 2):
        assert one != other
        if min(len(some), len(others)) >= 5:
            assert len(some & others) / len(some | others) < 0.4, (one, other)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_two_responses_have_the_same_id_or_voice(slug: str) -> None:
    assert len({one.id for one in responses(slug)}) == len(responses(slug))
    assert len({one.voice for one in responses(slug)}) == len(responses(slug))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_quote_is_verbatim_and_from_an_answer_that_was_read(slug: str) -> None:
    for one in responses(slug):
        for question, words in one.quotes.items():
            assert words in one.answers[question]
            assert one.themes[question]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_coding_is_of_an_answer_and_a_theme_that_exist(slug: str) -> None:
    themes = {theme.name for theme in read_plan(slug).themes}
    written = {(response, question) for response, question, _ in long_texts(slug)}
    read = {(one.id, question) for one in responses(slug) for question in one.themes}
    used = {name for one in responses(slug) for names in one.themes.values() for name in names}
    assert read <= written
    assert used <= themes


def test_kent_leaves_the_desk_some_work_and_the_published_one_none() -> None:
    assert 5 <= unread(KENT) <= 8
    assert unread(LIBRARY) >= 3
    assert unread(SCHOOL) == 0


def unread(slug: str) -> int:
    read = sum(len(one.themes) for one in responses(slug))
    return len(long_texts(slug)) - read


@pytest.mark.parametrize("slug", [KENT, SCHOOL])
def test_every_theme_has_two_quotes_or_more(slug: str) -> None:
    quoted = [
        name for one in responses(slug) for question in one.quotes for name in one.themes[question]
    ]
    assert [theme.name for theme in read_plan(slug).themes if quoted.count(theme.name) < 2] == []


def test_the_open_one_is_asked_in_three_languages_throughout() -> None:
    (questionnaire, _), *_ = rounds(LIBRARY)
    assert questionnaire.languages == ("en", "cy", "ar")
    texts = [questionnaire.title, *(page.title for page in questionnaire.pages)]
    texts += [question.text for question in questionnaire.questions]
    assert all(isinstance(text, dict) and text.keys() == {"en", "cy", "ar"} for text in texts)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_response_came_while_its_round_was_open_and_before_the_loading(slug: str) -> None:
    zone = ZoneInfo("Europe/London")
    for planned in read_plan(slug).rounds:
        first, last = (date_of(day, today=NOW.date()) for day in (planned.opens, planned.closes))
        for one in read_responses(slug, planned):
            sent = one.sent_at(first, zone)
            assert start_of_day(first, zone) <= sent <= min(close_of_day(last, zone), NOW), one.id


def test_kents_answers_say_what_the_paper_found() -> None:
    first, second = ([one.answers for one in invented] for _, invented in rounds(KENT))
    both = first + second
    for question in ("civil_society", "social_sector"):
        assert agreeing(both, question) > 0.7
    assert agreeing(first, "open_dialogue") > 0.8
    assert agreeing(second, "steering_group") > 0.5
    assert {one["steering_group_known"] for one in second} == {"yes", "no"}
    for round_ in (first, second):
        assert most_often(barrier for one in round_ for barrier in one.get("support_barriers", ()))[
            :2
        ] == ["cost", "time"]
        assert most_often(very_important(round_))[0] == "finance"
    assert most_often(one["first_priority"] for one in first if "first_priority" in one)[0] == (
        "grants"
    )


def test_the_counts_in_the_published_reasons_are_true() -> None:
    keep = Counter(one.answers["keep"] for one in responses(SCHOOL))
    assert sum(keep.values()) == 40
    assert keep["strongly_agree"] + keep["agree"] == 24
    assert keep["strongly_disagree"] + keep["disagree"] == 12


def agreeing(answers: list[dict[str, str]], question: str) -> float:
    given = [one[question] for one in answers if one.get(question, "dont_know") != "dont_know"]
    return sum(answer in ("agree", "strongly_agree") for answer in given) / len(given)


def most_often(values: Iterator[str]) -> list[str]:
    return [value for value, _ in Counter(values).most_common()]


def very_important(answers: list[dict[str, dict[str, str]]]) -> Iterator[str]:
    for one in answers:
        for row, value in one.get("support_importance", {}).items():
            if value == "very_important":
                yield row


def test_the_key_behind_a_receipt_never_changes() -> None:
    assert demo.response_key(KENT, "1-01") == UUID("b84f4605-c46f-5630-acd2-b566956b1952")


@contextmanager
def settings_of(folder: Path) -> Iterator[None]:
    use_settings(load_settings({"HEARBACK_DATA_DIR": str(folder), "HEARBACK_SECRET_KEY": SECRET}))
    yield


@pytest.fixture
def in_force(tmp_path: Path) -> Iterator[None]:
    with settings_of(tmp_path / "data"):
        yield


@pytest.fixture(scope="module")
def loaded_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demonstration in it, to copy: loading takes seconds."""
    folder = tmp_path_factory.mktemp("demonstration")
    shutil.copy(sqlite_template, folder / "loaded.sqlite")
    with settings_of(folder):
        asyncio.run(load_into(f"sqlite:///{folder / 'loaded.sqlite'}"))
    return folder / "loaded.sqlite"


async def load_into(url: str) -> None:
    async with connected(url):
        await demo.load(NOW)


@pytest.fixture
async def loaded(loaded_file: Path, in_force: None, tmp_path: Path) -> AsyncIterator[None]:
    shutil.copy(loaded_file, tmp_path / "loaded.sqlite")
    async with connected(f"sqlite:///{tmp_path / 'loaded.sqlite'}"):
        yield


async def everything() -> object:
    """What loading again, or healing, must leave alike; audit numbers tell of every change."""
    found = []
    for slug in SLUGS:
        consultation = await surveys.consultation(slug, at=NOW)
        found.append(
            (
                consultation,
                await responses_stored.ledger(consultation.id),
                await responses_stored.text_answers(consultation.id),
                await analysis.themes(consultation.id),
                await analysis.theme_counts(consultation.id),
                await analysis.coding_progress(consultation.id),
                await analysis.cleared_quotes(consultation.id),
                await publications.outcomes(consultation.id),
                await publications.commitments(consultation.id),
                await publications.editions(slug),
            )
        )
    return found


async def last_change() -> int:
    latest = await audit.latest()
    return latest.number if latest else 0


async def test_loading_again_changes_nothing(loaded: None) -> None:
    before, number = await everything(), await last_change()
    assert all("already" in line for line in await demo.load(NOW))
    assert await everything() == before
    assert await last_change() == number


class Stopping(Exception):  # noqa: N818 (what happens, not an error)
    pass


def stopping_at(words: str) -> demo.Tell:
    def tell(told: str) -> None:
        if words in told:
            raise Stopping

    return tell


async def test_a_loading_that_was_stopped_is_finished_by_the_next(
    database: str, in_force: None
) -> None:
    for words in ("Loading", "responses"):
        with pytest.raises(Stopping):
            await demo.load(NOW, tell=stopping_at(words))
    await demo.load(NOW)
    for slug in SLUGS:
        consultation = await surveys.consultation(slug, at=NOW)
        ledger = await responses_stored.ledger(consultation.id)
        assert ledger.analysed == len(responses(slug))
        progress = await analysis.coding_progress(consultation.id)
        assert progress.finished == progress.total - unread(slug) > 0


async def test_kents_ledger_balances_at_69_and_9(loaded: None) -> None:
    kent = await surveys.consultation(KENT, at=NOW)
    ledger = await responses_stored.ledger(kent.id)
    assert ledger.balanced
    assert (ledger.received, ledger.analysed) == (78, 78)
    assert {number: part.analysed for number, part in ledger.by_round.items()} == {"1": 69, "2": 9}
    assert kent.state is State.CLOSED
    assert kent.rounds[0].pause_reason
    assert kent.invented


async def test_kent_cannot_be_published_until_fair_funding_has_an_outcome(loaded: None) -> None:
    kent = await surveys.consultation(KENT, at=NOW)
    lint = await publications.lint(KENT, now=NOW)
    assert [gap.what for gap in lint.blocking] == ["“Fair funding” has no outcome"]
    with pytest.raises(publications.NotReadyToPublish):
        await publications.publish(KENT, by="test", now=NOW)
    theme = next(each for each in await analysis.themes(kent.id) if each.label == "Fair funding")
    outcome = Outcome(theme_id=theme.id, kind=Kind.NO_CHANGE, statement="Noted.", reason="Costs.")
    await publications.record_outcome(kent, outcome, by="test", now=NOW)
    assert (await publications.publish(KENT, by="test", now=NOW)).number == 1


async def test_kents_commitments_are_overdue_and_say_that_the_paper_does_not_tell(
    loaded: None,
) -> None:
    kent = await surveys.consultation(KENT, at=NOW)
    commitments = await publications.commitments(kent.id)
    assert [str(each.due_on) for each in commitments] == ["2022-04-13", "2022-05-09", "2022-12-31"]
    assert all("does not say" in each.progress for each in commitments)
    assert all(each.kept_on is None for each in commitments)
    assert [each.theme_id is None for each in commitments] == [True, False, True]


async def test_respondents_may_see_every_outcome_there_is(loaded: None) -> None:
    for slug in (KENT, SCHOOL):
        consultation = await surveys.consultation(slug, at=NOW)
        recorded = await publications.outcomes(consultation.id)
        assert await publications.outcomes_ready(recorded) == recorded != {}


async def test_one_is_open_and_takes_answers(loaded: None) -> None:
    library = await surveys.consultation(LIBRARY, at=NOW)
    assert library.state is State.OPEN
    assert [one.number for one in library.rounds if one.is_open(NOW)] == [1]


async def test_one_is_published_with_a_promise_kept_one_overdue_and_one_to_come(
    loaded: None,
) -> None:
    school = await surveys.consultation(SCHOOL, at=NOW)
    assert school.state is State.REPORTED
    assert [each.number for each in await publications.editions(SCHOOL)] == [1, 2]
    promises = await publications.commitments(school.id)
    standing = [status(each.due_on, each.kept_on, today=NOW.date()) for each in promises]
    assert standing == [Status.KEPT, Status.OVERDUE, Status.DUE]
    kinds = {outcome.kind for outcome in (await publications.outcomes(school.id)).values()}
    assert kinds == set(Kind)


async def test_a_consultation_that_is_not_ours_is_left_alone(
    sqlite_url: str, in_force: None
) -> None:
    document = read_document(LIBRARY, read_plan(LIBRARY).rounds[0])
    async with connected(sqlite_url):
        await surveys.create_consultation(document, slug=LIBRARY, by="test", now=NOW)
        lines = await demo.load(NOW)
        theirs = await surveys.consultation(LIBRARY, at=NOW)
        assert theirs.rounds == ()
        assert (await responses_stored.ledger(theirs.id)).received == 0
    assert "left alone" in lines[SLUGS.index(LIBRARY)]
