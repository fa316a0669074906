"""What officers are asked to write for people to read first: each text, as the form names it."""

from msgspec import Struct


class AboutField(Struct, frozen=True):
    """`name` is the text's name in `About`; `lines` is how tall its box is."""

    name: str
    label: str
    hint: str
    lines: int = 4


ABOUT_FIELDS = (
    AboutField("summary", "Summary", "What it is about, in a sentence or two", 3),
    AboutField("why", "Why we are asking", "What led to this, and who will decide", 6),
    AboutField("can_change", "What can change", "What the answers can still decide"),
    AboutField("cannot_change", "What cannot change", "What is settled already, and why"),
    AboutField(
        "alternatives",
        "What else we thought of",
        "The other ways there are, and why not. If there was none, say so and why",
        6,
    ),
    AboutField(
        "what_happens_next",
        "What happens with the answers",
        "Who reads them, who decides and when, and what is published",
    ),
    AboutField(
        "about_reply",
        "Why you reply later, or promise no day",
        "Only if you do not reply within twelve weeks of the close, or are late. Everyone can read "
        "it",
        3,
    ),
    AboutField(
        "why_short",
        "Why there are fewer than six weeks",
        "Only if there are. Everyone can read it",
        3,
    ),
    AboutField("privacy", "How answers are looked after", "Who sees them, or where the notice is"),
    AboutField(
        "lawful_basis",
        "The lawful basis",
        "On which basis in the UK GDPR you use what people tell you, such as a public task",
        3,
    ),
    AboutField("retention", "How long answers are kept", "And what is done with them then", 3),
    AboutField(
        "freedom_of_information",
        "Freedom of information",
        "What to add. The page says by itself that answers may have to be disclosed, by which law, "
        "and what is not",
        3,
    ),
    AboutField("contact", "Contact", "A team, an email address, a telephone number", 3),
    AboutField(
        "other_formats",
        "Answering in another way",
        "On paper, by telephone, in Easy Read or another language",
    ),
)
"""In the order of `ABOUT_TEXTS`."""

ABOUT_LABELS = {field.name: field.label for field in ABOUT_FIELDS}
