"""A small browser for tests: pages, links and forms followed through their real HTML.

It speaks to the application on the test's own event loop, so that a test may use the stores and
the pages in turn on one database.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Any, Self, cast

import httpx
from bs4 import BeautifulSoup, Tag
from litestar import Litestar
from litestar.types import Scope

from app.auth import store as accounts
from app.auth.account import Role
from app.auth.signed_in import COOKIE, PATH
from app.auth.store.sessions import begin_session
from app.clock import now
from app.settings import settings

File = tuple[str, bytes]
Value = str | bytes | Sequence[str] | Sequence[File]


class Browser:
    """Keeps cookies, follows redirects, and sends the headers that browsers send with a post.

    A bug in the application is raised in the test, unless `raise_bugs` is False.
    """

    def __init__(self, app: Litestar, *, raise_bugs: bool = True) -> None:
        self.origin = settings().base_url
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=cast(Any, app), raise_app_exceptions=raise_bugs),
            base_url=self.origin,
            follow_redirects=True,
        )
        self._raise_bugs = raise_bugs
        self._bug: Exception | None = None
        app.after_exception.append(self._remember)

    async def get(
        self, path: str, *, follow: bool = True, headers: Mapping[str, str] | None = None
    ) -> "Page":
        """The page at `path`, or where it leads when `follow` is True."""
        response = await self.client.get(path, follow_redirects=follow, headers=headers)
        return self._page(response)

    async def post(
        self,
        path: str,
        fields: Mapping[str, Value] | None = None,
        *,
        follow: bool = True,
        headers: Mapping[str, str] | None = None,
        json: object = None,
    ) -> "Page":
        """A post as a browser makes it, or with `headers` as somebody else does."""
        own = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
        typed = {name: value for name, value in (fields or {}).items() if not files_in(name, value)}
        files = [
            (name, file) for name, value in (fields or {}).items() for file in files_in(name, value)
        ]
        response = await self.client.post(
            path,
            data=typed if json is None else None,
            files=files or None,
            json=json,
            headers=own if headers is None else headers,
            follow_redirects=follow,
        )
        return self._page(response)

    async def close(self) -> None:
        await self.client.aclose()

    async def _remember(self, error: Exception, _: Scope) -> None:
        self._bug = error

    def _page(self, response: httpx.Response) -> "Page":
        bug, self._bug = self._bug, None
        if self._raise_bugs and bug is not None and response.status_code == 500:
            raise bug
        return Page(self, response)


class Page:
    """What the browser shows."""

    def __init__(self, browser: Browser, response: httpx.Response) -> None:
        self.browser = browser
        self.response = response
        self.status_code = response.status_code
        self.path = response.url.raw_path.decode()

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.response.text, "html.parser")

    @property
    def text(self) -> str:
        """All words of the page, spaces as one."""
        return words(self.soup.body or self.soup)

    @property
    def title(self) -> str:
        return words(self.soup.title) if self.soup.title else ""

    @property
    def heading(self) -> str:
        return words(self.soup.select_one("h1") or self.soup)

    @property
    def summary(self) -> list[str]:
        """The lines of the list of problems at the top of the page."""
        return [words(line) for line in self.soup.select(".govuk-error-summary__list li")]

    def json(self) -> Any:
        return self.response.json()

    async def follow(self, link_words: str) -> "Page":
        """The page behind the one link with these words."""
        found = [link for link in self.soup.select("a[href]") if words(link) == link_words]
        addresses = {str(link["href"]) for link in found}
        if len(addresses) != 1:
            raise LookupError(f"{len(addresses)} links say “{link_words}” on {self.path}")
        return await self.browser.get(addresses.pop())

    def form(self, which: str | None = None) -> "FilledForm":
        """The form with this id, action or button; None: the only one in the main part."""
        forms = list(self.soup.select("form"))
        if which is None:
            found = list(self.soup.select("main form"))
        else:
            found = [form for form in forms if which in (form.get("id"), form.get("action"))]
            found = found or [form for form in forms if which in button_words(form)]
        if len(found) != 1:
            raise LookupError(f"{len(found)} forms answer to {which!r} on {self.path}")
        return FilledForm(self, found[0])


class FilledForm:
    """A form of a page, with what the page put in it and what the test types into it."""

    def __init__(self, page: Page, tag: Tag) -> None:
        self.page = page
        self.tag = tag
        self.values = {name: filled_in(fields) for name, fields in by_name(tag).items()}

    def fill(self, typed: Mapping[str, Value] | None = None, **more: Value) -> Self:
        """Type, choose or tick. A field or an option that the form does not have is an error.

        Field names that are no Python names (`grid.row`) go into the mapping.
        """
        fields = by_name(self.tag)
        for name, value in {**(typed or {}), **more}.items():
            if name not in fields:
                raise LookupError(f"There is no field {name!r}; there are {sorted(fields)}")
            self.values[name] = taken(fields[name], value)
        return self

    def clear(self, *names: str) -> Self:
        """Untick, unchoose or empty."""
        for name in names:
            self.values[name] = []
        return self

    async def submit(self, button: str | None = None, *, follow: bool = True) -> Page:
        """Send it by the button with these words, or by the first."""
        buttons = [one for one in buttons_of(self.tag, self.page.soup) if pressable(one)]
        pressed = [one for one in buttons if button in (None, words(one), one.get("value"))]
        if not pressed:
            raise LookupError(f"No button says {button!r}; there are {button_words(self.tag)}")
        sent = dict(self.values)
        if name := pressed[0].get("name"):
            sent[str(name)] = [str(pressed[0].get("value", ""))]
        address = str(pressed[0].get("formaction") or self.tag.get("action") or self.page.path)
        if str(self.tag.get("method", "get")).lower() == "post":
            return await self.page.browser.post(address, sent, follow=follow)
        return await self.page.browser.get(f"{address}?{httpx.QueryParams(sent)}", follow=follow)


@asynccontextmanager
async def signed_in(app: Litestar, role: Role) -> AsyncIterator[Browser]:
    """A browser in which `role@hearback.example` has a session already."""
    browser = Browser(app)
    host = httpx.URL(browser.origin).host
    browser.client.cookies.set(COOKIE, await session_of(role), domain=host, path=PATH)
    yield browser
    await browser.close()


async def session_of(role: Role) -> str:
    """The token of a new session of `role@hearback.example`, an account made when it is missing."""
    email = f"{role}@hearback.example"
    members = {one.account.email: one.account for one in await accounts.staff()}
    if email not in members:
        await accounts.add_account(email, role, password=None, by="system", now=now())
        members = {one.account.email: one.account for one in await accounts.staff()}
    return await begin_session(members[email].id, instead_of="", now=now())


def by_name(form: Tag) -> dict[str, list[Tag]]:
    """The fields that can be sent, by name."""
    fields: dict[str, list[Tag]] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        if field.get("type") != "submit" and not field.has_attr("disabled"):
            fields.setdefault(str(field["name"]), []).append(field)
    return fields


def filled_in(fields: Sequence[Tag]) -> list[str]:
    """What fields of one name hold as the page arrives."""
    return [value for field in fields for value in held(field)]


def held(field: Tag) -> list[str]:
    if field.name == "select":
        options = field.select("option")
        chosen = [option for option in options if option.has_attr("selected")]
        if not chosen and not field.has_attr("multiple"):
            chosen = options[:1]
        return [option_value(option) for option in chosen]
    if field.name == "textarea":
        # HTML drops one line end that directly follows the tag.
        return [field.get_text().removeprefix("\n")]
    if field.get("type") in ("radio", "checkbox"):
        return [str(field.get("value", "on"))] if field.has_attr("checked") else []
    return [] if field.get("type") == "file" else [str(field.get("value", ""))]


def taken(fields: Sequence[Tag], value: Value) -> Any:
    """`value` as these fields can take it; LookupError for an option that they do not offer."""
    if files_in("", value):
        return value
    values = [value] if isinstance(value, str) else list(value)
    offered = {option for field in fields for option in offers(field)}
    if offered and not set(values) <= offered:
        raise LookupError(f"{fields[0]['name']} offers {sorted(offered)}, not {values}")
    return values


def files_in(name: str, value: Any) -> list[File]:
    """The files that a value stands for; bytes alone are one called after its field."""
    if isinstance(value, bytes):
        return [(f"{name}.bin", value)]
    several = not isinstance(value, str)
    return [each for each in value if isinstance(each, tuple)] if several else []


def offers(field: Tag) -> list[str]:
    if field.name == "select":
        return [option_value(option) for option in field.select("option")]
    if field.get("type") in ("radio", "checkbox"):
        return [str(field.get("value", "on"))]
    return []


def option_value(option: Tag) -> str:
    return str(option.get("value", words(option)))


def pressable(button: Tag) -> bool:
    return button.get("type", "submit") == "submit" and not button.has_attr("disabled")


def buttons_of(form: Tag, soup: BeautifulSoup) -> list[Tag]:
    """Those in the form, and those elsewhere on the page that name it."""
    named = soup.select(f'button[form="{form["id"]}"]') if form.get("id") else []
    return [*form.select("button, input[type=submit]"), *named]


def button_words(form: Tag) -> list[str]:
    return [words(one) for one in form.select("button") if pressable(one)]


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())
