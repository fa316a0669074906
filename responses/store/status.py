"""What became of a response: analysed, excluded for a reason, or withdrawn; audited each time."""

from app.audit import store as audit
from app.database import transaction
from app.problems import Refusal
from responses.response import ANALYSED, WITHDRAWN, Exclusion, Response
from responses.store.declarations import unsigning
from responses.store.reading import NoSuchResponse, response, response_by_receipt
from responses.store.uploads import StoredFile, clear_unlisted, deletion_of, files_of
from responses.tables import ResponseRow


class ResponseWithdrawn(Refusal):
    title = "This response was withdrawn"


async def exclude(response_id: int, reason: Exclusion, *, consultation_id: int, by: str) -> None:
    """Leave a response out of the figures. Raises NoSuchResponse or ResponseWithdrawn."""
    async with transaction():
        found = await _standing(response_id, consultation_id)
        await _set_status(found, reason.value)
        await audit.record(
            "exclude-response", _subject(found), by=by, detail={"reason": reason.value}
        )


async def include(response_id: int, *, consultation_id: int, by: str) -> None:
    """Take an exclusion back. Raises NoSuchResponse or ResponseWithdrawn."""
    async with transaction():
        found = await _standing(response_id, consultation_id)
        await _set_status(found, ANALYSED)
        await audit.record("include-response", _subject(found), by=by)


async def withdraw(code: str) -> None:
    """What the holder of a receipt may do; again changes nothing. The files that were sent go, and
    the names of those who signed for an organisation. Raises NoSuchResponse."""
    files: tuple[StoredFile, ...] = ()
    async with transaction():
        found = await response_by_receipt(code)
        if found is None:
            raise NoSuchResponse("No response has this receipt. Check the code and try again.")
        if found.status != WITHDRAWN:
            files = await files_of(found.key)
            await _set_status(found, WITHDRAWN)
            await deletion_of(found.key)
            await unsigning(found.key)
            await audit.record("withdraw-response", _subject(found), by="respondent")
    await clear_unlisted(files)


async def _standing(response_id: int, consultation_id: int) -> Response:
    found = await response(response_id, consultation_id=consultation_id)
    if found.status == WITHDRAWN:
        raise ResponseWithdrawn(
            "The person who sent this response withdrew it. Only they could send it again."
        )
    return found


async def _set_status(found: Response, status: str) -> None:
    await ResponseRow.update({ResponseRow.status: status}).where(ResponseRow.id == found.id)


def _subject(found: Response) -> str:
    return f"response:{found.id}"
