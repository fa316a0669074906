"""Where the editor's pages are, and where an officer lands after doing something."""

from urllib.parse import urlencode

from litestar.response import Redirect

from app.forms import Form
from surveys import store

EDIT = "/officer/consultations/{slug:str}/questionnaire/edit"


def questionnaire_of(slug: str) -> str:
    return f"/officer/consultations/{slug}/questionnaire"


def editor_of(slug: str) -> str:
    return f"{questionnaire_of(slug)}/edit"


def landed(draft: store.Draft, form: Form, *, at: str = "") -> Redirect:
    """Back on the outline, at the page or question `at`, where it says what was done; and what
    others did since the page of this form was read."""
    told = {"done": draft.revision, "at": at, "since": read_at(form)}
    query = urlencode({name: value for name, value in told.items() if value not in ("", None)})
    return Redirect(f"{editor_of(draft.consultation.slug)}?{query}#done", status_code=303)


def read_at(form: Form) -> int | None:
    """The revision that the form's page showed."""
    typed = form.text("revision")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
