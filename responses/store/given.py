"""What responses hold under one field of their answers, all at once, for counting."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct
from piccolo.query.functions.aggregate import Max
from piccolo.querystring import QueryString

from app.database import engine
from responses.response import ANALYSED
from responses.tables import ResponseRow

# The database makes two lists: a million rows of Python would cost ten times as much.
_RECORD = {
    "sqlite": "SELECT json_group_array(id) AS ids, json_group_array(answer) AS answers "
    "FROM (SELECT id, json_extract(record, {}) AS answer FROM response {})"
    " WHERE answer IS NOT NULL",
    "postgres": "SELECT CAST(json_agg(id) AS text) AS ids, "
    "CAST(json_agg(answer) AS text) AS answers "
    "FROM (SELECT id, CAST(record AS json) -> {} AS answer FROM response {}) AS given"
    " WHERE answer IS NOT NULL",
}
_PRIVATE = {
    "sqlite": "SELECT json_group_array(response.id) AS ids, "
    "json_group_array(json_extract(answer, '$')) AS answers FROM private_answer "
    "JOIN response ON response.key = private_answer.response {} AND question = {}",
    "postgres": "SELECT CAST(json_agg(response.id) AS text) AS ids, "
    "CAST(json_agg(CAST(answer AS json)) AS text) AS answers FROM private_answer "
    "JOIN response ON response.key = private_answer.response {} AND question = {}",
}


class Given(Struct, frozen=True):
    """The ids of responses that hold an answer, and beside each the answer, in no order."""

    ids: list[int]
    answers: list[Any]


async def last_analysed(consultation_id: int) -> int:
    """The highest id of a consultation's analysed responses; 0 without any."""
    rows = await ResponseRow.select(Max(ResponseRow.id)).where(
        ResponseRow.consultation == consultation_id, ResponseRow.status == ANALYSED
    )
    return int(rows[0]["max"] or 0)


async def given(
    consultation_id: int, fields: Mapping[int, str], *, private: bool, after: int, up_to: int
) -> Given:
    """What analysed responses hold whose ids lie above `after` and reach `up_to`. `fields` names
    for each version id the field, a question's key or `key.other`; where `private`, of the answers
    that are kept apart."""
    if not fields:
        return Given([], [])
    kind = engine().engine_type
    meant = _analysed(consultation_id, after, up_to)
    if private:
        query = QueryString(_PRIVATE[kind], meant, _field(fields))
    else:
        path = {version: f'$."{field}"' for version, field in fields.items()}
        query = QueryString(_RECORD[kind], _field(path if kind == "sqlite" else fields), meant)
    found: list[dict[str, Any]] = await ResponseRow.raw("{}", query)
    (row,) = found
    ids, answers = (msgspec.json.decode(row[part] or "[]") for part in ("ids", "answers"))
    return _without_nulls(ids, answers)


def _analysed(consultation_id: int, after: int, up_to: int) -> QueryString:
    return QueryString(
        "WHERE consultation = {} AND status = {} AND response.id > {} AND response.id <= {}",
        consultation_id,
        ANALYSED,
        after,
        up_to,
    )


def _field(fields: Mapping[int, str]) -> QueryString:
    cases = " ".join("WHEN {} THEN CAST({} AS text)" for _ in fields)
    told = (part for pair in fields.items() for part in pair)
    return QueryString(f"CASE version {cases} END", *told)


def _without_nulls(ids: list[int], answers: list[Any]) -> Given:
    """Another version's question, or an answer that was taken back, is null."""
    if None not in answers:
        return Given(ids, answers)
    held = [pair for pair in zip(ids, answers, strict=True) if pair[1] is not None]
    return Given([each for each, _ in held], [answer for _, answer in held])


class Beside(Struct, frozen=True, array_like=True):
    """What one response holds beside “other”; `field` is `key.other` of its version."""

    response_id: int
    version_id: int
    field: str
    text: str


# Only records that have such a text at all are taken apart.
_BESIDE = {
    "sqlite": "SELECT json_group_array(json_array(id, version, field, text)) AS held FROM ("
    "SELECT response.id AS id, version, part.key AS field, part.value AS text"
    " FROM response, json_each(record) AS part {}"
    """ AND record LIKE '%.other":%' AND part.key LIKE '%.other'"""
    " UNION ALL SELECT response.id, version, question, json_extract(answer, '$')"
    " FROM private_answer JOIN response ON response.key = private_answer.response {}"
    " AND question LIKE '%.other') WHERE text IS NOT NULL",
    "postgres": "SELECT CAST(json_agg(json_build_array(id, version, field, text)) AS text) AS held"
    " FROM (SELECT response.id AS id, version, part.key AS field, part.value AS text"
    " FROM response, json_each_text(CAST(record AS json)) AS part {}"
    """ AND record LIKE '%.other":%' AND part.key LIKE '%.other'"""
    " UNION ALL SELECT response.id, version, question, json_build_array(CAST(answer AS json)) ->> 0"
    " FROM private_answer JOIN response ON response.key = private_answer.response {}"
    " AND question LIKE '%.other') AS found WHERE text IS NOT NULL",
}


async def beside_other(consultation_id: int, *, after: int, up_to: int) -> tuple[Beside, ...]:
    """What analysed responses hold beside “other” of any question, private ones too, whose ids lie
    above `after` and reach `up_to`."""
    meant = _analysed(consultation_id, after, up_to)
    query = QueryString(_BESIDE[engine().engine_type], meant, meant)
    (row,) = await ResponseRow.raw("{}", query)
    return msgspec.json.decode(row["held"] or "[]", type=tuple[Beside, ...])
