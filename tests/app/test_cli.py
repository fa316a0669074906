"""The command line, run as its users run it: results on standard output, all else on the other.

1. The whole loop of a questionnaire that nobody has seen, and of the demonstration.
2. Exit codes: 0 done, 1 something is wrong, 2 what was given cannot be used.
3. With --json exactly one document is printed.
4. Accounts, backups and settings.
"""

import json
import os
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.cli import main
from surveys.xlsform import read_xlsform
from tests.surveys.limesurvey.building import Asked, lss
from tests.surveys.xlsform.building import YES_NO, workbook

HEARBACK = str(Path(sys.executable).parent / "hearback")
KENT = "kent-civil-society-strategy"

QUESTIONS: dict[str, Any] = {
    "title": "Bins and birds",
    "languages": ["en"],
    "pages": [
        {
            "title": "Bins",
            "questions": [
                {
                    "key": "bins",
                    "type": "likert",
                    "text": "Is one bin enough?",
                    "scale": "agreement",
                    "required": False,
                },
                {"key": "facts", "type": "statement", "text": "There are 900 bins."},
            ],
        },
        {"title": "Birds", "questions": [{"key": "birds", "type": "long_text", "text": "Birds?"}]},
    ],
}


HALF_A_FORM = (
    b"POST /officer/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail="
)


class Terminal:
    """Runs `hearback` in a folder of its own."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.environ = {
            "PATH": os.environ["PATH"],
            "HEARBACK_DATABASE_URL": url,
            "HEARBACK_DATA_DIR": str(folder / "data"),
        }

    def run(
        self, *words: str, typed: str | None = None, **environ: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [HEARBACK, *words],
            cwd=self.folder,
            env={**self.environ, **environ},
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def json(self, *words: str, code: int = 0) -> Any:
        done = self.run(*words, "--json")
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)

    @contextmanager
    def serving(self) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
        """A server that answers, and its port."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        server = subprocess.Popen(
            [HEARBACK, "serve", "--port", str(port)],
            cwd=self.folder,
            env=self.environ,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(port, server)
            yield server, port
        finally:
            server.kill()
            server.wait()

    def file(self, name: str, content: str) -> str:
        (self.folder / name).write_text(content)
        return name


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert server.poll() is None, "the server ended by itself"
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start within a minute")


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path, f"sqlite:///{tmp_path / 'cli.sqlite'}")


