"""Drafts: answers kept as they are given, and the key that makes sending them twice harmless."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from piccolo.custom_types import Combinable
from piccolo.query.methods import Raw
from piccolo.querystring import QueryString

from app.database import AlreadyThere, Prepared, engine, transaction, write_together
from app.problems import Refusal
from app.settings import settings
from app.speech import sentence
from responses.receipt import receipt_code
from responses.response import Channel
from responses.store import draft_writes
from responses.store.submissions import add_response
from responses.store.units import Noting, Writing
from responses.store.uploads import clear_unlisted, files_of, name_files, unsent_deletion_of
from responses.tables import DraftAnswerRow, DraftRow
from surveys.consultation import Round, Version


class Draft(Struct, frozen=True):
    """`key` becomes the response's own; `answers` are as given, by question or `question.other`.
    `saving` names the last save, by chance, so that the next can tell that none came between;
    `later` says that there is a code to come back with, `shared` that several people of one
    organisation answer; `passed` are fields that were left empty or emptied."""

    key: UUID
    token_hash: str
    round_id: int
    version_id: int
    language: str
    ordering: int
    began_at: datetime
    submitted_at: datetime | None
    answers: dict[str, Any]
    saved_at: datetime
    saving: str = ""
    later: bool = False
    shared: bool = False
    passed: frozenset[str] = frozenset()

    @property
    def token(self) -> str:
        """What the cookie of every device that answers it holds."""
        return _token(self.key)

    @property
    def receipt(self) -> str:
        """The code of the response that this draft has become, or will."""
        return receipt_code(settings().secret_key, self.key)


class AnswersChanged(Refusal):
    """An answer was changed in another window between showing the answers and sending them."""

    title = sentence("Your answers have changed")


async def begin_draft(
    round: Round,  # noqa: A002 (the domain's word)
    answers: Mapping[str, Any],
    *,
    language: str,
    now: datetime,
    ordering: int = 0,
) -> str:
    """Keep the first answers of somebody; gives the token that finds them again."""
    key = uuid4()
    token = _token(key)
    beginning = draft_writes.begin(
        key, _token_hash(token), round.id, round.version_id, language, ordering, now
    )
    await write_together(beginning, *_upserts(key, answers, now=now))
    return token


async def draft(token: str) -> Draft | None:
    """The draft with its answers, in one read."""
    return await _draft(_token_hash(token))


async def draft_again(before: Draft) -> Draft | None:
    """The same draft as it is by now; None where it was discarded or cleared."""
    return await _draft(before.token_hash)


async def draft_of(key: UUID) -> Draft | None:
    """The draft with this key, whoever asks."""
    return await _draft(_token_hash(_token(key)))


async def _draft(token_hash: str) -> Draft | None:
    rows = await _with_answers(token_hash)
    if not rows:
        return None
    found = rows[0]
    kept = _answers(found["answers"])
    return Draft(
        key=found["response_key"],
        token_hash=token_hash,
        round_id=found["round"],
        version_id=found["version"],
        language=found["language"],
        ordering=found["ordering"],
        began_at=found["began_at"],
        submitted_at=found["submitted_at"],
        answers={field: answer for field, answer in kept.items() if answer is not None},
        saved_at=found["saved_at"] or found["began_at"],
        saving=found["saving"],
        later=bool(found["later"]),
        shared=bool(found["shared"]),
        passed=frozenset(field for field, answer in kept.items() if answer is None),
    )


_GATHERED = {
    "sqlite": "SELECT json_group_object(question, answer) FROM draft_answer",
    "postgres": "SELECT json_object_agg(question, answer) FROM draft_answer",
}


def _reading(token_hash: Any) -> Raw:
    """The draft and all its answers as one row: a row for each answer takes SQLite's driver longer
    to read than all else here."""
    return DraftRow.raw(
        "SELECT response_key, round, version, language, ordering, began_at, submitted_at, saved_at,"
        " saving, later, shared, ({} WHERE draft = response_key) AS answers"
        " FROM draft WHERE token_hash = {}",
        QueryString(_GATHERED[engine().engine_type]),
        token_hash,
    )


_with_answers = Prepared(_reading)


async def save_draft(
    draft: Draft, answers: Mapping[str, Any], *, language: str, now: datetime
) -> None:
    """Keep these answers, beside any others of the draft, whatever was stored for them before.
    None takes an answer back.

    A draft that was sent or discarded meanwhile, in another window, keeps nothing.
    """
    live = DraftRow.select(DraftRow.response_key).where(*_is_live(draft))
    await write_together(
        # First of all, so that on PostgreSQL whoever ends the draft waits, or is waited for.
        DraftRow.update(_saving(language, now)).where(*_is_live(draft)),
        *_upserts(draft.key, answers, now=now),
        DraftAnswerRow.delete().where(
            DraftAnswerRow.draft == draft.key, DraftAnswerRow.draft.not_in(live)
        ),
    )


async def save_unless_changed(
    draft: Draft,
    answers: Mapping[str, Any],
    *,
    language: str,
    now: datetime,
    noting: Noting | None = None,
) -> Draft | None:
    """Keep these answers if the draft is still as it was read; gives it as it is then, with what
    others saved after this. Where another window saved anything in between, nothing is kept: None.
    The same where it was sent. `noting` is written beside the save, if it holds."""
    saving = _saving(language, now)
    mine = saving[DraftRow.saving]
    try:
        await write_together(
            DraftRow.update(saving).where(*_is_live(draft), DraftRow.saving == draft.saving),
            _refusal_unless(draft, mine),
            *(_upsert_in(draft, mine, field, answer) for field, answer in answers.items()),
            *(noting(mine) if noting else ()),
        )
    except AlreadyThere:
        return None
    return await draft_again(draft)


async def carry_draft(
    draft: Draft, version_id: int, answers: Mapping[str, Any], *, now: datetime
) -> None:
    """The draft answers this version from now on, and these are its answers. One that was saved,
    sent, discarded or carried over meanwhile, in another window, stays as it is."""
    async with transaction():
        carrying: dict[Any, Any] = {DraftRow.version: version_id, DraftRow.saving: _by_chance()}
        moved = DraftRow.update(carrying).where(
            *_is_live(draft),
            DraftRow.version == draft.version_id,
            DraftRow.saving == draft.saving,
        )
        if not await moved.returning(DraftRow.id):
            return
        await DraftAnswerRow.delete().where(DraftAnswerRow.draft == draft.key)
        for writing in _upserts(draft.key, answers, now=now):
            await writing
        await name_files(draft.key, answers)


async def submit_draft(
    draft: Draft,
    answers: Mapping[str, Any],
    *,
    round: Round,  # noqa: A002
    version: Version,
    language: str,
    now: datetime,
    also: tuple[Writing, ...] = (),
) -> str:
    """Store the draft's checked answers as a response; the draft keeps nothing but its key and the
    language, in which the receipt's page speaks. `also` belongs to the same unit. Raises
    AnswersChanged, and stores nothing, where another window saved since the draft was read."""
    if draft.submitted_at is not None:
        return draft.receipt
    try:
        return await add_response(
            round,
            version,
            answers,
            channel=Channel.ONLINE,
            submitted_at=now,
            key=draft.key,
            also=(
                # First of all, so that on PostgreSQL a save of this moment is waited for.
                draft_writes.mark_sent(now, language, draft.key),
                _refusal_unless(draft, draft.saving),
                draft_writes.drop_answers(draft.key),
                *also,
            ),
        )
    except AlreadyThere:
        raise AnswersChanged(
            sentence(
                "They were changed in another window or on another device at this very moment. "
                "Nothing has been sent. Go back, check them again, and send them."
            )
        ) from None


async def language_answered_in(key: UUID) -> str:
    """The language of the draft that became this response; empty where there was none."""
    found = await DraftRow.select(DraftRow.language).where(DraftRow.response_key == key).first()
    return str(found["language"]) if found else ""


async def discard_draft(draft: Draft) -> None:
    """Forget the answers and files of a draft that was not sent. What stays is a key that no token
    finds, so that a save of the same moment has where to go."""
    if draft.submitted_at is not None:
        return
    files = await files_of(draft.key)
    await write_together(
        DraftRow.update({DraftRow.token_hash: draft.key.hex}).where(*_is_live(draft)),
        DraftAnswerRow.delete().where(DraftAnswerRow.draft == draft.key),
        unsent_deletion_of(draft.key),
    )
    await clear_unlisted(files)


def _is_live(draft: Draft) -> tuple[Combinable, ...]:
    """Neither sent nor discarded."""
    return (DraftRow.token_hash == draft.token_hash, DraftRow.submitted_at.is_null())


def _token(key: UUID) -> str:
    """Derived, so that a device which comes back later gets the same: only its hash is kept."""
    message = b"draft-token:" + key.bytes
    derived = hmac.digest(settings().secret_key, message, hashlib.sha256)
    return urlsafe_b64encode(derived).decode().rstrip("=")


def _by_chance() -> str:
    return secrets.token_hex(16)


def _saving(language: str, now: datetime) -> dict[Any, Any]:
    return {
        DraftRow.language: language,
        DraftRow.saved_at: now,
        DraftRow.saving: _by_chance(),
    }


def _upsert_in(draft: Draft, saving: str, field: str, answer: Any) -> Writing:
    """Writes nothing unless the save of this name is the draft's last."""
    return DraftAnswerRow.raw(
        "INSERT INTO draft_answer (draft, question, answer, saved_at)"
        " SELECT response_key, CAST({} AS varchar), CAST({} AS text), saved_at FROM draft"
        " WHERE token_hash = {} AND saving = {}"
        " ON CONFLICT (draft, question) DO UPDATE"
        " SET answer = excluded.answer, saved_at = excluded.saved_at",
        field,
        msgspec.json.encode(answer).decode(),
        draft.token_hash,
        saving,
    )


def _refusal_unless(draft: Draft, saving: str) -> Writing:
    """Breaks a constraint, and so stops the whole unit, if another save than this is the draft's
    last: two answers to one question."""
    return _two_answers(draft.token_hash, saving)


def _two_answers_if(token_hash: Any, saving: Any) -> Raw:
    twice = (
        "SELECT response_key, '', '', began_at FROM draft WHERE token_hash = {} AND saving <> {}"
    )
    return DraftAnswerRow.raw(
        f"INSERT INTO draft_answer (draft, question, answer, saved_at) {twice} UNION ALL {twice}",
        *(token_hash, saving) * 2,
    )


_two_answers = Prepared(_two_answers_if)


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _upserts(key: UUID, answers: Mapping[str, Any], *, now: datetime) -> list[Writing]:
    rows = [(field, msgspec.json.encode(answer).decode()) for field, answer in answers.items()]
    return [draft_writes.keep_answers(key, now, rows=rows)] if rows else []


def _answers(gathered: str | None) -> dict[str, Any]:
    """From JSON whose values are JSON again, as each answer is stored."""
    kept = msgspec.json.decode(gathered or "{}", type=dict[str, str])
    return {field: msgspec.json.decode(answer) for field, answer in kept.items()}
