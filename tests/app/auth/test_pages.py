"""The pages for signing in, passwords and staff accounts, as a browser meets them."""

import re

import pytest
from httpx import Response
from litestar import Litestar

from app.audit import store as audit
from app.auth import store
from app.auth.account import Role
from app.auth.signed_in import COOKIE, session_cookie
from app.clock import now
from app.mail import store as mail
from app.settings import load_settings, use_settings
from tests.app.auth.people import OWNER, PASSWORD, add
from tests.browsing import Browser, Page

pytestmark = pytest.mark.usefixtures("quick_hashes")

NEW = "nine blue umbrellas"


async def sign_in(
    browser: Browser, *, path: str = "/officer/sign-in", password: str = PASSWORD
) -> Page:
    page = await browser.get(path)
    return await page.form().fill(email=OWNER, password=password).submit()


def cookie_of(response: Response) -> str:
    return next(
        (line for line in response.headers.get_list("set-cookie") if line.startswith(COOKIE)), ""
    )


async def link_in_outbox() -> str:
    (letter, *_) = await mail.waiting()
    found = re.search(r"/officer/password/\S+", letter.mail.text)
    assert found
    return found.group()


async def test_an_officers_page_leads_to_signing_in_and_back(visitor: Browser) -> None:
    await add(role=Role.ADMIN)
    page = await sign_in(visitor, path="/officer/staff?sorted=no")
    assert page.path == "/officer/staff?sorted=no"
    assert page.status_code == 200


async def test_what_was_typed_before_being_signed_out_is_sent_after_signing_in(
    visitor: Browser,
) -> None:
    await add(role=Role.ADMIN)
    await sign_in(visitor)
    form = (await visitor.get("/officer/staff/add")).form("/officer/staff/add")
    form.fill(email="new+ŵyl@example.org", role="coder")
    visitor.client.cookies.clear()
    page = await form.submit()
    assert page.status_code == 403
    assert "not saved yet" in page.text
    page = await page.form("/officer/sign-in").fill(email=OWNER, password="a wrong guess").submit()
    page = await page.form("/officer/sign-in").fill(email=OWNER, password=PASSWORD).submit()
    assert page.heading == "Send what you typed"
    assert len(await store.staff()) == 1
    page = await page.form("/officer/staff/add").submit()
    assert page.path == "/officer/staff/2?done=added"
    assert "new+ŵyl@example.org" in {one.account.email for one in await store.staff()}


async def test_a_button_pressed_after_being_signed_out_waits_too(visitor: Browser) -> None:
    await add(role=Role.ADMIN)
    await sign_in(visitor)
    form = (await visitor.get("/officer/staff/1")).form("/officer/staff/1/link")
    visitor.client.cookies.clear()
    page = await form.submit()
    page = await page.form("/officer/sign-in").fill(email=OWNER, password=PASSWORD).submit()
    page = await page.form("/officer/staff/1/link").submit()
    assert page.path == "/officer/staff/1?done=linked"


async def test_a_form_that_is_kept_goes_to_officers_pages_only(visitor: Browser) -> None:
    await add()
    fields = {"email": OWNER, "password": PASSWORD, "next": "https://evil.example/", "kept": "a=b"}
    page = await visitor.post("/officer/sign-in", fields)
    assert {str(form["action"]) for form in page.soup.select("main form")} == {"/officer"}


async def test_passwords_are_not_kept(visitor: Browser) -> None:
    await add()
    await sign_in(visitor)
    form = (await visitor.get("/officer/own-password")).form("/officer/own-password")
    visitor.client.cookies.clear()
    page = await form.fill(current=PASSWORD, new=NEW).submit()
    assert PASSWORD not in page.response.text
    assert NEW.split()[0] not in page.response.text


