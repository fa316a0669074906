"""Files that are not what they seem are refused in words, before anything is kept of them."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from responses.files.guarding import guarded, unguarded
from responses.files.reading import Line, UnusableFile, read_rows

HEAD = b"rides,why\n"


def lines(file: Path) -> list[Line]:
    return list(read_rows(file).lines)


def written(folder: Path, data: bytes, name: str = "answers.csv") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def workbook(folder: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder / "answers.xlsx")
    return folder / "answers.xlsx"


def changed(file: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with some bytes of one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            assert name != part or old in data
            after.writestr(name, data.replace(old, new) if name == part else data)
    file.write_bytes(out.getvalue())
    return file


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "It is empty"),
        (b" \n \n", "It is empty"),
        (b",,\n1,2,3\n", "no headings"),
        (HEAD + b"yes,caf\xe9\n", "Line 2 is not UTF-8"),
        (HEAD + b"yes,a\nno,\xc3", "Line 3 is not UTF-8"),
        ("rides,why\nyes,a\n".encode("utf-16"), "is not UTF-8"),
        (HEAD + b"yes,a\nno,a\0b\n", "Line 3 holds a null byte"),
        (HEAD + b'yes,"never closed\n', "Row 2 cannot be read as CSV"),
        (HEAD + b"yes," + b"a" * 3_000_000, "longer than 2,000,000 bytes"),
        (b"\xd0\xcf\x11\xe0 and more", "old Excel file"),
        (b"PK\x03\x04 and no more", "no .xlsx workbook"),
    ],
)
def test_a_file_that_is_no_table_of_text_is_refused_with_a_reason(
    tmp_path: Path, data: bytes, words: str
) -> None:
    with pytest.raises(UnusableFile) as refused:
        lines(written(tmp_path, data))
    assert words in refused.value.words


def test_a_file_of_two_gigabytes_of_nothing_is_refused_at_its_first_byte(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD)
    with file.open("r+b") as opened:
        opened.truncate(2 * 1024**3)
    with pytest.raises(UnusableFile, match="null byte"):
        read_rows(file)


def test_a_file_larger_than_is_taken_is_refused_unread(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD)
    with file.open("r+b") as opened:
        opened.truncate(5 * 1024**3)
    with pytest.raises(UnusableFile, match="can have up to"):
        read_rows(file)


def test_a_ragged_row_is_told_by_its_number_and_the_others_are_read(tmp_path: Path) -> None:
    found = lines(written(tmp_path, HEAD + b"yes,a\nno,a,b\n\nno\nyes,c\n"))
    assert [(line.number, line.wrong is None) for line in found] == [
        (2, True),
        (3, False),
        (5, False),
        (6, True),
    ]


def test_quoted_lines_other_delimiters_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    data = '\ufeffrides;why\nyes;"one\ntwo; three"\n'.encode()
    rows = read_rows(written(tmp_path, data))
    assert rows.header == ["rides", "why"]
    assert [line.cells for line in rows.lines] == [["yes", "one\ntwo; three"]]


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    with pytest.raises(UnusableFile, match="It unpacks to 50,000,000 bytes"):
        read_rows(file)


def test_what_a_sheet_claims_of_its_size_costs_nothing(tmp_path: Path) -> None:
    file = workbook(tmp_path, ["rides", "why"], ["yes", "a"])
    sheet = "xl/worksheets/sheet1.xml"
    claimed = changed(file, sheet, b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert [line.cells for line in lines(claimed)] == [["yes", "a"]]
    far = changed(file, sheet, b'<row r="2"', b'<row r="4000000000"')
    with pytest.raises(UnusableFile):
        lines(far)


def test_a_formula_in_a_workbook_is_told_by_its_cell(tmp_path: Path) -> None:
    found = lines(workbook(tmp_path, ["rides", "why"], ["yes", "a"], ["no", "=1+1"]))
    assert [line.wrong and line.wrong.why.partition(".")[0] for line in found] == [
        None,
        "Cell B3 is a formula",
    ]


def test_entities_that_grow_are_refused(tmp_path: Path) -> None:
    file = workbook(tmp_path, ["rides"], ["yes"])
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'
    with pytest.raises(UnusableFile, match=r"no \.xlsx workbook"):
        lines(changed(file, "xl/worksheets/sheet1.xml", b"<worksheet", bomb))


def test_a_line_that_is_no_object_is_told_by_its_number(tmp_path: Path) -> None:
    data = b'{"rides": "yes"}\n[1]\n' + b"[" * 100_000 + b"\n"
    found = lines(written(tmp_path, data, "answers.jsonl"))
    assert [line.number for line in found if line.wrong] == [2, 3]


@pytest.mark.parametrize("text", ["=1+1", "+44", "-x", "@a", "'=1", "''=1", "\tx", "it's", "'a'"])
def test_guarding_is_undone_exactly_and_leaves_no_formula(text: str) -> None:
    assert guarded(text)[0] not in "=+-@\t\r"
    assert unguarded(guarded(text)) == text
