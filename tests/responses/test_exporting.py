"""Exports hold what was answered and no more than was asked for, in forms that programs read.

1. Every form gives back the same answers, and what was exported is imported as it was.
2. Nothing that somebody typed becomes a formula.
3. Contact details and protected characteristics only where they were asked for; all is audited.
4. The codebook and the metadata describe the file.
"""

import csv
import json
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pyreadstat
import pytest

from app.audit import store as audit
from responses.response import Exclusion
from responses.store import coded_rows, exclude
from responses.store.exporting import NothingToExport, Written, export_responses
from surveys import store as surveys
from surveys.consultation import Consultation
from tests.responses.asking import ANSWERS, BY, NOW, QUESTIONNAIRE, answered, but, opened
from tests.responses.test_importing import imported, stored

FORMULA = '=HYPERLINK("http://example.org")'
OTHERS = [
    ANSWERS,
    but(rides="other", often=None, why=FORMULA, town="+44", **{"rides.other": "@tram"}),
    {"rides": "no", "town": "-x\ty"},
]


async def exported(
    consultation: Consultation, folder: Path, form: str, **more: Any
) -> tuple[Path, Written]:
    file = folder / f"out.{form}"
    return file, await export_responses(consultation, file, form=form, by=BY, **more)


async def three(slug: str = "bus-routes") -> Consultation:
    consultation = await opened(slug=slug)
    for answers in OTHERS:
        await answered(consultation, answers)
    return consultation


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened_file:
        return list(csv.DictReader(opened_file))


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
async def test_what_was_exported_is_imported_as_it_was(
    database: str, tmp_path: Path, form: str
) -> None:
    consultation = await three()
    file, written = await exported(consultation, tmp_path, form, private=True)
    assert written.responses == 3
    again = await imported(consultation, file)
    assert (again.imported, again.duplicates, again.rejected) == (0, 3, ())
    other = await opened(slug="elsewhere")
    done = await imported(other, file)
    assert (done.imported, done.rejected) == (3, ())
    assert await stored(other) == await stored(consultation)
    one, two = await coded_rows(consultation.id), await coded_rows(other.id)
    assert [row.coded for row in one] == [row.coded for row in two]


async def test_no_text_begins_like_a_formula_in_csv_and_none_is_one_in_a_workbook(
    database: str, tmp_path: Path
) -> None:
    consultation = await three()
    file, _ = await exported(consultation, tmp_path, "csv")
    cells = [cell for row in table(file) for cell in row.values()]
    assert "'" + FORMULA in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t")]
    file, _ = await exported(consultation, tmp_path, "xlsx")
    sheet = openpyxl.load_workbook(file).worksheets[0]
    kinds = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert (kinds[FORMULA], kinds["+44"], kinds["@tram"]) == ("s", "s", "s")


@pytest.mark.parametrize("form", ["csv", "xlsx", "sav", "parquet", "jsonl"])
async def test_private_answers_are_exported_only_where_asked_for_and_all_is_audited(
    database: str, tmp_path: Path, form: str
) -> None:
    consultation = await three()
    file, written = await exported(consultation, tmp_path, form)
    if form == "parquet":
        assert not {"email", "disabled"} & set(pl.read_parquet(file).columns)
    if form == "sav":
        frame, _ = pyreadstat.read_sav(str(file), output_format="polars")
        assert not {"email", "disabled"} & set(frame.columns)
    for each in (file, *written.beside):
        assert b"rider@example.org" not in each.read_bytes()
        assert b"Are you disabled" not in each.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    await exported(consultation, tmp_path, form, private=True)
    newest, before = await audit.entries(limit=2)
    assert (newest.action, newest.by, newest.subject) == (
        "export-responses",
        BY,
        "consultation:bus-routes",
    )
    assert [json.loads(each.detail)["private"] for each in (newest, before)] == [True, False]


