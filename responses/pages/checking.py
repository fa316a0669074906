"""Check your answers, then send them: the last page before a response is stored."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from app.clock import now
from app.forms import Form, read_form
from app.languages import LanguageChoice, language_choices
from app.mail.store import queued
from app.problems import Problem
from app.settings import settings
from app.shared_device import device_of
from app.speech import speech
from app.templating import render
from responses import store
from responses.letters import Told, copy_of_answers
from responses.merging import answers_seen
from responses.pages.declaring import LONGEST_TYPED
from responses.pages.editing import leave
from responses.pages.holding import WORK, Hold, hold_shown, let_through
from responses.pages.journey import (
    AlreadySent,
    AnyRequest,
    Journey,
    QuestionsChanged,
    Standing,
    journey,
    no_cookies,
)
from responses.pages.kiosk import at_kiosk, to_sent_page
from responses.pages.not_answering import REFUSED, answers_lost
from responses.pages.screens import Trial
from responses.pages.signing import (
    BECAUSE,
    SigningOff,
    declarations,
    signing_off,
    state_here,
    unsendable,
)
from responses.proof import LONGEST
from responses.response import private_kinds, question_of
from surveys.answer_words import answer_words
from surveys.checks import Checked, check
from surveys.marked import Marked
from surveys.questionnaire import Question, Statement
from surveys.routing import shown
from surveys.typed import read_email

# Only what no person sees and no person fills in: whoever does is looked at, and never turned away.
TRAP = "website"


class CheckedAnswer(Struct, frozen=True):
    key: str
    question: Marked
    lines: tuple[str, ...]
    change: str
    kept_apart: bool


class CheckedSection(Struct, frozen=True):
    title: Marked
    answers: tuple[CheckedAnswer, ...]


class Mend(Struct, frozen=True):
    """A problem with the address of the page where it can be mended."""

    words: str
    address: str


class Copy(Struct, frozen=True):
    """Whether a copy by e-mail is wanted, and where. `by_hand` says that people pass letters on."""

    wanted: bool
    email: str
    by_hand: bool


class CheckPage(Struct, frozen=True):
    """`problems` are those that stopped sending; `mends` are shown before sending is tried too.
    `signing` is there for an organisation, which `for_organisation` offers everyone else.
    `seen` stands for all answers as they are shown; `changed` says that they were others when the
    page was last shown; `hold` why it cannot be sent yet, and `held` that this was tried."""

    slug: str
    title: Marked
    invented: bool
    languages: tuple[LanguageChoice, ...]
    action: str
    back: str
    discard: str
    sections: tuple[CheckedSection, ...]
    dropped: tuple[Marked, ...]
    mends: tuple[Mend, ...]
    problems: tuple[Problem, ...] = ()
    trial: Trial | None = None
    later: str = ""
    seen: str = ""
    changed: bool = False
    hold: Hold | None = None
    held: bool = False
    copy: Copy | None = None
    signing: SigningOff | None = None
    for_organisation: str = ""


@get("/consultations/{slug:str}/respond/check", name="check-answers")
async def check_page(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    here = await journey(slug, request, now=now())
    if here.draft is None:
        return await answers_lost(request, slug)
    await leave(here)
    return await _shown(request, here, _checked(here))


@post("/consultations/{slug:str}/respond/check", name="send-answers")
async def send_answers(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    form = await read_form(request)
    moment = now()
    try:
        here = await journey(slug, request, now=moment)
    except AlreadySent as sent:
        return _to_receipt(request, slug, sent.receipt)
    if here.draft is None:
        return await answers_lost(request, slug)
    copy, wrong = _copy(form, here.language)
    checked = _checked(here)
    because = form.text(BECAUSE, limit=LONGEST_TYPED)
    problems = (*checked.problems, *await unsendable(here, form, now=moment), *wrong)
    if problems:
        return await _shown(request, here, checked, problems=problems, copy=copy, because=because)
    seen = form.text("_seen", limit=200)
    if seen and seen != _seen_of(here):
        return await _shown(request, here, checked, changed=True, copy=copy, because=because)
    worked = form.text(WORK, limit=LONGEST)
    through = await let_through(request, here, here.draft, typed=worked, now=moment)
    if isinstance(through, Hold):
        return await _shown(request, here, checked, copy=copy, held=through, because=because)
    return await _sent(request, here, here.draft, checked, copy, form, also=through.also)


async def _sent(
    request: AnyRequest,
    here: Journey,
    draft: store.Draft,
    checked: Checked,
    copy: Copy,
    form: Form,
    *,
    also: tuple[store.Writing, ...],
) -> Response[Any] | Redirect:
    moment = now()
    together = [*also]
    if copy.wanted:
        told = _told(here, checked)
        letter = copy_of_answers(
            draft.receipt, here.title, told, language=here.language, sent_at=moment
        )
        together.append(queued(copy.email, letter.subject, letter.text, html=letter.html))
    if form.ticked(TRAP):
        together.append(store.marking(draft.key, store.HIDDEN_FIELD))
    if kiosk := await at_kiosk(request, here.consultation):
        together.append(store.given_at(kiosk, draft.key))
    together += declarations(here, because=form.text(BECAUSE, limit=LONGEST_TYPED), now=moment)
    try:
        receipt = await store.submit_draft(
            draft,
            checked.answers,
            round=here.round,
            version=here.version,
            language=here.language,
            now=moment,
            also=tuple(together),
        )
    except store.AnswersDiffer as others:
        # Another window sent other answers at this very moment.
        raise AlreadySent(draft.receipt, shared=draft.shared) from others
    except store.AnswersChanged:
        fresh = await journey(here.consultation.slug, request, now=moment)
        return await _shown(request, fresh, _checked(fresh), changed=True, copy=copy)
    if draft.later:
        await store.forget_return([draft.key], now=moment)
    return _to_receipt(request, here.consultation.slug, receipt)


def _copy(form: Form, language: str) -> tuple[Copy, tuple[Problem, ...]]:
    typed = form.text("copy_to", limit=1000)
    wanted = form.ticked("copy")
    email = read_email(typed)
    copy = Copy(wanted, email or typed[:254], settings().smtp_url is None)
    if not wanted or email is not None:
        return copy, ()
    say = speech(language).say
    words = (
        say("Enter an e-mail address like name@example.org")
        if typed
        else say("Enter the e-mail address to send the copy to")
    )
    return copy, (Problem("copy_to", words),)


def _told(here: Journey, checked: Checked) -> tuple[Told, ...]:
    signing = signing_off(here)
    declared = signing.declared if signing else ()
    return (
        *(Told(Marked(each.label, here.language), each.lines) for each in declared),
        *(
            Told(answer.question, answer.lines)
            for section in _sections(here, checked)
            for answer in section.answers
        ),
    )


@post("/consultations/{slug:str}/respond/discard", name="discard-answers")
async def discard_answers(slug: FromPath[str], request: AnyRequest) -> Redirect:
    """For whoever answers at a shared computer and thinks better of it. Whatever has become of the
    round meanwhile, nobody's answers stay against their will."""
    try:
        here = await journey(slug, request, now=now(), also_over=True)
    except QuestionsChanged as changed:
        here = changed.before
    if here.together and not here.together.me.sends:
        return Redirect(here.organisation_at, status_code=303)
    if here.draft is not None:
        told = here.draft.later or here.draft.shared
        await store.forget_return([here.draft.key] if told else [], now=now())
        await store.discard_draft(here.draft)
    device = device_of(request)
    address = device.start if device else here.overview
    return Redirect(address, status_code=303, cookies=no_cookies(slug))


