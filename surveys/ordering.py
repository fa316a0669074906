"""In which order a person sees options: one of a few, so that each page can be kept as bytes.

Orders are rotations of the list as written, forwards and backwards. Over all of them each option
stands equally often at each place where the number of options divides `ROTATIONS`, and nearly so
where it does not.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from surveys.questionnaire import Dropdown, Grid, Multiple, Question, Ranking, Single

T = TypeVar("T")

ROTATIONS = 12
ORDERINGS = 2 * ROTATIONS


def ordered(listed: Sequence[T], ordering: int) -> tuple[T, ...]:
    """The list in one of the orders, 0 to `ORDERINGS` - 1; 0 is as written."""
    turn, backwards = divmod(ordering % ORDERINGS, 2)
    start = turn * len(listed) // ROTATIONS
    turned = (*listed[start:], *listed[:start])
    return turned[::-1] if backwards else turned


def varies(question: Question) -> bool:
    if not isinstance(question, Single | Multiple | Dropdown | Ranking | Grid):
        return False
    return question.random_order


def any_varies(questions: Iterable[Question]) -> bool:
    return any(varies(question) for question in questions)
