"""Making a consultation, and changing what everyone reads of it."""

import asyncio
from datetime import datetime
from typing import Any, ClassVar

import msgspec

from app.audit.store import record
from app.database import AlreadyThere, transaction
from app.problems import Refusal
from surveys.consultation import TWELVE_WEEKS, About, Consultation
from surveys.drafting.building import first_draft
from surveys.imported import Note
from surveys.native_files import UnusableQuestionnaire, read_questionnaire, write_questionnaire
from surveys.questionnaire import Questionnaire, Text, say
from surveys.slugs import LONGEST, is_slug, slug_from
from surveys.soundness import unsound
from surveys.store.import_notes import insert_import_notes
from surveys.store.reading import consultation
from surveys.store.versioning import insert_version
from surveys.tables import ConsultationRow

# What nobody has written yet; the promise to reply stands until an officer changes it.
NOTHING_SAID = About(reply_weeks=TWELVE_WEEKS)


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
    notes: tuple[Note, ...] = (),
) -> Consultation:
    """A consultation with its first version and no round. Without a slug one is made of the title.
    `notes` say what a file from elsewhere held that the document does not. Raises
    UnusableQuestionnaire, UnusableSlug and SlugTaken."""
    return await _created(
        await asyncio.to_thread(read_questionnaire, document),
        document,
        slug=slug,
        by=by,
        now=now,
        about=about or NOTHING_SAID,
        caveat=caveat,
        invented=invented,
        threshold=threshold,
        notes=notes,
    )


async def start_consultation(
    title: Text, *, languages: tuple[str, ...], slug: str | None, by: str, now: datetime
) -> Consultation:
    """A consultation to write the questionnaire of: one page, empty yet. Raises
    UnusableQuestionnaire for the title and languages, UnusableSlug and SlugTaken."""
    questionnaire = first_draft(title, languages)
    if problems := unsound(questionnaire, draft=True):
        raise UnusableQuestionnaire(problems)
    document = write_questionnaire(questionnaire)
    return await _created(questionnaire, document, slug=slug, by=by, now=now)


async def _created(
    questionnaire: Questionnaire,
    document: bytes,
    *,
    slug: str | None,
    by: str,
    now: datetime,
    about: About = NOTHING_SAID,
    caveat: str = "",
    invented: bool = False,
    threshold: int = 5,
    notes: tuple[Note, ...] = (),
) -> Consultation:
    title = say(questionnaire.title, questionnaire.languages[0])
    slug = slug if slug is not None else slug_from(title)
    if not is_slug(slug):
        raise UnusableSlug(f"Use up to {LONGEST} lower-case letters and digits, parted by hyphens.")
    row: dict[str, Any] = {
        "slug": slug,
        "title": title,
        "about": msgspec.json.encode(about).decode(),
        "caveat": caveat,
        "invented": invented,
        "threshold": threshold,
        "created_at": now,
    }
    try:
        async with transaction():
            inserted = await ConsultationRow.insert(ConsultationRow(**row))
            first = await insert_version(inserted[0]["id"], document, number=1, note="", now=now)
            await insert_import_notes(first, notes)
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
