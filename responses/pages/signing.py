"""Before an organisation's answers are sent: who agrees to them, and what still stops them."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from app.forms import Form
from app.problems import Problem
from app.speech import Speech, speech
from responses import store
from responses.organisation import (
    Declared,
    Member,
    Signatory,
    State,
    Together,
    section_key,
    state_of,
)
from responses.pages.declaring import LONGEST_TYPED, Said, told_of
from responses.pages.journey import Journey

BECAUSE = "because"
LONGEST_BECAUSE = 1000


class Agreement(Struct, frozen=True):
    """Where one of those who have to agree stands, in words."""

    name: str
    post: str
    words: str
    agreed: bool


class SigningOff(Struct, frozen=True, kw_only=True):
    """What the last page says of an organisation. `seen` stands for what there is to agree to;
    `to_agree` says that this person should, `agreed` that they did; `lacking` who did not."""

    organisation: str
    overview: str
    declared: tuple[Said, ...]
    declare_at: str
    agreements: tuple[Agreement, ...]
    to_agree: bool
    agreed: bool
    agree_at: str
    take_back_at: str
    may_send: bool
    sender: str
    lacking: str
    because: str
    seen: str


def state_here(here: Journey) -> State | None:
    """What there is to agree to; None where one person answers."""
    if here.together is None:
        return None
    organisation = here.together.organisation
    return state_of(here.questionnaire, here.version.id, here.answers, organisation)


def signing_off(here: Journey, *, because: str = "") -> SigningOff | None:
    together, state = here.together, state_here(here)
    if together is None or state is None:
        return None
    organisation, me = together.organisation, together.me
    speaks = speech(here.language)
    lacking = [each.name for each in organisation.lacking(state)]
    at = f"{here.address}/organisation"
    complete = organisation.declaration.is_complete
    return SigningOff(
        organisation=organisation.name,
        overview=here.organisation_at,
        declared=told_of(organisation.declaration, speaks) if complete else (),
        declare_at=f"{at}/declaration{here.query}",
        agreements=agreements(here, together, state),
        to_agree=me.agrees and not me.has_agreed(state),
        agreed=me.agrees and me.has_agreed(state),
        agree_at=f"{at}/agree{here.query}",
        take_back_at=f"{at}/take-back{here.query}",
        may_send=me.sends,
        sender=organisation.sender.name,
        lacking=speaks.listed(lacking),
        because=because,
        seen=state.digest,
    )


def agreements(here: Journey, together: Together, state: State) -> tuple[Agreement, ...]:
    speaks = speech(here.language)
    return tuple(
        Agreement(each.name, each.post, _stands(here, each, state, speaks), each.has_agreed(state))
        for each in together.organisation.deciding
    )


def _stands(here: Journey, each: Member, state: State, speaks: Speech) -> str:
    if each.agreed_to is None or each.agreed_at is None:
        return (
            speaks.say("Has not agreed yet") if each.joined_at else speaks.say("Has not come yet")
        )
    if each.has_agreed(state):
        return speaks.say("Agreed on {moment}", moment=each.agreed_at)
    changed = speaks.listed(_changed(here, each, state, speaks))
    return speaks.say(
        "Agreed on {moment}. That does not count any more, because this has changed since: {what}",
        moment=each.agreed_at,
        what=changed,
    )


def _changed(here: Journey, each: Member, state: State, speaks: Speech) -> Iterable[str]:
    """What is other now than what somebody agreed to."""
    before = each.agreed_to
    if before is None or before.version != state.version:
        return [speaks.say("the questions")]
    titles = {
        section_key(here.questionnaire, number): here.marked(page.title).text
        for number, page in enumerate(here.questionnaire.pages, start=1)
    }
    pages = [titles.get(key) or here.title.text for key in each.changed_since(state)]
    if before.declaration != state.declaration:
        pages.append(speaks.say("what is said of the organisation"))
    return pages


async def unsendable(here: Journey, form: Form, *, now: datetime) -> tuple[Problem, ...]:
    """What keeps an organisation's answers from being sent now; nothing for one person's."""
    together, state = here.together, state_here(here)
    if together is None or state is None or here.draft is None:
        return ()
    say = speech(here.language).say
    organisation, me = together.organisation, together.me
    if not me.sends:
        name = organisation.sender.name
        return (Problem("agreements", say("Only {name} can send these answers", name=name)),)
    problems = []
    if not organisation.declaration.is_complete:
        words = say("Say whom the organisation speaks for and how they were asked")
        problems.append(Problem("declaration", words))
    because = form.text(BECAUSE, limit=LONGEST_TYPED)
    if len(because) > LONGEST_BECAUSE:
        problems.append(Problem(BECAUSE, say("Use {n} characters or fewer", n=LONGEST_BECAUSE)))
    if organisation.lacking(state) and not because:
        words = say("Say why you send the answers before everyone has agreed, or wait until then")
        problems.append(Problem(BECAUSE, words))
    return (*problems, *await _being_edited(here, together, now))


async def _being_edited(here: Journey, together: Together, now: datetime) -> tuple[Problem, ...]:
    """What somebody else is typing at this moment would be lost."""
    if here.draft is None:
        return ()
    known = await store.sections(here.draft)
    holders = {each.held_by(now) for each in known.values()} - {None, together.me.id}
    say = speech(here.language).say
    return tuple(
        Problem("agreements", say("{name} is editing a page now. Wait, or take it over", name=name))
        for name in sorted(together.organisation.name_of(each) for each in holders)
    )


def declarations(here: Journey, *, because: str, now: datetime) -> tuple[store.Writing, ...]:
    """What is stored of an organisation with its response; its people are forgotten with that."""
    if here.together is None or here.draft is None:
        return ()
    declared, people = _declared(here, here.together, because=because, now=now)
    return (
        *store.declaring(here.draft.key, here.consultation.id, declared, people),
        *store.forgetting_people([here.draft.key]),
    )


def _declared(
    here: Journey, together: Together, *, because: str, now: datetime
) -> tuple[Declared, tuple[Signatory, ...]]:
    """What the response says, and apart from it who agreed and who sent it."""
    organisation, state = together.organisation, state_here(here)
    agreed = [each for each in organisation.deciding if state and each.has_agreed(state)]
    lacking = len(organisation.deciding) - len(agreed)
    declared = Declared(
        organisation=organisation.name,
        declaration=organisation.declaration,
        to_agree=len(organisation.deciding),
        agreed=len(agreed),
        because=because if lacking else "",
    )
    people = tuple(
        Signatory(each.name, each.post, sent=False, at=each.agreed_at or now) for each in agreed
    )
    me = together.me
    return declared, (*people, Signatory(me.name, me.post, sent=True, at=now))
