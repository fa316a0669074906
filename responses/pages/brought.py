"""A file that an officer brought: what its columns were taken for, put right, and imported."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.forms import Form, read_form
from app.templating import render
from responses.files.matching import FileMap
from responses.pages.files_in_and_out import IN_AND_OUT
from responses.response import CHANNEL_WORDS, Channel
from responses.store import bringing
from responses.store.bringing import Brought, Standing
from surveys import store as surveys

AnyRequest = Request[Any, Any, Any]

FILE = f"{IN_AND_OUT}/{{brought:str}}"
CHECK = "check"
LEAVE_OUT = "_leave_out"
MOST_WAITED = 1.5
"""Seconds that a page waits for small files, which then need no page of their progress."""
LISTED = 50


class BroughtPage(Struct, frozen=True):
    slug: str
    title: str
    address: str
    standing: Standing
    channels: Mapping[str, str]
    rounds: tuple[int, ...]
    listed: int = LISTED
    leave_out: str = LEAVE_OUT


@get(FILE, guards=[may_manage], name="brought-file")
async def brought_file(
    slug: FromPath[str], brought: FromPath[str], request: AnyRequest
) -> Response[str]:
    consultation = await surveys.consultation(slug)
    standing = await bringing.standing(consultation.id, brought, wait=MOST_WAITED)
    page = BroughtPage(
        slug=slug,
        title=consultation.title,
        address=_address(slug, brought),
        standing=standing,
        channels={channel.value: words for channel, words in CHANNEL_WORDS.items()},
        rounds=tuple(each.number for each in consultation.rounds),
    )
    return render(request, "responses/brought.html", page)


@post(FILE, guards=[may_manage], name="import-brought-file")
async def import_file(slug: FromPath[str], brought: FromPath[str], request: AnyRequest) -> Redirect:
    """Checks it once more as it was put right, or imports it."""
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    before = await bringing.standing(consultation.id, brought)
    await bringing.start(
        consultation,
        brought,
        _put_right(before.of, form),
        by=request.user.email,
        dry=form.text("do") == CHECK,
    )
    return Redirect(_address(slug, brought), status_code=303)


def _address(slug: str, token: str) -> str:
    return f"/officer/consultations/{slug}/responses/in-and-out/{token}"


def _put_right(before: Brought, form: Form) -> Brought:
    channel = form.text("channel")
    return msgspec.structs.replace(
        before,
        channel=Channel(channel) if channel in [*Channel] else before.channel,
        into=form.whole_number("into"),
        said=FileMap(dict(_columns(form)), _values(form)),
    )


def _columns(form: Form) -> Iterator[tuple[str, str | None]]:
    """A heading and beside it what that column holds, both fields repeated in the same order. What
    is left without an answer is matched by its heading again."""
    both = zip(form.fields.get("heading", ()), form.fields.get("holds", ()), strict=False)
    for heading, holds in both:
        if holds == LEAVE_OUT:
            yield heading, None
        elif holds:
            yield heading, holds


def _values(form: Form) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    fields = form.fields
    every = zip(
        fields.get("of", ()), fields.get("typed", ()), fields.get("meant", ()), strict=False
    )
    for key, typed, meant in every:
        if meant:
            found.setdefault(key, {})[typed] = meant
    return found


handlers = [brought_file, import_file]
