"""Every count against going through the decoded answers one by one in plain Python."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counting import Form
from analysis.crosstab import Marks
from analysis.matrix import blocks
from analysis.sums import Wanted, added, sums
from analysis.tally import forms_of
from surveys.coded import code_table
from surveys.routing import shown
from tests.analysis.examples import (
    Coded,
    as_marks,
    grid,
    likert,
    multiple,
    questionnaire,
    single,
)

TOWNS = [f"v{number}" for number in range(300)]
ASKED = questionnaire(
    single(),
    likert(no_opinion=True, show_if={"question": "group", "is": "yes"}),
    grid(),
    multiple(),
    {
        "key": "town",
        "type": "dropdown",
        "text": "Town",
        "options": [{"value": value, "text": value} for value in TOWNS],
    },
    {
        "key": "best",
        "type": "ranking",
        "text": "Rank",
        "options": [{"value": value, "text": value} for value in "abc"],
    },
)
TABLE = code_table(ASKED)
PLACES = ["north", "east", "south", "west"]
people = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "group": st.sampled_from(["yes", "no"]),
            "plan": st.sampled_from(["strongly_agree", "neither", "disagree", "dont_know"]),
            "places": st.lists(st.sampled_from(PLACES), unique=True, min_size=1),
            "parts": st.dictionaries(
                st.sampled_from(["paths", "ponds"]), st.sampled_from(["important", "not_important"])
            ),
            "town": st.sampled_from(TOWNS),
            "best": st.permutations("abc"),
        },
    ),
    max_size=90,
)


def coded(answers: Sequence[dict[str, Any]]) -> list[Coded]:
    return [
        Coded(1, 1 + at % 3, TABLE.encode(each, shown(ASKED, each)), response_id=at)
        for at, each in enumerate(answers)
    ]


def slowly(form: Form, row: str | None, responses: Sequence[Coded]) -> list[int]:
    """Answered, missing, and people for each value."""
    counts = [0] * (2 + len(form.values))
    for response in responses:
        answers = TABLE.decode(response.coded)
        if form.key not in shown(ASKED, answers):
            continue
        answer = answers.get(form.key)
        if row is not None:
            answer = (answer or {}).get(row)
        counts[0 if answer else 1] += 1
        if form.type == "ranking":
            answer = answer[:1] if answer else None
        if row is not None or not form.rows:
            for value in [answer] if isinstance(answer, str) else answer or ():
                counts[2 + form.values.index(value)] += 1
    return counts


def gave(form: Form, value: str, response: Coded) -> bool:
    answer = TABLE.decode(response.coded).get(form.key)
    return value in ([answer] if isinstance(answer, str) else answer or ())


@settings(max_examples=40)
@given(people, st.sampled_from(["group", "plan", "places"]))
def test_every_count_is_that_of_the_answers_one_by_one(
    answers: list[dict[str, Any]], by: str
) -> None:
    responses = coded(answers)
    marks = as_marks({1: ASKED}, responses)
    (made_by,) = (form for form in forms_of(marks) if form.key == by)
    wanted = Wanted(forms_of(marks), (1, 2, 3), made_by)
    found = sums(wanted, marks)
    for number, view in [(0, found.whole), *found.rounds.items()]:
        those = [each for each in responses if number in (0, each.round_number)]
        assert view.base == len(those)
        for form, row in wanted.items():
            parts = [those] + [
                [each for each in those if gave(made_by, value, each)] for value in made_by.values
            ]
            assert view.tables[form.asks, row].tolist() == [
                slowly(form, row, part) for part in parts
            ]


@settings(max_examples=40)
@given(people, st.integers(0, 90))
def test_parts_and_later_responses_add_up_to_the_whole(
    answers: list[dict[str, Any]], at: int
) -> None:
    responses = coded(answers)
    first, later = as_marks({1: ASKED}, responses[:at]), responses[at:]
    wanted = Wanted(forms_of(first), (1, 2), forms_of(first)[0])
    whole = sums(wanted, as_marks({1: ASKED}, responses))
    before = sums(wanted, first)
    (block,) = blocks(later, {1: first[0].block.coding})
    both = added(wanted, [before, sums(wanted, [Marks(block)])])
    grown = sums(wanted, first[0].with_later(block))
    for item, table in whole.whole.tables.items():
        assert table.tolist() == both.whole.tables[item].tolist()
        assert table.tolist() == grown.whole.tables[item].tolist()
    assert sums(wanted, first).whole.bases.tolist() == before.whole.bases.tolist()
