"""The name of a consultation in addresses."""

import re
import unicodedata

LONGEST = 80
PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Words that stand where a slug would in an officer's address.
TAKEN_BY_PAGES = frozenset({"import", "new"})


def slug_from(title: str) -> str:
    """A slug made of a title's words, cut at a word; “consultation” when it has none to use."""
    plain = unicodedata.normalize("NFKD", title.replace("’", "").replace("'", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    slug = "-".join(words)
    if len(slug) > LONGEST:
        slug = slug[:LONGEST].rpartition("-")[0] or slug[:LONGEST]
    return slug if is_slug(slug) else "consultation"


def is_slug(text: str) -> bool:
    return len(text) <= LONGEST and bool(PATTERN.fullmatch(text)) and text not in TAKEN_BY_PAGES
