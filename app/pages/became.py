"""What became of one person's words: their themes, the outcomes and the promises."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from app.speech import Day, Speech
from publications.commitments import Commitment, timing
from publications.outcomes import LABELS, Outcome
from surveys.marked import Marked


class Promised(Struct, frozen=True):
    promise: str
    owner: str
    due_on: date
    timing: str


class OutcomeTold(Struct, frozen=True):
    label: str
    statement: str
    reason: str
    instead: str
    place: str
    before: str
    after: str


class ThemeTold(Struct, frozen=True):
    label: str
    outcome: OutcomeTold | None
    promises: tuple[Promised, ...]


class Said(Struct, frozen=True):
    """One answer in someone's own words, and where it went."""

    question: Marked
    text: str
    finished: bool
    themes: tuple[ThemeTold, ...]


class Step(Struct, frozen=True):
    title: str
    words: str
    done: bool
    link: str = ""
    link_words: str = ""


def outcome_told(outcome: Outcome | None, speaks: Speech) -> OutcomeTold | None:
    if outcome is None:
        return None
    return OutcomeTold(
        label=speaks.say(LABELS[outcome.kind]),
        statement=outcome.statement,
        reason=outcome.reason,
        instead=outcome.instead,
        place=", ".join(part for part in (outcome.document, outcome.section) if part),
        before=outcome.before,
        after=outcome.after,
    )


def promised(commitment: Commitment, speaks: Speech, *, today: date) -> Promised:
    return Promised(
        promise=commitment.promise,
        owner=commitment.owner,
        due_on=commitment.due_on,
        timing=timing(commitment.due_on, commitment.kept_on, today=today, language=speaks.language),
    )


def theme_told(
    label: str,
    theme_id: int,
    *,
    outcomes: Mapping[int, Outcome],
    commitments: Sequence[Commitment],
    today: date,
    speaks: Speech,
) -> ThemeTold:
    """A theme with its outcome and its promises; neither shows before the outcome is ready."""
    outcome = outcome_told(outcomes.get(theme_id), speaks)
    promises = tuple(
        promised(one, speaks, today=today)
        for one in commitments
        if outcome is not None and one.theme_id == theme_id
    )
    return ThemeTold(label=label, outcome=outcome, promises=promises)


def steps(
    said: Sequence[Said],
    *,
    received: datetime,
    report: str,
    edition_at: datetime | None,
    promise: str,
    speaks: Speech,
) -> tuple[Step, ...]:
    """How far one person's answers have come; `promise` says by when there is a report."""
    say = speaks.say
    read = sum(one.finished for one in said)
    themes = [theme for one in said for theme in one.themes]
    decided = sum(theme.outcome is not None for theme in themes)
    return (
        Step(
            say("Received"),
            say("We received your answers on {day}.", day=Day(received)),
            done=True,
        ),
        Step(
            say("Read by a person"),
            speaks.plural(
                "{read} of {n} answer in your own words read.",
                "{read} of {n} answers in your own words read.",
                len(said),
                read=read,
            )
            if said
            else say("You wrote nothing in your own words. Your other answers are counted."),
            done=read == len(said),
        ),
        Step(
            say("Decided"),
            speaks.plural(
                "{decided} of {n} point that you raised decided.",
                "{decided} of {n} points that you raised decided.",
                len(themes),
                decided=decided,
            )
            if themes
            else say("There is nothing to decide on your own words yet."),
            done=bool(themes) and decided == len(themes),
        ),
        Step(
            say("Report published"),
            say("Read what everyone said and what was done.")
            if edition_at
            else " ".join((say("The report will be on the consultation’s page."), promise)).strip(),
            done=edition_at is not None,
            link=report if edition_at else "",
            link_words=say("Read the report") if edition_at else "",
        ),
    )
