"""What the route can reach, held against every way to answer tried one by one.

1. A question or page is told unreachable exactly when no acceptable answers show it.
2. A condition is told to hold every time exactly when no acceptable answers fail it.
3. Trees too big to decide are said to be undecided, in a bounded number of steps.
"""

from collections.abc import Iterator, Mapping
from itertools import chain, combinations, product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from msgspec.structs import replace

from surveys import reach
from surveys.answers import found
from surveys.choices import choices, offers_other, shared_by_rows
from surveys.questionnaire import (
    OTHER,
    Condition,
    Date,
    Dropdown,
    Grid,
    Likert,
    LongText,
    Multiple,
    Number,
    Option,
    Page,
    Postcode,
    Question,
    Questionnaire,
    Ranking,
    ShortText,
    Single,
    Statement,
)
from surveys.reach import Standing, standings, unreachable
from surveys.routing import pages_shown, shown
from tests.surveys.questionnaires import questionnaires

SMALL = (Single, Multiple, Dropdown, Likert, Grid, Ranking, Number, ShortText, Statement)
MOST_WAYS = 20_000
YES_NO = (Option("yes", "Yes"), Option("no", "No"))


def asking(*questions: Question) -> Questionnaire:
    """A page for each question."""
    pages = tuple(Page(question.key, (question,)) for question in questions)
    return Questionnaire("Parks", ("en",), pages)


def some_answers(question: Question) -> list[Any]:
    """Every acceptable answer of a closed question; of a number, more than any test can part."""
    values = [choice.value for choice in choices(question)]
    tried: list[Any] = [*values, None]
    if isinstance(question, Multiple | Ranking):
        sizes = range(1, len(values) + 1)
        tried = [None, *chain.from_iterable(map(list, combinations(values, n)) for n in sizes)]
    elif isinstance(question, Grid):
        rows = shared_by_rows(question)
        ways = product([None, *values], repeat=len(rows))
        tried = [{r: at for r, at in zip(rows, way, strict=True) if at} for way in ways]
    elif isinstance(question, Number):
        tried = [None, *range(-7, 23)]
    elif not values:
        tried = [None, "words"]
    return [answer for answer in tried if is_accepted(question, answer)] or [None]


def is_accepted(question: Question, answer: Any) -> bool:
    chosen = answer if isinstance(answer, list) else [answer]
    other = "words" if offers_other(question) and OTHER in chosen else None
    return not found(question, [answer, other], "en").problems


def every_way(questionnaire: Questionnaire) -> Iterator[Mapping[str, Any]]:
    """Every set of answers to the questions that conditions test."""
    tested = set(reach.tests_by_question(questionnaire.questions))
    asked = [question for question in questionnaire.questions if question.key in tested]
    ways = [some_answers(question) for question in asked]
    count = 1
    for way in ways:
        count *= len(way)
    assume(count <= MOST_WAYS)
    keys = [question.key for question in asked]
    return (dict(zip(keys, way, strict=True)) for way in product(*ways))


@settings(max_examples=150, deadline=None)
@given(questionnaires(most=6, kinds=SMALL))
def test_routing_reaches_every_page_that_it_should_and_only_those(asked: Questionnaire) -> None:
    ways = [shown(asked, answers) for answers in every_way(asked)]
    pages = {n for answers in every_way(asked) for n in pages_shown(asked, answers)}
    standing_of = standings(asked)
    for key, standing in standing_of.items():
        seen = {key in way for way in ways}
        if standing is Standing.UNDECIDED:
            assert len(ways) > reach.MOST_STEPS, key
            continue
        told = {
            Standing.ALWAYS: {True},
            Standing.EVERY_TIME: {True},
            Standing.NEVER: {False},
            Standing.SOMETIMES: {True, False},
        }
        assert told[standing] == seen, (key, standing)

    def pages_without(*left_out: Standing) -> set[int]:
        return {
            number
            for number, page in enumerate(asked.pages, start=1)
            if any(standing_of[each.key] not in left_out for each in page.questions)
        }

    reached = pages_without(Standing.NEVER, Standing.UNDECIDED)
    assert reached <= pages <= pages_without(Standing.NEVER)


GROUP = Single(key="group", text="Do you run a group?", options=YES_NO)
WHY = LongText(key="why", text="Why?")
IS_YES = Condition(question="group", is_="yes")
IS_NO = Condition(question="group", is_="no")


def standing(condition: Condition, *before: Question) -> Standing:
    """Of a question with this condition, asked after `before`."""
    return standings(asking(*before, replace(WHY, show_if=condition)))["why"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (IS_YES, Standing.SOMETIMES),
        (Condition(all=(IS_YES, IS_NO)), Standing.NEVER),
        (Condition(any=(IS_YES, IS_NO)), Standing.SOMETIMES),
        (Condition(any=(IS_YES, Condition(not_=IS_YES))), Standing.EVERY_TIME),
        (Condition(question="group", answered=False), Standing.SOMETIMES),
    ],
)
def test_conditions_that_cannot_hold_or_always_hold_are_told(
    condition: Condition, expected: Standing
) -> None:
    assert standing(condition, GROUP) is expected


