"""Every question by the groups of one: counts that may be shown, and whether the groups differ."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import UNSET, Struct, structs

from analysis.comparing.choosing import Comparison, Order, compare, compare_options, in_family
from analysis.comparing.families import holm
from analysis.counting import Form
from analysis.crosstab import Crosstab
from analysis.disclosure import Hidden
from analysis.hiding import Hiding
from analysis.sums import Item, Sums, View, Wanted
from analysis.tally import (
    GroupTally,
    GroupTest,
    OptionTally,
    Plan,
    QuestionTally,
    Tally,
    tally_of,
)

_WHOLE = 0
"""In the place of a round: what the tally counts as a whole."""


class _Seen(Struct, frozen=True):
    """The counts of all rounds or of one, in the groups that `by` makes. With `hiding` small
    numbers are hidden."""

    view: View
    by: Form
    hiding: Hiding | None
    of_a_round: bool

    def hidden(self, form: Form, row: str | None) -> Hidden | None:
        if self.hiding is None:
            return np.zeros((len(self.by.values), len(form.values) + 1), np.bool_)
        safe = self.hiding.of(form, row)
        return safe.of_a_round if self.of_a_round else safe.whole


class _Crossed(Struct, frozen=True):
    """A question or a grid's row by group. `hidden` is groups × the answers and whoever did not
    answer; None hides all. One comparison, or one for each option of a multiple choice."""

    tab: Crosstab
    hidden: Hidden | None
    comparisons: tuple[Comparison | None, ...]


def tally_by_group(wanted: Wanted, counted: Sums, plan: Plan, *, caveat: str = "") -> Tally:
    """The tally of what was counted, with groups where they are wanted, in each round too where
    rounds are compared."""
    made = tally_of(wanted, counted, plan, caveat=caveat)
    if wanted.by is None:
        return made
    threshold = plan.threshold
    hiding = Hiding(wanted.asked, wanted.by, counted, threshold) if threshold is not None else None
    chosen = counted.whole if plan.round_number is None else counted.rounds[plan.round_number]
    views = {_WHOLE: _Seen(chosen, wanted.by, hiding, of_a_round=plan.round_number is not None)}
    if plan.compare:
        for number, view in counted.rounds.items():
            views[number] = _Seen(view, wanted.by, hiding, of_a_round=True)
    return _with_groups(made, wanted.asked, views)


def _with_groups(made: Tally, asked: Sequence[Form], views: Mapping[int, _Seen]) -> Tally:
    """Groups and a test added to each question that has anything to choose, but the one that makes
    the groups. Every test of every view counts towards the family."""
    by = views[_WHOLE].by
    items = [
        (number, form, row)
        for number in views
        for form in asked
        if form.values and form != by
        for row in _rows(form)
    ]
    crossed = [_crossed(form, row, views[number]) for number, form, row in items]
    family = iter(_family(crossed))
    found: dict[int, dict[Item, _Crossed]] = {number: {} for number in views}
    for (number, form, row), one in zip(items, crossed, strict=True):
        told = tuple(next(family) for _ in one.comparisons)
        found[number][form.asks, row] = structs.replace(one, comparisons=told)
    looked_at = sum(each is not None for one in crossed for each in one.comparisons)
    questions = tuple(
        _in_rounds(_grouped(question, form, found[_WHOLE]), form, found)
        for question, form in zip(made.questions, asked, strict=True)
    )
    return structs.replace(made, questions=questions, by=by.key, compared=looked_at)


def _family(crossed: Sequence[_Crossed]) -> Sequence[Comparison | None]:
    """Holm's correction over all that was looked at. It goes by the order of the p, so where any
    p is not shown Bonferroni's takes its place: it tells nothing of the others."""
    found = [each for one in crossed for each in one.comparisons]
    if all(one.hidden is not None and not one.hidden.any() for one in crossed):
        return in_family(found)
    times = sum(each is not None for each in found)
    return [each and structs.replace(each, p_adjusted=min(1.0, times * each.p)) for each in found]


def _in_rounds(
    question: QuestionTally, form: Form, found: Mapping[int, Mapping[Item, _Crossed]]
) -> QuestionTally:
    if question.rounds is UNSET:
        return question
    rounds = tuple(_grouped(each, form, found[each.round or _WHOLE]) for each in question.rounds)
    return structs.replace(question, rounds=rounds)


