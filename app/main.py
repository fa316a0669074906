"""The application: every room's pages on one floor."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property
from importlib.metadata import version
from typing import Any, cast

from litestar import Litestar
from litestar.datastructures import State
from litestar.enums import HttpMethod
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from analysis import pages as analysis
from analysis.tone import tone
from app import (
    assets,
    database,
    errors,
    health,
    information,
    logs,
    security,
    shared_device,
    speech,
    templating,
)
from app.audit import pages as audit
from app.auth import pages as auth
from app.auth.guards import SignInFirst
from app.auth.pages.signing_in import to_sign_in
from app.auth.signed_in import StaffSession
from app.forms import BIGGEST_BODY
from app.mail import pages as mail
from app.mail.sending import run_outbox
from app.pages import api, home, overview, receipts
from app.settings import Settings, use_settings
from app.settings import settings as current_settings
from publications import pages as publications
from responses import pages as responses
from responses.pages.blank import BlankPages
from responses.store.clearing import run_clearing
from surveys import pages as surveys
from surveys import readiness

MOST_PARTS = 2000

ROUTERS = (
    information.router,
    home.router,
    overview.router,
    receipts.router,
    api.router,
    auth.router,
    audit.router,
    mail.router,
    surveys.router,
    *responses.routers,
    *analysis.routers,
    publications.router,
)


class Application(Litestar):
    """Behind the pages that are kept as bytes, so that these pass through nothing else."""

    @cached_property
    def _blank_pages(self) -> BlankPages:
        return BlankPages(cast(ASGIApp, super().__call__))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._blank_pages(scope, receive, send)


def create_app(settings: Settings) -> Litestar:
    """The application on these settings, which it puts in force for the process."""
    use_settings(settings)
    logs.set_up_logs()
    app = Application(
        route_handlers=[assets.static_file, health.router, *ROUTERS],
        state=State({"assets": assets.load_assets(settings)}),
        middleware=[StaffSession()],
        guards=[security.refuse_unfit],
        before_send=[security.security_headers(settings), shared_device.keep_nothing()],
        exception_handlers={**errors.EXCEPTION_HANDLERS, SignInFirst: to_sign_in},
        request_max_body_size=BIGGEST_BODY,
        multipart_form_part_limit=MOST_PARTS,
        openapi_config=OpenAPIConfig(
            title="Hearback",
            version=version("hearback"),
            path="/api/schema",
            render_plugins=[JsonRenderPlugin()],
        ),
        include_in_schema=False,
        logging_config=None,
        lifespan=[_running],
    )
    app.asgi_handler = _answer_heads(logs.log_requests(app.asgi_handler))
    return app


def app_in_force() -> Litestar:
    """The application on the settings of the environment, as a server's factory."""
    app = create_app(current_settings())
    # What is there now stays: without it in each full collection, nobody waits 100 ms for one.
    gc.collect()
    gc.freeze()
    return app


def _answer_heads(app: ASGIApp) -> ASGIApp:
    """HEAD is answered as GET is, without the body: Litestar knows no HEAD of its own."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        if scope.get("method") == HttpMethod.HEAD:
            # A copy: the server looks at its own to know that no body will follow.
            as_get = cast(HTTPScope, {**scope, "method": HttpMethod.GET})
            await app(as_get, receive, without_body)
        else:
            await app(scope, receive, send)

    return answered


@asynccontextmanager
async def _running(_: Litestar) -> AsyncIterator[None]:
    """While the server runs: a database that is up to date, and an outbox that is emptied."""
    async with database.connected(current_settings().database_url):
        await database.migrate()
        templating.compile_templates()
        speech.warm()
        readiness.warm()
        # TextBlob takes a second or more to load: the first coder should not wait for it.
        warming = asyncio.create_task(asyncio.to_thread(tone, ""))
        stop = asyncio.Event()
        outbox = asyncio.create_task(run_outbox(stop))
        clearing = asyncio.create_task(run_clearing(stop))
        try:
            yield
        finally:
            stop.set()
            await asyncio.gather(outbox, clearing, warming)
