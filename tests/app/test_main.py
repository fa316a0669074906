"""The application as a whole: it opens its own database, answers HEAD, and describes its API."""

from pathlib import Path

import httpx
import pytest

from app import database
from app.main import create_app
from app.settings import load_settings
from tests.browsing import Browser


async def test_starting_opens_and_migrates_the_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    app = create_app(
        load_settings({"HEARBACK_DATABASE_URL": url, "HEARBACK_DATA_DIR": str(tmp_path / "data")})
    )
    assert not await database.answers()
    async with app.lifespan():
        assert (await Browser(app).get("/health/ready")).status_code == 200
        assert (await Browser(app).get("/")).status_code == 200
    assert not await database.answers()


async def test_head_is_get_without_the_body(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    async with httpx.AsyncClient(base_url=site) as client:
        for path in ("/cookies", "/nowhere", "/health/live"):
            got = await client.get(path)
            head = await client.head(path)
            assert (head.status_code, head.content) == (got.status_code, b"")
            assert head.headers["content-length"] == str(len(got.content))
    assert "error" not in capsys.readouterr().err


async def test_the_api_describes_itself_and_nothing_else(visitor: Browser) -> None:
    described = (await visitor.get("/api/schema")).json()
    assert "/api/consultations" in described["paths"]
    assert all(path.startswith("/api/") for path in described["paths"])
