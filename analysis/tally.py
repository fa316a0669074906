"""The figures of closed questions; encodes to the contract's `tally`."""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import UNSET, Struct, UnsetType

from analysis.counting import Cells, Form, forms
from analysis.crosstab import Marks
from analysis.disclosure import protected_by_round, withheld
from analysis.likert import median_point, net_agreement, sides, wilson
from analysis.sums import Sums, View, Wanted, sums

Figure = float | UnsetType | None


class GroupTest(Struct, frozen=True):
    """How groups differ; None is a number that is not shown, or that the test has not. `p_adjusted`
    is Holm's over every test of the tally."""

    name: str
    statistic: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    effect: float | None = None
    effect_name: str | None = None
    interval: tuple[float, float | None] | None = None


class OptionTally(Struct, frozen=True):
    """None is a number that is not shown, or a share of nobody. `test` only where a multiple
    choice is compared by group, option by option."""

    value: str
    n: int | None
    share: float | None
    test: GroupTest | UnsetType | None = UNSET


class GroupTally(Struct, frozen=True):
    """One group's answers to a question. `base` is everybody in the group; shares are of those who
    answered."""

    value: str
    base: int | None
    answered: int | None
    options: tuple[OptionTally, ...]


class ScaleFigures(Struct, frozen=True):
    """Shares are of those who answered. `median` is a value of the scale."""

    scored: int | None = None
    agree: float | None = None
    neutral: float | None = None
    disagree: float | None = None
    net: float | None = None
    median: str | None = None
    interval: tuple[float, float] | None = None


class RowTally(Struct, frozen=True, kw_only=True):
    """One row of a grid."""

    value: str
    answered: int | None
    missing: int | None
    not_routed: int | None
    options: tuple[OptionTally, ...]
    scored: int | None
    agree: float | None
    neutral: float | None
    disagree: float | None
    net: float | None
    median: str | None
    interval: tuple[float, float] | None
    groups: tuple[GroupTally, ...] | UnsetType = UNSET
    test: GroupTest | UnsetType | None = UNSET


class QuestionTally(Struct, frozen=True, kw_only=True):
    """A question's figures, of all rounds or of one; those that its type lacks are UNSET.

    A ranking's options count the people who put each first. A question of words has no options.
    """

    key: str
    type: str
    round: int | UnsetType = UNSET
    base: int | UnsetType = UNSET
    answered: int | None
    missing: int | None
    not_routed: int | None
    options: tuple[OptionTally, ...]
    scored: int | UnsetType | None = UNSET
    agree: Figure = UNSET
    neutral: Figure = UNSET
    disagree: Figure = UNSET
    net: Figure = UNSET
    median: str | UnsetType | None = UNSET
    interval: tuple[float, float] | UnsetType | None = UNSET
    rows: tuple[RowTally, ...] | UnsetType = UNSET
    groups: tuple[GroupTally, ...] | UnsetType = UNSET
    test: GroupTest | UnsetType | None = UNSET
    rounds: "tuple[QuestionTally, ...] | UnsetType" = UNSET


def cells_of(counted: QuestionTally | RowTally) -> Cells:
    options = tuple(option.n for option in counted.options)
    return Cells(counted.answered, counted.missing, counted.not_routed, options)


class Tally(Struct, frozen=True):
    """`base` is the analysed responses that every figure is made of."""

    base: int
    questions: tuple[QuestionTally, ...]
    caveat: str = ""
    by: str | UnsetType = UNSET
    compared: int | UnsetType = UNSET
    """How many comparisons were looked at together, where groups are compared."""


class Plan(Struct, frozen=True):
    """Which tally is wanted, of a consultation with these `rounds`. With a `threshold`, small
    numbers about special categories are hidden; None shows all, for officers' own pages."""

    rounds: tuple[int, ...]
    round_number: int | None = None
    compare: bool = False
    threshold: int | None = None


class _Counted(Struct, frozen=True):
    """A question's cells, and those of each of a grid's rows."""

    cells: Cells
    rows: tuple[Cells, ...]


class _Views(Struct, frozen=True):
    """A question over all that was chosen, and round by round where that is wanted."""

    whole: _Counted
    rounds: dict[int, _Counted]


def tally(marks: Sequence[Marks], plan: Plan, *, caveat: str = "") -> Tally:
    """The tally of blocks in memory, given newest version first."""
    wanted = wanted_for(forms_of(marks), plan)
    return tally_of(wanted, sums(wanted, marks), plan, caveat=caveat)


def forms_of(marks: Sequence[Marks]) -> tuple[Form, ...]:
    """Every question that any of the blocks asks."""
    codings = (each.block.coding for each in marks)
    return forms((coding.questionnaire, coding.names) for coding in codings)


def wanted_for(asked: tuple[Form, ...], plan: Plan, *, by: Form | None = None) -> Wanted:
    """What has to be counted for such a tally. Whatever hides anything is held against the rounds
    too, since they may be shown elsewhere."""
    hides = plan.threshold is not None and (by or any(form.special_category for form in asked))
    apart = plan.compare or plan.round_number is not None or (hides and len(plan.rounds) > 1)
    return Wanted(asked, plan.rounds if apart else (), by)


