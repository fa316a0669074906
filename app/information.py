"""What this service says of itself: accessibility, privacy and cookies."""

from typing import Any

from litestar import Request, Response, Router, get
from msgspec import Struct

from app.languages import LanguageChoice, asked_language, language_choices
from app.speech import LANGUAGES
from app.templating import render

AnyRequest = Request[Any, Any, Any]


class InformationPage(Struct, frozen=True):
    """These pages show little but the organisation's name, which every page has. Their long texts
    are in English so far, and marked so."""

    languages: tuple[LanguageChoice, ...]


def _shown(request: AnyRequest, template: str) -> Response[str]:
    language = asked_language(request.query_params)
    page = InformationPage(language_choices(LANGUAGES, language))
    return render(request, f"app/information/{template}.html", page, language=language)


@get("/accessibility", name="accessibility", sync_to_thread=False)
def accessibility(request: AnyRequest) -> Response[str]:
    return _shown(request, "accessibility")


@get("/privacy", name="privacy", sync_to_thread=False)
def privacy(request: AnyRequest) -> Response[str]:
    return _shown(request, "privacy")


@get("/cookies", name="cookies", sync_to_thread=False)
def cookies(request: AnyRequest) -> Response[str]:
    return _shown(request, "cookies")


router = Router(path="/", route_handlers=[accessibility, privacy, cookies])
