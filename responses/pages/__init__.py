"""The pages of responses: answering, the API, and what officers see of what came in."""

from litestar import Router

from responses.pages import (
    agreeing,
    answering,
    api,
    autosave,
    brought,
    checking,
    files,
    files_in_and_out,
    held_up,
    keying,
    kiosk,
    kiosks,
    later,
    ledger_page,
    organisation,
    returning,
    trying,
)
from responses.pages.one_response import (
    exclude_response,
    include_response,
    look_at_response,
    one_response,
)
from responses.pages.responses_list import responses_list

officer_router = Router(
    path="/",
    route_handlers=[
        responses_list,
        one_response,
        exclude_response,
        include_response,
        look_at_response,
        held_up.held_up_page,
        keying.keying_page,
        keying.key_response,
        *files_in_and_out.handlers,
        *brought.handlers,
        *kiosks.handlers,
        ledger_page.ledger_page,
        ledger_page.add_event,
        ledger_page.remove_event,
        ledger_page.add_petition,
        ledger_page.remove_petition,
        trying.first_page,
        trying.later_page,
        trying.check_page,
        trying.answer_first_page,
        trying.answer_later_page,
        trying.send,
    ],
)

routers = [
    agreeing.router,
    answering.router,
    autosave.router,
    checking.router,
    files.router,
    kiosk.router,
    later.router,
    organisation.router,
    returning.router,
    api.router,
    officer_router,
]
