"""Small numbers about sensitive things are not shown, and cannot be worked out."""

from itertools import product

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from analysis.comparing.tables import Counts
from analysis.counting import Cells, Form
from analysis.disclosure import Hidden, hidden_cells, protected
from analysis.exchanges import Part, Rules, exchanges
from analysis.tally import Plan, QuestionTally, tally
from tests.analysis.examples import as_marks, coded, likert, questionnaire, single


def one(number: int) -> Form:
    """A question that takes one of so many answers."""
    return Form("group", "group", "single", tuple("abcd"[:number]), (), (), special_category=True)


def several(number: int) -> Form:
    """One that takes several, or “d” alone."""
    return structs.replace(one(number), type="multiple", exclusive=frozenset({"d"}))


def cells(*options: int, missing: int = 0) -> Cells:
    return Cells(sum(options), missing, 0, options)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((40, 30, 0), (40, 30, 0)),
        ((40, 30, 3), (40, None, None)),  # 3 is 73 less the others, so 30 goes too
        ((40, 30, 3, 2), (40, 30, None, None)),
        ((40, 30, 1, 1), (40, None, None, None)),  # two that sum to 2 are 1 and 1
        ((40, 30, 4, 4), (40, None, None, None)),  # two small ones that sum to 8 are 4 and 4
        ((40, 0, 3), (None, 0, None)),  # zeros show
        ((5, 5), (5, 5)),
    ],
)
def test_small_numbers_go_with_those_that_would_give_them_away(
    counts: tuple[int, ...], shown: tuple[int | None, ...]
) -> None:
    assert protected(cells(*counts), 5, one(len(counts))).options == shown


@pytest.mark.parametrize("counts", [(3, 0), (1, 1), (4, 4)])
def test_a_question_that_cannot_be_made_safe_is_not_shown_at_all(counts: tuple[int, ...]) -> None:
    hidden = protected(cells(*counts, missing=60), 5, one(2))
    assert hidden == Cells(None, None, None, (None, None))


def test_a_lone_small_choice_of_several_is_not_left_alone() -> None:
    """Each of 40 chose something and 36 chose the first, so 4 must have chosen the second."""
    chosen = Cells(40, 0, 0, (36, 4, 30))
    assert protected(chosen, 5, several(3)).options == (36, None, None)


@pytest.mark.parametrize(
    ("answered", "counts", "shown"),
    [
        # 39 of 40 chose the first, so whoever chose “none” alone would be the fortieth.
        (40, (39, 30, 20, 1), (None, None, None, None)),
        (40, (37, 30, 20, 3), (37, 30, None, None)),
        # 39 of 40 chose “none”, so that whatever the fortieth chose would be told.
        (40, (1, 0, 1, 39), (None, 0, None, None)),
    ],
)
def test_whoever_chose_none_of_these_is_not_told_by_what_the_others_chose(
    answered: int, counts: tuple[int, ...], shown: tuple[int | None, ...]
) -> None:
    assert protected(Cells(answered, 0, 0, counts), 5, several(4)).options == shown


def test_where_a_least_or_most_number_of_choices_is_set_nothing_small_is_shown() -> None:
    limited = structs.replace(several(4), limited=True)
    assert protected(Cells(40, 0, 0, (30, 20, 3, 0)), 5, limited).answered is None


def test_a_threshold_of_one_hides_nothing() -> None:
    assert protected(cells(1, 2), 1, one(2)) == cells(1, 2)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=4), st.integers(2, 6))
def test_no_small_number_can_be_worked_out(counts: list[int], threshold: int) -> None:
    shown = protected(cells(*counts), threshold, one(len(counts)))
    hidden = [at for at, n in enumerate(shown.options) if n is None]
    if shown.answered is None or not hidden:
        assert shown.answered is None or not any(0 < n < threshold for n in counts)
        return
    total = sum(counts[at] for at in hidden)
    possible = [
        choice
        for choice in product(range(1, total + 1), repeat=len(hidden))
        if sum(choice) == total
    ]
    for place, at in enumerate(hidden):
        if counts[at] < threshold:
            assert len({choice[place] for choice in possible}) > 1


SENSITIVE = questionnaire(single(special_category=True), likert(key="sense", special_category=True))
ASKED = questionnaire(single())


def answered(round_number: int, yes: int, no: int) -> list[object]:
    rows = [{"group": "yes", "sense": "agree"}] * yes + [{"group": "no", "sense": "disagree"}] * no
    return list(coded(SENSITIVE, *rows, round_number=round_number))


def sensitive(*responses: object, **plan: object) -> list[QuestionTally]:
    made = tally(
        as_marks({1: SENSITIVE}, responses),  # type: ignore[arg-type]
        msgspec.structs.replace(Plan((1, 2), threshold=5), **plan),
    )
    return list(made.questions)


def test_only_special_categories_are_held_back() -> None:
    responses = coded(ASKED, {"group": "yes"})
    (group,) = tally(as_marks({1: ASKED}, responses), Plan((1,), threshold=5)).questions
    assert [option.n for option in group.options] == [1, 0]


def test_a_public_tally_hides_what_an_officers_shows() -> None:
    responses = answered(1, 12, 3)
    public, officers = sensitive(*responses), sensitive(*responses, threshold=None)
    assert [option.n for option in public[0].options] == [None, None]
    assert [option.share for option in public[0].options] == [None, None]
    assert [option.n for option in officers[0].options] == [12, 3]


def test_nothing_made_of_hidden_numbers_is_shown() -> None:
    _, sense = sensitive(*answered(1, 12, 3))
    assert (sense.scored, sense.agree, sense.net, sense.median, sense.interval) == (None,) * 5


