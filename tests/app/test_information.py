"""What the service says of itself is there, in the organisation's name, and true."""

import msgspec
import pytest
from litestar import Litestar

from app.main import create_app
from app.settings import settings
from tests.browsing import Browser


@pytest.mark.parametrize(
    ("link", "heading"),
    [
        ("Accessibility statement", "Accessibility statement"),
        ("Privacy", "Privacy"),
        ("Cookies", "Cookies"),
    ],
)
async def test_the_footer_leads_there(visitor: Browser, link: str, heading: str) -> None:
    page = await (await visitor.get("/nowhere")).follow(link)
    assert (page.status_code, page.heading) == (200, heading)


async def test_they_speak_for_the_organisation_of_the_settings(application: Litestar) -> None:
    ours = msgspec.structs.replace(settings(), organisation="Cyngor Sir Powys")
    visitor = Browser(create_app(ours))
    for path in ("/accessibility", "/privacy", "/cookies"):
        assert "Cyngor Sir Powys" in (await visitor.get(path)).text


async def test_reading_sets_no_cookie(visitor: Browser) -> None:
    for path in ("/", "/accessibility", "/privacy", "/cookies", "/nowhere", "/officer/sign-in"):
        await visitor.get(path)
    assert not visitor.client.cookies
