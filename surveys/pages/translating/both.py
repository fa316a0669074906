"""Both texts, where two people translated the same one, each in their own way."""

from collections.abc import Mapping

from litestar import Response
from msgspec import Struct

from app.forms import Form
from app.languages import named_in_english
from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.pages.requests import OfficerRequest
from surveys.pages.translating.typed import Typed
from surveys.questionnaire import say
from surveys.translation import Clash, Edit, Settled, every_text, label_of


class Stopped(Exception):  # noqa: N818 (it ends the transaction, and is no error)
    """Nothing was stored: somebody has to choose first, or there is nothing to store."""

    def __init__(self, settled: Settled) -> None:
        super().__init__()
        self.settled = settled


class Choice(Struct, frozen=True):
    """A text that two people translated; `chosen` and `own` are what was chosen so far."""

    id: str
    place: str
    label: str
    words: str
    was: str
    theirs: str
    mine: str
    chosen: str
    own: str


class Gone(Struct, frozen=True):
    """What was typed for a text that is not there any more."""

    label: str
    mine: str


class BothPage(Struct, frozen=True, kw_only=True):
    """`carried` is everything else that was typed, stored with what is chosen. `is_there` says
    that the questionnaire still has the language."""

    slug: str
    title: str
    revision: int
    code: str
    name: str
    default: str
    key: str
    only_missing: bool
    is_there: bool
    choices: tuple[Choice, ...]
    gone: tuple[Gone, ...]
    carried: tuple[Edit, ...]
    problems: tuple[Problem, ...] = ()


def show_both(
    request: OfficerRequest,
    draft: store.Draft,
    code: str,
    form: Form,
    typed: Typed,
    *,
    settled: Settled | None = None,
) -> Response[str]:
    """`settled` is what cannot be stored as it is; without it, what the form let choose in is
    shown again with its problems."""
    clashes = settled.clashes if settled else typed.clashes
    gone = settled.gone if settled else ()
    told = {*(each.place for each in clashes), *(each.place for each in gone)}
    choices = _choices(draft, clashes, typed, {} if settled else typed.chosen)
    ids = {choice.place: choice.id for choice in choices}
    page = BothPage(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        revision=draft.revision,
        code=code,
        name=named_in_english(code),
        default=draft.questionnaire.languages[0],
        key=form.text("page"),
        only_missing=form.ticked("missing"),
        is_there=code in draft.questionnaire.languages[1:],
        choices=choices,
        gone=tuple(Gone(label_of(each.place), each.mine) for each in gone),
        carried=tuple(
            each for each in typed.edits if each.place not in told and each.mine != each.was
        ),
        problems=tuple(Problem(ids.get(p.place, ""), p.words) for p in form.problems),
    )
    status = 422 if form.problems else store.ChangedMeanwhile.status
    return render(request, "surveys/translating/both.html", page, status=status)


def _choices(
    draft: store.Draft, clashes: tuple[Clash, ...], typed: Typed, chosen: Mapping[str, str]
) -> tuple[Choice, ...]:
    texts = every_text(draft.questionnaire)
    default = draft.questionnaire.languages[0]
    return tuple(
        Choice(
            id=f"choice-{number}",
            place=each.place,
            label=label_of(each.place),
            words=say(texts.get(each.place, ""), default),
            was=each.was,
            theirs=each.theirs,
            mine=each.mine,
            chosen=chosen.get(each.place, ""),
            own=typed.own.get(each.place, "") or each.mine,
        )
        for number, each in enumerate(clashes, start=1)
    )
