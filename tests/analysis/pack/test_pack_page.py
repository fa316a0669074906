"""The files of results: who may take what, from where, and what the audit says of it."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document

from app.audit import store as audit
from app.cli import main
from tests.analysis.pack.conftest import SLUG
from tests.browsing import Browser

RESULTS = f"/officer/consultations/{SLUG}/results"
TABLES, WORDS = f"{RESULTS}/tables.xlsx", f"{RESULTS}/pack.docx"


async def test_the_results_link_to_their_files_with_the_filters_in_force(officer: Browser) -> None:
    page = await officer.get(f"{RESULTS}?channel=letter&where=plan:agree")
    addresses = [link["href"] for link in page.soup.select("main a[href]")]
    (tables,) = [each for each in addresses if str(each).startswith(TABLES)]
    assert any(str(each).startswith(f"{WORDS}?channel=letter") for each in addresses)
    file = await officer.get(str(tables))
    book = openpyxl.load_workbook(io.BytesIO(file.response.content))
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert about["Only these responses"] == "letter; The plan is right: Agree"
    assert about["Responses looked at"] == "5"


async def test_each_file_says_what_it_is(officer: Browser) -> None:
    for address, name, kind in (
        (TABLES, "streets-results.xlsx", "spreadsheetml.sheet"),
        (WORDS, "streets-results.docx", "wordprocessingml.document"),
    ):
        headers = (await officer.get(address)).response.headers
        assert headers["content-disposition"] == f'attachment; filename="{name}"'
        assert headers["content-type"].endswith(kind)


async def test_whoever_takes_figures_out_is_on_record(officer: Browser, coder: Browser) -> None:
    await officer.get(f"{TABLES}?where=plan:agree")
    await coder.get(WORDS)
    last, before = await audit.entries(limit=2)
    assert (last.action, last.by, last.subject) == (
        "take-figures-out",
        "coder@hearback.example",
        f"consultation:{SLUG}",
    )
    told = json.loads(last.detail)
    assert told == {"filters": "none", "format": "docx", "small numbers": "hidden"}
    assert json.loads(before.detail) == {
        "filters": "where=plan:agree",
        "format": "xlsx",
        "small numbers": "shown",
    }


async def test_a_coder_is_shown_no_small_numbers_and_no_filters(coder: Browser) -> None:
    book = openpyxl.load_workbook(io.BytesIO((await coder.get(TABLES)).response.content))
    faith = next(sheet for sheet in book.worksheets if sheet["B1"].value == "Do you have a faith?")
    assert faith["C2"].value == "hidden"
    head = await audit.latest()
    for query in ("channel=letter", "where=faith:yes", "round=7"):
        assert (await coder.get(f"{TABLES}?{query}")).status_code in (403, 404)
    assert await audit.latest() == head


@pytest.fixture
def here(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEARBACK_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("HEARBACK_DATA_DIR", str(tmp_path / "data"))
    return CliRunner()


def test_the_command_writes_what_the_public_tally_shows(here: CliRunner) -> None:
    done = here.invoke(main, ["results", SLUG, "-o", "out.xlsx", "--round", "1"])
    assert (done.exit_code, done.stdout) == (0, "")
    tally = json.loads(here.invoke(main, ["tally", SLUG, "--round", "1", "--json"]).stdout)
    book = openpyxl.load_workbook("out.xlsx")
    for question, sheet in zip(tally["questions"], book.worksheets[2:], strict=True):
        counts = [each["n"] for each in question["options"]]
        shown = [cell.value for cell in sheet["C"][1 : len(counts) + 1]]
        assert shown == ["hidden" if n is None else n for n in counts]
    assert here.invoke(main, ["results", SLUG, "-o", "out.docx"]).exit_code == 0
    assert Document("out.docx").paragraphs[0].text == "Streets <&> ways: results"


@pytest.mark.parametrize(
    ("asked", "code"),
    [(["-o", "out.pdf"], 2), (["-o", "out.xlsx", "--round", "9"], 1)],
)
def test_what_cannot_be_written_leaves_no_file(
    here: CliRunner, asked: list[str], code: int
) -> None:
    done = here.invoke(main, ["results", SLUG, *asked])
    assert done.exit_code == code
    assert done.stderr
    assert list(Path().glob("out.*")) == []