def _to_receipt(request: AnyRequest, slug: str, receipt: str) -> Redirect:
    if device := device_of(request):
        return to_sent_page(device, slug, receipt, request.state.language)
    return Redirect(f"/receipts/{receipt}", status_code=303, cookies=no_cookies(slug))


async def checked_again(request: AnyRequest, here: Journey, *, changed: bool) -> Response[str]:
    """The page once more, after something on it was pressed."""
    return await _shown(request, here, _checked(here), changed=changed)


def _seen_of(here: Journey) -> str:
    """Stands for all that the page shows: of an organisation, what is said of it too."""
    state = state_here(here)
    return state.digest if state else answers_seen(here.answers)


def _checked(here: Standing) -> Checked:
    return check(here.questionnaire, here.answers, language=here.language)


async def _shown(
    request: AnyRequest,
    here: Journey,
    checked: Checked,
    *,
    problems: tuple[Problem, ...] = (),
    copy: Copy | None = None,
    changed: bool = False,
    held: Hold | None = None,
    because: str = "",
) -> Response[str]:
    hold = held
    if hold is None and here.draft:
        hold = await hold_shown(request, here, here.draft, now=now())
    page = replace(
        checking_page(here, checked, problems=problems),
        later=f"{here.address}/later{here.query}",
        seen=_seen_of(here),
        signing=signing_off(here, because=because),
        for_organisation=here.for_organisation,
        changed=changed,
        hold=hold,
        held=held is not None,
        copy=copy or Copy(False, "", settings().smtp_url is None),
    )
    status = 409 if changed else 429 if held else 422 if problems else 200
    later = {"Retry-After": str(held.seconds)} if held else {}
    return render(
        request,
        "responses/check.html",
        page,
        status=status,
        headers={"Cache-Control": "no-store", **later},
        language=here.language,
    )


