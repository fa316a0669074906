"""What people wrote beside “other”: the same words together, and the figures once an officer has
put them to an option or to a category of their own."""

import hashlib
import hmac
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.counting import Form
from analysis.crosstab import Bits, Groups, Marks, among, groups_by_mask, groups_by_question
from surveys.questionnaire import OTHER

APART = frozenset("PZC")
"""The first letters of Unicode's categories of punctuation, spaces and controls."""


class Put(Struct, frozen=True):
    """Where a text belongs: to an option, or to a category that an officer named. Neither: it
    stays as it is."""

    value: str = ""
    category: str = ""

    @property
    def moves(self) -> bool:
        return bool(self.value or self.category)


class Wrote(Struct, frozen=True):
    """What one person wrote beside “other” of a question; `key` is as the newest version has it."""

    response_id: int
    key: str
    text: str


class Writing(Struct, frozen=True):
    """One text, in its commonest spelling. `words` stands for it in whatever spelling, and `put` is
    None until somebody decides."""

    words: str
    text: str
    spellings: int
    people: tuple[int, ...]
    put: Put | None


class OtherLine(Struct, frozen=True):
    """`value` is an option's, or empty where `category` is one that an officer named."""

    value: str
    category: str
    given: int
    coded: int


class OtherCoded(Struct, frozen=True):
    """People for each value as given, and with “other” coded in; each counts once for a value.
    `moved` are those whose text was put to an option or a category. `waiting` wrote a text that
    nobody has decided on, `silent` wrote none."""

    answered: int
    lines: tuple[OtherLine, ...]
    moved: int
    left: int
    waiting: int
    silent: int


def folded(text: str) -> str:
    """The text without case, spaces and punctuation; one of nothing else stays as it is."""
    even = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(each for each in even if unicodedata.category(each)[0] not in APART)
    return bare or even.strip()


def words_mark(secret: bytes, text: str) -> str:
    """What stands for a text, in whatever spelling. Keyed: a word is soon found by trying."""
    return hmac.digest(secret, b"other:" + folded(text).encode(), hashlib.sha256).hex()


def writings(
    wrote: Iterable[Wrote], put: Mapping[str, Put], *, secret: bytes
) -> tuple[Writing, ...]:
    """The texts of one question: what nobody has decided on first, then by most people."""
    by_words: dict[str, list[Wrote]] = {}
    for each in wrote:
        by_words.setdefault(folded(each.text), []).append(each)
    found = (_writing(those, put, secret) for those in by_words.values())
    return tuple(
        sorted(found, key=lambda each: (each.put is not None, -len(each.people), each.text))
    )


def with_other_coded(asked: Form, marks: Sequence[Marks], written: Sequence[Writing]) -> OtherCoded:
    """The figures of those who are looked at, from all that was written beside this question."""
    given = groups_by_question(asked, marks)
    others = _one(given, asked.values.index(OTHER))
    targets = list(dict.fromkeys(each.put for each in written if each.put and each.put.moves))
    moved = among(_writers(targets, marks, written), others)
    answered = sum(int(np.bitwise_count(each.states(asked, None)[0]).sum()) for each in marks)
    lines = _lines(asked, given, moved, targets)
    left, waiting = (
        among(_writers([wanted], marks, written), others).bases().tolist()[0]
        for wanted in (Put(), None)
    )
    all_moved = int(sum(np.bitwise_count(_either(bits)).sum() for bits in moved.members))
    chose = int(others.bases()[0])
    silent = chose - all_moved - left - waiting
    return OtherCoded(answered, lines, all_moved, left, waiting, silent)


def _writing(those: Sequence[Wrote], put: Mapping[str, Put], secret: bytes) -> Writing:
    spellings = Counter(each.text.strip() for each in those)
    # The commonest, and of equally common ones always the same.
    text = min(spellings, key=lambda each: (-spellings[each], each))
    words = words_mark(secret, text)
    people = tuple(sorted({each.response_id for each in those}))
    return Writing(words, text, len(spellings), people, put.get(words))


def _writers(
    targets: Sequence[Put | None], marks: Sequence[Marks], written: Sequence[Writing]
) -> Groups:
    """Who wrote what was put to each."""
    people = [
        np.array([one for each in written if each.put == put for one in each.people], np.int64)
        for put in targets
    ]
    masks = [_masks(each.block.ids, people) for each in marks]
    return groups_by_mask([str(at) for at in range(len(targets))], masks)


def _masks(ids: NDArray[np.int64], people: Sequence[NDArray[np.int64]]) -> NDArray[np.bool_]:
    return np.array([np.isin(ids, each) for each in people], np.bool_).reshape(
        len(people), ids.size
    )


def _lines(
    asked: Form, given: Groups, moved: Groups, targets: Sequence[Put]
) -> tuple[OtherLine, ...]:
    at = {put: place for place, put in enumerate(targets)}
    plain = given.bases().tolist()
    lines = []
    for place, value in enumerate(asked.values):
        coded = 0
        for before, new in zip(given.members, moved.members, strict=True):
            bits = before[place]
            if value == OTHER:
                bits = bits & ~_either(new)
            elif Put(value) in at:
                bits = bits | new[at[Put(value)]]
            coded += int(np.bitwise_count(bits).sum())
        lines.append(OtherLine(value, "", plain[place], coded))
    new_ones = zip(targets, moved.bases().tolist(), strict=True)
    return (*lines, *(OtherLine("", put.category, 0, n) for put, n in new_ones if put.category))


def _one(groups: Groups, at: int) -> Groups:
    return Groups(groups.names[at : at + 1], tuple(bits[at : at + 1] for bits in groups.members))


def _either(members: Bits) -> Bits:
    either: Bits = np.bitwise_or.reduce(members, axis=0)
    return either
