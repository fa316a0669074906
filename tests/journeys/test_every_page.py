"""Axe looks at every page, wide and narrow, on the demonstration; no page can be forgotten."""

import re
from typing import Any

import pytest
from litestar import Litestar
from playwright.async_api import Browser, ViewportSize

from analysis import store as analysis
from analysis.groupings import Group, Wanted
from analysis.reach.population import Line, ReachTable, Unit
from analysis.store.groupings import add_grouping
from app import demo
from app.auth import store as accounts
from app.auth.account import Role
from app.clock import now
from responses import store as responses
from responses.response import Channel
from responses.store import bringing
from surveys import store as surveys
from surveys.consultation import Consultation
from surveys.documents import Kind
from surveys.questionnaire import Row, Strand
from surveys.strands import with_strand
from tests.chromium import PHONE, WIDE, axe_violations, opened, overflow, sign_in

NOT_PAGES = re.compile(
    r"^/(static|health|api|feed\.atom)|\.json$|/paper\.pdf$|/versions/"
    r"|/documents/{number:int}/{version|/files/{token|/export/|/chart\.(svg|png)$|/table\.csv$"
    r"|/results/(pack\.docx|tables\.xlsx)$"
)
SIGNED_OUT = ("/officer/sign-in", "/officer/password-reset", "/officer/password/{token:str}")


async def addresses(app: Litestar) -> dict[str, str]:
    """Every page's address template with an address of the demonstration."""
    kent = await surveys.consultation("kent-civil-society-strategy")
    theme = (await analysis.themes(kent.id))[0]
    answer = (await responses.text_answers(kent.id))[0]
    library = await surveys.consultation("library-hours")
    version = await surveys.version(library.rounds[0].version_id)
    receipt = await responses.add_response(
        library.rounds[0],
        version,
        {"visits": "weekly", "difference": "None."},
        channel=Channel.ONLINE,
        submitted_at=now(),
        key=demo.response_key("library-hours", "axe"),
    )
    link = await accounts.make_link("publisher@hearback.example", by="test", now=now())
    token = await responses.begin_draft(
        library.rounds[0], {"visits": "weekly"}, language="en", now=now()
    )
    draft = await responses.draft(token)
    assert draft is not None
    kiosk = await responses.add_kiosk(library, "Central Library", by="test", now=now())
    known = {
        **await _edited(kent.slug),
        "{brought:str}": await _brought(kent),
        "{kiosk:str}": kiosk.code,
        "{code:str}": receipt,
        "{token:str}": link.address.rpartition("/")[2],
        "{link:str}": (await responses.make_return(draft, now=now())).link,
        "{account_id:int}": "1",
        "{response_id:int}": str(answer.response_id),
        "{theme_id:int}": str(theme.id),
        "{answer_id:int}": str(answer.id),
        "{commitment_id:int}": "1",
        "{number:int}": "2",
        "{statement_id:int}": str((await analysis.statements(kent))[0].kept.id),
        "/statements/add": "/statements/add?question=support_importance",
        "{grouping_id:int}": str(await _grouping(kent.slug)),
        "{table_id:int}": (table := str(await _reach_table(kent))),
        "/reach/weights": f"/reach/weights?table={table}",
        "/groupings/new": "/groupings/new?question=capacity",
        "/groupings/other/{question:str}": "/groupings/other/capacity",
        "/results/{question:str}/compare/people": "/results/support_barriers/compare/people"
        "?by=capacity&cell=council&value=cost",
        "/results/{question:str}/against/{other:str}": "/results/civil_society"
        "/against/social_sector",
        "/results/{question:str}/compare": "/results/support_barriers/compare?by=capacity",
        "/results/{question:str}": "/results/support_barriers",
    }
    templates = {
        route.path
        for route in app.routes
        if "GET" in getattr(route, "methods", ()) and not NOT_PAGES.search(route.path)
    }
    every = {template: _filled(template, known) for template in sorted(templates)}
    return every | _in_arabic(every)


