"""What a comparison found, in sentences that a careful colleague would sign; made by rule.

Never a verdict without its numbers, never “significant”, and never a word about people who did not
answer: whoever answers an open consultation chose to.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from analysis.comparing.choosing import Comparison, Order
from analysis.comparing.effects import Effect, Size
from analysis.comparing.ranks import Pair
from analysis.comparing.tables import Counts
from analysis.wording import count_words
from app.words import percent

CLEAR, HINT = 0.05, 0.10
FEW, HANDFUL = 30, 5
ENOUGH = 100
"""How many each group must have before a difference is called slight that was not clear."""
MOST_LISTED = 4
"""Of more groups the sentence tells the two ends, and the table beside it the rest."""
_OF_SCALES = ("Mann–Whitney U", "Kruskal–Wallis H")
_TELLS = {
    Size.SLIGHT: "next to nothing",
    Size.SMALL: "a little",
    Size.MODERATE: "something",
    Size.LARGE: "much",
}


class Compared(Struct, frozen=True):
    """What was compared, in words. `groups` and `table` hold groups with people only, like the
    comparison's bases. `counted` are the places of the values that are told of, “agreed” say, as
    `verb` words it: “agreed”, “chose ‘yes’”. `looked_at` is the size of the family, `empty` are
    the groups without people. Where groups are ORDERED they stand as they are given."""

    groups: tuple[str, ...]
    table: Counts
    counted: tuple[int, ...]
    verb: str
    looked_at: int
    order: Order = Order.NONE
    empty: tuple[str, ...] = ()


def sentence(compared: Compared, found: Comparison | None) -> str:
    """Who said what, how surely they differ, how much, and what that does not tell."""
    words = finding(compared, found)
    return words if found is None else f"{words} {hedge(found)}"


def finding(compared: Compared, found: Comparison | None) -> str:
    """The sentence without what it does not tell, for pages that say that once for several."""
    if found is None:
        return _nothing_to_compare(compared)
    parts = [_shares(compared), _nobody(compared), _direction(compared, found)]
    parts += [_surely(compared, found), _much(found)]
    parts += [_pairs(compared, found.pairs)] if found.pairs and _p(found) < CLEAR else []
    return " ".join(part for part in parts if part)


def p_words(p: float) -> str:
    """Like “p = 0.012” and “p under 0.001”; never p = 0 and never p = 1.00."""
    if p < 0.001:
        return "p under 0.001"
    if p > 0.99:
        return "p over 0.99"
    return f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def _p(found: Comparison) -> float:
    return found.p if found.p_adjusted is None else found.p_adjusted


def _nothing_to_compare(compared: Compared) -> str:
    """Why: nobody, one group alone, or everybody alike."""
    people = int(compared.table.sum())
    if not people:
        return "Nobody in these groups answered, so there is nothing to compare."
    if len(compared.groups) < 2:
        only = f"Only “{compared.groups[0]}” has answers ({people:,})"
        return f"{only}, so there is nothing to compare it with."
    did = int(compared.table[:, list(compared.counted)].sum())
    if did == people:
        everybody = f"Everybody in these groups, {people:,} in all, {compared.verb}"
        return f"{everybody}, so there is no difference."
    if not did:
        nobody = f"None of the {people:,} in these groups {compared.verb}"
        return f"{nobody}, so there is no difference."
    return f"The {people:,} people in these groups all answered alike, so there is no difference."


def _shares(compared: Compared) -> str:
    """Each group's share with its count and base."""
    people = compared.table[:, list(compared.counted)].sum(axis=1)
    bases = compared.table.sum(axis=1)
    if len(bases) > MOST_LISTED:
        return _ends(compared, people, bases)
    first, *others = (
        (name, _share(int(n), int(base), bases))
        for name, n, base in zip(compared.groups, people, bases, strict=True)
    )
    rest = "".join(f"; among “{name}”, {share}" for name, share in others)
    return f"Among “{first[0]}”, {first[1]} {compared.verb}{rest}."


def _share(n: int, base: int, bases: Counts) -> str:
    """Counts come first in every group where any has few."""
    if int(bases.min()) < FEW:
        return f"{n:,} of {base:,} ({percent(n / base)})"
    return count_words(n, base)


def _ends(compared: Compared, people: Counts, bases: Counts) -> str:
    """The two groups furthest apart, of those with more than a handful where there are two."""
    large = bases >= HANDFUL
    there = np.flatnonzero(large if large.sum() > 1 else bases > 0)
    order = there[np.argsort(-people[there] / bases[there], kind="stable")]
    most, least = (
        f"“{compared.groups[at]}”, where {_share(int(people[at]), int(bases[at]), bases[there])}"
        for at in (order[0], order[-1])
    )
    told = f"Of {len(bases)} groups, the furthest apart are {most} {compared.verb}, and {least} did"
    aside = len(there) < (bases > 0).sum()
    return f"{told} (groups of fewer than {HANDFUL} aside)." if aside else f"{told}."