@pytest.fixture(scope="module")
def kent(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    folder = tmp_path_factory.mktemp("kent")
    loaded = Terminal(folder, f"sqlite:///{folder / 'kent.sqlite'}")
    assert loaded.run("demo").returncode == 0
    return loaded


def test_kents_ledger_balances_at_78(kent: Terminal) -> None:
    ledger = kent.json("ledger", KENT)
    assert (ledger["received"], ledger["analysed"], ledger["balanced"]) == (78, 78, True)
    assert ledger["by_round"] == {
        "1": {"received": 69, "analysed": 69},
        "2": {"received": 9, "analysed": 9},
    }


def test_a_reader_that_has_enough_ends_a_tally_without_a_word(kent: Terminal) -> None:
    shell = f"'{HEARBACK}' tally {KENT} | true"  # which is gone before the first line
    done = subprocess.run(
        ["bash", "-c", shell], cwd=kent.folder, env=kent.environ, capture_output=True, text=True
    )
    assert done.stderr == ""


def test_kents_tally_compares_both_rounds(kent: Terminal) -> None:
    tally = kent.json("tally", KENT, "--compare")
    assert tally["base"] == 78
    capacity = next(one for one in tally["questions"] if one["key"] == "capacity")
    assert [(each["round"], each["base"]) for each in capacity["rounds"]] == [(1, 69), (2, 9)]
    sector = {"registered_charity", "community_group", "social_enterprise", "trustee_volunteer"}
    assert sum(one["n"] for one in capacity["options"] if one["value"] in sector) == 54


def test_one_round_is_tallied_alone(kent: Terminal) -> None:
    assert kent.json("tally", KENT, "--round", "2")["base"] == 9
    refused = kent.run("tally", KENT, "--round", "3")
    assert refused.returncode == 1
    assert "no round 3" in refused.stderr


def test_kents_answers_are_tallied_by_who_gave_them(kent: Terminal) -> None:
    tally = kent.json("tally", KENT, "--by", "capacity")
    groups = next(each["groups"] for each in tally["questions"] if each.get("groups"))
    assert sum(group["base"] or 0 for group in groups) <= 78
    shown = [option["n"] for group in groups for option in group["options"]]
    assert not [n for n in shown if n and n < 5]
    refused = kent.run("tally", KENT, "--by", "nothing")
    assert refused.returncode == 1
    assert "nothing" in refused.stderr


def test_fair_funding_stops_publication_and_is_named(kent: Terminal) -> None:
    lint = kent.json("lint", KENT, code=1)
    assert ["Fair funding" in gap["what"] for gap in lint["blocking"]] == [True]
    assert {"what", "why", "fix"} <= lint["blocking"][0].keys()
    refused = kent.run("publish", KENT, "--json")
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "Fair funding" in refused.stderr


def test_loading_the_demonstration_again_changes_nothing(kent: Terminal) -> None:
    before = kent.json("ledger", "library-hours")
    assert kent.run("demo").returncode == 0
    assert kent.json("ledger", "library-hours") == before


def test_a_questionnaire_is_imported_opened_counted_and_given_back(terminal: Terminal) -> None:
    file = terminal.file("bins.json", json.dumps(QUESTIONS))
    made = terminal.json("survey", "import", file, "--slug", "bins", "--open")
    notes = made.pop("notes")
    assert made == {"slug": "bins", "title": "Bins and birds", "pages": 2, "questions": 2}
    assert {note["where"].partition(":")[0] for note in notes} == {"Check before opening"}
    assert terminal.json("ledger", "bins")["received"] == 0
    assert next(one["key"] for one in terminal.json("tally", "bins")["questions"]) == "bins"
    assert terminal.run("survey", "export", "bins", "--format", "json", "-o", "out.json")
    assert json.loads((terminal.folder / "out.json").read_text()) == QUESTIONS
    assert terminal.run("survey", "close", "bins").returncode == 0
    assert terminal.run("survey", "close", "bins").returncode == 1


def test_an_xlsform_is_imported_with_notes_and_given_back(terminal: Terminal) -> None:
    rows = [
        {"type": "start", "name": "begun"},
        {"type": "select_one yes_no", "name": "Visited", "label": "Have you been?"},
    ]
    (terminal.folder / "in.xlsx").write_bytes(workbook(rows, YES_NO, {"form_title": "Our parks"}))
    made = terminal.json("survey", "import", "in.xlsx", "--slug", "our-parks", "--open")
    assert (made["slug"], made["title"], made["questions"]) == ("our-parks", "Our parks", 1)
    notes = [f"{note['where']}: {note['what']}" for note in made["notes"]]
    assert any("‘begun’" in note for note in notes)
    assert any("became the key ‘visited’" in note for note in notes)
    assert any(note.startswith("Check before opening") for note in notes)
    written = ("--format", "xlsform", "-o", "out.xlsx")
    assert terminal.run("survey", "export", "our-parks", *written).returncode == 0
    back = read_xlsform((terminal.folder / "out.xlsx").read_bytes())
    assert [question.key for question in back.questionnaire.questions] == ["visited"]


def test_a_limesurvey_file_is_imported(terminal: Terminal) -> None:
    survey = lss(Asked("S", "name", "Your name?"))
    (terminal.folder / "parks.lss").write_bytes(survey)
    made = terminal.json("survey", "import", "parks.lss", "--slug", "lime")
    assert (made["slug"], made["pages"], made["questions"]) == ("lime", 1, 1)


@pytest.mark.parametrize("ending", [".json", ".xlsx", ".lss"])
def test_a_file_that_is_not_what_its_name_says_exits_2(terminal: Terminal, ending: str) -> None:
    (terminal.folder / f"parks{ending}").write_bytes(b"\x00\x01 not that")
    done = terminal.run("survey", "import", f"parks{ending}")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_slug_that_exists_is_refused(terminal: Terminal) -> None:
    file = terminal.file("bins.json", json.dumps(QUESTIONS))
    assert terminal.run("survey", "import", file, "--slug", "bins").returncode == 0
    refused = terminal.run("survey", "import", file, "--slug", "bins")
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"title": 1}', '{"title":"x","languages":[]}'])
def test_what_is_no_questionnaire_exits_2_and_stores_nothing(
    terminal: Terminal, content: str
) -> None:
    refused = terminal.run("survey", "import", terminal.file("bad.json", content), "--slug", "bad")
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert terminal.run("ledger", "bad").returncode == 1