def test_a_round_does_not_give_away_what_the_other_hides() -> None:
    responses = answered(1, 40, 30) + answered(2, 7, 2)
    group, _ = sensitive(*responses, compare=True)
    assert [option.n for option in group.options] == [47, 32]
    assert not isinstance(group.rounds, msgspec.UnsetType)
    assert {option.n for part in group.rounds for option in part.options} == {None}
    alone, _ = sensitive(*responses, round_number=1)
    assert {option.n for option in alone.options} == {None}


def test_rounds_with_nothing_to_hide_are_shown() -> None:
    group, _ = sensitive(*answered(1, 40, 30), *answered(2, 7, 9), compare=True)
    assert not isinstance(group.rounds, msgspec.UnsetType)
    assert [[option.n for option in part.options] for part in group.rounds] == [[40, 30], [7, 9]]


ROUTED = questionnaire(
    single(special_category=True),
    likert(key="help", show_if={"question": "group", "is": "yes"}),
    single(key="again", show_if={"question": "help", "answered": True}),
)


def routed(yes: int, no: int, *, round_number: int = 1) -> list[object]:
    rows = [{"group": "yes", "help": "agree"}] * yes + [{"group": "no"}] * no
    return list(coded(ROUTED, *rows, round_number=round_number))


def shown_of(*responses: object, **plan: object) -> dict[str, QuestionTally]:
    made = tally(
        as_marks({1: ROUTED}, responses),  # type: ignore[arg-type]
        msgspec.structs.replace(Plan((1, 2), threshold=5), **plan),
    )
    return {question.key: question for question in made.questions}


@pytest.mark.parametrize("counts", [(3, 40), (40, 3)])
def test_how_many_were_asked_does_not_tell_what_was_hidden(counts: tuple[int, int]) -> None:
    shown = shown_of(*routed(*counts))
    for key in ("help", "again"):
        question = shown[key]
        assert (question.answered, question.missing, question.not_routed) == (None,) * 3


def test_a_question_that_follows_a_sensitive_one_shows_when_there_is_nothing_to_hide() -> None:
    shown = shown_of(*routed(12, 40))
    assert (shown["help"].answered, shown["help"].not_routed) == (12, 40)


def test_what_follows_is_held_back_by_round_too() -> None:
    responses = routed(12, 40) + routed(3, 20, round_number=2)
    shown = shown_of(*responses, compare=True)
    assert shown["help"].answered == 15
    assert not isinstance(shown["help"].rounds, msgspec.UnsetType)
    assert {part.not_routed for part in shown["help"].rounds} == {None}
    assert shown_of(*responses, round_number=1)["help"].not_routed is None


def hidden_of(table: Counts, threshold: int) -> Hidden | None:
    """Of a table that everybody is in."""
    whole = np.pad(table, ((0, 1), (0, 1)))
    alone = np.ones(whole.shape[1], np.bool_)
    rules = Rules(alone, np.ones(len(whole), np.bool_), alone)
    hidden = hidden_cells(whole, threshold, exchanges(Part(whole, whole.sum(axis=1)), rules))
    return None if hidden is None else hidden[:-1, :-1]


def possible(table: Counts, hidden: Hidden) -> list[Counts]:
    """Every table that agrees with all that is shown: visible cells, sums, hidden ones not 0."""
    places = [tuple(map(int, each)) for each in np.argwhere(hidden)]
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    found: list[Counts] = []

    def fill(made: Counts, left: list[tuple[int, ...]]) -> None:
        if (made.sum(axis=1) > rows).any() or (made.sum(axis=0) > columns).any():
            return
        if not left:
            if (made.sum(axis=1) == rows).all() and (made.sum(axis=0) == columns).all():
                found.append(made)
            return
        least = 0 if (hidden & (table == 0)).any() else 1
        for n in range(least, int(min(rows[left[0][0]], columns[left[0][1]])) + 1):
            fuller = made.copy()
            fuller[left[0]] = n
            fill(fuller, left[1:])

    fill(np.where(hidden, 0, table), places)
    return found


@settings(max_examples=60)
@given(
    st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=2, max_size=2)
    | st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=3, max_size=3),
    st.integers(2, 4),
)
def test_no_small_cell_of_a_table_can_be_worked_out_from_its_sums(
    counts: list[list[int]], threshold: int
) -> None:
    table = np.array(counts)
    hidden = hidden_of(table, threshold)
    small = (table > 0) & (table < threshold)
    if hidden is None:
        assert small.any()
        return
    assert not (small & ~hidden).any()
    if not small.any():
        assert not hidden.any()
        return
    tables = possible(table, hidden)
    for row, column in np.argwhere(small):
        assert len({int(each[row, column]) for each in tables}) > 1


def test_the_smallest_cells_that_will_do_are_hidden_with_a_small_one() -> None:
    table = np.array([[40, 3, 20], [30, 25, 9], [50, 60, 70]])
    hidden = hidden_of(table, 5)
    assert hidden is not None
    assert np.argwhere(hidden).tolist() == [[0, 1], [0, 2], [1, 1], [1, 2]]


def test_a_single_row_cannot_be_made_safe_and_a_large_table_need_not() -> None:
    assert hidden_of(np.array([[3, 0]]), 5) is None
    alone = hidden_of(np.array([[1, 0, 0], [9, 30, 20]]), 5)
    assert alone is not None
    assert alone.sum() == 4
    hidden = hidden_of(np.array([[40, 30], [9, 8]]), 5)
    assert hidden is not None
    assert not hidden.any()
