"""`hearback responses`: one JSON document, words on standard error, and exit codes that hold."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from tests.responses.asking import QUESTIONNAIRE

Run = Callable[..., Result]


@pytest.fixture
def run(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in a folder of its own, with an open consultation called `bus`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEARBACK_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("HEARBACK_DATA_DIR", str(tmp_path / "data"))

    def running(*words: str) -> Result:
        return CliRunner().invoke(main, words)

    Path("bus.json").write_text(json.dumps(QUESTIONNAIRE))
    assert running("survey", "import", "bus.json", "--slug", "bus", "--open").exit_code == 0
    return running


def test_a_file_goes_in_once_and_comes_out_with_its_codebook(run: Run) -> None:
    Path("in.csv").write_text("id,rides,why\n1,no,=1+1\n2,no,\n")
    first = run("responses", "import", "bus", "in.csv", "--channel", "paper", "--json")
    assert (first.exit_code, json.loads(first.stdout)["imported"]) == (0, 2)
    again = run("responses", "import", "bus", "in.csv", "--json")
    assert {key: json.loads(again.stdout)[key] for key in ("imported", "duplicates")} == {
        "imported": 0,
        "duplicates": 2,
    }
    assert "Storing" in again.stderr
    done = run("responses", "export", "bus", "--format", "csv", "-o", "out.csv")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "'=1+1" in Path("out.csv").read_text()
    assert Path("out.codebook.csv").exists()
    assert Path("out.csv-metadata.json").exists()
    ledger = json.loads(run("ledger", "bus", "--json").stdout)
    assert ledger["by_channel"] == {"paper": {"received": 2, "analysed": 2}}


def test_what_is_not_there_is_named(run: Run) -> None:
    refused = run("ledger", "tram", "--json")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("There is no such consultation")
    assert len(refused.stderr.splitlines()) == 1


def test_a_wrong_row_ends_in_one_and_a_file_that_cannot_be_read_in_two(run: Run) -> None:
    Path("wrong.csv").write_text("rides\nno\nperhaps\n")
    wrong = run("responses", "import", "bus", "wrong.csv", "--json")
    assert wrong.exit_code == 1
    (rejected,) = json.loads(wrong.stdout)["rejected"]
    assert (rejected["row"], rejected["question"]) == (3, "rides")
    told = run("responses", "import", "bus", "wrong.csv")
    assert "Row 3, rides: ‘perhaps’ is not one of the answers" in told.stdout
    Path("hostile.csv").write_bytes(b"rides\nno\0\n")
    hostile = run("responses", "import", "bus", "hostile.csv", "--json")
    assert (hostile.exit_code, hostile.stdout) == (2, "")
    assert "Line 2 holds a null byte" in hostile.stderr
    assert run("responses", "import", "bus", "wrong.csv", "--round", "7").exit_code == 1
    assert run("responses", "import", "nowhere", "wrong.csv").exit_code == 1
    assert json.loads(run("ledger", "bus", "--json").stdout)["received"] == 0


def test_a_map_names_columns_and_values_and_a_dry_run_stores_nothing(run: Run) -> None:
    Path("in.csv").write_text("Q1,IP\nN,127.0.0.1\n")
    said = {"columns": {"Q1": "rides", "IP": None}, "values": {"rides": {"N": "no"}}}
    Path("map.json").write_text(json.dumps(said))
    words = ("responses", "import", "bus", "in.csv", "--map", "map.json")
    assert "1 would be imported" in run(*words, "--dry-run").stdout
    assert json.loads(run("ledger", "bus", "--json").stdout)["received"] == 0
    assert json.loads(run(*words, "--json").stdout)["imported"] == 1
    Path("map.json").write_text('{"colums": {}}')
    unread = run(*words)
    assert unread.exit_code == 2
    assert "map.json" in unread.stderr
