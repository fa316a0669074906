"""Who asks: an officer who is signed in, or anyone."""

from typing import Any, TypeAlias

from litestar import Request

from app.auth.account import Account

OfficerRequest: TypeAlias = Request[Account, Any, Any]
ReaderRequest: TypeAlias = Request[Any, Any, Any]
