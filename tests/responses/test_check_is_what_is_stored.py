"""Whatever is asked and answered: what is stored is what was shown to be checked."""

from typing import Any
from uuid import uuid4

from bs4 import Tag
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from analysis.store.figures import tally
from app import clock
from responses import store
from responses.pages.journey import COOKIE
from responses.pages.uploads import file_views
from responses.response import Channel, private_kinds, question_of
from surveys import store as surveys
from surveys.answer_words import answer_words
from surveys.checks import check
from surveys.consultation import Consultation
from surveys.fields import field_names
from surveys.file_content import Content
from surveys.native_files import write_questionnaire
from surveys.questionnaire import Page as QuestionnairePage
from surveys.questionnaire import Questionnaire, Statement, Upload
from surveys.routing import shown
from tests.browsing import Browser, Page, words
from tests.responses.asking import BY, NOW, asked
from tests.surveys.questionnaires import CLOSED, answers_for, answers_to, laid_out

LATELY = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def asked_and_answered(draw: st.DrawFn) -> tuple[Questionnaire, dict[str, Any]]:
    """Some questions are of a special category; some answers are missing or hidden."""
    questionnaire = draw(laid_out())
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
@given(asked_and_answered(), st.integers(0, 1))
async def test_what_is_stored_is_what_the_page_showed(
    visitor: Browser, drawn: tuple[Questionnaire, dict[str, Any]], spoken: int
) -> None:
    questionnaire, answers = drawn
    language = questionnaire.languages[min(spoken, len(questionnaire.languages) - 1)]
    here = await begun(visitor, questionnaire, answers, language=language)
    await walk_through(here)
    page = await here.get("check")
    sent = await page.form("send").submit(follow=False)
    if check(questionnaire, here.answers).problems:
        assert sent.status_code == 422
        return
    assert sent.status_code == 303
    receipt = sent.response.headers["location"].removeprefix("/receipts/")
    stored = await store.response_by_receipt(receipt, private=True)
    assert stored is not None
    assert stored.answers == check(questionnaire, here.answers).answers
    files = file_views(await store.files_of(stored.key), language=language)
    assert shown_on(page) == {
        question.key: [" ".join(line.split()) for line in lines]
        for question in questionnaire.questions
        if not isinstance(question, Statement)
        and question.key in shown(questionnaire, stored.answers)
        for lines in [answer_words(question, stored.answers, language, files=files)]
    }
    await only_shown_is_counted(here.slug, questionnaire, stored.answers)


@LATELY
@given(asked_and_answered(), st.data())
async def test_an_answer_changed_loses_no_other_without_a_word(
    visitor: Browser, drawn: tuple[Questionnaire, dict[str, Any]], data: st.DataObject
) -> None:
    questionnaire, answers = drawn
    closed = [each for each in questionnaire.questions if isinstance(each, CLOSED)]
    assume(closed)
    question = data.draw(st.sampled_from(closed))
    here = await begun(visitor, questionnaire, answers, language=questionnaire.languages[0])
    before = shown_on(await here.get("check"))
    given = {name: here.answers.get(name) for name in field_names(question)}
    other = data.draw(st.none() | answers_to(question))
    await here.save({**dict.fromkeys(given), question.key: other})
    page = await here.get("check")
    after, named = shown_on(page), dropped_on(page)
    texts = {each.key: " ".join(str(each.text).split()) for each in questionnaire.questions}
    for key, lines in before.items():
        if key != question.key and lines:
            assert after.get(key) == lines or texts[key] in named
    await here.save(given)
    assert shown_on(await here.get("check")) == before


class Here(Struct):
    """A draft of a questionnaire of its own, in a browser."""

    visitor: Browser
    slug: str
    token: str
    answers: dict[str, Any]

    async def get(self, path: str) -> Page:
        host = "127.0.0.1"
        self.visitor.client.cookies.clear()
        self.visitor.client.cookies.set(COOKIE, self.token, domain=host, path="/consultations")
        return await self.visitor.get(f"/consultations/{self.slug}/respond/{path}".rstrip("/"))

    async def save(self, answers: dict[str, Any]) -> None:
        draft = await store.draft(self.token)
        assert draft is not None
        await store.save_draft(draft, answers, language=draft.language, now=clock.now())


async def begun(
    visitor: Browser, questionnaire: Questionnaire, answers: dict[str, Any], *, language: str
) -> Here:
    consultation = await opened_with(questionnaire)
    newest, _ = await asked(consultation)
    token = await store.begin_draft(newest, answers, language=language, now=clock.now())
    kept = await with_files(token, questionnaire, answers)
    return Here(visitor, consultation.slug, token, kept)


async def walk_through(here: Here) -> None:
    """Every page opened and sent on as it stands: that changes nothing, whatever it asks."""
    before = await store.draft(here.token)
    page = await here.get("")
    while "/check" not in page.path:
        after = await page.form("answers").submit()
        if after.status_code == 422:
            return
        page = after
    now = await store.draft(here.token)
    assert before is not None
    assert now is not None
    assert now.answers == before.answers


async def only_shown_is_counted(
    slug: str, questionnaire: Questionnaire, answers: dict[str, Any]
) -> None:
    """The one response is counted under what its route asked, and as not asked elsewhere."""
    counted = await tally(slug, public=False)
    keys = shown(questionnaire, answers)
    for each in counted.questions:
        hidden = each.key not in keys
        assert each.not_routed == hidden, each.key
        assert each.answered == (not hidden and each.key in answers), each.key


def dropped_on(page: Page) -> list[str]:
    """The questions that are named as not being sent."""
    return [words(line) for line in page.soup.select(".panel-quiet li")]


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
    # No page ever keeps the name of a file that nobody sent.
    await store.save_draft(draft, kept, language=draft.language, now=clock.now())
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
