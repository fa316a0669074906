"""What others changed in a draft since an officer last looked."""

from msgspec import Struct

from surveys.store import Change, Draft


class News(Struct, frozen=True):
    """Changes by others, the newest first. `steps` counts takings back and makings again, which
    the history shows at the change itself."""

    changes: tuple[Change, ...] = ()
    steps: int = 0

    def __bool__(self) -> bool:
        return bool(self.changes or self.steps)


def news(draft: Draft, changes: tuple[Change, ...], *, since: int | None, reader: str) -> News:
    """`since` is the revision that the reader saw last."""
    if since is None:
        return News()
    newer = tuple(each for each in changes if each.number > since)
    theirs = tuple(each for each in newer if each.by != reader)
    # Every change, taking back and making again is a revision; only changes have a number.
    others = draft.revision - since - len(newer)
    return News(theirs, max(others, 0) if len(newer) < len(changes) or not changes else 0)