async def test_spss_has_codes_labels_and_missing_values(database: str, tmp_path: Path) -> None:
    consultation = await three()
    file, _ = await exported(consultation, tmp_path, "sav", private=True)
    frame, meta = pyreadstat.read_sav(str(file), user_missing=True, output_format="polars")
    assert frame["rides"].to_list() == [1, 3, 2]
    assert frame["often"].to_list() == [3, -8, -8]
    assert frame["views.later"].to_list() == [1, 1, -9]
    assert frame["uses.work"].to_list() == [1, 1, -9]
    assert frame["uses.none"].to_list() == [0, 0, -9]
    assert frame["best.seats"].to_list() == [1, 1, -9]
    assert frame["best.speed"].to_list() == [0, 0, -9]
    assert frame["why"].to_list()[1:] == [FORMULA, ""]
    assert meta.column_names_to_labels["uses.work"] == "What for?: Work"
    assert meta.variable_value_labels["often"][3] == "Sometimes"
    assert meta.variable_value_labels["often"][-8] == "Not asked"
    assert meta.missing_ranges["often"] == [{"lo": -9, "hi": -7}]
    assert frame["submitted_at"].to_list()[0] == NOW.replace(tzinfo=None)


async def test_parquet_has_typed_columns(database: str, tmp_path: Path) -> None:
    consultation = await three()
    file, _ = await exported(consultation, tmp_path, "parquet", private=True)
    frame = pl.read_parquet(file)
    assert frame["uses"].to_list() == [["work", "school"], ["work", "school"], None]
    assert frame["submitted_at"].to_list() == [NOW] * 3
    assert frame["disabled"].to_list() == ["no", "no", None]


async def test_metadata_and_codebook_describe_the_csv(database: str, tmp_path: Path) -> None:
    consultation = await three()
    file, written = await exported(consultation, tmp_path, "csv")
    book, metadata = written.beside
    described = json.loads(metadata.read_bytes())
    titles = [each["titles"] for each in described["tableSchema"]["columns"]]
    assert titles == list(table(file)[0])
    assert described["url"] == file.name
    meanings = {(row["column"], row["value"]): row["meaning"] for row in table(book)}
    assert meanings["views.later", "strongly_agree"] == "Strongly agree"
    assert metadata.name == "out.csv-metadata.json"
    # Its own implementation of the W3C's standard reads every row by it.
    code = "import sys, csvw; print(len(list(csvw.Table.from_file(sys.argv[1]))))"
    run = [sys.executable, "-W", "ignore", "-c", code, str(metadata)]
    read = subprocess.run(run, capture_output=True, text=True, timeout=60)  # noqa: ASYNC221
    assert (read.stdout, read.stderr) == ("3\n", "")


async def test_only_what_is_in_the_figures_is_exported(database: str, tmp_path: Path) -> None:
    consultation = await three()
    first = (await coded_rows(consultation.id))[0]
    await exclude(first.response_id, Exclusion.TEST, consultation_id=consultation.id, by=BY)
    file, written = await exported(consultation, tmp_path, "csv", round_number=1)
    assert written.responses == 2
    assert [row["rides"] for row in table(file)] == ["other", "no"]
    with pytest.raises(NothingToExport):
        await exported(consultation, tmp_path, "csv", round_number=2)


async def test_rounds_share_the_columns_of_questions_that_are_the_same(
    database: str, tmp_path: Path
) -> None:
    consultation = await three()
    document = json.loads(json.dumps(QUESTIONNAIRE))
    town = document["pages"][2]["questions"][-1]
    town |= {"type": "number", "text": "How many towns?", "whole": True}
    await surveys.close_round(consultation.slug, by=BY, now=NOW)
    await surveys.add_version(consultation.id, json.dumps(document).encode(), by=BY, now=NOW)
    await surveys.open_round(consultation.slug, by=BY, now=NOW)
    consultation = await surveys.consultation(consultation.slug, at=NOW)
    await answered(consultation, {"rides": "no", "town": -3})
    file, written = await exported(consultation, tmp_path, "csv")
    assert written.responses == 4
    assert [row["rides"] for row in table(file)] == ["yes", "other", "no", "no"]
    assert [row["town"] for row in table(file)] == ["", "", "", "-3"]
    assert [row["town_v1"] for row in table(file)] == ["Ashford", "'+44", "'-x y", ""]
    for form in ("sav", "parquet", "xlsx", "jsonl"):
        assert (await exported(consultation, tmp_path, form))[1].responses == 4


async def test_a_consultation_without_responses_has_its_headings(
    database: str, tmp_path: Path
) -> None:
    consultation = await opened()
    for form in ("csv", "xlsx", "sav", "parquet", "jsonl"):
        _, written = await exported(consultation, tmp_path, form)
        assert written.responses == 0
