"""Staff accounts, for those who manage them."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth import store
from app.auth.account import Role
from app.auth.guards import may_administer, signed_in
from app.auth.pages.typed import typed_email
from app.auth.refusals import AccountDisabled, AccountExists, LastAdmin
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.settings import settings
from app.templating import render

AnyRequest = Request[Any, Any, Any]

DONE = {
    "added": "The account is added and a letter with its link is written",
    "linked": "A letter with a new link is written",
    "role": "The role is changed",
    "disabled": "The account is disabled and signed out everywhere",
    "enabled": "The account is enabled",
}


class RoleChoice(Struct, frozen=True):
    value: str
    name: str
    words: str
    chosen: bool


class Line(Struct, frozen=True):
    """One account in the list. `standing` is a word for a tag."""

    id: int
    email: str
    role: str
    standing: str
    colour: str
    signed_in_at: datetime | None


class StaffPage(Struct, frozen=True):
    lines: tuple[Line, ...]


class AddPage(Struct, frozen=True):
    roles: tuple[RoleChoice, ...]
    email: str = ""
    problems: tuple[Problem, ...] = ()


class MemberPage(Struct, frozen=True):
    """`done` is what was just done, in words; `is_self` warns before shutting oneself out."""

    line: Line
    disabled: bool
    has_password: bool
    is_self: bool
    mail_is_sent: bool
    roles: tuple[RoleChoice, ...]
    done: str
    problems: tuple[Problem, ...] = ()


@get("/staff", name="staff", guards=[may_administer])
async def staff_page(request: AnyRequest) -> Response[Any]:
    page = StaffPage(tuple(line(member) for member in await store.staff()))
    return render(request, "app/auth/staff.html", page)


@get("/staff/add", name="add-staff", guards=[may_administer])
async def add_page(request: AnyRequest) -> Response[Any]:
    return render(request, "app/auth/add_staff.html", AddPage(role_choices("")))


@post("/staff/add", name="add-staff-now", guards=[may_administer], status_code=303)
async def add(request: AnyRequest) -> Response[Any]:
    form = await read_form(request)
    email = typed_email(form)
    role = chosen_role(form)
    if role and not form.problems:
        try:
            known = await store.invite(email, role, by=signed_in(request).email, now=now())
            return _to(known, "added")
        except AccountExists as refused:
            form.refuse("email", refused.words)
    page = AddPage(role_choices(form.text("role")), email, tuple(form.problems))
    return render(request, "app/auth/add_staff.html", page, status=422)


@get("/staff/{account_id:int}", name="staff-member", guards=[may_administer])
async def member_page(request: AnyRequest, account_id: FromPath[int]) -> Response[Any]:
    done = DONE.get(request.query_params.get("done", ""), "")
    return await _member_page(request, account_id, done=done)


@post("/staff/{account_id:int}/role", name="role", guards=[may_administer], status_code=303)
async def change_role(request: AnyRequest, account_id: FromPath[int]) -> Response[Any]:
    form = await read_form(request)
    role = chosen_role(form)
    if role is None:
        return await _member_page(request, account_id, problems=tuple(form.problems))
    change = store.change_role(account_id, role, by=signed_in(request).email)
    return await _done(request, change, account_id, "role")


@post("/staff/{account_id:int}/disable", name="disable", guards=[may_administer], status_code=303)
async def disable(request: AnyRequest, account_id: FromPath[int]) -> Response[Any]:
    change = store.disable(account_id, by=signed_in(request).email, now=now())
    return await _done(request, change, account_id, "disabled")


@post("/staff/{account_id:int}/enable", name="enable", guards=[may_administer], status_code=303)
async def enable(request: AnyRequest, account_id: FromPath[int]) -> Response[Any]:
    change = store.enable(account_id, by=signed_in(request).email)
    return await _done(request, change, account_id, "enabled")


@post("/staff/{account_id:int}/link", name="link", guards=[may_administer], status_code=303)
async def send_link(request: AnyRequest, account_id: FromPath[int]) -> Response[Any]:
    change = store.send_link(account_id, by=signed_in(request).email, now=now())
    return await _done(request, change, account_id, "linked")


def line(member: store.StaffMember) -> Line:
    standing, colour = _standing(member)
    known = member.account
    return Line(known.id, known.email, known.role.value, standing, colour, member.signed_in_at)


def role_choices(chosen: str) -> tuple[RoleChoice, ...]:
    """From the least to the most that a role may do."""
    ordered = sorted(Role, key=lambda role: len(role.permissions))
    return tuple(
        RoleChoice(role.value, role.value.capitalize(), role.words, role.value == chosen)
        for role in ordered
    )


def chosen_role(form: Form) -> Role | None:
    chosen = form.text("role")
    if chosen in set(Role):
        return Role(chosen)
    form.refuse("role", "Choose what they will do")
    return None


def _standing(member: store.StaffMember) -> tuple[str, str]:
    if member.account.disabled:
        return "Disabled", "grey"
    return ("Active", "green") if member.has_password else ("Invited", "yellow")


async def _member_page(
    request: AnyRequest, account_id: int, *, done: str = "", problems: tuple[Problem, ...] = ()
) -> Response[Any]:
    member = await store.account(account_id)
    page = MemberPage(
        line=line(member),
        disabled=member.account.disabled,
        has_password=member.has_password,
        is_self=account_id == signed_in(request).id,
        mail_is_sent=settings().smtp_url is not None,
        roles=role_choices(member.account.role.value),
        done=done,
        problems=problems,
    )
    return render(request, "app/auth/member.html", page, status=422 if problems else 200)


async def _done(
    request: AnyRequest, change: Awaitable[None], account_id: int, done: str
) -> Response[Any]:
    try:
        await change
    except (LastAdmin, AccountDisabled) as refused:
        return await _member_page(request, account_id, problems=(Problem("role", refused.words),))
    return _to(account_id, done)


def _to(account_id: int, done: str) -> Redirect:
    return Redirect(f"/officer/staff/{account_id}?done={done}", status_code=303)


handlers = (staff_page, add_page, add, member_page, change_role, disable, enable, send_link)
