"""Kiosks: setting them up, finding them by their code, and the responses given at each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from app.audit import store as audit
from app.database import transaction
from app.problems import Refusal
from app.settings import settings
from app.speech import sentence
from responses.kiosk import Kiosk
from responses.return_code import hashed, normalise, return_code
from responses.store.units import Writing
from responses.tables import KioskResponseRow, KioskRow
from surveys.consultation import Consultation


class NoSuchKiosk(Refusal):
    status: ClassVar[int] = 404
    title: ClassVar[str] = sentence("There is no such kiosk")


async def add_kiosk(consultation: Consultation, name: str, *, by: str, now: datetime) -> Kiosk:
    """A kiosk that is running, with a code of its own."""
    key = uuid4()
    row = KioskRow(
        key=key,
        code_hash=_hash(_code(key)),
        consultation=consultation.id,
        name=name,
        made_at=now,
        stopped_at=None,
    )
    async with transaction():
        added = int((await KioskRow.insert(row))[0]["id"])
        detail = {"consultation": consultation.slug, "name": name}
        await audit.record("add-kiosk", f"kiosk:{added}", by=by, detail=detail)
    return Kiosk(added, key, consultation.id, name, _code(key), now, None)


async def stop_kiosk(
    kiosk_id: int, *, consultation_id: int, stopped_at: datetime | None, by: str
) -> None:
    """Stop it, or with None let it run again. Raises NoSuchKiosk; again changes nothing."""
    before = KioskRow.stopped_at.is_not_null() if stopped_at is None else _running()
    async with transaction():
        known = KioskRow.exists().where(
            KioskRow.id == kiosk_id, KioskRow.consultation == consultation_id
        )
        if not await known:
            raise NoSuchKiosk("Go back to the kiosks and choose one that is listed.")
        changed = KioskRow.update({KioskRow.stopped_at: stopped_at})
        if await changed.where(KioskRow.id == kiosk_id, before).returning(KioskRow.id):
            deed = "start-kiosk" if stopped_at is None else "stop-kiosk"
            await audit.record(deed, f"kiosk:{kiosk_id}", by=by)


def _running() -> Any:
    return KioskRow.stopped_at.is_null()


async def kiosks(consultation_id: int) -> tuple[Kiosk, ...]:
    """Those of a consultation with how many responses each has given, the newest first."""
    rows = await KioskRow.raw(
        "SELECT k.id, k.key, k.consultation, k.name, k.made_at, k.stopped_at,"
        " COUNT(r.id) AS responses FROM kiosk k LEFT JOIN kiosk_response r ON r.kiosk = k.id"
        " WHERE k.consultation = {}"
        " GROUP BY k.id, k.key, k.consultation, k.name, k.made_at, k.stopped_at"
        " ORDER BY k.id DESC",
        consultation_id,
    )
    return tuple(map(_kiosk, rows))


async def kiosk_by_code(code: str) -> Kiosk | None:
    """The kiosk with this code, running or stopped, however it was typed."""
    found = await KioskRow.select().where(KioskRow.code_hash == _hash(normalise(code))).first()
    return _kiosk(found) if found else None


async def kiosk_names(keys: tuple[UUID, ...]) -> dict[UUID, str]:
    """Of these responses those that were given at a kiosk, with the kiosk's name."""
    if not keys:
        return {}
    rows = await KioskResponseRow.select(
        KioskResponseRow.response, KioskResponseRow.kiosk.name.as_alias("name")
    ).where(KioskResponseRow.response.is_in(list(keys)))
    return {row["response"]: row["name"] for row in rows}


def given_at(kiosk: Kiosk, key: UUID) -> Writing:
    """That a response was given there, as part of the unit that stores it."""
    return KioskResponseRow.insert(KioskResponseRow(kiosk=kiosk.id, response=key))


def _code(key: UUID) -> str:
    return return_code(settings().secret_key, key)


def _hash(code: str) -> str:
    # Told apart from codes to come back with, which have the same words.
    return hashed(settings().secret_key, f"kiosk:{code}")


def _kiosk(row: Mapping[str, Any]) -> Kiosk:
    return Kiosk(
        id=row["id"],
        key=row["key"],
        consultation_id=row["consultation"],
        name=row["name"],
        code=_code(row["key"]),
        made_at=row["made_at"],
        stopped_at=row["stopped_at"],
        responses=row.get("responses", 0),
    )
