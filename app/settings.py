"""Settings: one frozen struct, read from the environment and a `.env` file."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from msgspec import Struct

T = TypeVar("T")

SECRET_FILE = "secret-key"  # noqa: S105 (the name of a file)
SHORTEST_SECRET = 32
# WCAG asks for 4.5 to 1; links also stand on pale tints, which take a fifth of it.
LOWEST_CONTRAST = 5.5
NATIONS = ("england", "wales", "scotland", "northern-ireland")
LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
DEFAULT_PORTS = {"http": 80, "https": 443}

DEFAULTS = {
    "HEARBACK_DATABASE_URL": "sqlite:///data/hearback.sqlite",
    "HEARBACK_DATA_DIR": "data",
    "HEARBACK_SECRET_KEY": "",
    "HEARBACK_BASE_URL": "http://127.0.0.1:8000",
    "HEARBACK_TIME_ZONE": "Europe/London",
    "HEARBACK_NATION": "england",
    "HEARBACK_SMTP_URL": "",
    "HEARBACK_REDIS_URL": "",
    "HEARBACK_RATE_LIMITS": "on",
    "HEARBACK_ORGANISATION": "Exampleshire Council",
    "HEARBACK_COLOUR": "#0b5563",
    "HEARBACK_LOGO": "",
}


class UnusableSetting(Exception):  # noqa: N818 (named as a sentence, like a refusal)
    """A setting that cannot be used; its text is one line: which, why, and how to mend it."""


class Settings(Struct, frozen=True):
    """What one running copy of the program was told.

    `base_url` has no path and no trailing slash, so that it is also the origin of our own pages.
    `nation` is one of NATIONS, which differ in their bank holidays.
    `colour` is `#rrggbb`, dark enough for white words on it and for words of it on white.
    """

    database_url: str
    data_dir: Path
    secret_key: bytes
    base_url: str
    time_zone: ZoneInfo
    nation: str
    smtp_url: str | None
    redis_url: str | None
    rate_limits: bool
    organisation: str
    colour: str
    logo: Path | None


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of `environ` (None: the process's own), with a `.env` file beneath it.

    Makes the data folder and the secret when they are missing. Raises UnusableSetting.
    An empty variable counts as one that was not set.
    """
    given = _given(os.environ if environ is None else environ)

    def read(name: str, parse: Callable[[str], T]) -> T:
        try:
            return parse(given[name])
        except ValueError as error:
            raise UnusableSetting(f"{name} cannot be used: {error}") from error

    data_dir = read("HEARBACK_DATA_DIR", _data_dir)
    return Settings(
        database_url=read("HEARBACK_DATABASE_URL", _database_url),
        data_dir=data_dir,
        secret_key=read("HEARBACK_SECRET_KEY", lambda typed: _secret(typed, data_dir)),
        base_url=read("HEARBACK_BASE_URL", _base_url),
        time_zone=read("HEARBACK_TIME_ZONE", _time_zone),
        nation=read("HEARBACK_NATION", _nation),
        smtp_url=read("HEARBACK_SMTP_URL", lambda typed: _server(typed, ("smtp", "smtps"))),
        redis_url=read("HEARBACK_REDIS_URL", lambda typed: _server(typed, ("redis", "rediss"))),
        rate_limits=read("HEARBACK_RATE_LIMITS", _switch),
        organisation=given["HEARBACK_ORGANISATION"],
        colour=read("HEARBACK_COLOUR", _colour),
        logo=read("HEARBACK_LOGO", _logo),
    )


_in_force: Settings | None = None


def settings() -> Settings:
    """The settings in force; read from the environment at the first call."""
    return _in_force or use_settings(load_settings())


def use_settings(new: Settings) -> Settings:
    """Put `new` in force for the whole process, and hand it back."""
    global _in_force
    _in_force = new
    return new


def _given(environ: Mapping[str, str]) -> dict[str, str]:
    file = {name: value or "" for name, value in _env_file().items()}
    stripped = {name: value.strip() for name, value in {**file, **environ}.items()}
    return {name: stripped.get(name) or default for name, default in DEFAULTS.items()}


