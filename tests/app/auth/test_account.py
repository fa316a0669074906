"""What each role may do, and which addresses are one account."""

import pytest

from app.auth.account import Account, Permission, Role, normal_email


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.CODER, {"code"}),
        (Role.OFFICER, {"code", "manage"}),
        (Role.PUBLISHER, {"code", "manage", "publish"}),
        (Role.ADMIN, {"code", "manage", "publish", "administer"}),
    ],
)
def test_a_role_may_do_exactly_this(role: Role, may: set[str]) -> None:
    account = Account(1, "ada@example.org", role)
    assert {permission for permission in Permission if account.may(permission)} == may


def test_a_disabled_account_may_do_nothing() -> None:
    account = Account(1, "ada@example.org", Role.ADMIN, disabled=True)
    assert not any(account.may(permission) for permission in Permission)


def test_capitals_and_spaces_around_do_not_make_another_account() -> None:
    assert normal_email("  Ada@Example.ORG ") == "ada@example.org"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "ada@example",
        "a da@example.org",
        "a@b.org,c@d.org",
        "Ada <ada@example.org>",
        "ada@example.org\nBcc: all@example.org",
        "a" * 250 + "@b.org",
    ],
)
def test_what_cannot_be_an_address_is_none(typed: str) -> None:
    assert normal_email(typed) is None
