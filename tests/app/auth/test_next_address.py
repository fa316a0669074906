"""Signing in leads to officers' pages and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.next_address import HOME, safe_next


@pytest.mark.parametrize(
    "path", ["/officer", "/officer/audit", "/officer/consultations/kent/responses?page=2&round=1"]
)
def test_an_officers_page_is_kept(path: str) -> None:
    assert safe_next(path) == path


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "/",
        "/officers",
        "/consultations/kent",
        "https://evil.example/officer",
        "//evil.example/officer",
        "/\\evil.example/officer",
        "/officer//evil.example",
        "/officer/../consultations",
        "/officer/%2e%2E/consultations",
        "/officer/\r\nSet-Cookie: a=b",
        "/\t/evil.example",
        "javascript:alert(1)",
        "officer/audit",
        "http://[",
    ],
)
def test_anything_else_leads_to_the_dashboard(asked: str) -> None:
    assert safe_next(asked) == HOME


@given(st.text(alphabet="/\\officer.:%2e?#@\t\n evil", max_size=40))
def test_no_text_leads_off_the_officers_pages(asked: str) -> None:
    safe = safe_next(asked)
    assert safe == HOME or safe.startswith((f"{HOME}/", f"{HOME}?", f"{HOME}#"))
    assert "//" not in safe
    assert "\\" not in safe
