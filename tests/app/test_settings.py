"""Settings are read once; one that cannot be used is named, with the reason and the remedy."""

import os
import stat
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.settings import SECRET_FILE, UnusableSetting, contrast_with_white, load_settings

LONG_ENOUGH = "x" * 32


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_any_variable_the_defaults_hold(tmp_path: Path) -> None:
    settings = load_settings({})
    assert settings.database_url == "sqlite:///data/hearback.sqlite"
    assert settings.data_dir == Path("data")
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.time_zone == ZoneInfo("Europe/London")
    assert (settings.smtp_url, settings.redis_url, settings.logo) == (None, None, None)
    assert settings.rate_limits
    assert settings.organisation == "Exampleshire Council"


def test_an_env_file_is_read_and_the_environment_outranks_it() -> None:
    Path(".env").write_text("HEARBACK_ORGANISATION=Kent\nHEARBACK_RATE_LIMITS=off\n")
    settings = load_settings({"HEARBACK_ORGANISATION": "Powys"})
    assert settings.organisation == "Powys"
    assert not settings.rate_limits


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load_settings({"HEARBACK_SMTP_URL": "", "HEARBACK_TIME_ZONE": " "}).smtp_url is None


def test_the_secret_is_made_once_for_its_owner_alone() -> None:
    first = load_settings({})
    assert load_settings({}).secret_key == first.secret_key
    assert len(first.secret_key) >= 32
    assert stat.S_IMODE(os.stat("data").st_mode) == 0o700
    assert stat.S_IMODE(os.stat(Path("data") / SECRET_FILE).st_mode) == 0o600
    assert [file.name for file in Path("data").iterdir()] == [SECRET_FILE]


def test_two_places_get_two_secrets() -> None:
    one = load_settings({"HEARBACK_DATA_DIR": "one"})
    assert load_settings({"HEARBACK_DATA_DIR": "two"}).secret_key != one.secret_key


def test_a_damaged_secret_is_refused_and_not_replaced() -> None:
    load_settings({})
    file = Path("data") / SECRET_FILE
    file.write_text("")
    with pytest.raises(UnusableSetting, match="damaged"):
        load_settings({})
    assert file.read_text() == ""


def test_a_given_secret_leaves_no_file() -> None:
    assert load_settings({"HEARBACK_SECRET_KEY": LONG_ENOUGH}).secret_key == LONG_ENOUGH.encode()
    assert list(Path("data").iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://Consult.Example.gov.uk/", "https://consult.example.gov.uk"),
        ("https://consult.example.gov.uk:443", "https://consult.example.gov.uk"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_base_url_is_kept_as_browsers_write_an_origin(typed: str, kept: str) -> None:
    assert load_settings({"HEARBACK_BASE_URL": typed}).base_url == kept


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "postgresql://host"),
        ("DATABASE_URL", "postgresql://host:port/name"),
        ("DATABASE_URL", "postgresql://[host/name"),
        ("BASE_URL", "http://127.0.0.1:0"),
        ("SECRET_KEY", "short"),
        ("BASE_URL", "consult.example.gov.uk"),
        ("BASE_URL", "https://example.gov.uk/consult"),
        ("BASE_URL", "https://example.gov.uk:99999"),
        ("BASE_URL", "ftp://example.gov.uk"),
        ("TIME_ZONE", "Europe/Lndon"),
        ("TIME_ZONE", "../etc/passwd"),
        ("NATION", "cornwall"),
        ("SMTP_URL", "mail.example.gov.uk"),
        ("REDIS_URL", "http://host"),
        ("RATE_LIMITS", "maybe"),
        ("COLOUR", "teal"),
        ("COLOUR", "#9adbe8"),
        ("LOGO", "missing.svg"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_on_one_line(name: str, typed: str) -> None:
    with pytest.raises(UnusableSetting) as refused:
        load_settings({f"HEARBACK_{name}": typed})
    assert str(refused.value).startswith(f"HEARBACK_{name} cannot be used: ")
    assert "\n" not in str(refused.value)


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnusableSetting, match="HEARBACK_DATA_DIR"):
        load_settings({"HEARBACK_DATA_DIR": str(tmp_path / "file" / "data")})


def test_a_file_of_settings_that_cannot_be_read_is_named() -> None:
    Path(".env").write_bytes("HEARBACK_ORGANISATION=Ŵyl".encode("utf-16"))
    with pytest.raises(UnusableSetting, match=r"The file \.env cannot be read"):
        load_settings({})


def test_contrast_is_that_of_the_guidelines() -> None:
    """21 for black on white, and 4.54 for #767676 (WCAG's own example of the least grey)."""
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#ffffff") == pytest.approx(1)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.005)
