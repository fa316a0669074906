"""The workbook of all tables.

1. It opens, whatever words are in it: nothing typed becomes a formula or a link, and no two sheets
   are called the same.
2. Its numbers are numbers, and those of the tally.
3. What is hidden is the same word wherever it stands.
"""

import io
from typing import Any

import openpyxl
import pytest

from analysis import store
from analysis.narrowing import Narrowing
from analysis.pack.lines import ADDED_UP, ANSWERS, NET, PUT_FIRST, WHO
from analysis.pack.packed import printable
from analysis.pack.workbook import sheet_names, workbook
from analysis.tally import QuestionTally
from tests.analysis.pack.conftest import ARABIC, FORMULA, SAME, SLUG, Pack, second_round

Rows = list[tuple[Any, ...]]


def opened(made: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made))


def rows(book: Any, number: int) -> Rows:
    return list(book.worksheets[number + 1].iter_rows(values_only=True))


def found(sheet: Rows, *words: str) -> tuple[Any, ...]:
    (line,) = (row[len(words) :] for row in sheet if row[: len(words)] == words)
    return line


async def figures(**asked: Any) -> dict[str, tuple[int, QuestionTally]]:
    made = await store.tally(SLUG, public=False, **asked)
    return {each.key: (at, each) for at, each in enumerate(made.questions, start=1)}


async def test_every_count_and_share_is_the_tallys(pack: Pack) -> None:
    book = opened(workbook(await pack()))
    compared = 0
    for at, question in (await figures()).values():
        sheet = rows(book, at)
        parts = [row for row in sheet if row[0] in (ANSWERS, PUT_FIRST) and row[1] != ADDED_UP]
        for row, option in zip(parts, question.options, strict=not question.rows):
            share = row[3] if len(row) > 3 else None
            assert row[2] == option.n
            assert share == (option.share and pytest.approx(option.share, abs=1e-12))
            compared += 1
        if not question.rows:
            ends = [found(sheet, WHO, label)[0] for label in ("Answered", "No answer", "Not asked")]
            assert ends == [question.answered, question.missing, question.not_routed]
    assert compared > 20


async def test_a_scale_has_its_sides_net_and_middle(pack: Pack) -> None:
    book, made = opened(workbook(await pack())), await figures()
    at, plan = made["plan"]
    sheet = rows(book, at)
    people, share, low, high, _ = found(
        sheet, "Both sides of the scale", "“Strongly agree” or “Agree”"
    )
    assert (people, share) == (35, pytest.approx(plan.agree))
    assert (low, high) == pytest.approx(plan.interval)
    assert isinstance(plan.net, float)
    assert found(sheet, "In short", NET)[4] == pytest.approx(100 * plan.net)
    assert found(sheet, "In short", "Middle answer")[4] == "“Strongly agree”"
    assert found(sheet, "In favour", "In favour")[:2] == (35, pytest.approx(35 / 39))
    formats = [cell.number_format for cell in book.worksheets[at + 1][2]]
    assert formats[2:4] == ["#,##0", "0%"]


async def test_a_grid_stands_row_by_row(pack: Pack) -> None:
    at, parts = (await figures())["parts"]
    sheet = rows(opened(workbook(await pack())), at)
    assert sheet[0][:3] == ("Row", "Part", "How important?")
    assert isinstance(parts.rows, tuple)
    for row in parts.rows:
        name = row.value.title()
        numbers = [line[3] for line in sheet if line[:2] == (name, ANSWERS)]
        assert numbers == [option.n for option in row.options]
        assert found(sheet, name, WHO, "No answer")[0] == row.missing
        assert row.net is not None
        assert found(sheet, name, "In short", NET)[4] == pytest.approx(100 * row.net)


async def test_rankings_numbers_dates_and_several_answers_are_told(pack: Pack) -> None:
    book, made = opened(workbook(await pack())), await figures()
    ranked = rows(book, made["rank"][0])
    assert found(ranked, "Ranked at all", "Benches")[0] == 13
    assert found(ranked, "Mean rank, 1 being best", FORMULA)[4] == 1
    assert found(ranked, "Borda points", FORMULA)[4] == pytest.approx(10 / 13)
    aged = rows(book, made["age"][0])
    assert [found(aged, "In short", f"{end} answer")[4] for end in ("Lowest", "Highest")] == [
        31,
        58,
    ]
    moved = rows(book, made["moved"][0])
    # A day that Excel does not know stays a day in words.
    assert found(moved, "In short", "Lowest answer")[4] == "1890-05-01"
    assert found(moved, "In short", "Highest answer")[4].year == 2019
    places = rows(book, made["places"][0])
    assert found(places, ANSWERS, ADDED_UP)[1] == pytest.approx(1.7, abs=0.011)
    assert any("exceed 100%" in str(row[1]) for row in places)


async def test_nothing_that_was_typed_is_a_formula_or_a_link(pack: Pack) -> None:
    book = opened(workbook(await pack()))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    typed = [cell for cell in cells if cell.value in (FORMULA, "=1+1")]
    assert {cell.data_type for cell in typed} == {"s"}
    links = {cell.hyperlink.location for cell in cells if cell.hyperlink}
    assert len(links) == len(book.worksheets) - 2
    assert {link.rpartition("!")[0].strip("'") for link in links} == set(book.sheetnames[2:])
    assert [sheet for sheet in book.worksheets if sheet.merged_cells.ranges] == []
    assert all(sheet["A1"].value and sheet["B1"].value for sheet in book.worksheets)


def test_sheets_are_called_differently_and_as_excel_allows() -> None:
    titles = [
        f"{SAME}first?",
        f"{SAME}second?",
        "a/b\\c?*[d]:'e'",
        "'",
        "",
        ARABIC,
        "😀" * 40,
        "\x07=",
    ]
    names = sheet_names(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(1 <= len(name.encode("utf-16-le")) // 2 <= 31 for name in names)
    assert not set("[]:*?/\\'\x07") & set("".join(names))
    assert ARABIC.rstrip("؟") in names[5]


def test_what_no_office_file_may_hold_is_left_out() -> None:
    assert printable("a\x00b\x0bc\ud800d\ufffee\uffff\n") == "abcde"


async def test_rounds_stand_side_by_side(pack: Pack) -> None:
    await second_round()
    at = (await figures(compare=True))["plan"][0]
    sheet = rows(opened(workbook(await pack())), at)
    assert [head for head in sheet[0] if head and head.endswith(": people")] == [
        "All rounds: people",
        "Round 1: people",
        "Round 2: people",
    ]
    line = found(sheet, ANSWERS, "Agree")
    assert (line[0], line[5], line[10]) == (16, 10, 6)
    alone = rows(opened(workbook(await pack(narrowing=Narrowing(rounds=(2,))))), at)
    assert found(alone, ANSWERS, "Agree")[0] == 6
    assert any("Only these responses" in str(row[1]) for row in alone)


async def test_small_sensitive_numbers_are_hidden_from_those_who_may_not_manage(pack: Pack) -> None:
    at = (await figures())["faith"][0]
    assert found(rows(opened(workbook(await pack())), at), ANSWERS, "Yes")[0] == 1
    sheet = rows(opened(workbook(await pack(full=False))), at)
    assert found(sheet, ANSWERS, "Yes")[:2] == ("hidden", "hidden")
    numbers = [cell for row in sheet for cell in row if isinstance(cell, int | float)]
    tally = await store.tally(SLUG)
    public, public_base = tally.questions[at - 1], tally.base
    known = {public.answered, public.missing, public.not_routed, public_base}
    assert set(numbers) <= known | {option.n for option in public.options}
