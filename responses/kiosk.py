"""A kiosk: a device at a library or an event, on which one person after another answers."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

# Whoever reads slowly has as long as they want: any touch begins it anew, and the warning can be
# answered as often as it comes.
IDLE_SECONDS = 120
WARNING_SECONDS = 60


class Kiosk(Struct, frozen=True):
    """`name` is of the place; `code` stands in its address and is derived from `key`."""

    id: int
    key: UUID
    consultation_id: int
    name: str
    code: str
    made_at: datetime
    stopped_at: datetime | None
    responses: int = 0

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None