def test_a_required_question_is_never_left_unanswered() -> None:
    required = replace(GROUP, required=True)
    assert standing(Condition(any=(IS_YES, IS_NO)), required) is Standing.EVERY_TIME
    assert standing(Condition(question="group", answered=False), required) is Standing.NEVER


def test_a_hidden_required_question_counts_as_unanswered() -> None:
    hidden = Number(key="size", text="How many?", required=True, show_if=IS_YES)
    assert standing(Condition(question="size", answered=False), GROUP, hidden) is Standing.SOMETIMES
    both = Condition(all=(IS_NO, Condition(question="size", answered=True)))
    assert standing(both, GROUP, hidden) is Standing.NEVER


@pytest.mark.parametrize(
    ("question", "condition", "expected"),
    [
        (Number(key="n", text="N", max=10), {"at_least": 11}, Standing.NEVER),
        (Number(key="n", text="N", max=10), {"at_least": 10}, Standing.SOMETIMES),
        (Number(key="n", text="N", min=0, required=True), {"at_least": 0}, Standing.EVERY_TIME),
        (Number(key="n", text="N", whole=True), {"is_": 2.5}, Standing.NEVER),
        (Date(key="n", text="N", min="2026-01-01"), {"at_most": "2025-12-31"}, Standing.NEVER),
        (Date(key="n", text="N", min="2026-01-01"), {"at_most": "2026-01-01"}, Standing.SOMETIMES),
        (Postcode(key="n", text="N"), {"is_": "not a postcode"}, Standing.NEVER),
        (Postcode(key="n", text="N"), {"is_": "ME14 1XQ"}, Standing.SOMETIMES),
    ],
)
def test_what_a_question_does_not_take_leads_nowhere(
    question: Question, condition: dict[str, Any], expected: Standing
) -> None:
    assert standing(Condition(question="n", **condition), question) is expected


def test_two_bounds_may_leave_room_between_them_or_none() -> None:
    whole = Number(key="n", text="N", whole=True)
    above = Condition(question="n", at_least=3)
    assert standing(Condition(all=(above, Condition(question="n", at_most=3))), whole) is (
        Standing.SOMETIMES
    )
    apart = Condition(all=(Condition(question="n", at_least=4), Condition(question="n", at_most=3)))
    assert standing(apart, whole) is Standing.NEVER
    between = Condition(
        all=(
            above,
            Condition(question="n", at_most=4),
            Condition(question="n", is_not=3),
            Condition(question="n", is_not=4),
        )
    )
    assert standing(between, whole) is Standing.NEVER
    assert standing(between, replace(whole, whole=False)) is Standing.SOMETIMES


def test_exclusive_options_and_limits_on_choices_are_kept_to() -> None:
    none = Option("none", "None of these", exclusive=True)
    uses = Multiple(key="uses", text="Uses", options=(*YES_NO, none))

    def chose(*values: str) -> Condition:
        return Condition(all=tuple(Condition(question="uses", includes=each) for each in values))

    assert standing(chose("yes", "no"), uses) is Standing.SOMETIMES
    assert standing(chose("yes", "none"), uses) is Standing.NEVER
    assert standing(chose("yes", "no"), replace(uses, max_choices=1)) is Standing.NEVER
    lonely = Condition(all=(chose("yes"), Condition(not_=chose("no"))))
    assert standing(lonely, replace(uses, min_choices=2)) is Standing.NEVER


def test_dead_ends_are_told_in_words() -> None:
    never = replace(WHY, show_if=Condition(all=(IS_YES, IS_NO)))
    (end,) = unreachable(asking(GROUP, never))
    assert (end.key, end.words) == (
        "why",
        "you answered ‘Yes’ to ‘Do you run a group?’ and you answered ‘No’ to "
        "‘Do you run a group?’",
    )


def test_long_chains_and_wide_choices_are_decided() -> None:
    chain = [GROUP]
    for number in range(500):
        before = Condition(question=chain[-1].key, is_="yes")
        chain.append(replace(GROUP, key=f"q{number}", show_if=before))
    assert set(standings(asking(*chain)).values()) == {Standing.ALWAYS, Standing.SOMETIMES}
    wide = [replace(GROUP, key=f"q{number}") for number in range(60)]
    every = tuple(Condition(question=each.key, is_="yes") for each in wide)
    assert standing(Condition(any=every), *wide) is Standing.SOMETIMES
    assert standing(Condition(all=(*every, IS_NO)), GROUP, *wide) is Standing.SOMETIMES


def test_a_tangle_is_said_to_be_undecided_after_a_bounded_search() -> None:
    """Seven pigeons in six holes: true of no answers, and known for being hard to prove."""
    holes = [Option(f"h{hole}", f"Hole {hole}") for hole in range(6)]
    pigeons = [
        Single(key=f"p{n}", text="Which hole?", options=tuple(holes), required=True)
        for n in range(7)
    ]
    apart = [
        Condition(
            not_=Condition(
                all=(
                    Condition(question=one.key, is_=hole.value),
                    Condition(question=other.key, is_=hole.value),
                )
            )
        )
        for one, other in combinations(pigeons, 2)
        for hole in holes
    ]
    tangle = Condition(all=tuple(apart))
    assert standing(tangle, *pigeons) is Standing.UNDECIDED
