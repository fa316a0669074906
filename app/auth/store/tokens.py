"""Random tokens, of which the database keeps only hashes."""

import hashlib
import hmac
import secrets

from app.settings import settings


def new_token() -> str:
    """256 random bits, fit for an address and a cookie."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Needs no key or salt: a token cannot be guessed from its hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_hash(typed: str) -> str:
    """For what could be guessed from a bare hash, like an address."""
    return hmac.new(settings().secret_key, typed.encode(), hashlib.sha256).hexdigest()
