"""The figures of closed questions; encodes to the contract's `tally`."""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import UNSET, Struct, UnsetType

from analysis.counting import Cells, Form, count, forms
from analysis.disclosure import protected, withheld
from analysis.likert import median_point, net_agreement, sides, wilson
from analysis.matrix import Block

Figure = float | UnsetType | None


class OptionTally(Struct, frozen=True):
    """None is a number that is not shown, or a share of nobody."""

    value: str
    n: int | None
    share: float | None


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
    rounds: "tuple[QuestionTally, ...] | UnsetType" = UNSET


class Tally(Struct, frozen=True):
    """`base` is the analysed responses that every figure is made of."""

    base: int
    questions: tuple[QuestionTally, ...]
    caveat: str = ""


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


def tally(blocks: Sequence[Block], plan: Plan, *, caveat: str = "") -> Tally:
    """The tally of blocks given newest version first."""
    apart = plan.compare or plan.round_number is not None
    by_round = {number: _of_round(blocks, number) for number in plan.rounds if apart}
    chosen = blocks if plan.round_number is None else by_round[plan.round_number]
    asked = forms((block.coding.questionnaire, block.coding.names) for block in blocks)
    views = _protected(asked, [_views(form, chosen, by_round) for form in asked], plan.threshold)
    bases = {number: _base(part) for number, part in by_round.items()}
    questions = tuple(
        _question(form, view, plan, bases) for form, view in zip(asked, views, strict=True)
    )
    return Tally(_base(chosen), questions, caveat)


def _views(form: Form, chosen: Sequence[Block], by_round: dict[int, tuple[Block, ...]]) -> _Views:
    rounds = {number: _counted(form, blocks) for number, blocks in by_round.items()}
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
    """What one round hides could be worked out from the others and the whole, so a sensitive
    question is shown by round only where no round has anything to hide."""
    if not form.special_category:
        return view

    def shown(counted: _Counted) -> _Counted:
        return _each(
            counted, lambda cells: protected(cells, threshold, route_tells=bool(form.follows))
        )

    rounds = {number: shown(counted) for number, counted in view.rounds.items()}
    if len(rounds) > 1 and rounds != view.rounds:
        rounds = _withheld_by_round(view)
    return _Views(shown(view.whole), rounds)


def _withheld_by_round(view: _Views) -> dict[int, _Counted]:
    return {number: _each(counted, withheld) for number, counted in view.rounds.items()}


def _each(counted: _Counted, change: Callable[[Cells], Cells]) -> _Counted:
    return _Counted(change(counted.cells), tuple(change(cells) for cells in counted.rows))


def _counted(form: Form, blocks: Sequence[Block]) -> _Counted:
    return _Counted(count(form, blocks), tuple(count(form, blocks, row) for row in form.rows))


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


def _of_round(blocks: Sequence[Block], number: int) -> tuple[Block, ...]:
    return tuple(block.of_round(number) for block in blocks)


def _base(blocks: Sequence[Block]) -> int:
    return sum(block.rounds.size for block in blocks)
