"""Sending in a crowd: a browser works for a moment, or its reader waits for one. Nobody is turned
away, and nothing that was kept is lost."""

from datetime import datetime, timedelta
from math import ceil

from msgspec import Struct

from app.settings import settings
from app.speech import Speech, sentence, speech
from responses import store
from responses.pages.journey import AnyRequest, Journey
from responses.pages.pace import crowd, network, time_words
from responses.proof import Proof, proof_in, work_for

WORK = "_work"
"""The field in which a browser sends what it worked out."""

REFUSED = {
    Proof.LATE: sentence("What your browser worked out is more than an hour old."),
    Proof.OF_OTHERS: sentence("What your browser worked out belongs to other answers."),
    Proof.WRONG: sentence("What your browser worked out is not what was asked for."),
}


class Hold(Struct, frozen=True):
    """Why a draft cannot be sent yet. `wait` says how long is left, and `seconds` too; `work` is
    what the browser may do instead. `refused` says what was wrong with what it did; `again` that
    the button was pressed already, so that the answers go as soon as the work is done."""

    wait: str
    seconds: int
    work: str
    refused: str = ""
    again: bool = False


class Gone(Struct, frozen=True):
    """Through: `also` belongs to the unit that stores the response."""

    also: tuple[store.Writing, ...] = ()


async def hold_shown(
    request: AnyRequest, here: Journey, draft: store.Draft, *, now: datetime
) -> Hold | None:
    """What the page says before anything is sent; None where there is no crowd, or the wait is
    over. Whoever reads through their answers has often waited long enough."""
    until = await _held_until(request, here, draft, now=now)
    if until is None or until <= now:
        return None
    return _hold(draft, until, now=now, speaks=speech(here.language))


async def let_through(
    request: AnyRequest, here: Journey, draft: store.Draft, *, typed: str, now: datetime
) -> Hold | Gone:
    """Whether the draft may be sent at this moment: always once it has waited as long as it was
    told to, whoever else is sending."""
    until = await _held_until(request, here, draft, now=now)
    proof = Proof.NONE
    if until is not None and until > now:
        proof = proof_in(typed, draft.key, secret=settings().secret_key)
        if proof is not Proof.GOOD:
            return _hold(draft, until, now=now, speaks=speech(here.language), proof=proof)
    if here_now := crowd(request):
        here_now.note(network(request), now)
    if until is None:
        return Gone()
    how = store.Passed.WORK if proof is Proof.GOOD else store.Passed.WAIT
    return Gone((store.passing(draft.key, how),))


async def _held_until(
    request: AnyRequest, here: Journey, draft: store.Draft, *, now: datetime
) -> datetime | None:
    """None where nobody waits."""
    around = crowd(request)
    if around is None or not around.is_here(network(request), now):
        return None
    known = await store.held_until(draft)
    return known or await store.hold(
        draft, here.consultation.id, around.join(network(request), now)
    )


def _hold(
    draft: store.Draft,
    until: datetime,
    *,
    now: datetime,
    speaks: Speech,
    proof: Proof | None = None,
) -> Hold:
    left: timedelta = until - now
    refused = REFUSED.get(proof, "") if proof else ""
    return Hold(
        wait=time_words(left, speaks),
        seconds=ceil(left.total_seconds()),
        work=work_for(draft.key, secret=settings().secret_key, now=now),
        refused=speaks.say(refused) if refused else "",
        again=proof is Proof.NONE,
    )
