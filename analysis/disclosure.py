"""What may be shown of small numbers about sensitive things without giving anybody away."""

from collections.abc import Sequence

from analysis.counting import Cells


def protected(cells: Cells, threshold: int, *, route_tells: bool = False) -> Cells:
    """The cells with None for each of 1 to threshold - 1, and for those that would give one away.

    Zeros show. How many left the question out shows too: it says nothing of anybody's
    characteristic. Where fewer than the threshold answered, or where hiding single cells cannot
    keep the small ones from being worked out, nothing of the question is shown; nor where
    `route_tells`, who was asked being those who said something sensitive before, and they are few.
    """
    answered, missing, not_routed = cells.answered, cells.missing, cells.not_routed
    if answered is None or missing is None or not_routed is None or 0 < answered < threshold:
        return withheld(cells)
    if route_tells and any(0 < n < threshold for n in (answered + missing, not_routed)):
        return withheld(cells)
    hidden = _hidden([n or 0 for n in cells.options], threshold)
    if hidden is None:
        return withheld(cells)
    options = tuple(None if at in hidden else n for at, n in enumerate(cells.options))
    return Cells(answered, missing, not_routed, options)


def withheld(cells: Cells) -> Cells:
    return Cells(None, None, None, tuple(None for _ in cells.options))


def _hidden(counts: Sequence[int], threshold: int) -> set[int] | None:
    """The positions to hide; None when no choice of them is safe. The smallest others are hidden
    with the small ones until nothing follows from how many answered.

    That holds of a multiple choice too: 36 of 40 who chose one thing leave 4 who must have chosen
    another, and whoever chose “none of these” chose nothing else.
    """
    hidden = [at for at, n in enumerate(counts) if 0 < n < threshold]
    spare = sorted(
        (at for at, n in enumerate(counts) if n >= threshold),
        key=lambda at: counts[at],
        reverse=True,
    )
    while hidden and not _is_safe([counts[at] for at in hidden], threshold):
        if not spare:
            return None
        hidden.append(spare.pop())
    return set(hidden)


def _is_safe(hidden: Sequence[int], threshold: int) -> bool:
    """Whether the sum of the hidden counts, which anybody can work out, leaves each of them open.

    A lone one is the sum. All must be 1 when the sum is their number; all must be threshold - 1
    when it is as large as so many small numbers can make it.
    """
    number, total = len(hidden), sum(hidden)
    return number > 1 and total not in (number, number * (threshold - 1))
