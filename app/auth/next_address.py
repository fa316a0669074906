"""Where to go after signing in: only to an officer's page of this service."""

from urllib.parse import urlsplit

HOME = "/officer"


def safe_next(asked: str) -> str:
    """`asked` when it is a plain path below /officer, otherwise the dashboard.

    Browsers read a backslash as a slash and drop control characters, so either could turn a path
    into another site's address.
    """
    if "\\" in asked or "//" in asked or not asked.isprintable():
        return HOME
    try:
        parts = urlsplit(asked)
    except ValueError:
        return HOME
    below = parts.path == HOME or parts.path.startswith(f"{HOME}/")
    climbs = any(step in {"..", "."} for step in parts.path.lower().replace("%2e", ".").split("/"))
    if parts.scheme or parts.netloc or not below or climbs:
        return HOME
    return asked
