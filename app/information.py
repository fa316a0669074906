"""What this service says of itself: accessibility, privacy and cookies."""

from typing import Any

from litestar import Request, Response, Router, get
from msgspec import Struct

from app.templating import render

AnyRequest = Request[Any, Any, Any]


class InformationPage(Struct, frozen=True):
    """These pages show nothing but the organisation's name, which every page has."""


@get("/accessibility", name="accessibility", sync_to_thread=False)
def accessibility(request: AnyRequest) -> Response[str]:
    return render(request, "app/information/accessibility.html", InformationPage())


@get("/privacy", name="privacy", sync_to_thread=False)
def privacy(request: AnyRequest) -> Response[str]:
    return render(request, "app/information/privacy.html", InformationPage())


@get("/cookies", name="cookies", sync_to_thread=False)
def cookies(request: AnyRequest) -> Response[str]:
    return render(request, "app/information/cookies.html", InformationPage())


router = Router(path="/", route_handlers=[accessibility, privacy, cookies])