def test_an_unknown_type_is_named_with_its_place(terminal: Terminal) -> None:
    odd = json.loads(json.dumps(QUESTIONS))
    odd["pages"][1]["questions"][0]["type"] = "hologram"
    refused = terminal.run("survey", "import", terminal.file("odd.json", json.dumps(odd)))
    assert refused.returncode == 2
    assert "hologram" in refused.stderr
    assert "birds" in refused.stderr


def test_an_account_is_added_with_a_password_or_a_link(terminal: Terminal) -> None:
    added = terminal.run(
        "user", "add", "a@example.org", "--role", "admin", "--password-stdin",
        typed="correct horse battery\n",
    )  # fmt: skip
    assert (added.returncode, added.stdout) == (0, "")
    linked = terminal.run("user", "add", "b@example.org", "--role", "coder")
    assert "/officer/password/" in linked.stdout
    assert terminal.run("user", "add", "b@example.org", "--role", "coder").returncode == 1
    assert "/officer/password/" in terminal.run("user", "link", "a@example.org").stdout


def test_a_password_that_will_not_do_exits_2(terminal: Terminal) -> None:
    refused = terminal.run(
        "user", "add", "a@example.org", "--role", "admin", "--password-stdin", typed="short\n"
    )
    assert refused.returncode == 2
    assert terminal.run("user", "link", "a@example.org").returncode == 1


def test_a_setting_that_cannot_be_used_exits_2_in_one_line(terminal: Terminal) -> None:
    refused = terminal.run("migrate", HEARBACK_TIME_ZONE="Mars/Olympus")
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert "HEARBACK_TIME_ZONE" in refused.stderr


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.sqlite", "postgresql://127.0.0.1:1/x"])
def test_a_database_that_cannot_be_reached_exits_2_in_one_line(
    terminal: Terminal, url: str
) -> None:
    refused = terminal.run("migrate", HEARBACK_DATABASE_URL=url)
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert "HEARBACK_DATABASE_URL" in refused.stderr


def test_a_place_that_cannot_be_written_to_is_named_in_one_line(terminal: Terminal) -> None:
    refused = terminal.run("backup", "/proc/all.tar.gz")
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "/proc" in refused.stderr


def test_a_database_is_for_its_owner_alone(terminal: Terminal) -> None:
    assert terminal.run("migrate").returncode == 0
    file = Path(terminal.environ["HEARBACK_DATABASE_URL"].removeprefix("sqlite:///"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_someone_who_sends_half_a_form_cannot_keep_the_server_from_stopping(
    terminal: Terminal,
) -> None:
    with (
        terminal.serving() as (server, port),
        socket.create_connection(("127.0.0.1", port)) as half,
    ):
        half.sendall(HALF_A_FORM)
        time.sleep(1)  # long enough for the server to begin to read it
        server.terminate()
        server.wait(timeout=30)


def test_a_backup_is_restored_into_an_empty_place(terminal: Terminal, tmp_path: Path) -> None:
    file = terminal.file("bins.json", json.dumps(QUESTIONS))
    terminal.run("survey", "import", file, "--slug", "bins", "--open")
    assert terminal.run("backup", "all.tar.gz").returncode == 0
    assert terminal.run("restore", "all.tar.gz").returncode == 1
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = Terminal(elsewhere, f"sqlite:///{elsewhere / 'cli.sqlite'}")
    assert other.run("restore", str(tmp_path / "all.tar.gz")).returncode == 0
    assert other.json("ledger", "bins")["balanced"]
    assert terminal.run("restore", "all.tar.gz", "--replace").returncode == 0


def test_a_port_that_is_taken_exits_2_in_one_line(terminal: Terminal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        refused = terminal.run("serve", "--port", str(other.getsockname()[1]))
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("serve",),
        ("migrate",),
        ("demo",),
        ("user", "add"),
        ("survey", "import"),
        ("survey", "export"),
        ("survey", "open"),
        ("survey", "close"),
        ("ledger",),
        ("tally",),
        ("lint",),
        ("publish",),
        ("backup",),
        ("restore",),
    ],
)
def test_every_command_has_help(words: tuple[str, ...]) -> None:
    helped = CliRunner().invoke(main, [*words, "--help"], prog_name="hearback")
    assert helped.exit_code == 0
    assert helped.stdout.startswith("Usage: hearback")
