"""Every number of a report, numbered in reading order, each with its recipe in words."""

from collections.abc import Iterator

from msgspec import Struct

from publications.report import (
    Figure,
    Report,
    ReportedItem,
    ReportedQuestion,
    ReportedStatement,
    ReportedTheme,
)


class Count(Struct, frozen=True):
    """A figure before it has its number. `only_round` None: all the rounds together."""

    place: str
    what: str
    value: int | float | None
    counted: str
    only_round: int | None = None


def figures(report: Report) -> tuple[Figure, ...]:
    """The figures of `report`, from 1 up; the same report always gives the same numbers."""
    every_round = tuple(asked.number for asked in report.rounds)
    return tuple(
        Figure(
            number=number,
            place=count.place,
            what=count.what,
            value=count.value,
            counted=count.counted,
            rounds=every_round if count.only_round is None else (count.only_round,),
        )
        for number, count in enumerate(_counts(report), start=1)
    )


def _counts(report: Report) -> Iterator[Count]:
    yield from _of_the_ledger(report)
    for theme in report.themes:
        yield from _of_a_theme(theme)
    for statement in report.statements:
        yield from _of_a_statement(statement)
    for question in report.questions:
        for item in question.items:
            yield from _of_an_item(question, item)


def _of_the_ledger(report: Report) -> Iterator[Count]:
    answered = report.answered
    all_of_them = "every response, through any channel, whatever became of it"
    used = "the responses that every other figure is made of"
    yield Count("answered.received", "Responses received", answered.received, all_of_them)
    yield Count("answered.analysed", "Responses analysed", answered.analysed, used)
    for reason, n in answered.excluded.items():
        what = f"Responses left out: {reason}"
        yield Count(f"answered.excluded.{reason}", what, n, "received, and not analysed")
    for channel, part in answered.by_channel.items():
        place = f"answered.by_channel.{channel}"
        yield Count(f"{place}.received", f"Received by {channel}", part.received, all_of_them)
        yield Count(f"{place}.analysed", f"Analysed, by {channel}", part.analysed, used)
    for number, part in answered.by_round.items():
        place, of = f"answered.by_round.{number}", f"round {number}"
        yield Count(
            f"{place}.received", f"Received in {of}", part.received, all_of_them, int(number)
        )
        yield Count(f"{place}.analysed", f"Analysed from {of}", part.analysed, used, int(number))
    yield from _of_other_units(report)


def _of_other_units(report: Report) -> Iterator[Count]:
    for event in report.answered.events:
        place = f"answered.events.{event.name}"
        by_hand = "counted at the event; never added to responses"
        yield Count(f"{place}.attendees", f"People at {event.name}", event.attendees, by_hand)
        what = f"Organisations at {event.name}"
        yield Count(f"{place}.organisations", what, event.organisations, by_hand)
    for petition in report.answered.petitions:
        place = f"answered.petitions.{petition.name}.signatures"
        what = f"Signatures of {petition.name}"
        yield Count(place, what, petition.signatures, "as handed in; never added to responses")


def _of_a_theme(theme: ReportedTheme) -> Iterator[Count]:
    place = f"themes.{theme.slug}"
    people = "responses with at least one written answer that a person coded under the theme"
    read = "responses with at least one written answer that a person has finished reading"
    yield Count(f"{place}.people", f"{theme.label}: raised by", theme.people, people)
    yield Count(f"{place}.read", f"{theme.label}: out of", theme.read, read)
    for number, of_round in theme.by_round.items():
        own, of = f"{place}.by_round.{number}", f"{theme.label}, round {number}"
        yield Count(f"{own}.people", f"{of}: raised by", of_round.people, people, int(number))
        yield Count(f"{own}.read", f"{of}: out of", of_round.read, read, int(number))


def _of_a_statement(statement: ReportedStatement) -> Iterator[Count]:
    saying, place = statement.saying, f"statements.{statement.id}"
    asked = f"{saying.question} {saying.row}".strip()
    gave = (
        "responses that gave this answer, or any of these; the word goes by its share of the base"
    )
    what, number = f"{asked}: {' or '.join(saying.answers)}", saying.round_number
    yield Count(f"{place}.n", what, statement.n, gave, number)
    yield Count(
        f"{place}.base", f"{asked}: base", statement.base, "responses with an answer", number
    )


def _of_an_item(question: ReportedQuestion, item: ReportedItem) -> Iterator[Count]:
    place = place_of(question, item)
    name = f"{question.text} {item.text}".strip()
    did = "put this answer first" if question.type == "ranking" else "gave this answer"
    chose = f"responses that {did}; its share is of those who answered"
    yield Count(f"{place}.answered", f"{name}: answered", item.answered, "responses with an answer")
    yield Count(
        f"{place}.missing", f"{name}: not answered", item.missing, "shown it, and left it blank"
    )
    for option in item.options:
        yield Count(f"{place}.options.{option.value}", f"{name}: {option.text}", option.n, chose)
    if item.scored is not None:
        yield from _of_a_scale(place, name, item)


def _of_a_scale(place: str, name: str, item: ReportedItem) -> Iterator[Count]:
    scored = "answered on the scale, “don't know” left out"
    yield Count(f"{place}.scored", f"{name}: on the scale", item.scored, scored)
    above = "share of those who answered who chose a point above the middle of the scale"
    yield Count(f"{place}.agree", f"{name}: above the middle", item.agree, above)
    below = "share of those who answered who chose a point below the middle of the scale"
    yield Count(f"{place}.disagree", f"{name}: below the middle", item.disagree, below)
    net = "the share above the middle less the share below it"
    yield Count(f"{place}.net", f"{name}: net", item.net, net)


def place_of(question: ReportedQuestion, item: ReportedItem) -> str:
    """Where the item's figures are found, like `questions.support` or `questions.views.parks`."""
    return f"questions.{question.key}.{item.row}" if item.row else f"questions.{question.key}"
