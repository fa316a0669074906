"""Making a consultation, and changing what everyone reads of it."""

from datetime import datetime
from typing import Any, ClassVar

import msgspec

from app.audit.store import record
from app.database import AlreadyThere, transaction
from app.problems import Refusal
from surveys.consultation import About, Consultation
from surveys.native_files import read_questionnaire
from surveys.questionnaire import say
from surveys.slugs import LONGEST, is_slug, slug_from
from surveys.store.reading import consultation
from surveys.store.versioning import insert_version
from surveys.tables import ConsultationRow


class SlugTaken(Refusal):
    title: ClassVar[str] = "That name is taken"


class UnusableSlug(Refusal):
    status: ClassVar[int] = 422
    title: ClassVar[str] = "That name cannot be used"


async def create_consultation(
    document: bytes,
    *,
    slug: str | None,
    by: str,
    now: datetime,
    about: About | None = None,
    caveat: str = "",
    invented: bool = False,
    threshold: int = 5,
) -> Consultation:
    """A consultation with its first version and no round. Without a slug one is made of the title.
    Raises UnusableQuestionnaire, UnusableSlug and SlugTaken."""
    questionnaire = read_questionnaire(document)
    title = say(questionnaire.title, questionnaire.languages[0])
    slug = slug if slug is not None else slug_from(title)
    if not is_slug(slug):
        raise UnusableSlug(f"Use up to {LONGEST} lower-case letters and digits, parted by hyphens.")
    row: dict[str, Any] = {
        "slug": slug,
        "title": title,
        "about": msgspec.json.encode(about or About()).decode(),
        "caveat": caveat,
        "invented": invented,
        "threshold": threshold,
        "created_at": now,
    }
    try:
        async with transaction():
            inserted = await ConsultationRow.insert(ConsultationRow(**row))
            await insert_version(inserted[0]["id"], document, number=1, note="", now=now)
            await record("create-consultation", f"consultation:{slug}", by=by)
    except AlreadyThere:
        raise SlugTaken(f"There is a consultation called “{slug}”. Choose another name.") from None
    return await consultation(slug)


async def change_about(slug: str, *, about: About, caveat: str, by: str, now: datetime) -> None:
    """What a respondent reads before answering, and the caveat beside every figure."""
    async with transaction():
        found = await consultation(slug, at=now)
        table = ConsultationRow
        words = msgspec.json.encode(about).decode()
        await table.update({table.about: words, table.caveat: caveat}).where(table.id == found.id)
        await record("change-about", f"consultation:{slug}", by=by)


async def mark_reported(consultation_id: int, *, now: datetime) -> None:
    """An edition is published. The first time counts; publishing itself is in the audit."""
    table = ConsultationRow
    first = table.update({table.reported_at: now})
    async with transaction():
        await first.where(table.id == consultation_id, table.reported_at.is_null())
