"""Adding, disabling and changing accounts: each change is audited, and an admin always remains."""

import pytest

from app.audit import store as audit
from app.auth import store
from app.auth.account import Role
from app.auth.refusals import AccountExists, LastAdmin, LinkSpent, NoSuchAccount, UnusableAccount
from app.auth.tables import AccountRow
from app.mail import store as mail
from tests.app.auth.people import HOME, NOON, OWNER, PASSWORD, add

pytestmark = pytest.mark.usefixtures("database", "quick_hashes")


async def actions() -> list[tuple[str, str, str]]:
    return [(one.action, one.subject, one.by) for one in await audit.entries(limit=50)]


async def test_a_password_is_kept_as_an_argon2_hash_only() -> None:
    await add()
    row = (await AccountRow.select())[0]
    assert row["password_hash"].startswith("$argon2id$")
    assert PASSWORD not in str(row)


async def test_the_first_admin_without_a_password_gets_a_link() -> None:
    link = await store.add_account(OWNER, Role.ADMIN, password=None, by="system", now=NOON)
    assert link is not None
    assert link.address.startswith("https://consult.example.org/officer/password/")
    assert (link.expires_at - NOON).total_seconds() == 72 * 3600
    assert await actions() == [("add-account", f"account:{OWNER}", "system")]
    assert (await store.staff())[0].has_password is False


async def test_an_account_exists_once_however_it_is_spelled() -> None:
    await add()
    with pytest.raises(AccountExists):
        await store.add_account(" ADA@example.org", Role.ADMIN, password=None, by="x", now=NOON)
    assert len(await store.staff()) == 1
    assert len(await actions()) == 1


@pytest.mark.parametrize(("email", "password"), [("ada", PASSWORD), (OWNER, "short")])
async def test_what_will_not_do_is_refused_and_nothing_is_stored(email: str, password: str) -> None:
    with pytest.raises(UnusableAccount):
        await store.add_account(email, Role.CODER, password=password, by="system", now=NOON)
    assert await store.staff() == ()


async def test_an_invitation_is_written_with_the_account() -> None:
    await store.invite(OWNER, Role.CODER, by="boss@example.org", now=NOON)
    (waiting,) = await mail.waiting()
    assert waiting.mail.recipient == OWNER
    assert "https://consult.example.org/officer/password/" in waiting.mail.text
    assert "72 hours" in waiting.mail.text


async def test_disabling_ends_sessions_and_links() -> None:
    known = await add()
    token = await store.sign_in(OWNER, PASSWORD, host=HOME, now=NOON)
    link = await store.make_link(OWNER, by="system", now=NOON)
    await store.disable(known, by="boss@example.org", now=NOON)
    await store.enable(known, by="boss@example.org")
    assert await store.account_of_session(token, NOON) is None
    with pytest.raises(LinkSpent):
        await store.account_of_link(link.address.rpartition("/")[2], now=NOON)
    assert [action for action, _, _ in await actions()][:2] == ["enable-account", "disable-account"]


async def test_a_changed_role_is_audited_with_both_roles() -> None:
    known = await add()
    await store.change_role(known, Role.PUBLISHER, by="boss@example.org")
    assert (await store.account(known)).account.role is Role.PUBLISHER
    entry = await audit.latest()
    assert entry is not None
    assert entry.detail == '{"from":"officer","to":"publisher"}'


async def test_the_last_admin_stays_admin_and_enabled() -> None:
    admin = await add(role=Role.ADMIN)
    with pytest.raises(LastAdmin):
        await store.disable(admin, by=OWNER, now=NOON)
    with pytest.raises(LastAdmin):
        await store.change_role(admin, Role.CODER, by=OWNER)
    known = (await store.account(admin)).account
    assert (known.role, known.disabled) == (Role.ADMIN, False)


async def test_an_admin_who_cannot_sign_in_yet_does_not_count() -> None:
    admin = await add(role=Role.ADMIN)
    await add("new@example.org", Role.ADMIN, password=None)
    with pytest.raises(LastAdmin):
        await store.disable(admin, by=OWNER, now=NOON)


async def test_one_of_two_admins_may_go() -> None:
    admin = await add(role=Role.ADMIN)
    await add("other@example.org", Role.ADMIN)
    await store.disable(admin, by="other@example.org", now=NOON)
    assert (await store.account(admin)).account.disabled


async def test_an_unknown_account_is_not_found() -> None:
    with pytest.raises(NoSuchAccount):
        await store.disable(404, by=OWNER, now=NOON)