def _rows(form: Form) -> tuple[str | None, ...]:
    return form.rows or (None,)


def _crossed(form: Form, row: str | None, seen: _Seen) -> _Crossed:
    by = seen.by
    tab = seen.view.by_group(form, by, row)
    found = comparisons(form, tab, overlapping=by.type == "multiple", ordered=len(by.points))
    return _Crossed(tab, seen.hidden(form, row), found)


def comparisons(
    form: Form, tab: Crosstab, *, overlapping: bool, ordered: int, in_pairs: bool = False
) -> tuple[Comparison | None, ...]:
    """One comparison, or one for each option of a multiple choice. Nothing where somebody may be in
    two groups: the tests take people to be in one. The first `ordered` groups stand in an order."""
    if overlapping:
        return (None,)
    groups = Order.ORDERED if ordered else Order.NONE
    # “Don't know” has no place on the scale, of the answers or of the groups.
    size = ordered or len(tab.names)
    if form.type == "multiple":
        return compare_options(tab.options[:size], tab.answered[:size], groups=groups)
    points = len(form.points)
    if points:
        return (compare(tab.options[:size, :points], values=Order.ORDERED, groups=groups),)
    return (compare(tab.options[:size], values=Order.NONE, groups=groups, in_pairs=in_pairs),)


def _grouped(question: QuestionTally, form: Form, found: Mapping[Item, _Crossed]) -> QuestionTally:
    if (form.asks, _rows(form)[0]) not in found:
        return question
    if question.rows is not UNSET:
        return structs.replace(
            question,
            rows=tuple(
                structs.replace(
                    row,
                    groups=_groups(found[form.asks, row.value]),
                    test=_test(found[form.asks, row.value]),
                )
                for row in question.rows
            ),
        )
    crossed = found[form.asks, None]
    whole = structs.replace(question, groups=_groups(crossed), test=_test(crossed))
    if form.type != "multiple":
        return whole
    tests = (_told(each, crossed.hidden) for each in crossed.comparisons)
    several = len(crossed.comparisons) == len(question.options)
    options = tuple(
        structs.replace(option, test=next(tests) if several else None)
        for option in question.options
    )
    return structs.replace(whole, options=options)


def _groups(crossed: _Crossed) -> tuple[GroupTally, ...]:
    return tuple(_group(crossed, at) for at in range(len(crossed.tab.names)))


def _group(crossed: _Crossed, at: int) -> GroupTally:
    """A group's numbers. Where missing or not routed is hidden so is how many answered, since the
    base less those that are shown would tell."""
    tab, hidden = crossed.tab, crossed.hidden
    if hidden is None:
        nothing = (OptionTally(value, None, None) for value in tab.values)
        return GroupTally(tab.names[at][0], None, None, tuple(nothing))
    answered = None if hidden[at, len(tab.values) :].any() else int(tab.answered[at])
    base = int(tab.answered[at] + tab.missing[at] + tab.not_routed[at])
    return GroupTally(tab.names[at][0], base, answered, tuple(_options(tab, hidden, at, answered)))


def _options(tab: Crosstab, hidden: Hidden, at: int, answered: int | None) -> Iterator[OptionTally]:
    for place, value in enumerate(tab.values):
        n = None if hidden[at, place] else int(tab.options[at, place])
        yield OptionTally(value, n, None if n is None or not answered else n / answered)


def _test(crossed: _Crossed) -> GroupTest | None:
    """The one comparison; of a multiple choice the option that differs most, its p Holm's over the
    options."""
    compared = [each for each in crossed.comparisons if each]
    if not compared:
        return None
    ps = holm([each.p for each in compared])
    at = int(np.argmin([each.p for each in compared]))
    return _told(structs.replace(compared[at], p=ps[at]), crossed.hidden)


def _told(found: Comparison | None, hidden: Hidden | None) -> GroupTest | None:
    """Only the test's name where any number that it was made of is hidden."""
    if found is None:
        return None
    if hidden is None or hidden.any():
        return GroupTest(found.name)
    effect = found.effect
    return GroupTest(
        name=found.name,
        statistic=found.statistic,
        p=found.p,
        p_adjusted=found.p_adjusted,
        effect=effect.value if effect else None,
        effect_name=effect.name if effect else None,
        interval=(effect.low, effect.high) if effect else None,
    )
