"""Officers' pages for signing in, for passwords and for staff accounts."""

from litestar import Router

from app.auth.pages import passwords, signing_in, staff

router = Router(
    path="/officer",
    route_handlers=[*signing_in.handlers, *passwords.handlers, *staff.handlers],
)
