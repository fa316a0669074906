"""Officers see any version as a respondent would, page by page, by itself or in the frame beside
the editor. Nothing is stored."""

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from app.auth.guards import may_manage
from app.languages import language_name
from app.security import SHOWN_IN_A_FRAME
from app.templating import render
from surveys import store
from surveys.consultation import Version
from surveys.page_views import every_view
from surveys.pages.requests import OfficerRequest
from surveys.question_view import QuestionView
from surveys.questionnaire import say

PREVIEW = "/officer/consultations/{slug:str}/questionnaire/preview/{number:int}"


class PreviewPage(Struct, frozen=True, kw_only=True):
    """`languages` are codes with names."""

    slug: str
    title: str
    version: int
    language: str
    languages: tuple[tuple[str, str], ...]
    number: int
    headings: tuple[str, ...]
    views: tuple[QuestionView, ...]


@get(PREVIEW, guards=[may_manage], name="preview-questionnaire")
async def preview(
    slug: FromPath[str],
    number: FromPath[int],
    request: OfficerRequest,
    version: FromQuery[int | None] = None,
    lang: FromQuery[str] = "",
    frame: FromQuery[bool] = False,
) -> Response[str]:
    consultation = await store.consultation(slug)
    chosen = _chosen(await store.versions(consultation.id), version)
    asked = chosen.questionnaire
    if frame:
        # Another officer may have removed the last page since the frame was filled.
        number = min(number, len(asked.pages))
    if not 1 <= number <= len(asked.pages):
        raise NotFoundException
    language = lang if lang in asked.languages else asked.languages[0]
    page = PreviewPage(
        slug=slug,
        title=consultation.title,
        version=chosen.number,
        language=language,
        languages=tuple((code, language_name(code)) for code in asked.languages),
        number=number,
        headings=tuple(say(each.title, language) for each in asked.pages),
        views=every_view(asked, asked.pages[number - 1].questions, language=language),
    )
    if frame:
        template = "surveys/preview_frame.html"
        return render(request, template, page, headers=SHOWN_IN_A_FRAME, language=language)
    return render(request, "surveys/preview.html", page)


def _chosen(versions: tuple[Version, ...], number: int | None) -> Version:
    """The version asked for, or the newest."""
    if number is None:
        return versions[-1]
    found = next((each for each in versions if each.number == number), None)
    if found is None:
        raise store.NoSuchVersion("Go back to the questionnaire and choose one that is listed.")
    return found
