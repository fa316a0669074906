"""What an organisation declares of itself: asked on a page, and told wherever its answers are."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.clock import now
from app.forms import Form, read_form
from app.languages import LanguageChoice, language_choices
from app.problems import Problem
from app.speech import Speech, sentence, speech
from app.templating import render
from responses import store
from responses.organisation import Asked, Declaration, Declared, Represented, Signatory
from responses.pages.journey import AnyRequest, Journey, journey
from responses.pages.not_answering import answers_lost
from surveys.marked import Marked
from surveys.typed import on_one_line, western_digits

AT = "/consultations/{slug:str}/respond/organisation/declaration"
LONGEST = {"organisation": 200, "other": 200, "more": 2000}
LONGEST_TYPED = 1_000_000
BIGGEST = 100_000_000

REPRESENTED = {
    Represented.MEMBERS: sentence("Our own members"),
    Represented.RESIDENTS: sentence("The people of a place, such as a parish"),
    Represented.ORGANISATIONS: sentence("Organisations that belong to us"),
    Represented.USERS: sentence("The people who use what we do"),
    Represented.STAFF: sentence("Our staff or volunteers"),
    Represented.OTHER: sentence("Others"),
}
ASKED = {
    Asked.MEETING: sentence("At a meeting"),
    Asked.SURVEY: sentence("By a survey"),
    Asked.VOTE: sentence("By a vote"),
    Asked.COMMITTEE: sentence("A committee or board decided for them"),
    Asked.NOT_ASKED: sentence("They were not asked"),
}


class Said(Struct, frozen=True):
    """One thing that was declared: what it is, and the words, a line each."""

    label: str
    lines: tuple[str, ...]


class DeclarationPage(Struct, frozen=True):
    """Every value as it was typed."""

    slug: str
    title: Marked
    languages: tuple[LanguageChoice, ...]
    overview: str
    action: str
    organisation: str
    represented: str
    other: str
    number: str
    asked: tuple[str, ...]
    more: str
    kinds: tuple[tuple[str, str], ...]
    ways: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...] = ()


@get(AT, name="declaration")
async def declaration_page(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    here = await journey(slug, request, now=now())
    if here.draft is None:
        return await answers_lost(request, slug)
    if here.together is None:
        return Redirect(here.organisation_at, status_code=303)
    organisation = here.together.organisation
    said = organisation.declaration
    form = Form(
        {
            "organisation": [organisation.name],
            "represented": [said.represented or ""],
            "other": [said.other],
            "number": ["" if said.number is None else str(said.number)],
            "asked": list(said.asked),
            "more": [said.more],
        }
    )
    return _shown(request, here, form)


@post(AT, name="declare")
async def declare(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    form = await read_form(request)
    here = await journey(slug, request, now=now())
    if here.draft is None:
        return await answers_lost(request, slug)
    if here.together is None:
        return Redirect(here.organisation_at, status_code=303)
    speaks = speech(here.language)
    name = on_one_line(form.text("organisation", limit=LONGEST_TYPED))
    declaration, problems = read_declaration(form, speaks)
    if not name:
        problems = (no_name(speaks), *problems)
    problems = (*problems, *too_long(form, speaks))
    if problems:
        return _shown(request, here, form, problems=problems)
    await store.declare(here.draft, name, declaration)
    return Redirect(here.organisation_at, status_code=303)


def no_name(speaks: Speech) -> Problem:
    return Problem("organisation", speaks.say("Enter the name of the organisation"))


def too_long(form: Form, speaks: Speech) -> tuple[Problem, ...]:
    return tuple(
        Problem(name, speaks.say("Use {n} characters or fewer", n=most))
        for name, most in LONGEST.items()
        if len(form.text(name, limit=LONGEST_TYPED)) > most
    )


def read_declaration(form: Form, speaks: Speech) -> tuple[Declaration, tuple[Problem, ...]]:
    """What was declared, with what has to be mended in it."""
    kind = form.text("represented", limit=LONGEST_TYPED)
    ways = [way for way in Asked if way in form.texts("asked")]
    other = on_one_line(form.text("other", limit=LONGEST_TYPED))
    problems = []
    if kind not in set(Represented):
        problems.append(Problem("represented", speaks.say("Choose whom you speak for")))
    elif kind == Represented.OTHER and not other:
        problems.append(Problem("other", speaks.say("Say whom you speak for")))
    number, wrong = _number(form, speaks)
    problems += wrong
    if not ways:
        problems.append(Problem("asked", speaks.say("Choose how they were asked")))
    elif Asked.NOT_ASKED in ways and len(ways) > 1:
        words = speaks.say("Choose either how they were asked, or that they were not")
        problems.append(Problem("asked", words))
    declaration = Declaration(
        represented=Represented(kind) if kind in set(Represented) else None,
        other=other if kind == Represented.OTHER else "",
        number=number,
        asked=tuple(ways),
        more=form.text("more", limit=LONGEST_TYPED),
    )
    return declaration, tuple(problems)


def _number(form: Form, speaks: Speech) -> tuple[int | None, list[Problem]]:
    typed = re.sub(r"[\s,.٬]", "", western_digits(form.text("number", limit=LONGEST_TYPED)))
    if not typed:
        return None, []
    if typed.isascii() and typed.isdigit() and int(typed[:12]) <= BIGGEST and len(typed) <= 12:
        return int(typed), []
    words = speaks.say("Enter a whole number, like 120, or leave it empty if you do not know")
    return None, [Problem("number", words)]


async def declared_in(key: UUID, speaks: Speech, *, names: bool) -> tuple[Said, ...]:
    """What the response with this key declares of its organisation; nothing of a person's own."""
    declared = await store.declaration_of(key)
    if declared is None:
        return ()
    return told(declared, await store.signatories(key) if names else (), speaks)


