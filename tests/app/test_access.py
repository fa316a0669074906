"""Who may open what, on every address below /officer; none can be added and forgotten.

1. Each has a guard, save those for people who are not signed in yet.
2. Nobody gets in without signing in, and no role gets further than what it is for.
3. Every kind of answer tells the browser what to forbid.
"""

import re

import pytest
from httpx import Response
from litestar import Litestar

from app.auth.account import Permission, Role
from tests.browsing import Browser, signed_in

WITHOUT_SIGNING_IN = {
    "/officer/sign-in",
    "/officer/sign-out",
    "/officer/password-reset",
    "/officer/password/{token:str}",
}
ADMINISTRATION = re.compile("/officer/(staff|audit|outbox|bands)")
ONE = "/officer/consultations/{slug:str}"
# What a coder needs to read and code, and nothing else.
FOR_CODERS = {
    "GET": {
        "/officer",
        "/officer/own-password",
        ONE,
        f"{ONE}/coding",
        f"{ONE}/coding/{{answer_id:int}}",
        f"{ONE}/ledger",
        f"{ONE}/responses",
        f"{ONE}/responses/held-up",
        f"{ONE}/responses/{{response_id:int}}",
        f"{ONE}/responses/{{response_id:int}}/files/{{token:str}}",
        f"{ONE}/reach",
        f"{ONE}/results",
        f"{ONE}/results/coming-in",
        f"{ONE}/results/pack.docx",
        f"{ONE}/results/tables.xlsx",
        f"{ONE}/results/{{question:str}}",
        f"{ONE}/results/{{question:str}}/chart.png",
        f"{ONE}/results/{{question:str}}/chart.svg",
        f"{ONE}/results/{{question:str}}/table.csv",
        f"{ONE}/themes",
        f"{ONE}/themes/{{theme_id:int}}",
    },
    "POST": {
        "/officer/own-password",
        f"{ONE}/coding/undo",
        f"{ONE}/coding/{{answer_id:int}}",
        f"{ONE}/themes",
    },
}
KNOWN = {"{slug:str}": "nowhere", "{token:str}": "spent"}


def needed(method: str, template: str) -> Permission:
    if ADMINISTRATION.match(template):
        return Permission.ADMINISTER
    if template in FOR_CODERS[method]:
        return Permission.CODE
    if (method, template) == ("POST", f"{ONE}/publish"):
        return Permission.PUBLISH
    return Permission.MANAGE


def officers_addresses(app: Litestar) -> list[tuple[str, str]]:
    """Each method and address template below /officer that asks who is there."""
    return [
        (method, route.path)
        for route in app.routes
        for method in sorted(set(getattr(route, "methods", ())) - {"OPTIONS", "HEAD"})
        if route.path.startswith("/officer") and route.path not in WITHOUT_SIGNING_IN
    ]


def address(template: str) -> str:
    for name, value in KNOWN.items():
        template = template.replace(name, value)
    return re.sub(r"{\w+:int}", "999", template)


async def asked(browser: Browser, method: str, template: str, token: str = "") -> Response:
    if method == "GET":
        page = await browser.get(address(template), follow=False)
    else:
        assert method == "POST", f"{method} {template}: only GET and POST have their rules"
        page = await browser.post(address(template), {"_csrf": token}, follow=False)
    return page.response


async def token_of(browser: Browser) -> str:
    page = await browser.get("/officer/own-password")
    return str(page.soup.select("input[name=_csrf]")[0]["value"])


async def test_nobody_gets_in_without_signing_in(application: Litestar, visitor: Browser) -> None:
    let_in = []
    for method, template in officers_addresses(application):
        answer = await asked(visitor, method, template)
        sent_away = answer.headers.get("location", "").startswith("/officer/sign-in?next=")
        kept_out = sent_away if method == "GET" else "Sign in" in answer.text
        if not (kept_out and answer.status_code == (303 if method == "GET" else 403)):
            let_in.append((method, template, answer.status_code))
    assert let_in == []


@pytest.mark.parametrize("role", Role)
async def test_each_role_gets_as_far_as_it_should(application: Litestar, role: Role) -> None:
    wrong = []
    async with signed_in(application, role) as browser:
        token = await token_of(browser)
        for method, template in officers_addresses(application):
            answer = await asked(browser, method, template, token)
            refused = answer.status_code == 403 and "You do not have access" in answer.text
            if refused is (needed(method, template) in role.permissions) or (
                not refused and answer.status_code in (403, 500)
            ):
                wrong.append((method, template, answer.status_code))
    assert wrong == []


async def test_no_officers_post_is_taken_without_its_token(
    application: Litestar, admin: Browser
) -> None:
    taken = [
        template
        for method, template in officers_addresses(application)
        if method == "POST" and (await asked(admin, method, template)).status_code != 403
    ]
    assert taken == []


async def test_every_post_from_another_site_is_refused(
    application: Litestar, visitor: Browser
) -> None:
    elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    taken = []
    for route in application.routes:
        if "POST" in getattr(route, "methods", ()):
            page = await visitor.post(address(route.path), headers=elsewhere, follow=False)
            if page.status_code != 403:
                taken.append((route.path, page.status_code))
    assert taken == []


async def test_every_kind_of_answer_tells_browsers_what_to_forbid(
    application: Litestar, visitor: Browser, admin: Browser
) -> None:
    for browser in (visitor, admin):
        for route in application.routes:
            for method in sorted(set(getattr(route, "methods", ())) - {"OPTIONS", "HEAD"}):
                answer = await asked(browser, method, route.path)
                headers = answer.headers
                assert "default-src 'none'" in headers["content-security-policy"], route.path
                assert headers["x-content-type-options"] == "nosniff", route.path
                assert headers["x-frame-options"] == "DENY", route.path
                assert "referrer-policy" in headers, route.path
                if route.path.startswith("/officer"):
                    assert headers["cache-control"] == "no-store", route.path
