"""Pages are strict about names, escape what people typed, and carry what the frame promises."""

import jinja2
import pytest
from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from app.problems import Problem
from app.templating import MACROS, compile_templates, environment, render
from tests.assembled import Pages
from tests.browsing import Browser

FORM = """
{% extends "app/public.html" %}
{% from "app/_problems.html" import problem_summary %}
{% from "govuk_frontend_jinja/components/radios/macro.html" import govukRadios %}
{% from "govuk_frontend_jinja/components/textarea/macro.html" import govukTextarea %}
{% from "govuk_frontend_jinja/components/input/macro.html" import govukInput %}
{% block title %}About you{% endblock %}
{% block content %}
{{ problem_summary(page.problems) }}
<form method="post" action="/try">
{{ csrf_field() }}
{{ govukInput({"id": "name", "name": "name", "label": {"text": "Name"}, "value": page.typed,
   "errorMessage": page.problems | problem_at("name")}) }}
{{ govukRadios({"name": "who", "fieldset": {"legend": {"text": "Who?"}}, "items": [
   {"value": "x", "text": "Someone", "conditional": {"html": govukTextarea({"id": "why",
     "name": "why", "label": {"text": "Why?"}, "value": page.typed})}}]}) }}
</form>
{% endblock %}
"""


class FormPage(Struct, frozen=True):
    typed: str = ""
    problems: tuple[Problem, ...] = ()


@pytest.fixture
def templates(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Templates of the test's own, by the prefix `try`; pages of them are at /try/name."""
    written = {"form": FORM}
    loader = environment().loader
    assert isinstance(loader, jinja2.PrefixLoader)
    source = jinja2.FunctionLoader(written.get)
    monkeypatch.setitem(loader.mapping, "try", source)
    return written


@get("/try/{name:str}")
async def tried(request: Request, name: FromPath[str]) -> Response[str]:  # type: ignore[type-arg]
    typed = request.query_params.get("typed", "")
    problems = (Problem("name", "Enter your name"),) if not typed else ()
    return render(request, f"try/{name}", FormPage(typed, problems), status=200)


@pytest.fixture
def added() -> Pages:
    return (tried,)


async def test_a_name_that_a_page_does_not_have_is_a_bug(
    visitor: Browser, templates: dict[str, str]
) -> None:
    templates["misspelt"] = "{{ page.tpyed }}"
    with pytest.raises(jinja2.UndefinedError, match="tpyed"):
        await visitor.get("/try/misspelt")


async def test_what_was_typed_is_shown_as_typed_and_never_as_html(
    visitor: Browser, templates: dict[str, str]
) -> None:
    typed = 'one "<b>\n  two & ŵ</textarea>'
    page = await visitor.get("/try/form?" + jinja2.filters.do_urlencode({"typed": typed}))
    form = page.form("/try")
    assert form.values["name"] == [typed]
    assert form.values["why"] == [typed]


async def test_a_page_with_problems_says_so_first(
    visitor: Browser, templates: dict[str, str]
) -> None:
    page = await visitor.get("/try/form")
    assert page.title == "Error: About you – Exampleshire Council"
    assert page.summary == ["Enter your name"]
    link = page.soup.select_one(".govuk-error-summary a")
    assert link is not None
    field = page.soup.select_one(str(link["href"]))
    assert field is not None
    assert field["name"] == "name"
    assert "name-error" in str(field["aria-describedby"])


async def test_a_page_without_problems_has_a_plain_title(
    visitor: Browser, templates: dict[str, str]
) -> None:
    page = await visitor.get("/try/form?typed=x")
    assert page.title == "About you – Exampleshire Council"
    assert page.summary == []


async def test_public_pages_carry_no_token(visitor: Browser, templates: dict[str, str]) -> None:
    page = await visitor.get("/try/form")
    assert page.form("/try").values["_csrf"] == [""]


async def test_every_page_has_its_landmarks_and_a_way_past_the_header(visitor: Browser) -> None:
    soup = (await visitor.get("/cookies")).soup
    assert [tag.name for tag in soup.select("header, main, footer")] == ["header", "main", "footer"]
    skip = soup.select_one("body > a")
    assert skip is not None
    assert soup.select_one(str(skip["href"])) is not None
    assert soup.html is not None
    assert soup.html["lang"] == "en"


async def test_no_page_of_the_floor_has_script_or_style_inside_it(admin: Browser) -> None:
    for path in ("/cookies", "/nowhere", "/officer/audit"):
        soup = (await admin.get(path)).soup
        assert soup.select("[style], style, script:not([src])") == []


def test_the_macros_are_found_and_a_missing_template_is_not() -> None:
    templates = environment()
    assert templates.get_template(f"{MACROS}/components/button/macro.html")
    with pytest.raises(jinja2.TemplateNotFound):
        templates.get_template("surveys/no_such_page.html")


def test_every_template_compiles() -> None:
    compile_templates()
