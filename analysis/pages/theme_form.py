"""The fields of a theme, as typed, and what they say."""

from msgspec import Struct

from analysis import store
from analysis.codebook import Theme, ThemeWords, read_keywords
from app.forms import Form

LABEL_LIMIT, DESCRIPTION_LIMIT, REFERENCE_LIMIT = 120, 1000, 40


class ThemeFields(Struct, frozen=True):
    """What stands in the fields: as typed, or as kept."""

    label: str = ""
    description: str = ""
    keywords: str = ""
    reference: str = ""


def fields_of(theme: Theme) -> ThemeFields:
    return ThemeFields(theme.label, theme.description, "\n".join(theme.keywords), theme.reference)


def typed_fields(form: Form) -> ThemeFields:
    """Everything as it was typed, without judging it."""
    return ThemeFields(*(form.fields.get(name, [""])[0] for name in ThemeFields.__struct_fields__))


def read_theme(form: Form) -> ThemeWords:
    """The words of a theme; what is to be mended is added to the form's problems."""
    return ThemeWords(
        label=form.text("label", missing="Enter a name for the theme", limit=LABEL_LIMIT),
        description=form.text("description", limit=DESCRIPTION_LIMIT),
        keywords=read_keywords(form.text("keywords")),
        reference=form.text("reference", limit=REFERENCE_LIMIT),
    )


def refuse_label(form: Form, refused: store.LabelTaken, *, field: str = "label") -> None:
    form.refuse(field, refused.words)