def checking_page(
    here: Standing,
    checked: Checked,
    *,
    problems: tuple[Problem, ...] = (),
    trial: Trial | None = None,
) -> CheckPage:
    asked = here.questionnaire.by_key()
    route = here.route(here.answers)
    return CheckPage(
        slug=here.consultation.slug,
        title=here.title,
        invented=here.consultation.invented,
        languages=language_choices(here.questionnaire.languages, here.language),
        action=here.at_check,
        back=here.at(route[-1] if route else 1),
        discard=f"{here.address}/discard{here.query}",
        sections=_sections(here, checked),
        dropped=tuple(here.marked(asked[key].text) for key in checked.dropped),
        mends=tuple(_mend(here, problem) for problem in problems or checked.problems),
        problems=problems,
        trial=trial,
    )


def _sections(here: Standing, checked: Checked) -> tuple[CheckedSection, ...]:
    keys = shown(here.questionnaire, checked.answers)
    kinds = private_kinds(here.questionnaire)
    sections = (
        CheckedSection(
            here.marked(page.title),
            tuple(
                _answer(here, question, checked, kept_apart=question.key in kinds)
                for question in page.questions
                if question.key in keys and not isinstance(question, Statement)
            ),
        )
        for page in here.questionnaire.pages
    )
    return tuple(section for section in sections if section.answers)


def _answer(
    here: Standing, question: Question, checked: Checked, *, kept_apart: bool
) -> CheckedAnswer:
    return CheckedAnswer(
        key=question.key,
        question=here.marked(question.text),
        lines=answer_words(question, checked.answers, here.language, files=here.file_views),
        change=_change(here, question.key),
        kept_apart=kept_apart,
    )


def _mend(here: Standing, problem: Problem) -> Mend:
    key = question_of(problem.place).partition(".")[0]
    if problem.place in ("copy_to", BECAUSE, "agreements", "declaration"):
        return Mend(problem.words, f"#{problem.place}")
    return Mend(problem.words, _change(here, key, place=problem.place))


def _change(here: Standing, key: str, *, place: str = "") -> str:
    return f"{here.at(here.leaf_of(key), change='1')}#{place or key}"


router = Router(
    path="/",
    route_handlers=[check_page, send_answers, discard_answers],
    exception_handlers=REFUSED,  # type: ignore[arg-type]
)
