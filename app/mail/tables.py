"""The table of the outbox."""

from piccolo.columns import Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class MailRow(Table, tablename="mail"):
    """A mail that was sent keeps its subject and times; its address and words are blanked."""

    id: Serial
    recipient = Varchar(length=254)
    subject = Text()
    text = Text()
    html = Text()
    queued_at = Timestamptz(index=True)
    try_at = Timestamptz(null=True, default=None, help_text="None: not tried again")
    tries = Integer(default=0)
    trouble = Varchar(
        length=200, default="", help_text="Why the last try failed, without addresses"
    )
    sent_at = Timestamptz(null=True, default=None)
