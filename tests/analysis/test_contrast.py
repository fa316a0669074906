"""Groups compared: narrowed, picked, tested as one family, and told."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.asked import AskedInWords, asked_in_words
from analysis.comparing.families import Correction
from analysis.contrast import (
    Contrast,
    Grouped,
    TabOf,
    Wanted,
    compared_counts,
    contrasts,
    looked_at,
    parts,
    shown_parts,
    theme_asked,
)
from analysis.contrast_addresses import Behind, query_of
from analysis.contrast_view import HeatCell, Sheet, Shown, sheets
from analysis.crosstab import (
    Crosstab,
    Groups,
    Marks,
    among,
    crosstab,
    groups_by_mask,
    groups_by_question,
    groups_by_round,
    in_group,
    picked,
)
from analysis.narrowing import Narrowing
from tests.analysis.examples import as_marks, coded, grid, likert, multiple, questionnaire, single

ASKED = questionnaire(single(), likert(no_opinion=True), multiple(), grid())
IN_WORDS: dict[str, AskedInWords] = {one.form.key: one for one in asked_in_words([ASKED])}


def marked(*answers: dict[str, Any], later: tuple[dict[str, Any], ...] = ()) -> tuple[Marks, ...]:
    responses = coded(ASKED, *answers) + coded(ASKED, *later, round_number=2)
    return as_marks({1: ASKED}, responses)


def by(key: str, marks: tuple[Marks, ...]) -> Grouped:
    asked = IN_WORDS[key]
    groups = groups_by_question(asked.form, marks)
    several = asked.form.type == "multiple"
    return Grouped(groups, asked.options, several, len(asked.form.points))


def tab_of(key: str, marks: tuple[Marks, ...]) -> TabOf:
    return lambda groups, row: crosstab(IN_WORDS[key].form, marks, groups, row)


def found_in(key: str, marks: tuple[Marks, ...], grouped: Grouped) -> tuple[Contrast, ...]:
    return contrasts(IN_WORDS[key].form, grouped, tab_of(key, marks))


def page_of(key: str, grouped: Grouped, *layers: Grouped, by_key: str = "") -> Shown:
    opens = Behind("/responses", "/people", key, Wanted(by=by_key))
    return Shown(IN_WORDS[key], grouped, layers, opens, f"/here?by={by_key}")


def shown(key: str, by_key: str, *answers: dict[str, Any]) -> tuple[Sheet, ...]:
    marks = marked(*answers)
    grouped = by(by_key, marks)
    return sheets(page_of(key, grouped, by_key=by_key), found_in(key, marks, grouped))


people = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "group": st.sampled_from(["yes", "no"]),
            "plan": st.sampled_from(["agree", "neither", "disagree", "dont_know"]),
            "places": st.lists(st.sampled_from(["north", "east"]), unique=True, min_size=1),
        },
    ),
    max_size=70,
)


@settings(max_examples=40)
@given(people, people)
def test_a_narrowed_group_is_those_who_are_in_both(
    one: list[dict[str, Any]], two: list[dict[str, Any]]
) -> None:
    marks = marked(*one, later=tuple(two))
    groups = by("group", marks).groups
    narrowed = among(groups, groups_by_round((2,), marks))
    assert narrowed.bases().tolist() == [
        sum(each.get("group") == value for each in two) for value in ("yes", "no")
    ]
    (no,) = picked(narrowed, ("no", "nothing")).members
    there = in_group(no[0], len(one) + len(two))
    assert there.tolist() == [False] * len(one) + [each.get("group") == "no" for each in two]


@settings(max_examples=30)
@given(people)
def test_the_rows_of_a_table_are_its_groups_and_every_share_is_of_those_who_answered(
    answers: list[dict[str, Any]],
) -> None:
    (sheet,) = shown("plan", "group", *answers)
    for line, value in zip(sheet.lines, ("yes", "no"), strict=True):
        there = [each for each in answers if each.get("group") == value]
        assert line.base.n == len(there)
        assert line.answered == sum("plan" in each for each in there)
        assert sum(cell.n or 0 for cell in line.cells) == line.answered
        assert line.answered + sum(cell.n or 0 for cell in line.rest) == len(there)
        for cell in line.cells:
            assert cell.share == ((cell.n or 0) / line.answered if line.answered else None)
            assert 0 <= cell.heat <= 4


def test_all_rows_of_a_grid_are_one_family() -> None:
    answers = [{"group": "yes", "parts": {"paths": "important", "ponds": "important"}}] * 9
    answers += [{"group": "no", "parts": {"paths": "not_important", "ponds": "important"}}] * 9
    answers += [{"group": "no", "parts": {"ponds": "not_important"}}] * 3
    paths, ponds = shown("parts", "group", *answers)
    assert (paths.caption, ponds.caption) == ("Paths", "Ponds")
    assert "after allowing for the 2 comparisons looked at" in paths.findings[0].sentence
    assert (paths.findings[0].n, ponds.findings[0].n) == (18, 21)


def test_a_multiple_choice_has_a_finding_for_each_option_and_one_hedge() -> None:
    answers = [{"group": "yes", "places": ["north", "east"]}] * 8
    answers += [{"group": "no", "places": ["east"]}] * 8
    (sheet,) = shown("places", "group", *answers)
    north, east, south, _ = sheet.findings
    assert north.sentence.startswith(
        "Among “Yes”, 8 of 8 (100%) chose “North”; among “No”, 0 of 8 (0%)."
    )
    assert north.label == "North"
    assert (east.test, south.test) == ("", "")
    assert sheet.hedge.startswith("The smallest group has 8")
    assert "those who answered" not in north.sentence


def test_of_a_choice_the_most_given_answer_is_told() -> None:
    (sheet,) = shown("group", "plan", *[{"group": "no", "plan": "agree"}] * 3, {"group": "yes"})
    assert sheet.findings[0].sentence.startswith("Only “Agree” has answers (3)")
    answers = [{"group": "no", "plan": "agree"}] * 3 + [{"group": "yes", "plan": "disagree"}]
    (sheet,) = shown("group", "plan", *answers)
    told = "Among “Agree”, 3 of 3 (100%) chose “No”, the answer given most"
    assert sheet.findings[0].sentence.startswith(told)


def test_pairs_that_stand_apart_open_alone() -> None:
    values = ("strongly_agree", "agree", "disagree", "strongly_disagree")
    answers = [
        {"plan": plan, "places": [place]}
        for place, plans in (("north", values[:2]), ("east", values[2:]), ("south", values[2:]))
        for plan in plans * 12
    ]
    marks = marked(*answers)
    grouped = Grouped(by("places", marks).groups, IN_WORDS["places"].options)
    found = found_in("plan", marks, grouped)
    (sheet,) = sheets(page_of("plan", grouped, by_key="places"), found)
    assert [pair.words for pair in sheet.apart] == ["“North” and “East”", "“North” and “South”"]
    assert sheet.apart[0].address == "/here?by=places&group=north&group=east"
    assert len(sheet.pairs) == 3
    assert looked_at(found) == 1


def test_a_theme_is_compared_among_those_who_were_read() -> None:
    names = tuple((name,) for name in "abc")
    options = np.array([[12, 9], [0, 14], [0, 9]])
    nobody = np.zeros(3, np.int64)
    tab = Crosstab(names, ("raised", "not_raised"), options, options.sum(axis=1), nobody, nobody)
    grouped = Grouped(Groups(names, ()), {"a": "A", "b": "B", "c": "C"})
    lakes = theme_asked(1, "Lakes")
    found = contrasts(lakes.form, grouped, lambda groups, row: tab)
    (sheet,) = sheets(Shown(lakes, grouped, (), lambda *_: "/people", "/here?"), found)
    words = sheet.findings[0].sentence
    told = "Among “A”, 12 of 21 (57%) raised “Lakes”; among “B”, 0 of 14 (0%); among “C”, 0 of 9"
    assert words.startswith(told)
    assert "two at a time, these differ: “A” and “B”; “A” and “C”." in words
    assert sheet.rest == ("Wrote nothing, or not read yet",)
    assert sheet.lines[0].cells[0] == HeatCell(12, 12 / 21, 2, "/people")


NARROW = Narrowing(rounds=(2,), where=(("places", "north"),))


@pytest.mark.parametrize(
    ("wanted", "names", "address"),
    [
        (Wanted(), (), "/r?question=plan&value=agree&status=analysed"),
        (Wanted(by="_round"), ("2",), "/r?question=plan&value=agree&round=2&status=analysed"),
        (
            Wanted(by="_channel"),
            ("api",),
            "/r?question=plan&value=agree&channel=api&status=analysed",
        ),
        (
            Wanted(by="group", narrowing=NARROW),
            ("no",),
            "/r?question=plan&value=agree&also=group%3Ano&also=places%3Anorth&round=2"
            "&status=analysed",
        ),
        (
            Wanted(by="group", within=("_round",)),
            ("2", "no"),
            "/r?question=plan&value=agree&also=group%3Ano&round=2&status=analysed",
        ),
        # The list of responses knows neither themes nor one place twice.
        (
            Wanted(by="_theme.3"),
            ("raised",),
            "/p?by=_theme.3&cell=raised&value=agree",
        ),
        (
            Wanted(by="_round", narrowing=NARROW),
            ("1",),
            "/p?by=_round&round=2&where=places:north&cell=1&value=agree",
        ),
    ],
)
def test_a_number_opens_by_all_that_it_is_made_of(
    wanted: Wanted, names: tuple[str, ...], address: str
) -> None:
    assert Behind("/r", "/p", "plan", wanted)(names, "agree", None) == address


def test_an_address_holds_all_that_was_chosen() -> None:
    wanted = Wanted("group", ("_round", "places"), ("no",), NARROW, Correction.BENJAMINI_HOCHBERG)
    assert query_of(wanted) == (
        "by=group&within=_round&within=places&group=no&correct=false-discovery"
        "&round=2&where=places:north"
    )


@settings(max_examples=30)
@given(people, people)
def test_the_parts_of_layers_add_up_to_the_whole(
    one: list[dict[str, Any]], two: list[dict[str, Any]]
) -> None:
    marks = marked(*one, later=tuple(two))
    rounds = Grouped(groups_by_round((1, 2), marks), {"1": "One", "2": "Two"})
    grouped = by("group", marks)
    (whole,) = found_in("plan", marks, grouped)
    found = contrasts(IN_WORDS["plan"].form, grouped, tab_of("plan", marks), within=parts([rounds]))
    nobody = np.zeros_like(whole.tab.options)
    inside = [each.tab.options for each in found if each.within]
    assert (sum(inside, nobody) == whole.tab.options).all()
    assert [each.within for each in found if each.within] == [
        (name,) for name, there in (("1", one), ("2", two)) if there
    ]


def test_layers_are_one_family_and_a_page_shows_the_largest_parts() -> None:
    answers = [{"group": "yes", "plan": "agree"}] * 9 + [{"group": "no", "plan": "disagree"}] * 9
    marks = marked(*answers, later=tuple(answers[2:]))
    rounds = Grouped(groups_by_round((1, 2), marks), {"1": "One", "2": "Two"})
    within = parts([rounds, by("group", marks)])
    assert [part.names for part in within] == [("1", "yes"), ("1", "no"), ("2", "yes"), ("2", "no")]
    apart = contrasts(
        IN_WORDS["plan"].form, by("group", marks), tab_of("plan", marks), within=parts([rounds])
    )
    told = sheets(page_of("plan", by("group", marks), rounds), apart)
    assert [sheet.parts for sheet in told] == [("One",), ("Two",)]
    assert "after allowing for the 2 comparisons looked at" in told[0].findings[0].sentence
    many = [part for part in within for _ in range(10)]
    shown_of = shown_parts(IN_WORDS["plan"].form, many)
    assert len(shown_of) == 24
    assert sum(part.names == ("2", "yes") for part in shown_of) < 10


def test_a_family_can_be_corrected_for_false_discoveries() -> None:
    answers = [{"group": "yes", "places": ["north", "east"]}] * 9
    answers += [{"group": "no", "places": ["south"]}] * 9
    marks = marked(*answers)
    grouped = by("group", marks)
    asked = IN_WORDS["places"].form
    strict, loose = (
        contrasts(asked, grouped, tab_of("places", marks), correction=each)[0].comparisons
        for each in Correction
    )
    assert all(one and two for one, two in zip(strict[:3], loose[:3], strict=True))
    holms, bhs = ([each.p_adjusted or 0 for each in found if each] for found in (strict, loose))
    assert all(bh < one for bh, one in zip(bhs, holms, strict=True) if one > 1e-9) or holms == bhs
    assert sum(bhs) < sum(holms)


def test_an_answer_that_one_round_did_not_offer_is_told_and_not_compared() -> None:
    first = [{"group": "yes"}] * 8 + [{"group": "no"}] * 8
    marks = marked(*first, later=tuple([{"group": "no"}] * 12))
    offered = {"1": frozenset({"yes", "no"}), "2": frozenset({"no"})}
    rounds = Grouped(
        groups_by_round((1, 2), marks), {"1": "Round 1", "2": "Round 2"}, offered=offered
    )
    found = found_in("group", marks, rounds)
    (sheet,) = sheets(page_of("group", rounds), found)
    assert found[0].comparisons == (None,)
    assert (sheet.lines[0].cells[0].n, sheet.lines[1].cells[0].n) == (8, None)
    (note,) = sheet.notes
    assert note == "“Yes” could be chosen in Round 1 only, so the comparison leaves it out."


def test_dont_know_has_no_place_among_ordered_groups() -> None:
    answers = [{"plan": "agree", "group": "yes"}] * 4 + [{"plan": "dont_know", "group": "no"}] * 4
    answers += [{"plan": "disagree", "group": "no"}] * 4
    marks = marked(*answers)
    grouped = by("plan", marks)
    (found,) = found_in("group", marks, grouped)
    assert compared_counts(IN_WORDS["group"].form, found, grouped, 0).sum() == 8
    assert found.comparisons[0] is not None
    assert found.comparisons[0].n == 8


def test_masks_of_more_than_a_byte_come_back() -> None:
    mask = np.arange(131) % 3 == 0
    (bits,) = groups_by_mask(("third",), [mask[np.newaxis]]).members
    assert in_group(bits[0], 131).tolist() == mask.tolist()