async def test_signing_in_leads_to_no_other_site(visitor: Browser) -> None:
    await add(role=Role.ADMIN)
    page = await visitor.get("/officer/sign-in")
    fields = {"email": OWNER, "password": PASSWORD, "next": "//evil.example/officer"}
    page = await visitor.post("/officer/sign-in", fields, follow=False)
    assert page.response.headers["location"] == "/officer"


async def test_the_cookie_is_for_officers_pages_only(visitor: Browser) -> None:
    await add()
    page = await visitor.post(
        "/officer/sign-in", {"email": OWNER, "password": PASSWORD}, follow=False
    )
    cookie = cookie_of(page.response)
    assert "Path=/officer" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_the_cookie_is_secure_where_the_service_is(tmp_path: object) -> None:
    use_settings(
        load_settings(
            {"HEARBACK_DATA_DIR": str(tmp_path), "HEARBACK_BASE_URL": "https://consult.example.org"}
        )
    )
    assert session_cookie("token").secure is True


async def test_a_token_planted_before_signing_in_is_replaced(visitor: Browser) -> None:
    await add()
    visitor.client.cookies.set(COOKIE, "planted", domain="127.0.0.1", path="/officer")
    await sign_in(visitor)
    assert await store.account_of_session("planted", now()) is None
    held = [cookie.value for cookie in visitor.client.cookies.jar if cookie.name == COOKIE]
    assert "planted" not in held


async def test_a_wrong_password_keeps_the_address_and_not_the_password(visitor: Browser) -> None:
    await add()
    page = await sign_in(visitor, password="a wrong guess")
    assert page.status_code == 422
    assert page.summary == ["The email address or the password is not right"]
    assert page.title.startswith("Error: ")
    assert OWNER in str(page.soup.select_one("#email"))
    assert "a wrong guess" not in page.response.text


async def test_an_empty_form_says_what_to_enter(visitor: Browser) -> None:
    page = await (await visitor.get("/officer/sign-in")).form().submit()
    assert page.summary == ["Enter an email address, like name@example.org", "Enter your password"]


async def test_after_many_tries_the_page_says_how_long_to_wait(visitor: Browser) -> None:
    await add()
    for _ in range(5):
        await sign_in(visitor, password="a wrong guess")
    page = await sign_in(visitor)
    assert page.status_code == 429
    assert "Wait 15 seconds" in page.summary[0]


async def test_signing_out_ends_the_session_on_the_server_too(visitor: Browser) -> None:
    await add()
    await sign_in(visitor)
    token = next(one.value for one in visitor.client.cookies.jar if one.name == COOKIE)
    page = await (await visitor.get("/officer/own-password")).form("/officer/sign-out").submit()
    assert "You have signed out" in page.text
    assert token is not None
    assert await store.account_of_session(token, now()) is None
    page = await visitor.get("/officer/own-password")
    assert page.path.startswith("/officer/sign-in")


async def test_a_post_without_the_forms_token_changes_nothing(admin: Browser) -> None:
    fields = {"email": "new@example.org", "role": "admin"}
    page = await admin.post("/officer/staff/add", fields)
    assert page.status_code == 403
    assert [one.account.email for one in await store.staff()] == ["admin@hearback.example"]


@pytest.mark.usefixtures("application")
async def test_only_admins_see_staff_audit_and_outbox(
    officer: Browser, publisher: Browser, visitor: Browser
) -> None:
    for path in ("/officer/staff", "/officer/staff/add", "/officer/audit", "/officer/outbox"):
        assert (await officer.get(path)).status_code == 403
        assert (await publisher.get(path)).status_code == 403
        assert (await visitor.get(path)).path.startswith("/officer/sign-in?next=")


async def test_public_pages_have_neither_cookie_nor_account(admin: Browser) -> None:
    page = await admin.get("/accessibility")
    assert page.status_code == 200
    assert "admin@hearback.example" not in page.response.text
    assert not page.response.headers.get_list("set-cookie")