def _nobody(compared: Compared) -> str:
    if not compared.empty:
        return ""
    if len(compared.empty) > MOST_LISTED:
        return f"{len(compared.empty)} groups have no answer."
    return f"Nobody in {_listed(compared.empty)} answered."


def _direction(compared: Compared, found: Comparison) -> str:
    """Whether the share rises or falls along groups that stand in an order."""
    if compared.order is Order.NONE or _p(found) >= CLEAR:
        return ""
    people = compared.table[:, list(compared.counted)].sum(axis=1)
    bases = compared.table.sum(axis=1)
    places = np.arange(len(bases)) - (np.arange(len(bases)) * bases).sum() / bases.sum()
    leaning = float((places * (people - bases * people.sum() / bases.sum())).sum())
    way = "rises" if leaning > 0 else "falls"
    ends = f"from “{compared.groups[0]}” to “{compared.groups[-1]}”"
    return f"On the whole that share {way} {ends}." if leaning else ""


def _surely(compared: Compared, found: Comparison) -> str:
    words = _how_surely(compared, found)
    # The share told of may differ where the scale as a whole does not, and the other way about.
    if found.name not in _OF_SCALES:
        return words
    return f"Over the whole scale, {words[0].lower()}{words[1:]}"


def _how_surely(compared: Compared, found: Comparison) -> str:
    p, told = _p(found), _told(compared, found)
    if p < CLEAR:
        return f"Chance alone would seldom make the groups differ as much as this ({told})."
    if p < HINT:
        return f"There may be a difference, or chance alone may have made it ({told})."
    if found.n < FEW:
        return f"With so few answers, no difference can be told from chance ({told})."
    return f"Chance alone often makes as much difference as this ({told})."


def _told(compared: Compared, found: Comparison) -> str:
    """The test, n, p, and how many comparisons p was discounted for."""
    words = f"{found.name}, n = {found.n:,}, {p_words(_p(found))}"
    if found.p_adjusted is None or compared.looked_at < 2:
        return words
    return f"{words} after allowing for the {compared.looked_at} comparisons looked at"


def _much(found: Comparison) -> str:
    """What a clear difference amounts to, and how large one that is not clear may yet be."""
    effect = found.effect
    if effect is None:
        return ""
    if _p(found) < CLEAR:
        size = f"The difference is {effect.size} ({effect_words(effect)})"
        return f"{size}: which group people are in tells {_TELLS[effect.size]} about their answer."
    most = effect.likely[1]
    if most is Size.SLIGHT and min(found.bases) >= ENOUGH:
        return f"If there is a difference at all, it is slight ({effect_words(effect)})."
    if _p(found) < HINT:
        return ""
    none = "That does not show that there is none"
    if most is Size.SLIGHT or min(found.bases) < FEW:
        return f"{none}."
    return f"{none}: a {most} one cannot be ruled out."


def effect_words(effect: Effect) -> str:
    """Like “rank-biserial 0.27, 95% interval 0.10 to 0.43: small to moderate”."""
    least, most = effect.likely
    sizes = f"{least} to {most}" if least != most else str(least)
    high = "no upper limit" if effect.high is None else _two(effect.high)
    return f"{effect.name} {_two(effect.value)}, 95% interval {_two(effect.low)} to {high}: {sizes}"


def _two(value: float) -> str:
    """With a minus sign, and none before nought."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")


def _pairs(compared: Compared, pairs: Sequence[Pair]) -> str:
    apart = [
        f"“{compared.groups[pair.first]}” and “{compared.groups[pair.second]}”"
        for pair in pairs
        if pair.p_adjusted < CLEAR
    ]
    if not apart:
        return "Taken two at a time, no two groups can be said to differ."
    if len(apart) == len(pairs):
        return "Taken two at a time, every group differs from every other."
    if len(apart) > MOST_LISTED:
        return f"Taken two at a time, {len(apart)} of the {len(pairs)} pairs of groups differ."
    return f"Taken two at a time, these differ: {'; '.join(apart)}."


def hedge(found: Comparison) -> str:
    """What a comparison does not tell."""
    if any(base < FEW for base in found.bases):
        small = f"The smallest group has {min(found.bases)}, so a few people could change this. "
    else:
        small = ""
    return f"{small}This is about those who answered, not about everybody who could have."


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{each}”" for each in words]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def inhabited_groups(names: Sequence[str], table: Counts) -> tuple[tuple[str, ...], Counts]:
    """The groups that anybody is in, and their rows, as a comparison counts them."""
    there = table.sum(axis=1) > 0
    return tuple(name for name, people in zip(names, there, strict=True) if people), table[there]
