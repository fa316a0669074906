"""Importing stores every row or none, once, and says what is wrong with each.

1. What is stored is what answering the form would have stored.
2. The same file again changes nothing; identical rows are two responses.
3. A wrong row is told by its number, question and remedy, and keeps all others out.
4. Columns and values are matched by key, by words, or by a map.
5. Killed in the middle, nothing is there.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest

from app.audit import store as audit
from app.database import connected
from responses import store
from responses.files.matching import FileMap
from responses.response import Channel
from responses.store.importing import (
    Imported,
    NoRoundToImportInto,
    import_responses,
    round_to_import_into,
)
from surveys import store as surveys
from surveys.checks import check
from surveys.consultation import Consultation
from tests.responses.asking import ANSWERS, BY, NOW, QUESTIONNAIRE, asked, but, opened

HEAD = "id,rides,rides.other,uses,often,views.fewer,views.later,best,why,town,email,disabled"
FULL = (
    '17,yes,,work;school,sometimes,disagree,strongly_agree,seats;price,"The last bus leaves\n'
    'before my shift ends.",Ashford,rider@example.org,no'
)


def file_of(folder: Path, *rows: str, name: str = "answers.csv") -> Path:
    (folder / name).write_text("\n".join(rows) + "\n")
    return folder / name


async def imported(
    consultation: Consultation, file: Path, *, said: FileMap | None = None, **more: Any
) -> Imported:
    into, version = await asked(consultation)
    return await import_responses(
        consultation,
        file,
        into=into,
        version=version,
        channel=Channel.ONLINE,
        by=BY,
        now=NOW,
        said=said or FileMap(),
        **more,
    )


async def stored(consultation: Consultation) -> list[dict[str, Any]]:
    rows = await store.coded_rows(consultation.id)
    found = [
        await store.response(row.response_id, consultation_id=consultation.id, private=True)
        for row in rows
    ]
    return [each.answers for each in found]


def wrongs(done: Imported) -> list[tuple[int, str]]:
    return [(each.row, each.question) for each in done.rejected]


async def test_what_is_stored_is_what_answering_would_have_stored(
    database: str, tmp_path: Path
) -> None:
    consultation = await opened()
    into, version = await asked(consultation)
    checked = check(version.questionnaire, ANSWERS).answers
    await store.add_response(
        into, version, checked, channel=Channel.ONLINE, submitted_at=NOW, key=uuid4()
    )
    done = await imported(consultation, file_of(tmp_path, HEAD, FULL))
    assert (done.imported, done.duplicates, done.rejected) == (1, 0, ())
    by_form, by_file = await store.coded_rows(consultation.id)
    assert by_file.coded == by_form.coded
    assert await stored(consultation) == [checked, checked]
    texts = await store.text_answers(consultation.id)
    assert [each.text for each in texts] == 2 * [ANSWERS["why"], ANSWERS["town"]]


async def test_what_the_route_hides_is_left_out_and_told(database: str, tmp_path: Path) -> None:
    consultation = await opened()
    into, version = await asked(consultation)
    answers = but(rides="no", often="never")
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps(answers) + "\n")
    done = await imported(consultation, file)
    assert done.left_out == {"often": 1}
    expected = check(version.questionnaire, answers)
    assert await stored(consultation) == [expected.answers]
    await store.add_response(
        into, version, expected.answers, channel=Channel.ONLINE, submitted_at=NOW, key=uuid4()
    )
    one, other = await store.coded_rows(consultation.id)
    assert one.coded == other.coded


async def test_the_same_file_again_changes_nothing_and_equal_rows_are_two_responses(
    database: str, tmp_path: Path
) -> None:
    consultation = await opened()
    file = file_of(tmp_path, "rides", "no", "no", "other;")
    assert (await imported(consultation, file)).wrong == 1
    file = file_of(tmp_path, "rides", *["no"] * 600)
    first = await imported(consultation, file)
    entries = len(await audit.entries(limit=100))
    again = await imported(consultation, file)
    assert (first.imported, first.duplicates) == (600, 0)
    assert (again.imported, again.duplicates) == (0, 600)
    assert len(await audit.entries(limit=100)) == entries
    assert len(await store.coded_rows(consultation.id)) == 600


async def test_a_row_is_known_by_its_id_in_any_file(database: str, tmp_path: Path) -> None:
    consultation = await opened()
    await imported(consultation, file_of(tmp_path, "id,rides", "a,no", "b,no"))
    more = await imported(consultation, file_of(tmp_path, "id,rides", "b,no", "c,no", "c,no"))
    assert (more.imported, more.duplicates) == (1, 2)
    other = await imported(consultation, file_of(tmp_path, "rides,id", "no,d", "yes,b"))
    assert other.imported == 0
    assert wrongs(other) == [(3, "often")]
    other = await imported(consultation, file_of(tmp_path, "id,rides,town", "d,no,", "b,no,Hythe"))
    assert other.imported == 0
    assert wrongs(other) == [(3, "id")]
    assert len(await store.coded_rows(consultation.id)) == 3


async def test_a_wrong_row_is_told_and_keeps_all_out(database: str, tmp_path: Path) -> None:
    consultation = await opened()
    file = file_of(
        tmp_path,
        "rides,uses,email,submitted_at,channel,round",
        "no,,,,,",
        "perhaps,,,,,",
        "no,none;work,,,,",
        "no,,nobody,2099-01-01,pigeon,2",
        "no,,",
    )
    done = await imported(consultation, file)
    assert wrongs(done) == [
        (3, "rides"),
        (4, "uses"),
        (5, "email"),
        (5, "submitted_at"),
        (5, "round"),
        (5, "channel"),
        (6, ""),
    ]
    assert "Choose one that is" in done.rejected[0].why
    assert done.imported == 0
    assert not await store.coded_rows(consultation.id)


async def test_nobody_reads_on_after_a_thousand_wrong_rows(database: str, tmp_path: Path) -> None:
    consultation = await opened()
    done = await imported(consultation, file_of(tmp_path, "rides", *["perhaps"] * 3000))
    assert (done.wrong, len(done.rejected), done.rejected[-1].row) == (1000, 1000, 1001)


async def test_words_with_semicolons_of_their_own_are_told_apart(
    database: str, tmp_path: Path
) -> None:
    words = {"a": "one; or more", "b": "none", "c": "one"}
    options = [{"value": value, "text": text} for value, text in words.items()]
    question = {"key": "which", "type": "multiple", "text": "Which?", "options": options}
    page = {"title": "One", "questions": [question]}
    consultation = await opened({"title": "Many", "languages": ["en"], "pages": [page]})
    file = file_of(tmp_path, "id,which", "1,a;c", "2,One; OR more;none", "3,none;one;a")
    assert (await imported(consultation, file)).imported == 3
    assert await stored(consultation) == [
        {"which": ["a", "c"]},
        {"which": ["a", "b"]},
        {"which": ["a", "b", "c"]},
    ]


async def test_headings_that_fit_no_question_or_leave_one_out_are_told(
    database: str, tmp_path: Path
) -> None:
    consultation = await opened()
    done = await imported(consultation, file_of(tmp_path, "uses,colour,uses,", "work,red,,"))
    assert sorted(each.question for each in done.rejected) == ["", "colour", "rides", "uses"]
    assert {each.row for each in done.rejected} == {1}
    assert not await store.coded_rows(consultation.id)


async def test_columns_and_values_are_found_by_their_words_or_by_a_map(
    database: str, tmp_path: Path
) -> None:
    consultation = await opened()
    said = FileMap(
        columns={"Q1": "rides", "IP": None, "Sent": "submitted_at"},
        values={"rides": {"J": "yes", "N": "no"}},
    )
    file = file_of(
        tmp_path,
        "Q1,IP,Sent,how often is it late?,What do you think of it? [Fewer stops],ID",
        "J,127.0.0.1,2026-10-01,Sometimes,strongly AGREE,1",
        "N,127.0.0.1,2026-10-01T09:00:00+01:00,,,2",
    )
    done = await imported(consultation, file, said=said)
    assert (done.imported, done.columns_left_out) == (2, ("IP",))
    assert (done.columns["Q1"], done.columns["ID"]) == ("rides", "id")
    assert await stored(consultation) == [
        {"rides": "yes", "often": "sometimes", "views": {"fewer": "strongly_agree"}},
        {"rides": "no"},
    ]
    wrong = FileMap(values={"colour": {"r": "red"}})
    assert wrongs(await imported(consultation, file_of(tmp_path, "rides", "no"), said=wrong)) == [
        (1, "colour")
    ]


async def test_a_workbook_is_read_like_the_same_csv(database: str, tmp_path: Path) -> None:
    consultation = await opened()
    book = openpyxl.Workbook()
    for row in (["id", "rides", "uses", "town"], [7, "No", "work;school", "'=quoted"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "answers.xlsx")
    assert (await imported(consultation, tmp_path / "answers.xlsx")).imported == 1
    again = file_of(tmp_path, "id,rides,uses,town", "7,no,school;work,''=quoted")
    assert (await imported(consultation, again)).duplicates == 1


async def test_a_dry_run_counts_and_stores_nothing(database: str, tmp_path: Path) -> None:
    consultation = await opened()
    done = await imported(consultation, file_of(tmp_path, "rides", "no", "no"), dry_run=True)
    assert (done.imported, done.wrong) == (2, 0)
    assert not await store.coded_rows(consultation.id)


async def test_files_and_strange_objects_are_refused_in_words(
    database: str, tmp_path: Path
) -> None:
    questionnaire = {
        "title": "Plans",
        "languages": ["en"],
        "pages": [
            {
                "title": "One",
                "questions": [
                    {"key": "plan", "type": "upload", "text": "Your plan"},
                    {"key": "id", "type": "number", "text": "How many?"},
                ],
            }
        ],
    }
    consultation = await opened(questionnaire)
    rows: Iterable[Any] = [{"plan": ["a" * 32]}, {"id": {"a": 1}}, {"colour": 1}, {"id": 3}]
    half = r'{"_id": "\ud800"}'
    file = file_of(tmp_path, *map(json.dumps, rows), half, name="answers.jsonl")
    done = await imported(consultation, file)
    assert wrongs(done) == [(1, "plan"), (2, "id"), (3, "colour"), (5, "")]
    file = file_of(tmp_path, '{"id": 3, "_id": "x"}', name="answers.jsonl")
    assert (await imported(consultation, file)).imported == 1
    assert await stored(consultation) == [{"id": 3}]


async def test_only_a_round_that_was_asked_takes_responses(database: str) -> None:
    document = json.dumps(QUESTIONNAIRE).encode()
    await surveys.create_consultation(document, slug="not-yet", by=BY, now=NOW)
    consultation = await surveys.consultation("not-yet", at=NOW)
    with pytest.raises(NoRoundToImportInto):
        round_to_import_into(consultation, None, NOW)
    consultation = await opened()
    assert round_to_import_into(consultation, None, NOW).number == 1
    with pytest.raises(NoRoundToImportInto):
        round_to_import_into(consultation, 2, NOW)


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from app.database import connected
from tests.responses.asking import NOW, SLUG
from tests.responses.test_importing import imported
from surveys import store as surveys

def tell(what, share, rows):
    if what == "storing" and share > 0.6:
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    async with connected(sys.argv[1]):
        found = await surveys.consultation(SLUG, at=NOW)
        await imported(found, Path(sys.argv[2]), tell=tell)

asyncio.run(main())
"""


async def test_killed_in_the_middle_of_storing_nothing_is_there(
    database_url: str, tmp_path: Path
) -> None:
    async with connected(database_url):
        await opened()
    file = file_of(tmp_path, "rides,town", *(f"no,Town {number}" for number in range(1500)))
    environ = {**os.environ, "HEARBACK_DATA_DIR": str(tmp_path / "data")}
    run = [sys.executable, "-c", KILLED, database_url, str(file)]
    killed = await asyncio.to_thread(
        subprocess.run, run, env=environ, timeout=60, capture_output=True, text=True
    )
    assert killed.returncode == -9, killed.stderr
    async with connected(database_url):
        consultation = await surveys.consultation("bus-routes", at=NOW)
        assert not await store.coded_rows(consultation.id)
        assert not await store.text_answers(consultation.id)
        assert (await imported(consultation, file)).imported == 1500
