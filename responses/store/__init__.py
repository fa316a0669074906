"""Every query of responses: storing them, reading them, and the ledger that accounts for them."""

from responses.store.counts import received_counts, written_counts
from responses.store.drafts import (
    Draft,
    begin_draft,
    carry_draft,
    discard_draft,
    draft,
    language_answered_in,
    save_draft,
    submit_draft,
)
from responses.store.evidence import (
    StoredEvent,
    StoredPetition,
    add_event,
    add_petition,
    events,
    ledger,
    petitions,
    remove_event,
    remove_petition,
)
from responses.store.finding import Found, Summary, find_responses
from responses.store.reading import (
    CodedRow,
    NoSuchResponse,
    TextAnswer,
    coded_rows,
    private_answers,
    response,
    response_by_key,
    response_by_receipt,
    text_answers,
)
from responses.store.status import ResponseWithdrawn, exclude, include, withdraw
from responses.store.submissions import AnswersDiffer, add_response, receipt_again
from responses.store.uploads import StoredFile, change_files, clear_unsent, files_of

__all__ = [
    "AnswersDiffer",
    "CodedRow",
    "Draft",
    "Found",
    "NoSuchResponse",
    "ResponseWithdrawn",
    "StoredEvent",
    "StoredFile",
    "StoredPetition",
    "Summary",
    "TextAnswer",
    "add_event",
    "add_petition",
    "add_response",
    "begin_draft",
    "carry_draft",
    "change_files",
    "clear_unsent",
    "coded_rows",
    "discard_draft",
    "draft",
    "events",
    "exclude",
    "files_of",
    "find_responses",
    "include",
    "language_answered_in",
    "ledger",
    "petitions",
    "private_answers",
    "receipt_again",
    "received_counts",
    "remove_event",
    "remove_petition",
    "response",
    "response_by_key",
    "response_by_receipt",
    "save_draft",
    "submit_draft",
    "text_answers",
    "withdraw",
    "written_counts",
]
