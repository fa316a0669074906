"""What a later edition keeps back: figures a few responses away from those already published.

Editions stay for ever, so whoever knows which response was added or taken away between two could
read its answers to a sensitive question from the difference.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from publications.report import ReportedItem, ReportedQuestion


def kept_back(
    questions: Sequence[ReportedQuestion],
    earlier: Sequence[Sequence[ReportedQuestion]],
    *,
    threshold: int,
) -> tuple[ReportedQuestion, ...]:
    """The questions of an edition, each sensitive one without its numbers where any of the earlier
    editions shows it otherwise by less than the threshold."""
    return tuple(
        _without_numbers(question)
        if question.special_category and _tells(question, earlier, threshold)
        else question
        for question in questions
    )


def _tells(
    question: ReportedQuestion, earlier: Sequence[Sequence[ReportedQuestion]], threshold: int
) -> bool:
    before = [each for edition in earlier for each in edition if each.key == question.key]
    return any(
        _few_apart(now, then, threshold)
        for each in before
        for then in each.items
        for now in question.items
        if now.row == then.row
    )


def _few_apart(now: ReportedItem, then: ReportedItem, threshold: int) -> bool:
    """Whether any number moved by less than the threshold, or was hidden in one of two editions
    that lie so close."""
    if now.answered is None or then.answered is None:
        return False
    known = {option.value: option.n for option in then.options}
    pairs = [
        (now.answered, then.answered),
        (now.missing, then.missing),
        (now.not_routed, then.not_routed),
        *((option.n, known.get(option.value, 0)) for option in now.options),
    ]
    moved = [abs(one - other) for one, other in pairs if one is not None and other is not None]
    hidden = any((one is None) != (other is None) for one, other in pairs)
    close = abs(now.answered - then.answered) < threshold
    return any(0 < each < threshold for each in moved) or (hidden and close)


def _without_numbers(question: ReportedQuestion) -> ReportedQuestion:
    return replace(question, items=tuple(_nothing_of(item) for item in question.items))


def _nothing_of(item: ReportedItem) -> ReportedItem:
    return ReportedItem(
        row=item.row,
        text=item.text,
        answered=None,
        missing=None,
        not_routed=None,
        options=tuple(replace(option, n=None, share=None) for option in item.options),
    )
