"""Everything that can be chosen in answer to a question, in the one order used everywhere."""

from surveys.questionnaire import (
    OTHER,
    Dropdown,
    Grid,
    Likert,
    Multiple,
    Option,
    Question,
    Ranking,
    Single,
)
from surveys.scales import scale_options

_OTHER = Option(OTHER, {"en": "Other", "cy": "Arall", "ar": "غير ذلك"})


def choices(question: Question) -> tuple[Option, ...]:
    """The options, then “other”, then “don't know”; for a grid, those of every row. Empty for a
    question that is answered in words."""
    if isinstance(question, Likert | Grid):
        return scale_options(question)
    if isinstance(question, Single | Multiple | Dropdown):
        return question.options + ((_OTHER,) if question.other else ())
    return question.options if isinstance(question, Ranking) else ()


def offers_other(question: Question) -> bool:
    return isinstance(question, Single | Multiple | Dropdown) and question.other


def shared_by_rows(question: Question) -> tuple[str, ...]:
    """The values of a grid's rows; empty for every other question."""
    return tuple(row.value for row in question.rows) if isinstance(question, Grid) else ()


def most_ranks(question: Ranking) -> int:
    """How many of its options a person may rank."""
    return question.max_choices or len(question.options)