async def test_an_invited_person_sets_a_password_and_signs_in(
    admin: Browser, visitor: Browser
) -> None:
    form = (await admin.get("/officer/staff/add")).form()
    page = await form.fill(email=OWNER, role="coder").submit()
    assert "Invited" in page.text
    page = await visitor.get(await link_in_outbox())
    assert page.response.headers["referrer-policy"] == "no-referrer"
    page = await page.form().fill(password="short").submit()
    assert page.status_code == 422
    page = await page.form().fill(password=NEW).submit()
    assert "Your password is set" in page.text
    page = await page.form().fill(email=OWNER, password=NEW).submit(follow=False)
    assert page.status_code == 303
    used = await visitor.get("/officer/password/used-up")
    assert used.status_code == 410


async def test_the_reset_page_answers_the_same_for_everyone(visitor: Browser) -> None:
    await add()
    answers = []
    for email in (OWNER, "nobody@example.org"):
        page = (
            await (await visitor.get("/officer/password-reset")).form().fill(email=email).submit()
        )
        answers.append((page.status_code, page.path, page.text))
    assert answers[0] == answers[1]
    assert len(await mail.waiting()) == 1


async def test_a_staff_member_is_disabled_and_enabled_again(
    admin: Browser, visitor: Browser
) -> None:
    known = await add()
    await sign_in(visitor)
    page = await (await admin.get(f"/officer/staff/{known}")).form("Disable account").submit()
    assert "Disabled" in page.text
    assert (await visitor.get("/officer/own-password")).path.startswith("/officer/sign-in")
    page = await page.form("Enable account").submit()
    assert "Active" in page.text
    done = [entry.action for entry in await audit.entries(limit=2)]
    assert done == ["enable-account", "disable-account"]


async def test_a_role_is_changed_at_once(admin: Browser, visitor: Browser) -> None:
    known = await add()
    await sign_in(visitor)
    assert (await visitor.get("/officer/staff")).status_code == 403
    form = (await admin.get(f"/officer/staff/{known}")).form("Change role")
    await form.fill(role="admin").submit()
    assert (await visitor.get("/officer/staff")).status_code == 200


async def test_the_last_admin_is_told_why_not(visitor: Browser) -> None:
    known = await add(role=Role.ADMIN)
    await sign_in(visitor)
    page = await (await visitor.get(f"/officer/staff/{known}")).form("Disable account").submit()
    assert page.status_code == 422
    assert page.summary == [
        "Nobody else could manage staff accounts any more. "
        "Make someone else an admin who has set a password, then try again"
    ]


async def test_an_account_is_not_added_twice(admin: Browser) -> None:
    form = (await admin.get("/officer/staff/add")).form()
    page = await form.fill(email="Admin@hearback.example", role="coder").submit()
    assert page.status_code == 422
    assert page.summary == ["There is already an account for admin@hearback.example"]
    assert "Admin@hearback.example" in str(page.soup.select_one("#email"))


async def test_changing_ones_password_keeps_this_browser_signed_in_only(
    application: Litestar, visitor: Browser
) -> None:
    await add()
    await sign_in(visitor)
    elsewhere = Browser(application)
    await sign_in(elsewhere)
    form = (await visitor.get("/officer/own-password")).form()
    page = await form.fill(current="a wrong guess", new=NEW).submit()
    assert page.summary == ["Your current password is not right"]
    page = await page.form().fill(current=PASSWORD, new=NEW).submit()
    assert "Your password is changed" in page.text
    assert (await elsewhere.get("/officer/own-password")).path.startswith("/officer/sign-in")
    await elsewhere.close()


async def test_a_letter_is_read_and_handed_over(admin: Browser) -> None:
    known = await add(password=None)
    await store.send_link(known, by="system", now=now())
    page = await admin.get("/officer/outbox")
    assert OWNER in page.text
    assert "/officer/password/" in page.text
    page = await page.form().submit()
    assert "No letter is waiting" in page.text
