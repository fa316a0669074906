"""Whatever is asked and answered: what is stored is what was shown to be checked."""

from typing import Any
from uuid import uuid4

from bs4 import Tag
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app import clock
from responses import store
from responses.pages.journey import COOKIE
from responses.pages.uploads import file_views
from responses.response import Channel, private_kinds, question_of
from surveys import store as surveys
from surveys.checks import check
from surveys.consultation import Consultation
from surveys.file_content import Content
from surveys.native_files import write_questionnaire
from surveys.question_view import answer_words
from surveys.questionnaire import Page as QuestionnairePage
from surveys.questionnaire import Questionnaire, Statement, Upload
from surveys.routing import shown
from tests.browsing import Browser, Page, words
from tests.responses.asking import BY, NOW, asked
from tests.surveys.questionnaires import answers_for, questionnaires

LATELY = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def asked_and_answered(draw: st.DrawFn) -> tuple[Questionnaire, dict[str, Any]]:
    """Some questions are of a special category; some answers are missing or hidden."""
    questionnaire = draw(questionnaires())
    assume(not all(isinstance(each, Statement) for each in questionnaire.questions))
    keys = [question.key for question in questionnaire.questions]
    special = draw(st.sets(st.sampled_from(keys)))
    questionnaire = replace(
        questionnaire, pages=tuple(_marked(page, special) for page in questionnaire.pages)
    )
    answers = draw(answers_for(questionnaire))
    missing = draw(st.sets(st.sampled_from(keys), max_size=2))
    kept = {field: each for field, each in answers.items() if question_of(field) not in missing}
    return questionnaire, kept


def _marked(page: QuestionnairePage, special: set[str]) -> QuestionnairePage:
    questions = (
        replace(each, special_category=True)
        if each.key in special and not isinstance(each, Statement)
        else each
        for each in page.questions
    )
    return replace(page, questions=tuple(questions))


@LATELY
@given(asked_and_answered())
async def test_what_is_stored_is_what_was_checked(
    database: str, drawn: tuple[Questionnaire, dict[str, Any]]
) -> None:
    questionnaire, answers = drawn
    checked = check(questionnaire, answers)
    if checked.problems:
        return
    newest, version = await asked(await opened_with(questionnaire))
    receipt = await store.add_response(
        newest,
        version,
        checked.answers,
        channel=Channel.ONLINE,
        submitted_at=NOW,
        key=uuid4(),
    )
    whole = await store.response_by_receipt(receipt, private=True)
    record = await store.response_by_receipt(receipt)
    assert whole is not None
    assert record is not None
    assert whole.answers == checked.answers
    kept_apart = private_kinds(questionnaire)
    assert not any(question_of(field) in kept_apart for field in record.answers)


@LATELY
@given(asked_and_answered())
async def test_what_is_stored_is_what_the_page_showed(
    visitor: Browser, drawn: tuple[Questionnaire, dict[str, Any]]
) -> None:
    questionnaire, answers = drawn
    consultation = await opened_with(questionnaire)
    newest, _ = await asked(consultation)
    language = questionnaire.languages[0]
    token = await store.begin_draft(newest, answers, language=language, now=clock.now())
    answers = await with_files(token, questionnaire, answers)
    cookie = {"Cookie": f"{COOKIE}={token}"}
    address = f"/consultations/{consultation.slug}/respond/check"
    page = await visitor.get(address, headers=cookie)
    sent = await visitor.post(address, headers=cookie, follow=False)
    if check(questionnaire, answers).problems:
        assert sent.status_code == 422
        return
    receipt = sent.response.headers["location"].removeprefix("/receipts/")
    stored = await store.response_by_receipt(receipt, private=True)
    assert stored is not None
    files = file_views(await store.files_of(stored.key))
    expected = {
        question.key: [" ".join(line.split()) for line in lines]
        for question in questionnaire.questions
        if not isinstance(question, Statement)
        and question.key in shown(questionnaire, stored.answers)
        for lines in [answer_words(question, stored.answers, language, files=files)]
    }
    assert shown_on(page) == expected


async def with_files(
    token: str, questionnaire: Questionnaire, answers: dict[str, Any]
) -> dict[str, Any]:
    """The answers with the tokens of files that are really kept."""
    draft = await store.draft(token)
    assert draft is not None
    uploads = [each.key for each in questionnaire.questions if isinstance(each, Upload)]
    kept = dict(answers)
    for key in {*uploads} & {*answers}:
        letters = [Content(f"{token}.txt", "text/plain", b"Dear all") for token in answers[key]]
        added = await store.change_files(
            draft.key, add=[(key, letter) for letter in letters], now=clock.now()
        )
        kept[key] = [file.token for file in added]
    return kept


def shown_on(page: Page) -> dict[str, list[str]]:
    """The lines of each answer on the page to check them, by question."""
    rows = page.soup.select(".govuk-summary-list__row")
    return {str(row["id"]): [words(line) for line in lines_of(row)] for row in rows}


def lines_of(row: Tag) -> list[Tag]:
    return list(row.select("dd p.govuk-body:not(.answer-line--none)"))


async def opened_with(questionnaire: Questionnaire) -> Consultation:
    slug = f"drawn-{uuid4().hex}"
    now = clock.now()
    await surveys.create_consultation(write_questionnaire(questionnaire), slug=slug, by=BY, now=now)
    await surveys.open_round(slug, by=BY, now=now)
    return await surveys.consultation(slug, at=now)
