"""What stops or weakens publication, each gap in words: what, why, and how to mend it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from msgspec import Struct

from analysis.quantities import BANDS, Band
from analysis.statements import Standing as Statement
from publications.commitments import Commitment, Status, status
from publications.outcomes import Outcome, problems
from publications.prose import (
    Pairs,
    Prose,
    numbers_unknown,
    words_alone,
    words_that_do_not_fit,
)
from surveys.consultation import TIME_TO_FINISH, Consultation, Round, State


class Gap(Struct, frozen=True):
    """`place` is the page that mends it, below the consultation's own address for officers."""

    what: str
    why: str
    fix: str
    place: str = ""


class Lint(Struct, frozen=True):
    """`blocking` gaps stop publication; `warnings` weaken the report and may be lived with."""

    blocking: tuple[Gap, ...]
    warnings: tuple[Gap, ...]


class ThemeStanding(Struct, frozen=True, kw_only=True):
    """One theme and what stands to its name; `people` are the responses counted under it."""

    id: int
    label: str
    people: int
    quotes: int
    outcome: Outcome | None
    commitments: tuple[Commitment, ...]


class Standing(Struct, frozen=True, kw_only=True):
    """All that lint looks at. `unread` and `written` count free-text answers. `prose` is what
    people wrote for the report, `figures` what may stand in it; `left_out` are statements that
    should be printed and have no number to publish."""

    consultation: Consultation
    analysed: int
    balanced: bool
    written: int
    unread: int
    themes: tuple[ThemeStanding, ...]
    commitments: tuple[Commitment, ...]
    today: date
    now: datetime
    statements: tuple[Statement, ...] = ()
    left_out: tuple[Statement, ...] = ()
    prose: tuple[Prose, ...] = ()
    bands: tuple[Band, ...] = BANDS
    figures: Pairs = frozenset()


Rule = Callable[[Standing], Iterator[Gap]]


def lint(standing: Standing) -> Lint:
    """Every gap, in the order an officer would mend them."""
    return Lint(
        blocking=tuple(gap for rule in BLOCKING for gap in rule(standing)),
        warnings=tuple(gap for rule in WARNINGS for gap in rule(standing)),
    )


def reason_gap(number: int) -> Gap:
    """What stops a later edition that does not say why it replaces the one before."""
    return Gap(
        f"Edition {number} has no reason",
        f"Edition {number - 1} is published and people may have relied on it.",
        f"Say why edition {number} replaces edition {number - 1}",
        "publish",
    )


def never_asked(standing: Standing) -> Iterator[Gap]:
    rounds = standing.consultation.rounds
    if all(asked.standing(standing.now) is State.DRAFT for asked in rounds):
        yield Gap(
            "Nobody has been asked yet",
            "A report needs a round that has been open.",
            "Open a round, and close it when it is over",
            "questionnaire",
        )


def still_open(standing: Standing) -> Iterator[Gap]:
    for asked in standing.consultation.rounds:
        if asked.is_open(standing.now):
            yield Gap(
                f"The consultation is still open (round {asked.number})",
                "Answers are still coming in, so no figure is final.",
                f"Close round {asked.number}, or wait until it closes",
                "questionnaire",
            )
        elif asked.standing(standing.now) is State.PAUSED:
            yield Gap(
                f"Round {asked.number} is paused, not closed",
                "A paused round may open again and its figures may change.",
                f"Close round {asked.number}",
                "questionnaire",
            )


def unbalanced(standing: Standing) -> Iterator[Gap]:
    if not standing.balanced:
        yield Gap(
            "The ledger does not balance",
            "Responses received are not the sum of those analysed and those excluded.",
            "Find the responses that are in neither count",
            "ledger",
        )


def nothing_counted(standing: Standing) -> Iterator[Gap]:
    if not standing.themes:
        yield Gap(
            "There is no codebook",
            "Without themes the report cannot say what people said or what was done about it.",
            "Add the themes that people raised",
            "themes",
        )
    if standing.written and standing.unread == standing.written:
        yield Gap(
            "Nobody has read the written answers",
            f"All {standing.written:,} are unread, so every theme would be counted from nothing.",
            "Read and code the written answers",
            "coding",
        )


def without_outcome(standing: Standing) -> Iterator[Gap]:
    for theme in standing.themes:
        if theme.outcome is None:
            yield Gap(
                f"“{theme.label}” has no outcome",
                "People who raised it would not learn what became of what they said.",
                f"Say what happened about “{theme.label}”",
                f"outcomes/{theme.id}",
            )


def incomplete_outcome(standing: Standing) -> Iterator[Gap]:
    for theme in standing.themes:
        if theme.outcome is None:
            continue
        for problem in problems(theme.outcome, commitments=len(theme.commitments)):
            yield Gap(
                f"The outcome of “{theme.label}” is not complete",
                "Something that this kind of outcome has to say is missing.",
                f"“{theme.label}”: {problem.words[0].lower()}{problem.words[1:]}",
                f"outcomes/{theme.id}#{problem.place}",
            )


def unbound_words(standing: Standing) -> Iterator[Gap]:
    """A sentence in somebody's own words that the data have left behind."""
    for each in standing.statements:
        if conflict := each.conflict:
            yield Gap(
                f"“{each.kept.sentence}” does not fit its numbers any more",
                f"{conflict.words}. Nobody’s words are changed for them.",
                "Change the sentence, let the program word it, or remove it",
                f"statements/{each.kept.id}",
            )
        elif each.kept.in_report and each.saying is None:
            yield Gap(
                "A statement of the report counts nothing any more",
                "Its question, or its answer, is not asked in any version.",
                "Remove the statement, or make another one",
                f"statements#statement-{each.kept.id}",
            )