def _env_file() -> dict[str, str | None]:
    try:
        return dotenv_values(".env")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableSetting(
            f"The file .env cannot be read ({error}); write it as UTF-8 text, a NAME=value a line"
        ) from error


def _data_dir(typed: str) -> Path:
    folder = Path(typed)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(
            f"the folder {typed} could not be made ({error.strerror}); "
            "name a folder that the program may write to"
        ) from error
    return folder


def _database_url(typed: str) -> str:
    scheme, _, rest = typed.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and rest != "/":
        return typed
    if scheme == "postgresql" and _split(typed).hostname and _split(typed).path.strip("/"):
        return typed
    raise ValueError("write it like sqlite:///PATH or postgresql://user:password@host:port/name")


def _secret(typed: str, data_dir: Path) -> bytes:
    if not typed:
        return _kept_secret(data_dir / SECRET_FILE)
    if len(typed) < SHORTEST_SECRET:
        raise ValueError(
            f"use {SHORTEST_SECRET} characters or more, or leave it out to have one made"
        )
    return typed.encode()


def _kept_secret(file: Path) -> bytes:
    try:
        if not file.exists():
            _make_secret(file)
        kept = file.read_bytes().strip()
    except OSError as error:
        raise ValueError(
            f"{file} could not be read or made ({error.strerror}); mend its permissions"
        ) from error
    if len(kept) < SHORTEST_SECRET:
        raise ValueError(f"{file} is damaged; put it back from a backup, or receipts stop working")
    return kept


def _make_secret(file: Path) -> None:
    # Two processes may start at once: each writes its own file, and the first link wins.
    draft = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as writer:
            writer.write(secrets.token_hex(32))
            writer.flush()
            os.fsync(writer.fileno())
        os.link(draft, file)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _nation(typed: str) -> str:
    if typed.lower() not in NATIONS:
        raise ValueError(f"write one of {', '.join(NATIONS)}")
    return typed.lower()


def _base_url(typed: str) -> str:
    parts = _split(typed)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        raise ValueError("write it like https://consult.example.gov.uk")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(
            "leave out everything after the host name, like https://consult.example.gov.uk"
        )
    return origin(parts)


def origin(parts: SplitResult) -> str:
    """Scheme, host and port as a browser writes them in its Origin header."""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    usual = parts.port in (None, DEFAULT_PORTS.get(parts.scheme))
    return f"{parts.scheme}://{host}" if usual else f"{parts.scheme}://{host}:{parts.port}"


def _time_zone(typed: str) -> ZoneInfo:
    try:
        return ZoneInfo(typed)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"there is no time zone {typed}; write one like Europe/London") from error


def _server(typed: str, schemes: tuple[str, ...]) -> str | None:
    if not typed:
        return None
    parts = _split(typed)
    if parts.scheme not in schemes or not parts.hostname:
        raise ValueError(f"write it like {schemes[0]}://host:port, or leave it out")
    return typed


def _split(typed: str) -> SplitResult:
    try:
        parts = urlsplit(typed)
        # A port that is no number is only found out when it is asked for.
        if parts.port != 0:
            return parts
    except ValueError:
        pass
    raise ValueError("its host and port cannot be read; the port is a number from 1 to 65535")


def _switch(typed: str) -> bool:
    if typed.lower() not in ("on", "off"):
        raise ValueError("write on or off")
    return typed.lower() == "on"


def _colour(typed: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", typed):
        raise ValueError("write it like #0b5563")
    if contrast_with_white(typed) < LOWEST_CONTRAST:
        raise ValueError(f"{typed} is too pale to read white words on; choose a darker colour")
    return typed.lower()


def contrast_with_white(colour: str) -> float:
    """Contrast ratio of `#rrggbb` against white, 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _logo(typed: str) -> Path | None:
    if not typed:
        return None
    file = Path(typed)
    if file.suffix.lower() not in LOGO_TYPES or not file.is_file():
        raise ValueError(f"there is no picture at {typed}; name an SVG, PNG or JPG file")
    return file
