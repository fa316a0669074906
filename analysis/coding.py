"""What a coder decides about an answer, its themes and whether it is read, and the way back."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from app.problems import Refusal


class Codings(Struct, frozen=True):
    """The themes of one answer, lowest id first. Finished means read and decided by a person, with
    or without a theme."""

    themes: tuple[int, ...] = ()
    finished: bool = False

    @property
    def mark(self) -> str:
        """A short text that is equal just when the codings are."""
        return f"{'read' if self.finished else 'unread'}.{'.'.join(map(str, self.themes))}"


class Step(Struct, frozen=True):
    """One coder's decision about one answer."""

    text_answer_id: int
    coder: str
    before: Codings
    after: Codings


class ChangedMeanwhile(Refusal):
    """`now` is what the answer's codings are, and `by` who made them so."""

    title = "Someone else coded this answer meanwhile"

    def __init__(self, now: Codings, by: str) -> None:
        super().__init__(f"{by or 'Another coder'} has coded this answer since you opened it.")
        self.now = now
        self.by = by


def codings(themes: Iterable[int], *, finished: bool) -> Codings:
    return Codings(tuple(sorted(set(themes))), finished)


def undone(step: Step, now: Codings, *, by: str = "") -> Codings:
    """The codings as they were before the step. Raises ChangedMeanwhile where they are no longer
    what the step left, since taking it back would undo someone else's work."""
    if now != step.after:
        raise ChangedMeanwhile(now, by)
    return step.before


def with_merges(current: Codings, merges: Mapping[int, int]) -> Codings:
    """The codings with each merged theme taken for the one that took it in, at last."""

    def standing(theme: int) -> int:
        while theme in merges:
            theme = merges[theme]
        return theme

    return codings(map(standing, current.themes), finished=current.finished)
