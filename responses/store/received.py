"""When each response was received, all at once, for counting."""

from typing import Any

import msgspec
from msgspec import Struct
from piccolo.querystring import QueryString

from app.database import engine
from responses.response import ANALYSED
from responses.tables import ResponseRow

# The database makes two lists: a million rows of Python would cost ten times as much.
_RECEIVED = {
    "sqlite": "SELECT json_group_array(id) AS ids, "
    "json_group_array(CAST(strftime('%s', submitted_at) AS integer)) AS moments FROM response {}",
    "postgres": "SELECT CAST(json_agg(id) AS text) AS ids, "
    "CAST(json_agg(CAST(floor(extract(epoch FROM submitted_at)) AS bigint)) AS text) AS moments "
    "FROM response {}",
}


class Received(Struct, frozen=True):
    """The ids of responses, and beside each when it came, in whole seconds since 1970."""

    ids: list[int]
    moments: list[int]


async def received(consultation_id: int, *, after: int, up_to: int) -> Received:
    """Of the analysed responses whose ids lie above `after` and reach `up_to`."""
    those = QueryString(
        "WHERE consultation = {} AND status = {} AND id > {} AND id <= {}",
        consultation_id,
        ANALYSED,
        after,
        up_to,
    )
    query = QueryString(_RECEIVED[engine().engine_type], those)
    found: list[dict[str, Any]] = await ResponseRow.raw("{}", query)
    (row,) = found
    return Received(*(msgspec.json.decode(row[part] or "[]") for part in ("ids", "moments")))
