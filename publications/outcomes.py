"""What became of a theme: six kinds of outcome, and what each must say to be published."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from app.problems import Problem
from app.speech import sentence


class Kind(StrEnum):
    CHANGED = "changed"
    STRENGTHENED = "strengthened"
    ALREADY_IN_PLACE = "already_in_place"
    NO_CHANGE = "no_change"
    NOT_IN_OUR_POWER = "not_in_our_power"
    UNDER_WAY = "under_way"


LABELS: Mapping[Kind, str] = {
    Kind.CHANGED: sentence("Changed"),
    Kind.STRENGTHENED: sentence("Strengthened"),
    Kind.ALREADY_IN_PLACE: sentence("Already in place"),
    Kind.NO_CHANGE: sentence("No change"),
    Kind.NOT_IN_OUR_POWER: sentence("Not in our power"),
    Kind.UNDER_WAY: sentence("Under way"),
}

MEANINGS: Mapping[Kind, str] = {
    Kind.CHANGED: "A document says something different because of what people said.",
    Kind.STRENGTHENED: "It was there before, and is now said or done more firmly.",
    Kind.ALREADY_IN_PLACE: "What people asked for exists. Say where.",
    Kind.NO_CHANGE: "Nothing was changed. People are owed the reason.",
    Kind.NOT_IN_OUR_POWER: "Someone else decides this. Say who.",
    Kind.UNDER_WAY: "Work has begun. It needs a promise with an owner, a date and a forum.",
}


class Outcome(Struct, frozen=True, kw_only=True):
    """What was done about one theme, in words for the public.

    `document`, `section`, `before` and `after` belong to a change, `instead` to what is not in our
    power; `reason` may stand with any kind. `ready` shows it on respondents' own receipt pages.
    """

    theme_id: int
    kind: Kind
    statement: str
    asked: str = ""
    reason: str = ""
    document: str = ""
    section: str = ""
    before: str = ""
    after: str = ""
    instead: str = ""
    ready: bool = False


_ALWAYS = {"statement": "Say what was done, in a sentence or two for the public"}

_NEEDED: Mapping[Kind, Mapping[str, str]] = {
    Kind.CHANGED: {
        "document": "Enter the document that was changed",
        "section": "Enter the section that was changed",
        "before": "Enter what it said before; if there was nothing, say so",
        "after": "Enter what it says now",
    },
    Kind.STRENGTHENED: {},
    Kind.ALREADY_IN_PLACE: {},
    Kind.NO_CHANGE: {"reason": "Give the reason why nothing was changed"},
    Kind.NOT_IN_OUR_POWER: {"instead": "Enter who can act on it instead"},
    Kind.UNDER_WAY: {},
}

_ONLY_FOR: Mapping[str, Kind] = {
    "document": Kind.CHANGED,
    "section": Kind.CHANGED,
    "before": Kind.CHANGED,
    "after": Kind.CHANGED,
    "instead": Kind.NOT_IN_OUR_POWER,
}


def problems(outcome: Outcome, *, commitments: int) -> tuple[Problem, ...]:
    """What the outcome still lacks, each with the field to mend.

    `commitments` is how many promises are tied to its theme: work under way needs at least one.
    """
    needed = {**_ALWAYS, **_NEEDED[outcome.kind]}
    missing = [
        Problem(field, words) for field, words in needed.items() if not getattr(outcome, field)
    ]
    if outcome.kind is Kind.UNDER_WAY and not commitments:
        missing.append(Problem("promise", "Add a commitment: what is promised, by whom and when"))
    return tuple(missing)


def only_what_its_kind_tells(outcome: Outcome) -> Outcome:
    """The outcome without texts that belong to another kind, left over from a change of mind."""
    left_over = {field: "" for field, kind in _ONLY_FOR.items() if kind is not outcome.kind}
    return replace(outcome, **left_over)


def next_step(outcome: Outcome | None, *, commitments: int) -> str:
    """The one thing an officer should do next about a theme; empty when all is done."""
    if outcome is None:
        return "Say what happened"
    if missing := problems(outcome, commitments=commitments):
        return missing[0].words
    return "" if outcome.ready else "Tick “ready to show to respondents” when it may be shown"
