"""One question over the rounds: its wordings, the difference between them, and its options."""

from typing import Any

from analysis.asked_in_rounds import AskedInRound, asked_in_rounds, changes
from analysis.counting import form
from surveys.questionnaire import Questionnaire
from surveys.wording_difference import Change
from tests.analysis.examples import grid, likert, questionnaire, single

FUNDS = [{"value": "grants", "text": "Grants"}, {"value": "loans", "text": "Loans"}]


def rounds(*versions: Questionnaire, key: str = "group") -> tuple[AskedInRound, ...]:
    asked = form(versions[-1].by_key()[key])
    return asked_in_rounds(asked, [(at, each, {}) for at, each in enumerate(versions, start=1)])


def choice(text: str, *options: dict[str, Any]) -> Questionnaire:
    return questionnaire(single(text=text, options=list(options)))


def test_the_difference_of_two_wordings_is_marked_and_told_in_words() -> None:
    first, second = "Should funding be fair?", "Should council funding be fair to all?"
    found = rounds(choice(first, *FUNDS), choice(second, *FUNDS))
    assert [each.title for each in found] == [first, second]
    ((reworded,),) = (change.reworded for change in changes(found))
    assert reworded.what == "The question"
    assert reworded.told == "with “council”, “to all”"
    added = "".join(piece.words for piece in reworded.pieces if piece.change is not Change.REMOVED)
    assert added == second


def test_what_was_taken_out_is_told_too() -> None:
    (change,) = changes(rounds(choice("Is it very fair?", *FUNDS), choice("Is it just?", *FUNDS)))
    assert change.reworded[0].told == "without “very fair”, and with “just”"


def test_options_that_are_new_or_gone_are_named_with_their_round() -> None:
    gifts = {"value": "gifts", "text": "Gifts"}
    (change,) = changes(rounds(choice("Which?", *FUNDS), choice("Which?", FUNDS[0], gifts)))
    assert change.offered == (
        "The answer “Loans” was only in round 1",
        "The answer “Gifts” is new in round 2",
    )
    assert change.reworded == ()


def test_an_option_in_other_words_is_reworded_and_neither_new_nor_gone() -> None:
    same = {"value": "loans", "text": "Cheap loans"}
    (change,) = changes(rounds(choice("Which?", *FUNDS), choice("Which?", FUNDS[0], same)))
    assert change.offered == ()
    assert change.reworded[0].what == "The answer “Loans”"


def test_rows_of_a_grid_are_told() -> None:
    rows = [{"value": "paths", "text": "Paths"}]
    versions = questionnaire(grid()), questionnaire(grid(rows=rows))
    (change,) = changes(rounds(*versions, key="parts"))
    assert change.offered == ("The row “Ponds” was only in round 1",)


def test_a_round_that_asked_something_else_by_that_key_did_not_ask_it() -> None:
    found = rounds(questionnaire(likert("group")), choice("Which?", *FUNDS))
    assert [each.number for each in found] == [2]
    assert changes(found) == ()


def test_the_same_words_are_no_change() -> None:
    (change,) = changes(rounds(choice("Which?", *FUNDS), choice("Which?", *FUNDS)))
    assert change.is_none