def told(declared: Declared, people: Iterable[Signatory], speaks: Speech) -> tuple[Said, ...]:
    """A declaration in words, whoever reads it; the people only where they are given."""
    names = tuple(_signed(each, speaks) for each in people)
    return (
        Said(speaks.say("Organisation"), (declared.organisation,)),
        *told_of(declared.declaration, speaks),
        Said(speaks.say("Agreed inside the organisation"), _agreed(declared, speaks)),
        *((Said(speaks.say("By whom"), names),) if names else ()),
    )


def told_of(said: Declaration, speaks: Speech) -> tuple[Said, ...]:
    """Whom an organisation speaks for and how they were asked, in words."""
    kind = said.other or speaks.say(REPRESENTED[said.represented or Represented.OTHER])
    ways = tuple(speaks.say(ASKED[way]) for way in said.asked)
    return (
        Said(speaks.say("Whom it speaks for"), (kind, *_how_many(said, speaks))),
        Said(speaks.say("How they were asked"), ways),
        *((Said(speaks.say("More about that"), (said.more,)),) if said.more else ()),
    )


def _how_many(said: Declaration, speaks: Speech) -> tuple[str, ...]:
    if said.number is None:
        return (speaks.say("How many they are is not known"),)
    return (speaks.say("How many they are: {n}", n=said.number),)


def _agreed(declared: Declared, speaks: Speech) -> tuple[str, ...]:
    if not declared.to_agree:
        return (speaks.say("Nobody else had to agree"),)
    words = speaks.say(
        "{agreed} of {asked} who had to agree did", agreed=declared.agreed, asked=declared.to_agree
    )
    if not declared.because:
        return (words,)
    return words, speaks.say("Sent without the others: {why}", why=declared.because)


def _signed(each: Signatory, speaks: Speech) -> str:
    name = f"{each.name}, {each.post}" if each.post else each.name
    if each.sent:
        return speaks.say("{name} sent it on {moment}", name=name, moment=each.at)
    return speaks.say("{name} agreed on {moment}", name=name, moment=each.at)


def _shown(
    request: AnyRequest, here: Journey, form: Form, *, problems: tuple[Problem, ...] = ()
) -> Response[str]:
    say = speech(here.language).say
    page = DeclarationPage(
        slug=here.consultation.slug,
        title=here.title,
        languages=language_choices(here.questionnaire.languages, here.language),
        overview=here.organisation_at,
        action=f"{here.address}/organisation/declaration{here.query}",
        organisation=form.text("organisation", limit=LONGEST_TYPED),
        represented=form.text("represented", limit=LONGEST_TYPED),
        other=form.text("other", limit=LONGEST_TYPED),
        number=form.text("number", limit=LONGEST_TYPED),
        asked=tuple(form.texts("asked")),
        more=form.text("more", limit=LONGEST_TYPED),
        kinds=tuple((kind.value, say(words)) for kind, words in REPRESENTED.items()),
        ways=tuple((way.value, say(words)) for way, words in ASKED.items()),
        problems=problems,
    )
    return render(
        request,
        "responses/organisation_declaration.html",
        page,
        status=422 if problems else 200,
        headers={"Cache-Control": "no-store"},
        language=here.language,
    )
