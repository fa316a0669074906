"""The token in every officer form, bound to the session so that no other site can know it.

Signing in and setting a password happen without a session: for those pages, as for public ones,
a cross-site post is refused by its `Origin` or `Sec-Fetch-Site` header alone.
"""

import hashlib
import hmac

from app.settings import settings

FIELD = "_csrf"


def csrf_token(session_token: str) -> str:
    """The token for this session; empty without one."""
    if not session_token:
        return ""
    message = b"csrf:" + session_token.encode()
    return hmac.new(settings().secret_key, message, hashlib.sha256).hexdigest()


def csrf_holds(session_token: str, given: str) -> bool:
    """True when `given` is this session's token. Never without a session."""
    expected = csrf_token(session_token)
    return bool(expected) and hmac.compare_digest(expected.encode(), given.encode())
