"""What every test may ask for: a migrated database of its own, empty or with the demonstration."""

import asyncio
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import hypothesis
import pytest
from litestar import Litestar

from app import demo
from app.auth.account import Role
from app.clock import now
from app.database import connected, migrate
from app.settings import Settings, load_settings, use_settings
from tests.assembled import Pages, application_on
from tests.browsing import Browser, signed_in
from tests.chromium import LEFT_OUT as NO_BROWSER
from tests.chromium import chrome, chromium, screen, site
from tests.postgres import binaries, cluster

__all__ = ["chrome", "screen", "site"]

# Made-up examples without a clock: a busy machine is no fault of the code.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")

LEFT_OUT = "PostgreSQL is not installed, so no test ran on it"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("template") / "migrated.sqlite"
    asyncio.run(_migrated(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def demonstration_template(sqlite_template: Path) -> Path:
    """A SQLite file with the demonstration in it, as of today, to copy: loading takes seconds."""
    file = sqlite_template.with_name("demonstration.sqlite")
    shutil.copy(sqlite_template, file)
    use_settings(settings_on(f"sqlite:///{file}", file.parent / "data"))
    asyncio.run(_demonstrated(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    """The address of a private cluster that holds a migrated database called `template`."""
    if binaries() is None:
        pytest.skip(LEFT_OUT)
    with cluster() as address:
        asyncio.run(_sql(f"{address}/postgres", "CREATE DATABASE template"))
        asyncio.run(_migrated(f"{address}/template"))
        yield address


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "hearback.sqlite")
    return f"sqlite:///{tmp_path / 'hearback.sqlite'}"


@pytest.fixture
def demonstration_url(demonstration_template: Path, tmp_path: Path) -> str:
    """For modules on the demonstration: their own `sqlite_url` hands this on."""
    shutil.copy(demonstration_template, tmp_path / "hearback.sqlite")
    return f"sqlite:///{tmp_path / 'hearback.sqlite'}"


@pytest.fixture
def postgres_url(postgres_cluster: str) -> Iterator[str]:
    with _postgres_database(postgres_cluster, "TEMPLATE template") as url:
        yield url


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'empty.sqlite'}"


@pytest.fixture
def empty_postgres_url(postgres_cluster: str) -> Iterator[str]:
    with _postgres_database(postgres_cluster) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated, empty database, on each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def empty_url(database_url: str, request: pytest.FixtureRequest) -> str:
    """A second database of the same kind, without a single table."""
    kind = "sqlite" if database_url.startswith("sqlite") else "postgres"
    url: str = request.getfixturevalue(f"empty_{kind}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """Connected to a migrated, empty database, on each kind in turn. The value is its address."""
    async with connected(database_url):
        yield database_url


@pytest.fixture
def added() -> Pages:
    """Pages that the application is to have besides its own: for a module to say."""
    return ()


@pytest.fixture
async def application(sqlite_url: str, tmp_path: Path, added: Pages) -> AsyncIterator[Litestar]:
    """The application on this test's SQLite database, connected to on the test's own loop.

    Not for use beside `database`: one process is connected to one database.
    """
    async with connected(sqlite_url):
        yield application_on(settings_on(sqlite_url, tmp_path / "data"), added=added)


@pytest.fixture
async def visitor(application: Litestar) -> AsyncIterator[Browser]:
    """A browser of someone who is not signed in."""
    browser = Browser(application)
    yield browser
    await browser.close()


@pytest.fixture
async def coder(application: Litestar) -> AsyncIterator[Browser]:
    async with signed_in(application, Role.CODER) as browser:
        yield browser


@pytest.fixture
async def officer(application: Litestar) -> AsyncIterator[Browser]:
    async with signed_in(application, Role.OFFICER) as browser:
        yield browser


@pytest.fixture
async def publisher(application: Litestar) -> AsyncIterator[Browser]:
    async with signed_in(application, Role.PUBLISHER) as browser:
        yield browser


@pytest.fixture
async def admin(application: Litestar) -> AsyncIterator[Browser]:
    async with signed_in(application, Role.ADMIN) as browser:
        yield browser


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if binaries() is None:
        terminalreporter.section("POSTGRESQL WAS LEFT OUT", red=True, bold=True)
        terminalreporter.line(
            f"{LEFT_OUT}. Install it (Debian: postgresql) to test both databases."
        )
    if chromium() is None:
        terminalreporter.section("CHROMIUM WAS LEFT OUT", red=True, bold=True)
        terminalreporter.line(f"{NO_BROWSER}. Install it (Debian: chromium) to test in a browser.")


@contextmanager
def _postgres_database(cluster: str, like: str = "") -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    asyncio.run(_sql(f"{cluster}/postgres", f"CREATE DATABASE {name} {like}"))
    yield f"{cluster}/{name}"
    asyncio.run(_sql(f"{cluster}/postgres", f"DROP DATABASE {name} WITH (FORCE)"))


def settings_on(url: str, data_dir: Path) -> Settings:
    """One secret for all tests, so that the receipts in a copied database hold."""
    return load_settings(
        {
            "HEARBACK_DATABASE_URL": url,
            "HEARBACK_DATA_DIR": str(data_dir),
            "HEARBACK_SECRET_KEY": "known to every test and to nobody else",
        }
    )


async def _demonstrated(url: str) -> None:
    async with connected(url):
        await demo.load(now())


async def _migrated(url: str) -> None:
    async with connected(url):
        await migrate()


async def _sql(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
