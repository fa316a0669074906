"""Taking back an outcome or a commitment that was put on record by mistake."""

from msgspec.structs import asdict

from app.audit.store import record
from app.database import transaction
from app.problems import Refusal
from publications.commitments import Commitment
from publications.store.editions import latest_edition
from publications.store.records import outcomes
from publications.tables import CommitmentRow, OutcomeRow
from surveys.consultation import Consultation


class PromiseIsPublished(Refusal):
    title = "This promise is published"


async def remove_commitment(consultation: Consultation, commitment: Commitment, *, by: str) -> None:
    """Take a promise off the record; its words stay in the audit. Raises PromiseIsPublished."""
    async with transaction():
        published = await latest_edition(consultation.slug)
        promises = published.report.commitments if published else ()
        if any(each.promise == commitment.promise for each in promises):
            raise PromiseIsPublished(
                "People have read it, so it cannot be taken back without a word. "
                "Say in its progress note what became of it."
            )
        await CommitmentRow.delete().where(
            CommitmentRow.id == commitment.id, CommitmentRow.consultation == consultation.id
        )
        detail = {"promise": commitment.promise, "due_on": commitment.due_on.isoformat()}
        subject = f"consultation:{consultation.slug}"
        await record("remove-commitment", subject, by=by, detail=detail)


async def remove_outcome(consultation: Consultation, theme_id: int, *, by: str) -> None:
    """Take what became of a theme off the record; its words stay in the audit, and in the editions
    that were sealed with it."""
    async with transaction():
        outcome = (await outcomes(consultation.id)).get(theme_id)
        if outcome is None:
            return
        await OutcomeRow.delete().where(
            OutcomeRow.theme == theme_id, OutcomeRow.consultation == consultation.id
        )
        detail = {name: value for name, value in asdict(outcome).items() if value != ""}
        subject = f"consultation:{consultation.slug}"
        await record("remove-outcome", subject, by=by, detail=detail)
