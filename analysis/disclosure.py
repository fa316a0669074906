"""What may be shown of small numbers about sensitive things without giving anybody away."""

from collections.abc import Sequence
from itertools import product

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.comparing.tables import Counts
from analysis.counting import Cells, Form
from analysis.exchanges import Changes, possible

Hidden = NDArray[np.bool_]


def protected(cells: Cells, threshold: int, form: Form) -> Cells:
    """The cells with None for each of 1 to threshold - 1, and for those that would give one away.

    Zeros show. How many left the question out shows too: it says nothing of anybody's
    characteristic. Where fewer than the threshold answered, or where hiding single cells cannot
    keep the small ones from being worked out, nothing of the question is shown; nor where who was
    asked is those who said something sensitive before, and they are few.
    """
    answered, missing, not_routed = cells.answered, cells.missing, cells.not_routed
    if answered is None or missing is None or not_routed is None or 0 < answered < threshold:
        return withheld(cells)
    if form.follows and any(0 < n < threshold for n in (answered + missing, not_routed)):
        return withheld(cells)
    hidden = _hidden(np.array([n or 0 for n in cells.options]), answered, threshold, form)
    if hidden is None:
        return withheld(cells)
    options = tuple(None if at in hidden else n for at, n in enumerate(cells.options))
    return Cells(answered, missing, not_routed, options)


def protected_by_round(
    whole: Cells, rounds: Sequence[Cells], threshold: int, form: Form
) -> tuple[Cells, tuple[Cells, ...]]:
    """The cells of all rounds and of each. What one round hides could be worked out from the others
    and the whole, so rounds are shown only where none has anything to hide; and then the whole
    only where not everybody is in one cell, who would be in it in each round too."""
    shown = protected(whole, threshold, form)
    parts = tuple(protected(each, threshold, form) for each in rounds)
    if len(parts) < 2 or parts == tuple(rounds):
        return shown, parts
    base = sum(n or 0 for n in (whole.answered, whole.missing, whole.not_routed))
    everybody = base in (whole.missing, whole.not_routed, *whole.options)
    return withheld(whole) if everybody else shown, tuple(map(withheld, rounds))


def withheld(cells: Cells) -> Cells:
    return Cells(None, None, None, tuple(None for _ in cells.options))


def _hidden(counts: Counts, answered: int, threshold: int, form: Form) -> set[int] | None:
    """The positions to hide; None when no choice of them is safe. The smallest others are hidden
    with the small ones until nothing follows from how many answered."""
    hidden = [at for at, n in enumerate(counts) if 0 < n < threshold]
    spare = sorted(
        (at for at, n in enumerate(counts) if n >= threshold),
        key=lambda at: int(counts[at]),
        reverse=True,
    )
    while hidden and not _is_safe(counts, hidden, answered, threshold, form):
        if not spare:
            return None
        hidden.append(spare.pop())
    return set(hidden)


def _is_safe(
    counts: Counts, hidden: Sequence[int], answered: int, threshold: int, form: Form
) -> bool:
    """Whether each small number that is hidden can be another, and one alone never is the sum: 36
    of 40 who chose one thing leave 4 who must have chosen another. All must be threshold - 1 when
    the sum is as large as so many small numbers can make it."""
    number, total = len(hidden), int(counts[list(hidden)].sum())
    if number < 2 or total in (number, number * (threshold - 1)) or form.limited:
        return False
    return all(
        _can_be_another(counts, at, hidden, answered, form)
        for at in hidden
        if counts[at] < threshold
    )


def _can_be_another(
    counts: Counts, at: int, hidden: Sequence[int], answered: int, form: Form
) -> bool:
    """Whether one more or one less, with or without one of the other hidden numbers, could be what
    so many people answered; a hidden number is known to be 1 or more."""
    alone = form.is_alone()
    own = np.eye(counts.size, dtype=np.int64)
    beside = [own[at] * 0, *(own[other] for other in hidden if other != at)]
    for one, sign, another in product((1, -1), (1, -1), beside):
        made = counts + one * own[at] + sign * another
        if made[list(hidden)].min() >= 1 and possible(made, np.array(answered), alone):
            return True
    return False


def small(table: Counts, threshold: int) -> Hidden:
    """The numbers of a table that may not be shown. Its last row and column are whoever is in no
    group, and whoever did not answer. That a whole group did not answer is told by its zeros, and
    those who neither answered nor are in a group said nothing."""
    found = (table > 0) & (table < threshold)
    found[-1, -1] = False
    found[~table[:, :-1].any(axis=1), -1] = False
    found[-1, ~table[:-1].any(axis=0)] = False
    return found


def hidden_cells(table: Counts, threshold: int, changes: Changes) -> Hidden | None:
    """Which cells of a table are not shown, given all the changes that leave what everybody knows
    as it is; None where hiding cells cannot keep the small ones safe.

    Those of 1 to threshold - 1, and for each the cells of a change that alters it: who knows all
    that is shown must find at least two numbers possible. Zeros show, so that a hidden number is
    known to be 1 or more; only where that gives small ones away, zeros are hidden among them.
    """
    wanted = small(table, threshold)
    for least in (1, 0):
        hidden = _opened(table, wanted, changes[_fit(table, changes, least)])
        if hidden is not None and (least or _hides_a_zero(table, hidden)):
            return hidden
    return None


def _hides_a_zero(table: Counts, hidden: Hidden) -> bool:
    """Among the numbers that would stand in the table: then nobody can say which are 1 or more."""
    return bool((hidden & (table == 0))[:-1, :-1].any())


def _fit(table: Counts, changes: Changes, least: int) -> NDArray[np.bool_]:
    """Which changes touch nothing that is known to be zero, and leave nothing under `least`."""
    fits: NDArray[np.bool_] = (
        (changes == 0) | ((table >= least) & (table + changes >= least))
    ).all(axis=(1, 2))
    return fits


def _opened(table: Counts, wanted: Hidden, changes: Changes) -> Hidden | None:
    """The cells wanted with those of the changes that hide the fewest people beside."""
    hidden = wanted.copy()
    touched = changes != 0
    for row, column in np.argwhere(wanted).tolist():
        altering = touched[touched[:, row, column]]
        if not altering.size:
            return None
        cost = np.where(hidden, 0, table + 1)
        hidden |= altering[np.argmin((altering * cost).sum(axis=(1, 2)))]
    return hidden


class InRound(Struct, frozen=True, eq=False):
    """One round's table, and the changes that are possible in it."""

    table: Counts
    changes: Changes


def open_in_rounds(
    table: Counts, hidden: Hidden, rounds: Sequence[InRound], threshold: int
) -> bool:
    """Whether the small numbers of each round stay open where no round's table is shown: by a
    change of hidden numbers only, or by one that another round can undo."""
    least = 0 if _hides_a_zero(table, hidden) else 1
    undone = [{(-change).tobytes() for change in each.changes} for each in rounds]
    for at, part in enumerate(rounds):
        others = set[bytes]().union(*undone[:at], *undone[at + 1 :])
        inside = _fit(table, part.changes, least) & ~(part.changes[:, ~hidden] != 0).any(axis=1)
        unseen = np.array([change.tobytes() in others for change in part.changes], np.bool_)
        altered = (part.changes[inside | unseen] != 0).any(axis=0)
        if (small(part.table, threshold) & ~altered)[:-1, :-1].any():
            return False
    return True
