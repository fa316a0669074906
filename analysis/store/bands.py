"""The council's words for shares: those in force, and setting others."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from analysis.quantities import BANDS, Band
from analysis.tables import PublishedBandsRow
from app.audit.store import record
from app.database import transaction


async def bands() -> tuple[Band, ...]:
    """The bands in force; ours until a council sets its own."""
    newest = PublishedBandsRow.id
    row = await PublishedBandsRow.select().order_by(newest, ascending=False).first()
    return BANDS if row is None else msgspec.json.decode(row["bands"], type=tuple[Band, ...])


async def set_bands(new: Sequence[Band], *, by: str, now: datetime) -> None:
    """Put bands without problems in force. Editions that are sealed keep theirs."""
    async with transaction():
        if tuple(new) == await bands():
            return
        written = msgspec.json.encode(tuple(new)).decode()
        await PublishedBandsRow.insert(PublishedBandsRow(bands=written, set_by=by, set_at=now))
        detail = {f"{band.from_percent}%": band.word for band in new}
        await record("set-bands", "bands", by=by, detail=detail)
