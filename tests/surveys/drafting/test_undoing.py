"""Changes taken back and made again, alone and after another officer's.

1. Alone, any walk of changes, undos and redos stands where it should, and ends at the beginning.
2. After another's change, what is taken back leaves theirs as it is, or is refused.
"""

from collections.abc import Mapping

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec import Struct

from surveys.drafting.applying import CannotApply, apply
from surveys.drafting.operations import ChangeQuestion, Operation
from surveys.drafting.undoing import fitted_inverse
from surveys.questionnaire import Question, Questionnaire
from surveys.soundness import unsound
from tests.surveys.drafts import drafts, operations


class Step(Struct, frozen=True):
    done: Operation
    inverse: Operation


def applied(draft: Questionnaire, operation: Operation) -> Questionnaire | None:
    try:
        return apply(draft, operation).questionnaire
    except CannotApply:
        return None


def turned(draft: Questionnaire, step: Step) -> tuple[Questionnaire, Step]:
    """The draft with the step taken back, and the step that makes it again."""
    back = fitted_inverse(draft, done=step.done, inverse=step.inverse)
    made = apply(draft, back)
    return made.questionnaire, Step(back, made.inverse)


@given(st.data())
def test_a_walk_of_changes_undone_and_made_again_ends_at_the_beginning(
    data: st.DataObject,
) -> None:
    states = [data.draw(drafts(most=4))]
    done: list[Step] = []
    undone: list[Step] = []
    for act in data.draw(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=8)):
        now = states[len(done)]
        if act == "change":
            operation = data.draw(operations(now))
            if (after := applied(now, operation)) is not None:
                done.append(Step(operation, apply(now, operation).inverse))
                states, undone = [*states[: len(done)], after], []
        elif act == "undo" and done:
            before, step = turned(now, done.pop())
            undone.append(step)
            assert before == states[len(done)]
        elif act == "redo" and undone:
            after, step = turned(now, undone.pop())
            done.append(step)
            assert after == states[len(done)]
    now = states[len(done)]
    for each in reversed(done):
        now, _ = turned(now, each)
    assert now == states[0]


@given(st.data())
def test_what_another_changed_since_stays_or_it_is_refused(data: st.DataObject) -> None:
    first = data.draw(drafts(most=4))
    mine = data.draw(operations(first, deep=False))
    second = applied(first, mine)
    assume(second is not None)
    assert second is not None
    theirs = data.draw(operations(second, deep=False))
    third = applied(second, theirs)
    assume(third is not None)
    assert third is not None
    try:
        last, _ = turned(third, Step(mine, apply(first, mine).inverse))
    except CannotApply:
        return
    assert unsound(last, draft=True) == []
    renamed = {mine.question.key: mine.key} if isinstance(mine, ChangeQuestion) else {}
    _check_kept(second, third, last, renamed)


def _check_kept(
    before: Questionnaire,
    after: Questionnaire,
    last: Questionnaire,
    renamed: Mapping[str, str],
) -> None:
    """Every setting that they changed, and every question that they added, is still theirs.
    Keys, and the conditions that follow them, may change back."""
    old, left = before.by_key(), last.by_key()
    for question in after.questions:
        names = _changed(old.get(question.key), question)
        if names:
            kept = left[renamed.get(question.key, question.key)]
            assert [getattr(kept, name) for name in names] == [
                getattr(question, name) for name in names
            ]


def _changed(was: Question | None, question: Question) -> list[str]:
    names = sorted(set(question.__struct_fields__) - {"key", "show_if"})
    missing = object()
    return [name for name in names if getattr(was, name, missing) != getattr(question, name)]
