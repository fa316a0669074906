"""What people type into these forms."""

from app.auth.account import normal_email
from app.forms import Form

EMAIL_WORDS = "Enter an email address, like name@example.org"
# Far above the longest password that can be set, and little work to refuse.
MOST_CHARACTERS = 1000


def typed_email(form: Form) -> str:
    """What stands in the field; a problem unless it is an email address."""
    typed = form.text("email", limit=254)
    if normal_email(typed) is None:
        form.refuse("email", EMAIL_WORDS)
    return typed


def typed_password(form: Form, name: str) -> str:
    """As it was typed: a password may begin and end with spaces."""
    typed = form.fields.get(name, [""])[0]
    return typed if len(typed) <= MOST_CHARACTERS else ""
