"""The numbers and dates that were given to one question, beside the matrix."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.counting import Form
from analysis.crosstab import Marks
from analysis.measures import Measured, Values, measured_by
from analysis.store.answers_kept import answers_beside

EPOCH = 719_163
"""The ordinal of 1 January 1970, from which NumPy counts days."""


async def measured(consultation_id: int, asked: Form, marks: Sequence[Marks]) -> Measured:
    """What the numbers or dates say that those gave who are looked at; `marks` are the matrix's
    blocks, narrowed or not."""
    return measured_by(asked, marks, await values(consultation_id, asked, marks))


async def values(consultation_id: int, asked: Form, marks: Sequence[Marks]) -> Values:
    """Beside each block's responses, in its order, the number that was given or the ordinal of the
    date; nan for none."""
    reading = days if asked.type == "date" else numbers
    return await answers_beside(consultation_id, asked, marks, reading, nothing=np.nan)


def numbers(answers: Sequence[Any]) -> NDArray[np.float64]:
    return np.array(answers, np.float64)


def days(answers: Sequence[Any]) -> NDArray[np.float64]:
    """ISO dates as ordinals."""
    return np.array(answers, "datetime64[D]").astype(np.int64).astype(np.float64) + EPOCH
