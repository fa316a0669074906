"""What a consultation should say before it opens. Advice: an officer may open it all the same."""

from surveys.consultation import About

_EXPECTED = (
    ("summary", "Say in a sentence or two what it is about"),
    ("why", "Say why you are asking"),
    ("can_change", "Say what the answers can change"),
    ("cannot_change", "Say what is settled already, so that nobody is misled"),
    ("what_happens_next", "Say what will happen with the answers, and when"),
    ("privacy", "Say how long answers are kept, and who sees them"),
    ("contact", "Say who can be asked about it"),
    ("other_formats", "Say how to answer on paper, by telephone or in another format"),
)


def still_unsaid(about: About) -> tuple[str, ...]:
    """What to write before opening, in the order of the form. Empty when all of it is there."""
    return tuple(words for name, words in _EXPECTED if not getattr(about, name).strip())
