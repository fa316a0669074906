"""What two answers of the same people showed, in sentences; made by rule."""

import numpy as np
from msgspec import Struct

from analysis.comparing.choosing import Comparison
from analysis.comparing.effects import Size
from analysis.comparing.paired import changes
from analysis.comparing.saying import CLEAR, FEW, HINT, effect_words, p_words
from analysis.comparing.tables import Counts
from analysis.wording import count_words

SHORT = 40
"""Letters of a title that a sentence can hold; of longer ones it says “the first”, “the second”."""
_SPLIT = {
    Size.SLIGHT: "nearly even",
    Size.SMALL: "a little uneven",
    Size.MODERATE: "clearly uneven",
    Size.LARGE: "very uneven",
}


class ComparedTwice(Struct, frozen=True, eq=False):
    """`table` is first × second answer, `values` its words in order, on a scale most positive
    first."""

    first: str
    second: str
    values: tuple[str, ...]
    table: Counts


def paired_sentence(compared: ComparedTwice, found: Comparison | None) -> str:
    """Who answered both alike, who did not and in which direction, and how surely."""
    people = int(compared.table.sum())
    if found is None or not people:
        return "Nobody answered both of them, so there is nothing to compare."
    towards, away = (int(each.sum()) for each in changes(compared.table))
    same = int(np.trace(compared.table))
    if not towards + away:
        return f"Everybody who answered both, {people:,} in all, gave both the same answer."
    alike = f"Of the {people:,} who answered both, {count_words(same, people)} answered alike"
    return f"{alike}, {_moves(compared, towards, away)}. {_surely(found, towards + away)}"


def _moves(compared: ComparedTwice, towards: int, away: int) -> str:
    first, second = _called(compared.first, "the first"), _called(compared.second, "the second")
    top = f"“{compared.values[0]}”"
    if len(compared.values) == 2:
        return f"{towards:,} answered {top} to {second} only, and {away:,} to {first} only"
    return f"{towards:,} put {second} nearer {top} than {first}, and {away:,} the other way about"


def _called(title: str, place: str) -> str:
    return f"“{title}”" if len(title) <= SHORT else place


def _surely(found: Comparison, moved: int) -> str:
    told = f"{found.name}, n = {found.n:,}, {p_words(found.p)}"
    if found.p < CLEAR:
        clear = f"Chance alone would seldom split those {moved:,} as unevenly ({told})."
        return f"{clear} {_much(found)}".rstrip()
    if found.p < HINT:
        return f"They may lean one way, or chance alone may have made it so ({told})."
    if moved < FEW:
        return f"So few answered differently that no leaning can be told from chance ({told})."
    return f"Chance alone often splits them as unevenly as that ({told})."


def _much(found: Comparison) -> str:
    effect = found.effect
    return f"The split is {_SPLIT[effect.size]} ({effect_words(effect)})." if effect else ""


def paired_hedge(found: Comparison | None) -> str:
    """What it does not tell."""
    if found is None:
        return ""
    few = f"Only {found.n} answered both, so a few people could change this. "
    return (
        f"{few if found.n < FEW else ''}Both answers came in one response, so they show no change "
        "over time. This is about those who answered, not about everybody who could have."
    )
