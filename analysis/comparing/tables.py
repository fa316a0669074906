"""A table of counts, groups × values, and what can be said of any such table."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

LEAST_EXPECTED, LEAST_OF_ANY, MOST_BELOW = 5.0, 1.0, 0.2


def table_of(counts: ArrayLike) -> Counts:
    """Whole counts, groups × values. Raises ValueError unless it has two dimensions and nothing
    below zero."""
    table = np.asarray(counts, np.int64)
    if table.ndim != 2 or table.min(initial=0) < 0:
        raise ValueError("a table has groups × values, each of zero or more people")
    return table


def inhabited(table: Counts) -> Counts:
    """The table without groups and values that nobody is in, which no test can use."""
    people: Counts = table[table.any(axis=1)][:, table.any(axis=0)]
    return people


def expected(table: Counts) -> Floats:
    """The counts that the margins alone would give, in the table's shape."""
    total = table.sum()
    return (
        np.outer(table.sum(axis=1), table.sum(axis=0)) / total if total else np.zeros(table.shape)
    )


def is_sparse(table: Counts) -> bool:
    """Whether too little is expected for the chi-square distribution: under 1 anywhere, or under
    5 in more than a fifth of the cells.

    Cochran, Biometrics 10 (1954) 417-451, section 2.
    """
    cells = expected(table)
    return bool((cells < LEAST_OF_ANY).any() or (cells < LEAST_EXPECTED).mean() > MOST_BELOW)


def midranks(values: Counts) -> Floats:
    """The rank that everybody at each value shares, from the people at each value in order."""
    return np.cumsum(values) - (values - 1) / 2


def tied(values: Counts) -> float:
    """What ties take from the variance of ranks: the sum of t³ - t over the people t at a value."""
    people = values.astype(np.float64)
    return float((people**3 - people).sum())
