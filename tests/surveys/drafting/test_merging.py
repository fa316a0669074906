"""Two officers' changes of one thing, brought together so that neither is lost unseen.

1. Every part of the result is mine or what is there now; what only one changed is taken from it.
2. A conflict is told exactly when both changed the same part, each in their own way.
3. Texts merge language by language; options, rows and strands while they are the same ones.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from surveys.drafting.applying import cover_of
from surveys.drafting.merging import Conflict, cover, head, merged
from surveys.questionnaire import (
    Condition,
    LongText,
    Multiple,
    Option,
    Page,
    Question,
    Questionnaire,
    Row,
    ShortText,
    Single,
    Strand,
    type_name,
)
from tests.surveys.drafts import new_questions

ABSENT = object()
WHY = LongText(key="why", text="Why?")
YES_NO = (Option("yes", "Yes"), Option("no", "No"))
RUN = Single(key="run", text={"en": "Run?", "cy": "Rhedeg?"}, options=YES_NO)


def parts(question: Question) -> dict[str, Any]:
    """Every part that can change by itself: a setting, or a text in one language."""
    found: dict[str, Any] = {"type": type_name(question)}
    for name in question.__struct_fields__:
        value = getattr(question, name)
        if name in ("text", "hint", "unit"):
            said = value if isinstance(value, dict) else {"en": value}
            found.update({f"{name}.{language}": words for language, words in said.items()})
        else:
            found[name] = value
    return found


@st.composite
def changed(draw: st.DrawFn, question: Question) -> Question:
    """The question with some settings taken from another of the same type, or another at all."""
    other = draw(new_questions(draw(st.sampled_from(["why", "else"]))))
    if type(other) is not type(question):
        return draw(st.sampled_from([question, other]))
    names = draw(st.sets(st.sampled_from(question.__struct_fields__)))
    return replace(question, **{name: getattr(other, name) for name in names})


@given(st.data())
def test_each_part_is_mine_or_now_and_conflicts_are_told(data: st.DataObject) -> None:
    opened = data.draw(new_questions("why"))
    mine, now = data.draw(changed(opened)), data.draw(changed(opened))
    result = merged(opened, mine, now, language="en")
    before, ours, theirs = parts(opened), parts(mine), parts(now)
    clashes = {
        name.partition(".")[0]
        for name in {*before, *ours, *theirs}
        if _differ(*(each.get(name, ABSENT) for each in (before, ours, theirs)))
    }
    assert {conflict.field for conflict in result.conflicts} == clashes
    assert (result.value is None) is bool(clashes)
    if result.value is not None:
        _check_nothing_lost(before, ours, theirs, parts(result.value))


def _differ(opened: Any, mine: Any, now: Any) -> bool:
    return bool(mine != opened and now != opened and mine != now)


def _check_nothing_lost(
    before: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], made: Any
) -> None:
    for name in {*before, *ours, *theirs, *made}:
        opened, mine, now, value = (each.get(name, ABSENT) for each in (before, ours, theirs, made))
        assert value == (now if mine == opened else mine)


@given(st.data())
def test_one_change_alone_is_taken_whole(data: st.DataObject) -> None:
    opened = data.draw(new_questions("why"))
    other = data.draw(changed(opened))
    assert merged(opened, other, opened).value == other
    assert merged(opened, opened, other).value == other
    assert merged(opened, other, other).value == other


def test_both_words_of_a_conflict_are_told() -> None:
    mine, now = replace(WHY, text="Why so?", hint="H"), replace(WHY, text="Why not?")
    result = merged(WHY, mine, now)
    assert result.value is None
    assert result.conflicts == (Conflict("text", "Why?", "Why so?", "Why not?"),)


def test_two_translators_do_not_get_in_each_others_way() -> None:
    mine = replace(WHY, text={"en": "Why?", "cy": "Pam?"})
    now = replace(WHY, text={"en": "Why?", "ar": "لماذا؟"})
    whole = merged(WHY, mine, now, language="en").value
    assert whole == replace(WHY, text={"en": "Why?", "cy": "Pam?", "ar": "لماذا؟"})
    reworded = merged(WHY, mine, replace(WHY, text="But why?"), language="en").value
    assert reworded == replace(WHY, text={"en": "But why?", "cy": "Pam?"})


def test_a_translation_taken_out_and_changed_is_a_conflict() -> None:
    mine = replace(RUN, text={"en": "Run?"})
    now = replace(RUN, text={"en": "Run?", "cy": "Rhedeg ’te?"})
    assert [each.field for each in merged(RUN, mine, now).conflicts] == ["text"]


def test_options_merge_one_by_one_while_they_are_the_same_ones() -> None:
    mine = replace(RUN, options=(Option("yes", "Yes, I do"), YES_NO[1]))
    now = replace(RUN, options=(YES_NO[0], Option("no", "No", exclusive=True)))
    whole = merged(RUN, mine, now).value
    assert whole == replace(
        RUN, options=(Option("yes", "Yes, I do"), Option("no", "No", exclusive=True))
    )
    longer = replace(RUN, options=(*YES_NO, Option("maybe", "Maybe")))
    assert [each.field for each in merged(RUN, mine, longer).conflicts] == ["options"]


def test_another_type_and_other_options_are_a_conflict() -> None:
    mine = LongText(key="run", text=RUN.text)
    assert merged(RUN, mine, replace(RUN, hint="H")).value == replace(mine, hint="H")
    now = replace(RUN, options=YES_NO[:1])
    found = merged(RUN, mine, now)
    assert found.conflicts == (Conflict("options", YES_NO, None, YES_NO[:1]),)
    many = Multiple(key="run", text=RUN.text, options=YES_NO)
    assert merged(RUN, mine, many).conflicts == (
        Conflict("type", "single", "long_text", "multiple"),
    )


@pytest.mark.parametrize(
    "condition", [Condition(question="a", answered=True), Condition(question="b", is_="x")]
)
def test_a_condition_is_one_thing(condition: Condition) -> None:
    mine = replace(WHY, show_if=condition)
    now = replace(WHY, show_if=Condition(question="c", is_="x"))
    assert [each.field for each in merged(WHY, mine, now).conflicts] == ["show_if"]


def test_heads_of_pages_merge_without_their_questions() -> None:
    page = Page("One", (WHY,), key="one")
    mine = replace(page, title="First", questions=())
    now = replace(page, strand="paths", questions=(ShortText(key="b", text="B"),))
    assert merged(head(page), head(mine), head(now)).value == Page(
        "First", (), key="one", strand="paths"
    )


def test_covers_merge_strand_by_strand() -> None:
    strands = (Strand("a", "A", proposals=(Row("x", "X"),)), Strand("b", "B"))
    opened = Questionnaire("Parks", ("en",), (Page("One", (WHY,)),), strands=strands)
    mine = replace(opened, title="Woods", strands=(strands[0], Strand("b", "Bee")), pages=())
    now = replace(opened, strands=(replace(strands[0], proposals=(Row("x", "Ex"),)), strands[1]))
    whole = merged(cover(opened), cover(mine), cover(now)).value
    assert whole is not None
    assert cover_of(whole).title == "Woods"
    assert whole.strands == (
        Strand("a", "A", proposals=(Row("x", "Ex"),)),
        Strand("b", "Bee"),
    )
