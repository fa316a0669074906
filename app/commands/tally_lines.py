"""A tally for people at a terminal: the numbers of its `--json`, a line for each answer."""

from collections.abc import Iterator, Sequence

from analysis.comparing.saying import p_words
from analysis.tally import GroupTally, GroupTest, OptionTally, QuestionTally, RowTally, Tally
from analysis.wording import FEW
from app.words import number, percent

_STEP = "  "


def tally_lines(counted: Tally) -> Iterator[str]:
    by = counted.by or ""
    for question in counted.questions:
        yield from _item(question, f"{question.key} ({question.type})", by)


def _item(item: QuestionTally | RowTally, name: str, by: str) -> Iterator[str]:
    yield from _counts(item, name)
    for group in item.groups or ():
        yield from _indented(_counts(group, f"{by} {group.value}"))
    if item.test:
        yield _STEP + _test(item.test)
    if isinstance(item, QuestionTally):
        for row in item.rows or ():
            yield from _indented(_item(row, row.value, by))
        for part in item.rounds or ():
            yield from _indented(_item(part, f"Round {part.round}", by))


def _counts(item: QuestionTally | RowTally | GroupTally, name: str) -> Iterator[str]:
    answered = "" if item.answered is None else f" {number(item.answered)} answered"
    yield f"{name}:{answered}"
    yield from _indented(_options(item.options, item.answered))


def _options(options: Sequence[OptionTally], answered: int | None) -> Iterator[str]:
    for option in options:
        share = option.share if (answered or 0) >= FEW else None
        n = "" if option.n is None else f" {number(option.n)}"
        yield f"{option.value}:{n}{'' if share is None else _STEP + percent(share)}"
        if option.test:
            yield _STEP + _test(option.test)


def _test(test: GroupTest) -> str:
    if test.p is None or test.p_adjusted is None:
        return f"{test.name}: not shown"
    effect = "" if test.effect is None else f"; {test.effect_name} {test.effect:.2f}"
    return f"{test.name}: {p_words(test.p)}, adjusted {p_words(test.p_adjusted)}{effect}"


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (_STEP + line for line in lines)
