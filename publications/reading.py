"""A report as it reads on one day: the sealed words, with each promise's standing worked out."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from analysis.bars import Bar, Side, diverging, places
from analysis.quantities import BANDS, Stated, of_all
from analysis.statements import by_rule
from app.speech import ENGLISH, Speech, speech
from publications.commitments import Status, status, timing
from publications.figures import place_of
from publications.outcomes import LABELS
from publications.report import (
    Report,
    ReportedCommitment,
    ReportedItem,
    ReportedOption,
    ReportedQuestion,
    ReportedStatement,
    ReportedTheme,
)
from publications.wording import how_many
from surveys.questionnaire import DONT_KNOW


class CommitmentView(Struct, frozen=True, kw_only=True):
    sealed: ReportedCommitment
    theme_label: str
    status: Status
    timing: str


class ThemeView(Struct, frozen=True, kw_only=True):
    """`share` is of the responses read, 0 to 1; `figure` numbers the count of people."""

    sealed: ReportedTheme
    outcome_label: str
    how_many: str
    share: float
    figure: int
    commitments: tuple[CommitmentView, ...]

    @property
    def still_promised(self) -> bool:
        return any(each.status is not Status.KEPT for each in self.commitments)


class ItemView(Struct, frozen=True, kw_only=True):
    """`first` and `last` number the item's figures."""

    sealed: ReportedItem
    first: int
    last: int


class Key(Struct, frozen=True):
    """What a bar's segment stands for."""

    text: str
    side: Side
    strength: int


class QuestionView(Struct, frozen=True, kw_only=True):
    """A grid has a bar for each item, on one measure, and a key; other questions have none."""

    sealed: ReportedQuestion
    items: tuple[ItemView, ...]
    bars: tuple[Bar, ...] = ()
    legend: tuple[Key, ...] = ()


class Standings(Struct, frozen=True):
    """How many promises are kept, and how many overdue; the others have time left."""

    kept: int
    overdue: int


class StatementView(Struct, frozen=True, kw_only=True):
    """`words` with `numbers` after them where these are not said; `own` ones are in English, as
    they were written. `first` and `last` number its figures."""

    words: str
    numbers: str
    own: bool
    first: int
    last: int


class ReportView(Struct, frozen=True, kw_only=True):
    report: Report
    today: date
    themes: tuple[ThemeView, ...]
    statements: tuple[StatementView, ...]
    questions: tuple[QuestionView, ...]
    commitments: tuple[CommitmentView, ...]
    standings: Standings


def read_on(report: Report, *, today: date, language: str = ENGLISH) -> ReportView:
    """The report with what depends on the day of reading and on the reader's language. The sealed
    words stay as they are."""
    speaks = speech(language)
    labels = {theme.slug: theme.label for theme in report.themes}
    promises = tuple(_commitment(each, labels, today, speaks) for each in report.commitments)
    numbers = {figure.place: figure.number for figure in report.figures}
    own = _numbers_of_items(report)
    return ReportView(
        report=report,
        today=today,
        themes=tuple(_theme(theme, report, promises, numbers, speaks) for theme in report.themes),
        statements=tuple(_statement(each, report, numbers, speaks) for each in report.statements),
        questions=tuple(_question(question, own) for question in report.questions),
        commitments=promises,
        standings=_standings(promises),
    )


def _commitment(
    sealed: ReportedCommitment, labels: Mapping[str, str], today: date, speaks: Speech
) -> CommitmentView:
    return CommitmentView(
        sealed=sealed,
        theme_label=labels.get(sealed.theme or "", ""),
        status=status(sealed.due_on, sealed.kept_on, today=today),
        timing=timing(sealed.due_on, sealed.kept_on, today=today, language=speaks.language),
    )


def _theme(
    theme: ReportedTheme,
    report: Report,
    promises: tuple[CommitmentView, ...],
    numbers: Mapping[str, int],
    speaks: Speech,
) -> ThemeView:
    return ThemeView(
        sealed=theme,
        outcome_label=speaks.say(LABELS[theme.outcome.kind]),
        how_many=how_many(theme.people, theme.read, report.bands, speaks=speaks),
        share=theme.people / theme.read if theme.read else 0.0,
        figure=numbers[f"themes.{theme.slug}.people"],
        commitments=tuple(each for each in promises if each.sealed.theme == theme.slug),
    )


def _statement(
    sealed: ReportedStatement, report: Report, numbers: Mapping[str, int], speaks: Speech
) -> StatementView:
    now, own = Stated(sealed.word, sealed.n, sealed.base), bool(sealed.sentence)
    words, after = sealed.words, ""
    if speaks.language != ENGLISH:
        bands = report.bands or BANDS
        words = sealed.sentence or by_rule(sealed.saying, now, bands, speaks=speaks)
        after = of_all(now, speaks) if own else ""
    place = f"statements.{sealed.id}"
    return StatementView(
        words=words,
        numbers=after,
        own=own,
        first=numbers[f"{place}.n"],
        last=numbers[f"{place}.base"],
    )


def _numbers_of_items(report: Report) -> dict[str, list[int]]:
    """The numbers of each item's figures, by its place."""
    own: dict[str, list[int]] = {
        place_of(question, item): [] for question in report.questions for item in question.items
    }
    for figure in report.figures:
        at = figure.place
        while at and at not in own:
            at = at.rpartition(".")[0]
        if at:
            own[at].append(figure.number)
    return own


def _question(question: ReportedQuestion, numbers: Mapping[str, list[int]]) -> QuestionView:
    items = tuple(_item(numbers[place_of(question, item)], item) for item in question.items)
    if len(items) == 1 or any(item.scored is None for item in question.items):
        return QuestionView(sealed=question, items=items)
    points = [_points(item) for item in question.items]
    texts = {point.value: point.text for point in points[0]}
    lines = [[point.share or 0.0 for point in line] for line in points]
    return QuestionView(
        sealed=question,
        items=items,
        bars=diverging(lines, tuple(texts)),
        legend=tuple(
            Key(texts[value], side, strength) for value, side, strength in places(tuple(texts))
        ),
    )


def _points(item: ReportedItem) -> tuple[ReportedOption, ...]:
    return tuple(option for option in item.options if option.value != DONT_KNOW)


def _item(own: list[int], item: ReportedItem) -> ItemView:
    return ItemView(sealed=item, first=min(own), last=max(own))


def _standings(promises: tuple[CommitmentView, ...]) -> Standings:
    kept = sum(each.status is Status.KEPT for each in promises)
    overdue = sum(each.status is Status.OVERDUE for each in promises)
    return Standings(kept, overdue)
