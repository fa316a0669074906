"""The application for one test, with routes that all tests share: to put them together takes
longer than most tests."""

from copy import copy
from functools import cache

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from app.logs import set_up_logs
from app.main import create_app
from app.settings import Settings, settings, use_settings

Pages = tuple[HTTPRouteHandler, ...]


def application_on(given: Settings, *, added: Pages = ()) -> Litestar:
    """As `create_app` makes it, and with these pages besides. Nothing that a request or a test
    changes is shared; a page added to it later would be."""
    use_settings(given)
    set_up_logs()
    ours = copy(_assembled(added))
    ours.state = ours.state.copy()
    ours.after_exception = []
    return ours


@cache
def _assembled(added: Pages) -> Litestar:
    application = create_app(settings())
    for page in added:
        application.register(page)
    return application