def tally_of(wanted: Wanted, counted: Sums, plan: Plan, *, caveat: str = "") -> Tally:
    """The tally of what was counted, wherever that was."""
    asked = wanted.asked
    chosen = _chosen(counted, plan)
    views = _protected(asked, [_views(form, chosen, counted) for form in asked], plan.threshold)
    bases = {number: view.base for number, view in counted.rounds.items()}
    questions = tuple(
        _question(form, view, plan, bases) for form, view in zip(asked, views, strict=True)
    )
    return Tally(chosen.base, questions, caveat)


def _chosen(counted: Sums, plan: Plan) -> View:
    return counted.whole if plan.round_number is None else counted.rounds[plan.round_number]


def _views(form: Form, chosen: View, counted: Sums) -> _Views:
    rounds = {number: _counted(form, view) for number, view in counted.rounds.items()}
    return _Views(_counted(form, chosen), rounds)


def _question(form: Form, view: _Views, plan: Plan, bases: dict[int, int]) -> QuestionTally:
    combined = view.whole if plan.round_number is None else view.rounds[plan.round_number]
    whole = _figures(form, combined)
    if not plan.compare:
        return whole
    return msgspec.structs.replace(
        whole,
        rounds=tuple(
            msgspec.structs.replace(_figures(form, part), round=number, base=bases[number])
            for number, part in view.rounds.items()
        ),
    )


def _protected(
    asked: Sequence[Form], counted: Sequence[_Views], threshold: int | None
) -> Sequence[_Views]:
    """What may be shown. Where a sensitive question hides anything, nothing is shown of those that
    were asked because of its answers: how many were asked would tell what it hides."""
    if threshold is None:
        return counted
    shown = [_safe(form, view, threshold) for form, view in zip(asked, counted, strict=True)]
    each = list(zip(asked, counted, shown, strict=True))
    whole = {form.name for form, before, after in each if after.whole != before.whole}
    rounds = {form.name for form, before, after in each if after.rounds != before.rounds}
    return [
        _Views(
            _each(view.whole, withheld) if form.follows & whole else view.whole,
            _withheld_by_round(view) if form.follows & rounds else view.rounds,
        )
        for form, view in zip(asked, shown, strict=True)
    ]


def _safe(form: Form, view: _Views, threshold: int) -> _Views:
    """A sensitive question's cells, and those of its rows; by round all of them or none."""
    if not form.special_category:
        return view
    items = zip(_items(view.whole), *map(_items, view.rounds.values()), strict=True)
    shown = [protected_by_round(item[0], item[1:], threshold, form) for item in items]
    whole, *rounds = zip(*((each, *parts) for each, parts in shown), strict=True)
    made = _Views(
        _Counted(whole[0], whole[1:]),
        {
            number: _Counted(part[0], part[1:])
            for number, part in zip(view.rounds, rounds, strict=True)
        },
    )
    if len(rounds) > 1 and made.rounds != view.rounds:
        return _Views(made.whole, _withheld_by_round(view))
    return made


def _items(counted: _Counted) -> tuple[Cells, ...]:
    return counted.cells, *counted.rows


def _withheld_by_round(view: _Views) -> dict[int, _Counted]:
    return {number: _each(counted, withheld) for number, counted in view.rounds.items()}


def _each(counted: _Counted, change: Callable[[Cells], Cells]) -> _Counted:
    return _Counted(change(counted.cells), tuple(change(cells) for cells in counted.rows))


def _counted(form: Form, view: View) -> _Counted:
    return _Counted(view.cells(form), tuple(view.cells(form, row) for row in form.rows))


def _figures(form: Form, counted: _Counted) -> QuestionTally:
    cells = counted.cells
    question = QuestionTally(
        key=form.key,
        type=form.type,
        answered=cells.answered,
        missing=cells.missing,
        not_routed=cells.not_routed,
        options=() if form.rows else _options(form, cells),
    )
    if form.rows:
        rows = zip(form.rows, counted.rows, strict=True)
        return msgspec.structs.replace(question, rows=tuple(_row(form, *row) for row in rows))
    if form.points:
        return msgspec.structs.replace(question, **msgspec.structs.asdict(_scale(form, cells)))
    return question


def _row(form: Form, value: str, cells: Cells) -> RowTally:
    return RowTally(
        value=value,
        answered=cells.answered,
        missing=cells.missing,
        not_routed=cells.not_routed,
        options=_options(form, cells),
        **msgspec.structs.asdict(_scale(form, cells)),
    )


def _options(form: Form, cells: Cells) -> tuple[OptionTally, ...]:
    return tuple(
        OptionTally(value, n, _share(n, cells.answered))
        for value, n in zip(form.values, cells.options, strict=True)
    )


def _scale(form: Form, cells: Cells) -> ScaleFigures:
    if cells.answered is None or None in cells.options:
        return ScaleFigures()
    points = [n or 0 for n in cells.options[: len(form.points)]]
    on, answered = sides(points), cells.answered
    middle = median_point(points)
    return ScaleFigures(
        scored=on.scored,
        agree=_share(on.agree, answered),
        neutral=_share(on.neutral, answered),
        disagree=_share(on.disagree, answered),
        net=net_agreement(on, answered),
        median=None if middle is None else form.points[middle],
        interval=wilson(on.agree, answered),
    )


def _share(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else part / whole
