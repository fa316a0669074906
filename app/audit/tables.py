"""The table of the audit."""

from piccolo.columns import Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class AuditRow(Table, tablename="audit_entry"):
    """Rows are added, never changed. `number` has no gaps, which an id may have."""

    id: Serial
    number = Integer(unique=True)
    at = Timestamptz()
    by = Varchar(length=254)
    action = Varchar(length=80)
    subject = Varchar(length=200)
    detail = Text(help_text="Canonical JSON")
    previous = Varchar(length=64, help_text="Hash of the entry before; empty for the first")
    hash = Varchar(length=64)
