"""The same server, except that nothing is stored: what a submission costs before the database."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from litestar import Litestar

from app.main import app_in_force
from app.settings import settings
from responses import store
from responses.receipt import receipt_code
from responses.store.drafts import Draft
from surveys.consultation import Round


def app_without_storing() -> Litestar:
    store_nothing()
    return app_in_force()


def store_nothing() -> None:
    """Drafts are kept in a dictionary and responses nowhere."""
    drafts: dict[str, Draft] = {}

    async def add_response(*_: object, key: UUID, **__: object) -> str:
        return receipt_code(settings().secret_key, key)

    async def begin_draft(
        round: Round,  # noqa: A002
        answers: Mapping[str, Any],
        *,
        now: datetime,
        **more: Any,
    ) -> str:
        key = uuid4()
        drafts[key.hex] = Draft(
            key=key,
            token_hash="",
            round_id=round.id,
            version_id=round.version_id,
            language=more["language"],
            ordering=0,
            began_at=now,
            submitted_at=None,
            answers=dict(answers),
            saved_at=now,
        )
        return key.hex

    async def draft(token: str) -> Draft | None:
        return drafts.get(token)

    async def submit_draft(sent: Draft, *_: object, **__: object) -> str:
        del drafts[sent.key.hex]
        return sent.receipt

    for each in (add_response, begin_draft, draft, submit_draft):
        setattr(store, each.__name__, each)
