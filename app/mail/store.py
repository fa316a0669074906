"""The outbox: mail waits in it from the transaction that wrote it until it is sent."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from piccolo.query.methods import Insert

from app.audit import store as audit
from app.clock import now
from app.database import transaction
from app.mail.pauses import next_try
from app.mail.post import Mail, NotSent, post
from app.mail.tables import MailRow
from app.settings import settings

# Nobody else tries a mail that is being sent; should we stop half-way, it is tried again then.
BEING_SENT = timedelta(minutes=5)


class WaitingMail(Struct, frozen=True):
    """A mail as the outbox shows it. `trouble` is why the last try failed."""

    id: int
    mail: Mail
    queued_at: datetime
    try_at: datetime | None
    tries: int
    trouble: str


async def queue_mail(to: str, subject: str, text: str, *, html: str = "") -> int:
    """Queues a mail in the transaction that is under way. Never sent when that is rolled back.
    Gives its number, for whoever may have to call it back."""
    if not MailRow._meta.db.transaction_exists():
        raise RuntimeError("Mail is queued in the transaction of the change it tells of")
    inserted = await queued(to, subject, text, html=html).returning(MailRow.id)
    return int(inserted[0]["id"])


def queued(to: str, subject: str, text: str, *, html: str = "") -> Insert[MailRow]:
    """The same as a write of a unit that is written together."""
    moment = now()
    return MailRow.insert(
        MailRow(
            recipient=to,
            subject=" ".join(subject.split()),
            text=text,
            html=html,
            queued_at=moment,
            try_at=moment,
        )
    )


async def call_back(mail_ids: Iterable[int], *, at: datetime) -> None:
    """Takes mails that still wait out of the outbox, with their addresses: what they tell of is
    over. Inside a transaction."""
    ids = list(mail_ids)
    if ids:
        waits = (MailRow.id.is_in(ids), MailRow.sent_at.is_null())
        await MailRow.update(_gone(at)).where(*waits)


async def waiting(*, limit: int = 100) -> tuple[WaitingMail, ...]:
    """What was not sent, the newest first."""
    rows = (
        await MailRow.select()
        .where(MailRow.sent_at.is_null())
        .order_by(MailRow.id, ascending=False)
        .limit(limit)
    )
    return tuple(_waiting_mail(row) for row in rows)


async def send_waiting() -> int:
    """Sends what is due, each mail once however many processes do this. Returns how many went.

    Nothing without a mail server: officers read the outbox then.
    """
    smtp_url = settings().smtp_url
    if smtp_url is None:
        return 0
    due = await MailRow.select().where(MailRow.sent_at.is_null(), MailRow.try_at <= now())
    sent = 0
    for row in due:
        if await _claim(row):
            sent += await _try(_waiting_mail(row), smtp_url)
    return sent


async def hand_over(mail_id: int, *, by: str, at: datetime) -> None:
    """Takes a letter out of the outbox that someone has passed on. Nothing when it is gone."""
    async with transaction():
        row = await MailRow.select().where(MailRow.id == mail_id, MailRow.sent_at.is_null()).first()
        if row is None:
            return
        await MailRow.update(_gone(at)).where(MailRow.id == mail_id)
        await audit.record("hand-over-mail", f"mail:{mail_id}", by=by)


async def _claim(row: dict[str, Any]) -> bool:
    async with transaction():
        claimed = (
            await MailRow.update(
                {MailRow.tries: row["tries"] + 1, MailRow.try_at: now() + BEING_SENT}
            )
            .where(
                MailRow.id == row["id"],
                MailRow.tries == row["tries"],
                MailRow.sent_at.is_null(),
            )
            .returning(MailRow.id)
        )
    return bool(claimed)


async def _try(one: WaitingMail, smtp_url: str) -> bool:
    try:
        await post(one.mail, smtp_url=smtp_url, base_url=settings().base_url)
    except NotSent as error:
        later = None if error.for_good else next_try(one.tries + 1, now())
        await _note(one.id, {MailRow.try_at: later, MailRow.trouble: error.words})
        return False
    await _note(one.id, _gone(now()))
    return True


def _gone(at: datetime) -> dict[Any, Any]:
    # It holds links and someone's address, and nobody needs them any more.
    blank = {MailRow.recipient: "", MailRow.text: "", MailRow.html: "", MailRow.trouble: ""}
    return {MailRow.sent_at: at, MailRow.try_at: None, **blank}


async def _note(mail_id: int, changes: dict[Any, Any]) -> None:
    async with transaction():
        await MailRow.update(changes).where(MailRow.id == mail_id)


def _waiting_mail(row: dict[str, Any]) -> WaitingMail:
    return WaitingMail(
        id=row["id"],
        mail=Mail(row["recipient"], row["subject"], row["text"], row["html"]),
        queued_at=row["queued_at"],
        try_at=row["try_at"],
        tries=row["tries"],
        trouble=row["trouble"],
    )
