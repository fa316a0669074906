"""The page with both texts: what it was, what somebody else wrote, what was typed here."""

from collections.abc import Mapping

from litestar import Response
from msgspec import Struct

from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.pages.question_form.clashes import Clash, clashes
from surveys.pages.question_form.page import carried
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Question, say


class BothPage(Struct, frozen=True, kw_only=True):
    """`was`, `mine` and `now` are the question as JSON. `last` is the newest change of somebody
    else; `chosen` and `own` hold what was chosen and written so far, by field."""

    slug: str
    title: str
    revision: int
    key: str
    words: str
    language: str
    clashes: tuple[Clash, ...]
    was: str
    mine: str
    now: str
    last: store.Change | None
    chosen: Mapping[str, str]
    own: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


async def show_both(
    request: OfficerRequest,
    draft: store.Draft,
    key: str,
    *,
    opened: Question | None,
    mine: Question,
    now: Question | None = None,
    chosen: Mapping[str, str] | None = None,
    own: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    """`now` is what was shown before as theirs; without it, what is stored."""
    language = draft.questionnaire.languages[0]
    now = now or draft.questionnaire.by_key()[key]
    changes = await store.changes(draft.version.id, limit=20)
    asked = draft.questionnaire.by_key()
    page = BothPage(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        revision=draft.revision,
        key=key,
        words=say(now.text, language),
        language=language,
        clashes=clashes(opened, mine, now, asked=asked, language=language),
        was=carried(opened) if opened else "",
        mine=carried(mine),
        now=carried(now),
        last=next((each for each in changes if each.by != request.user.email), None),
        chosen=chosen or {},
        own=own or {},
        problems=problems,
    )
    status = 422 if problems else store.ChangedMeanwhile.status
    return render(request, "surveys/question_form/both.html", page, status=status)
