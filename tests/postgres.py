"""A private PostgreSQL cluster on a spare port, which ends with the tests that started it."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "hearback-postgres-"
SECONDS_TO_START = 60
SECONDS_IN_AN_HOUR = 3600
# No test has to survive a power cut.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, the newest version first; None where there is none."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda at: -float(at.parent.name)
    )
    on_path = shutil.which("initdb")
    folders = [*debian, *([Path(on_path).parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def cluster(*, careful: bool = False) -> Iterator[str]:
    """Its address without a database name, like postgresql://owner:password@127.0.0.1:5433.

    A careful one flushes each commit to disk, as a benchmark needs it.
    """
    programs = binaries()
    assert programs is not None, "PostgreSQL is not installed"
    _remove_what_killed_runs_left()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        password = secrets.token_hex(16)
        _initialise(programs, folder, password=password)
        port = _spare_port()
        server = _start(programs, folder, port=port, careful=careful)
        try:
            _wait_until_it_answers(programs, port, server)
            yield f"postgresql://owner:{password}@127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_what_killed_runs_left() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        age = time.time() - folder.stat().st_mtime
        if age > SECONDS_IN_AN_HOUR and not _is_served(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_served(folder: Path) -> bool:
    try:
        number, *_ = (folder / "cluster" / "postmaster.pid").read_text().split()
        os.kill(int(number), 0)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return False
    except PermissionError:  # it runs, as somebody else
        return True
    return True


def _initialise(programs: Path, folder: Path, *, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if os.getuid() == 0:
        account = pwd.getpwnam(_account())
        for path in (folder, secret):
            os.chown(path, account.pw_uid, account.pw_gid)
    command = [str(programs / "initdb"), "-D", str(folder / "cluster"), "-U", "owner", "--no-sync"]
    options = ["--auth=scram-sha-256", f"--pwfile={secret}", "--locale=C.UTF-8", "--encoding=UTF8"]
    subprocess.run(_unprivileged([*command, *options]), check=True, capture_output=True, cwd=folder)


def _start(programs: Path, folder: Path, *, port: int, careful: bool) -> "subprocess.Popen[bytes]":
    settings = [f"port={port}", "listen_addresses=127.0.0.1", "max_connections=60"]
    settings += [f"unix_socket_directories={folder}", *(() if careful else CARELESS)]
    command = [str(programs / "postgres"), "-D", str(folder / "cluster")]
    for setting in settings:
        command += ["-c", setting]
    return subprocess.Popen(
        _unprivileged(command), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _unprivileged(command: list[str]) -> list[str]:
    """PostgreSQL refuses root. Where setpriv is, the server also ends when our process does."""
    setpriv = shutil.which("setpriv")
    if os.getuid() != 0:
        return [setpriv, "--pdeathsig", "INT", *command] if setpriv else command
    assert setpriv is not None, "As root, PostgreSQL needs setpriv (of util-linux) to start"
    account = pwd.getpwnam(_account())
    who = ["--reuid", str(account.pw_uid), "--regid", str(account.pw_gid), "--clear-groups"]
    return [setpriv, *who, "--pdeathsig", "INT", *command]


def _account() -> str:
    names = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _spare_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_it_answers(programs: Path, port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + SECONDS_TO_START
    knock = [str(programs / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
    while subprocess.run(knock, check=False).returncode != 0:
        if server.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start (it ended with {server.returncode})")
        if time.monotonic() > until:
            raise RuntimeError("PostgreSQL did not start in time")
        time.sleep(0.05)
