"""When to use each type of question, said plainly, with a small example."""

from msgspec import Struct

from surveys.outline import KIND_WORDS


class Kind(Struct, frozen=True):
    """`use` says when, `example` what it looks like. `lists` is what its answers or rows are
    called, for a type that needs some to begin with."""

    name: str
    words: str
    use: str
    example: str
    lists: str = ""


class Group(Struct, frozen=True):
    words: str
    kinds: tuple[Kind, ...]


def _kind(name: str, use: str, example: str, lists: str = "") -> Kind:
    return Kind(name, KIND_WORDS[name], use, example, lists)


GROUPS = (
    Group(
        "Choosing",
        (
            _kind(
                "single",
                "One answer out of a few that people can see at once.",
                "Do you run a group? ○ Yes ○ No",
                "options",
            ),
            _kind(
                "multiple",
                "As many answers as apply.",
                "What do you use the park for? ☐ Walking ☐ Play ☐ Sport",
                "options",
            ),
            _kind(
                "dropdown",
                "One answer out of a long list, such as parishes.",
                "Which parish do you live in? [Aylesford ▾]",
                "options",
            ),
            _kind(
                "ranking",
                "What matters most, next, and least. Keep the list short: seven or fewer.",
                "What should come first? 1 Paths, 2 Seats, 3 Toilets",
                "options",
            ),
        ),
    ),
    Group(
        "How much people agree",
        (
            _kind(
                "likert",
                "One statement, answered on a scale such as agreement.",
                "The library should open on Sundays. Strongly agree … Strongly disagree",
            ),
            _kind(
                "grid",
                "Several statements on one scale. On a phone each has a line of its own.",
                "How good are … Paths, Seats, Toilets? Very satisfied … Very dissatisfied",
                "rows",
            ),
        ),
    ),
    Group(
        "In people’s own words",
        (
            _kind(
                "long_text",
                "What people think and why, in as many words as they like.",
                "What would you change, and why?",
            ),
            _kind("text", "A few words on one line.", "What is your group called?"),
        ),
    ),
    Group(
        "Facts",
        (
            _kind(
                "number",
                "How many, how much or how often.",
                "How many members are there? 25 people",
            ),
            _kind("date", "A day that people know.", "When did you start? 27 3 2019"),
            _kind(
                "location",
                "A place: a postcode, words, or a point on a map if you add one.",
                "Where should the bench stand? By the school gate",
            ),
            _kind(
                "postcode",
                "Where somebody lives or works. Kept apart from the answers.",
                "What is your postcode? ME14 1XQ",
            ),
            _kind(
                "email",
                "Where to write to somebody. Kept apart from the answers.",
                "Where can we send the result? name@example.org",
            ),
            _kind(
                "upload",
                "A file, such as a letter or a photograph.",
                "Send us your group’s letter: letter.pdf",
            ),
        ),
    ),
    Group(
        "Nothing to answer",
        (
            _kind(
                "statement",
                "Words between questions that explain what comes next.",
                "The next questions are about the park.",
            ),
        ),
    ),
)
KINDS = {kind.name: kind for group in GROUPS for kind in group.kinds}