async def _grouping(slug: str) -> int:
    agree = Wanted("Agree", (Group("Agree", ("strongly_agree", "agree")),))
    made = await add_grouping(slug, "civil_society", agree, by="test", now=now())
    return made.id


async def _brought(consultation: Consultation) -> str:
    """A file with a column and a value to put right."""
    token = await bringing.keep(consultation.id, b"Ref,civil_society\n1,Dunno\n")
    brought = bringing.Brought("letters.csv", Channel.LETTER)
    await bringing.start(consultation, token, brought, by="test", dry=True)
    await bringing.standing(consultation.id, token, wait=10)
    return token


def _in_arabic(every: dict[str, str]) -> dict[str, str]:
    """The public pages once more, from right to left."""
    public = {name: at for name, at in every.items() if not name.startswith("/officer")}
    return {f"{name} in Arabic": f"{address}?lang=ar" for name, address in public.items()}


async def _reach_table(consultation: Consultation) -> int:
    """How many there are in groups that people answered in, as many as to be weighed by."""
    lines = tuple(Line(answer, 100, answer) for answer in ("registered_charity", "resident"))
    table = ReachTable("capacity", Unit.PEOPLE, "Register", now().date(), "", lines)
    return (await analysis.add_reach_table(consultation, table, by="test", now=now())).id


async def _edited(slug: str) -> dict[str, str]:
    """A draft with a strand, a document with a version, and a saved question."""
    by: Any = {"by": "test", "now": now()}
    await surveys.begin_version(slug, note="Clearer words", **by)
    page = (await surveys.draft(slug)).questionnaire.pages[0]
    strand = Strand("money", "Money", "", (Row("more", "More of it"),))
    await surveys.change(slug, lambda there: with_strand(there, strand, [page.key]), **by)
    for title in ("Draft strategy", "Summary"):
        number = await surveys.add_document(slug, title=title, kind=Kind.DRAFT, strand="", **by)
        for name in ("Draft 1", "Draft 2"):
            version = surveys.NewVersion("en", name, "Clearer", "https://exampleshire.example/d")
            await surveys.add_document_version(slug, number, version, **by)
    saved = await surveys.save_question(page.questions[0], name="First", source="", **by)
    return {
        "/strands/{key:str}": "/strands/money",
        "/pages/{key:str}": f"/pages/{page.key}",
        "/questions/{key:str}": f"/questions/{page.questions[0].key}",
        "/languages/{code:str}": "/languages/cy",
        "{saved_id:int}": str(saved.id),
    }


def _filled(template: str, known: dict[str, str]) -> str:
    slug = "kent-civil-society-strategy"
    if "/respond" in template or "/kiosk/" in template:
        slug = "library-hours"
    elif "/report" in template:
        slug = "school-street"
    address = template.replace("{slug:str}", slug)
    for name, value in known.items():
        address = address.replace(name, value)
    return address


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_every_page_passes_axe_and_fits(
    chrome: Browser, site: str, application: Litestar, size: ViewportSize
) -> None:
    found: list[str] = []
    async with opened(chrome, site, size=size) as visitor, opened(chrome, site, size=size) as staff:
        await sign_in(staff, site, Role.ADMIN)
        await sign_in(visitor, site, Role.PUBLISHER)
        await visitor.context.clear_cookies()
        for template, address in (await addresses(application)).items():
            is_staff = template.startswith("/officer") and template not in SIGNED_OUT
            page = staff if is_staff else visitor
            answer = await page.goto(address)
            assert answer is not None
            if answer.status not in (200, 409):
                found.append(f"{template}: answered {answer.status}")
            found += [f"{template}: {each}" for each in await axe_violations(page)]
            if wider := await overflow(page):
                found.append(f"{template}: {wider} pixels too wide")
    assert found == []
