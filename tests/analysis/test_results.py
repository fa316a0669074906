"""Results as they are read: sentences, bars and tables, each number opening what is behind it."""

from typing import Any

from analysis.asked import AskedInWords, asked_in_words
from analysis.results import Result, parts_of, result
from analysis.tally import Plan, tally
from tests.analysis.examples import as_blocks, coded, grid, likert, multiple, questionnaire, single

ASKED = questionnaire(single(), likert(no_opinion=True), multiple(), grid())


def results(*answers: dict[str, Any], later: tuple[dict[str, Any], ...] = (), **plan: Any) -> Any:
    responses = coded(ASKED, *answers) + coded(ASKED, *later, round_number=2)
    made = tally(as_blocks({1: ASKED}, responses), Plan((1, 2), **plan))
    asked: dict[str, AskedInWords] = {one.form.key: one for one in asked_in_words([ASKED])}
    return {
        question.key: result(
            asked[question.key],
            parts_of(question, name="Responses", round_number=plan.get("round_number")),
            base="/responses",
        )
        for question in made.questions
    }


def cells(shown: Result, label: str) -> list[tuple[int | None, str | None]]:
    (row,) = (row for table in shown.tables for row in table.rows if row.label == label)
    return [(cell.n, cell.address) for cell in row.cells]


def test_every_number_opens_the_responses_behind_it() -> None:
    shown = results({"group": "yes"}, {}, round_number=1)["group"]
    place = "/responses?question=group"
    assert cells(shown, "Yes") == [(1, f"{place}&value=yes&round=1&status=analysed")]
    assert cells(shown, "No answer") == [(1, f"{place}&value=_missing&round=1&status=analysed")]
    assert cells(shown, "Answered") == [(1, f"{place}&round=1&status=analysed")]


def test_a_grids_numbers_open_by_row() -> None:
    shown = results({"parts": {"paths": "important"}})["parts"]
    opened = cells(shown, "Paths")[1]
    assert opened == (1, "/responses?question=parts.paths&value=important&status=analysed")


def test_a_scale_is_told_in_words_beside_its_bar() -> None:
    shown = results(*[{"plan": "agree"}] * 3, {"plan": "disagree"})["plan"]
    assert shown.lines[0].words == (
        "“Strongly agree” or “Agree” from 3 of 4 (75%), Wilson 95% interval 30% to 95%. "
        "Net +50 points. Middle answer “Agree”."
    )


def test_rounds_stand_side_by_side() -> None:
    shown = results({"group": "yes"}, later=({"group": "no"},), compare=True)["group"]
    assert shown.tables[0].columns == ("Responses", "Round 1", "Round 2")
    assert [n for n, _ in cells(shown, "Yes")] == [1, 1, 0]


def test_a_scales_bars_are_of_the_rounds() -> None:
    shown = results({"plan": "agree"}, later=({"plan": "disagree"},), compare=True)["plan"]
    assert [line.label for line in shown.lines] == ["Round 1", "Round 2"]
    assert [line.segments[0].value for line in shown.lines] == ["agree", "disagree"]


def test_only_shares_of_choices_are_drawn_in_their_table() -> None:
    shown = results({"group": "yes", "plan": "agree"})
    assert shown["group"].tables[0].bars
    assert not shown["group"].lines
    assert not shown["plan"].tables[0].bars


def test_nobody_answering_is_said() -> None:
    assert results({})["plan"].lines[0].words == "Nobody answered."


def test_people_who_choose_several_are_explained() -> None:
    assert "more than 100%" in results({"places": ["north", "east"]})["places"].note
