"""Whether answers are taken now, and by which round; where not, why, in words."""

from collections.abc import Iterable
from datetime import datetime

from app.problems import Refusal
from app.speech import Day, sentence
from surveys.consultation import Consultation, Round, State


class AnswersNotTaken(Refusal):
    title = sentence("You cannot answer this consultation now")


class RoundClosed(AnswersNotTaken):
    title = sentence("This consultation has closed")


class RoundPaused(AnswersNotTaken):
    title = sentence("This consultation is paused")


class RoundNotOpenYet(AnswersNotTaken):
    title = sentence("This consultation is not open yet")


class RoundNotAnnounced(RoundNotOpenYet):
    """Nobody outside has been told of the consultation, so no public page speaks of it."""


def round_to_answer(consultation: Consultation, now: datetime) -> Round:
    """The round that takes answers now. Raises the AnswersNotTaken that says why there is none."""
    asked = consultation.open_round(now)
    if asked is None:
        raise _why_not(consultation.rounds, now)
    return asked


def check_announced(consultation: Consultation, now: datetime) -> None:
    """Raises RoundNotAnnounced where no page may speak of the consultation yet."""
    if all(each.state is State.DRAFT for each in consultation.rounds):
        raise _why_not(consultation.rounds, now)


def check_may_finish(asked: Round, now: datetime, *, began_at: datetime) -> None:
    """Raises AnswersNotTaken for someone who began in a round that no longer waits for them."""
    if not asked.may_finish(began_at, now):
        raise _why_not([asked], now)


def _why_not(rounds: Iterable[Round], now: datetime) -> AnswersNotTaken:
    """A pause first, then an opening to come, then the last close."""
    rounds = list(rounds)
    paused = next((each for each in rounds if each.standing(now) is State.PAUSED), None)
    if paused:
        return RoundPaused(paused.pause_reason)
    drafts = all(each.state is State.DRAFT for each in rounds)
    not_yet = RoundNotAnnounced if drafts else RoundNotOpenYet
    coming = [each.opens_at for each in rounds if each.opens_at and each.opens_at > now]
    if coming:
        return not_yet(sentence("It opens on {moment}. Come back then."), moment=min(coming))
    closed = [each.closes_at for each in rounds if each.standing(now) is State.CLOSED]
    if closed:
        days = [Day(closes_at) for closes_at in closed if closes_at]
        if days:
            return RoundClosed(sentence("It closed on {day}."), day=days[-1])
        return RoundClosed(sentence("It takes no more answers."))
    return not_yet(sentence("No opening date has been set."))
