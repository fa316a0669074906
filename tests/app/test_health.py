"""Whoever runs the service can ask whether it lives and whether it can work."""

from app.database import disconnect
from tests.browsing import Browser


async def test_a_working_service_is_alive_and_ready(visitor: Browser) -> None:
    assert (await visitor.get("/health/live")).response.text == "alive"
    ready = await visitor.get("/health/ready")
    assert (ready.status_code, ready.response.text) == (200, "ready")


async def test_without_its_database_it_lives_but_is_not_ready(visitor: Browser) -> None:
    await disconnect()
    assert (await visitor.get("/health/live")).status_code == 200
    assert (await visitor.get("/health/ready")).status_code == 503
