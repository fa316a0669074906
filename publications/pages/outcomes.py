"""Officers tie each theme to what was done about it."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from analysis import store as analysis
from analysis.codebook import Theme
from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem, Refusal
from app.templating import render
from publications import store
from publications.commitments import Commitment, Promise
from publications.outcomes import (
    LABELS,
    MEANINGS,
    Kind,
    Outcome,
    next_step,
    only_what_its_kind_tells,
    problems,
)
from publications.pages.commitments import PROMISE_FIELDS, read_promise
from publications.pages.requests import OfficerRequest
from surveys import store as surveys
from surveys.consultation import Consultation

LIST = "/officer/consultations/{slug:str}/outcomes"
TEXTS = ("statement", "asked", "reason", "document", "section", "before", "after", "instead")


class ThemeLine(Struct, frozen=True, kw_only=True):
    """One theme in the list; `next` is what to do about it, empty when all is done."""

    id: int
    label: str
    people: int
    read: int
    outcome: Outcome | None
    outcome_label: str
    promises: int
    next: str


class OutcomesPage(Struct, frozen=True, kw_only=True):
    slug: str
    title: str
    themes: tuple[ThemeLine, ...]
    without_theme: int

    @property
    def settled(self) -> int:
        return sum(theme.outcome is not None for theme in self.themes)


class KindChoice(Struct, frozen=True):
    value: str
    label: str
    meaning: str


CHOICES = tuple(KindChoice(kind.value, LABELS[kind], MEANINGS[kind]) for kind in Kind)


class OutcomePage(Struct, frozen=True, kw_only=True):
    """`typed` holds what stands in each field, from the form or from the record."""

    slug: str
    title: str
    theme: Theme
    people: int
    read: int
    quotes: tuple[str, ...]
    promises: tuple[Commitment, ...]
    typed: Mapping[str, str]
    recorded: bool
    choices: tuple[KindChoice, ...] = CHOICES
    problems: tuple[Problem, ...] = ()


class NoSuchTheme(Refusal):
    status = 404
    title = "There is no such theme"


@get(LIST, guards=[may_manage], name="outcomes")
async def outcomes_page(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    found = await store.outcomes(consultation.id)
    counts = await analysis.theme_counts(consultation.id)
    promises = await store.commitments(consultation.id)
    themes = []
    for theme in await analysis.themes(consultation.id):
        outcome = found.get(theme.id)
        count = counts.get(theme.id)
        promised = sum(each.theme_id == theme.id for each in promises)
        themes.append(
            ThemeLine(
                id=theme.id,
                label=theme.label,
                people=count.people if count else 0,
                read=count.read if count else 0,
                outcome=outcome,
                outcome_label=LABELS[outcome.kind] if outcome else "",
                promises=promised,
                next=next_step(outcome, commitments=promised),
            )
        )
    page = OutcomesPage(
        slug=slug,
        title=consultation.title,
        themes=tuple(themes),
        without_theme=sum(each.theme_id is None for each in promises),
    )
    return render(request, "publications/outcomes.html", page)


@get(f"{LIST}/{{theme_id:int}}", guards=[may_manage], name="outcome")
async def outcome_page(
    slug: FromPath[str], theme_id: FromPath[int], request: OfficerRequest
) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    theme = await _theme(consultation, theme_id)
    return await _show(request, consultation, theme)


@post(f"{LIST}/{{theme_id:int}}", guards=[may_manage], name="record-outcome")
async def record_outcome(
    slug: FromPath[str], theme_id: FromPath[int], request: OfficerRequest
) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    theme = await _theme(consultation, theme_id)
    form = await read_form(request)
    promises = await _promises(consultation, theme)
    outcome, promise = _read(form, theme_id, promises=len(promises))
    if form.problems or outcome is None:
        typed = {name: values[0] for name, values in form.fields.items() if values}
        return await _show(request, consultation, theme, typed=typed, problems=tuple(form.problems))
    await store.record_outcome(
        consultation, outcome, by=request.user.email, now=now(), promise=promise
    )
    return Redirect(f"/officer/consultations/{slug}/outcomes", status_code=303)


@post(f"{LIST}/{{theme_id:int}}/remove", guards=[may_manage], name="remove-outcome")
async def remove_outcome(
    slug: FromPath[str], theme_id: FromPath[int], request: OfficerRequest
) -> Response[Any]:
    consultation = await surveys.consultation(slug)
    await store.remove_outcome(consultation, theme_id, by=request.user.email)
    return Redirect(f"/officer/consultations/{slug}/outcomes", status_code=303)


def _read(form: Form, theme_id: int, *, promises: int) -> tuple[Outcome | None, Promise | None]:
    """The outcome and the first promise as typed; what they lack becomes the form's problems."""
    kind = form.text("kind")
    if kind not in set(Kind):
        form.refuse("kind", "Choose what became of it")
        return None, None
    promise = None
    if kind == Kind.UNDER_WAY and not promises:
        promise = read_promise(form, theme_id=theme_id)
    outcome = only_what_its_kind_tells(
        Outcome(
            theme_id=theme_id,
            kind=Kind(kind),
            ready=form.ticked("ready"),
            **{name: form.text(name) for name in TEXTS},
        )
    )
    # A promise typed here counts; what it lacks itself is already among the problems.
    promised = promises + (kind == Kind.UNDER_WAY and not promises)
    for problem in problems(outcome, commitments=promised):
        form.refuse(problem.place, problem.words)
    return outcome, promise


def _typed(outcome: Outcome | None) -> dict[str, str]:
    if outcome is None:
        return {}
    texts = {name: getattr(outcome, name) for name in TEXTS}
    return {**texts, "kind": outcome.kind.value, "ready": "yes" if outcome.ready else ""}


async def _theme(consultation: Consultation, theme_id: int) -> Theme:
    for theme in await analysis.themes(consultation.id):
        if theme.id == theme_id:
            return theme
    raise NoSuchTheme("It may have been merged or removed. Go back to the list of outcomes.")


async def _promises(consultation: Consultation, theme: Theme) -> tuple[Commitment, ...]:
    every = await store.commitments(consultation.id)
    return tuple(each for each in every if each.theme_id == theme.id)


async def _show(
    request: OfficerRequest,
    consultation: Consultation,
    theme: Theme,
    *,
    typed: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
) -> Response[Any]:
    outcome = (await store.outcomes(consultation.id)).get(theme.id)
    count = (await analysis.theme_counts(consultation.id)).get(theme.id)
    quotes = await analysis.cleared_quotes(consultation.id)
    blank = dict.fromkeys((*TEXTS, *PROMISE_FIELDS, "kind", "ready"), "")
    page = OutcomePage(
        slug=consultation.slug,
        title=consultation.title,
        theme=theme,
        people=count.people if count else 0,
        read=count.read if count else 0,
        quotes=tuple(each.quote for each in quotes if each.theme_id == theme.id),
        promises=await _promises(consultation, theme),
        typed={**blank, **(_typed(outcome) if typed is None else typed)},
        recorded=outcome is not None,
        problems=problems,
    )
    return render(request, "publications/outcome.html", page, status=422 if problems else 200)
