"""How far a consultation has come, and the one thing that an officer should do next about it."""

from msgspec import Struct

from app.words import plural
from surveys.consultation import Consultation, State

TAGS = {
    State.DRAFT: "govuk-tag--grey",
    State.OPEN: "govuk-tag--green",
    State.PAUSED: "govuk-tag--yellow",
    State.CLOSED: "govuk-tag--blue",
    State.REPORTED: "govuk-tag--purple",
}


class Standing(Struct, frozen=True, kw_only=True):
    """`written` counts free-text answers, `read` those finished, `undecided` the themes without
    an outcome, `unfit` the sentences of somebody's own that the data have left behind."""

    consultation: Consultation
    received: int = 0
    written: int = 0
    read: int = 0
    themes: int = 0
    undecided: tuple[str, ...] = ()
    overdue: int = 0
    unfit: int = 0

    @property
    def unread(self) -> int:
        return self.written - self.read

    @property
    def tag_class(self) -> str:
        return TAGS[self.consultation.state]


class Next(Struct, frozen=True):
    """`words` name the deed, `why` its reason, `place` is below the consultation's address."""

    words: str
    why: str
    place: str


class Stage(Struct, frozen=True):
    """One stage on the way from the question to the answer back. `total` 0: nothing to measure."""

    title: str
    words: str
    done: bool
    place: str
    finished: int = 0
    total: int = 0


def next_step(standing: Standing) -> Next | None:
    """The first thing that wants doing; None where there is nothing but to wait."""
    match standing.consultation.state:
        case State.DRAFT:
            return Next(
                "Check the questions and open it",
                "Nobody can answer before it is open.",
                "questionnaire",
            )
        case State.PAUSED:
            return Next(
                "Open it again or close it",
                "It is paused: people who come to answer are told why.",
                "questionnaire",
            )
        case State.OPEN:
            return _reading(standing) or _settling(standing)
        case State.CLOSED:
            return _reading(standing) or _deciding(standing) or _settling(standing) or PUBLISH
        case State.REPORTED:
            return _reading(standing) or _settling(standing) or _promises(standing)


PUBLISH = Next(
    "Check the report and publish it",
    "Every theme has an outcome. People are waiting to see what became of their words.",
    "publish",
)


def _reading(standing: Standing) -> Next | None:
    if standing.written and not standing.themes:
        return Next(
            "Start the codebook",
            "People have written in their own words. Their answers are counted under themes.",
            "themes",
        )
    if standing.unread:
        return Next(
            f"Read {plural(standing.unread, 'answer')}",
            f"{plural(standing.unread, 'answer')} in people’s own words "
            f"{'has' if standing.unread == 1 else 'have'} not been read yet.",
            "coding",
        )
    return None


def _deciding(standing: Standing) -> Next | None:
    if not standing.undecided:
        return None
    first = standing.undecided[0]
    return Next(
        f"Say what happened about “{first}”",
        f"{plural(len(standing.undecided), 'theme')} without an outcome: the report cannot be "
        "published until each has one.",
        "outcomes",
    )


def _settling(standing: Standing) -> Next | None:
    if not standing.unfit:
        return None
    return Next(
        f"Settle {plural(standing.unfit, 'statement')}",
        f"{plural(standing.unfit, 'statement')} in somebody’s own words "
        f"{'does' if standing.unfit == 1 else 'do'} not fit the data any more. Nothing can be "
        "published until that is settled.",
        "statements",
    )


def _promises(standing: Standing) -> Next | None:
    if not standing.overdue:
        return None
    return Next(
        f"Say what became of {plural(standing.overdue, 'overdue promise')}",
        "The date has passed, and everyone who reads the report can see it.",
        "commitments",
    )


def stages(standing: Standing) -> tuple[Stage, ...]:
    """The five stages, in order, each with how far it has come."""
    state = standing.consultation.state
    decided = standing.themes - len(standing.undecided)
    return (
        Stage(
            "Ask",
            f"{plural(len(standing.consultation.rounds), 'round')}.",
            done=state not in (State.DRAFT, State.OPEN, State.PAUSED),
            place="questionnaire",
        ),
        Stage(
            "Answer and count",
            f"{plural(standing.received, 'response')} received.",
            done=state in (State.CLOSED, State.REPORTED),
            place="results",
        ),
        Stage(
            "Read and code",
            f"{standing.read} of {plural(standing.written, 'answer')} in people’s own words read.",
            done=standing.written > 0 and not standing.unread,
            place="coding",
            finished=standing.read,
            total=standing.written,
        ),
        Stage(
            "Decide",
            f"{decided} of {plural(standing.themes, 'theme')} with an outcome.",
            done=standing.themes > 0 and not standing.undecided,
            place="outcomes",
            finished=decided,
            total=standing.themes,
        ),
        Stage(
            "Answer back",
            "The report is published." if state is State.REPORTED else "Nothing published yet.",
            done=state is State.REPORTED,
            place="publish",
        ),
    )