def hidden_statement(standing: Standing) -> Iterator[Gap]:
    for each in standing.left_out:
        if each.saying is not None:
            yield Gap(
                f"A statement on “{each.saying.row or each.saying.question}” is left out",
                "Nobody answered, or the number would tell of a few what they said.",
                "Leave it out of the report, or state something that more people said",
                f"statements#statement-{each.kept.id}",
            )


def unbound_prose(standing: Standing) -> Iterator[Gap]:
    """Shares in free prose that no figure stands behind."""
    for alone in words_alone(standing.prose, standing.bands):
        yield Gap(
            f"“{alone.said}” stands in {alone.prose.where} with no number beside it",
            "Readers cannot tell which share is meant, and nobody is told when it changes.",
            "Put the numbers beside it, like “54 of 78”, or make a statement of it",
            alone.prose.place,
        )
    for unknown in numbers_unknown(standing.prose, standing.figures):
        yield Gap(
            f"“{unknown.said}” stands in {unknown.prose.where} and is no figure of this report",
            "Readers may look for it. If it is about something else, it may stay.",
            "Check the number against the results",
            unknown.prose.place,
        )
    for wrong in words_that_do_not_fit(standing.prose, standing.figures, standing.bands):
        yield Gap(
            f"“{wrong.said}” stands in {wrong.prose.where}, and that is “{wrong.instead}”",
            "The report prints what its words stand for, and this one says something else.",
            f"Write “{wrong.instead}”, or leave the word out",
            wrong.prose.place,
        )


def unread_answers(standing: Standing) -> Iterator[Gap]:
    if 0 < standing.unread < standing.written:
        yield Gap(
            f"{standing.unread:,} of {standing.written:,} written answers have not been read",
            "The report counts themes over the answers that were read, and says how many.",
            "Read and code the rest",
            "coding",
        )


def no_quote(standing: Standing) -> Iterator[Gap]:
    for theme in standing.themes:
        if theme.people and not theme.quotes:
            yield Gap(
                f"“{theme.label}” has no quote",
                "Readers believe a theme more easily in someone's own words.",
                f"Clear a quote for “{theme.label}”",
                f"themes/{theme.id}",
            )


def nobody_raised(standing: Standing) -> Iterator[Gap]:
    for theme in standing.themes:
        if not theme.people and standing.unread < standing.written:
            yield Gap(
                f"No response is counted under “{theme.label}”",
                "The report will say that nobody's written answer raised it.",
                "Check the coding, or remove the theme from the codebook",
                f"themes/{theme.id}",
            )


def small_numbers(standing: Standing) -> Iterator[Gap]:
    threshold = standing.consultation.threshold
    few = [theme.label for theme in standing.themes if 0 < theme.people < threshold]
    if few:
        yield Gap(
            f"Fewer than {threshold} responses are behind {_listed(few)}",
            "Someone who knows the respondents may guess who said it.",
            "Check that the quotes and the wording point to nobody",
            "outcomes",
        )
    if 0 < standing.analysed < threshold:
        yield Gap(
            f"Fewer than {threshold} responses were analysed in all",
            "Most figures will be left out to protect those who answered.",
            "Consider whether the figures should be published at all",
            "responses",
        )


def overdue_promise(standing: Standing) -> Iterator[Gap]:
    for promise in standing.commitments:
        if status(promise.due_on, promise.kept_on, today=standing.today) is Status.OVERDUE:
            yield Gap(
                f"A commitment is overdue: {promise.promise}",
                "The report will say so plainly.",
                "Record that it was kept, or say in its progress note what is holding it up",
                f"commitments/{promise.id}",
            )


def nothing_about_it(standing: Standing) -> Iterator[Gap]:
    if not standing.consultation.about.summary:
        yield Gap(
            "The consultation has no summary",
            "Readers will not see in a sentence what was asked.",
            "Write a summary",
            "about",
        )
    if not standing.consultation.caveat:
        yield Gap(
            "The consultation has no caveat",
            "Open consultations are not representative, and figures should say so.",
            "Write who could answer and whom the figures stand for",
            "about",
        )


def not_ready(standing: Standing) -> Iterator[Gap]:
    waiting = [
        theme.label for theme in standing.themes if theme.outcome and not theme.outcome.ready
    ]
    if waiting:
        yield Gap(
            f"Respondents do not yet see the outcome of {_listed(waiting)}",
            "It is in the report, and missing from the page that each respondent's receipt opens.",
            "Tick “ready to show to respondents” on the outcome",
            "outcomes",
        )


def finishing(standing: Standing) -> Iterator[Gap]:
    for asked in standing.consultation.rounds:
        if _just_closed(asked, standing.now):
            yield Gap(
                f"Round {asked.number} closed less than an hour ago",
                "People who had begun may finish within the hour, and would not be counted.",
                "Wait until the hour is over",
                "responses",
            )


def _just_closed(asked: Round, now: datetime) -> bool:
    if asked.closes_at is None or asked.standing(now) is not State.CLOSED:
        return False
    return now < asked.closes_at + TIME_TO_FINISH


def _listed(labels: list[str]) -> str:
    quoted = [f"“{label}”" for label in labels]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


BLOCKING: tuple[Rule, ...] = (
    never_asked,
    still_open,
    unbalanced,
    nothing_counted,
    without_outcome,
    incomplete_outcome,
    unbound_words,
)
WARNINGS: tuple[Rule, ...] = (
    finishing,
    unread_answers,
    no_quote,
    nobody_raised,
    small_numbers,
    hidden_statement,
    unbound_prose,
    overdue_promise,
    not_ready,
    nothing_about_it,
)
