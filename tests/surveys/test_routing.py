"""Which questions are asked."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import (
    Condition,
    Date,
    Grid,
    Likert,
    Multiple,
    Number,
    Option,
    Page,
    Question,
    Questionnaire,
    Row,
    ShortText,
    Single,
)
from surveys.routing import (
    condition_words,
    holds,
    left_to_ask,
    may_show,
    pages_ahead,
    pages_shown,
    shown,
)
from tests.surveys.questionnaires import answers_for, questionnaires

YES_NO = (Option("yes", "Yes"), Option("no", {"en": "No", "cy": "Nac ydw"}))
ASKED: tuple[Question, ...] = (
    Single(key="group", text={"en": "Do you run a group?", "cy": "Grŵp?"}, options=YES_NO),
    Multiple(
        key="uses", text="What for?", options=(Option("walk", "Walking"), Option("run", "Running"))
    ),
    Number(key="members", text="How many members?"),
    Date(key="since", text="Since when?"),
    Likert(key="view", text="Do you agree?", scale="agreement", no_opinion=True),
    Grid(key="grid", text="How good?", scale="satisfaction", rows=(Row("paths", "Paths"),)),
    ShortText(key="name", text="What is it called?"),
)
PARKS = Questionnaire("Parks", ("en", "cy"), (Page("One", ASKED),))
BY_KEY = PARKS.by_key()


def on(question: str, **test: Any) -> Condition:
    return Condition(question=question, **test)


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        (on("group", is_="yes"), {"group": "yes"}, True),
        (on("group", is_="yes"), {"group": "no"}, False),
        (on("group", is_="yes"), {}, False),
        (on("group", is_not="yes"), {"group": "no"}, True),
        (on("group", is_not="yes"), {}, True),
        (on("uses", includes="walk"), {"uses": ["run", "walk"]}, True),
        (on("uses", includes="walk"), {"uses": ["run"]}, False),
        (on("uses", includes="walk"), {}, False),
        (on("members", at_least=10), {"members": 10}, True),
        (on("members", at_least=10), {"members": 9.5}, False),
        (on("members", at_least=10), {}, False),
        (on("members", at_most=10), {"members": 10}, True),
        (on("members", at_most=10), {}, False),
        (on("members", is_=3), {"members": 3.0}, True),
        (on("since", at_least="2020-01-01"), {"since": "2020-01-01"}, True),
        (on("since", at_most="2019-12-31"), {"since": "2020-01-01"}, False),
        (on("view", at_least="agree"), {"view": "strongly_agree"}, True),
        (on("view", at_least="agree"), {"view": "neither"}, False),
        (on("view", at_most="disagree"), {"view": "strongly_disagree"}, True),
        (on("view", at_most="disagree"), {"view": "dont_know"}, False),
        (on("grid.paths", is_="satisfied"), {"grid": {"paths": "satisfied"}}, True),
        (on("grid.paths", is_="satisfied"), {"grid": {}}, False),
        (on("grid", answered=True), {"grid": {"paths": "satisfied"}}, True),
        (on("name", answered=True), {"name": "Walkers"}, True),
        (on("name", answered=True), {"name": ""}, False),
        (on("name", answered=False), {}, True),
        (
            Condition(all=(on("group", is_="yes"), on("name", answered=True))),
            {"group": "yes"},
            False,
        ),
        (
            Condition(any=(on("group", is_="yes"), on("name", answered=True))),
            {"group": "yes"},
            True,
        ),
        (Condition(not_=on("group", is_="yes")), {"group": "no"}, True),
    ],
)
def test_a_condition_is_met_by_these_answers(
    condition: Condition, answers: dict[str, Any], expected: bool
) -> None:
    assert holds(condition, answers, BY_KEY) is expected


def test_a_hidden_question_counts_as_unanswered_even_when_it_holds_an_answer() -> None:
    chain = Questionnaire(
        "Chain",
        ("en",),
        (
            Page("One", (ASKED[0],)),
            Page("Two", (ShortText(key="b", text="?", show_if=on("group", is_="yes")),)),
            Page("Three", (ShortText(key="c", text="?", show_if=on("b", answered=True)),)),
        ),
    )
    assert shown(chain, {"group": "no", "b": "left over"}) == {"group"}
    assert pages_shown(chain, {"group": "no", "b": "left over"}) == (1,)
    assert pages_shown(chain, {"group": "yes", "b": "said"}) == (1, 2, 3)
    last = chain.pages[2].questions
    assert may_show(chain, last, {"group": "no", "b": "left over"}) == {}
    assert may_show(chain, last, {"group": "yes", "b": "said"}) == {"c": None}


@given(st.data())
def test_a_hidden_questions_answer_never_influences_the_route(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_for(questionnaire))
    others = data.draw(answers_for(questionnaire))
    route = shown(questionnaire, answers)
    hidden = {key: answer for key, answer in others.items() if key.split(".")[0] not in route}
    assert shown(questionnaire, {**hidden, **answers}) == route


@given(st.data())
def test_the_route_is_the_same_for_the_same_answers_in_any_order(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_for(questionnaire))
    assert shown(questionnaire, dict(reversed(answers.items()))) == shown(questionnaire, answers)


@given(st.data())
def test_a_question_without_a_condition_is_always_shown(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    always = {each.key for each in questionnaire.questions if each.show_if is None}
    assert always <= shown(questionnaire, data.draw(answers_for(questionnaire)))


@given(st.data())
def test_a_page_offers_every_question_that_its_answers_may_bring_up(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_for(questionnaire))
    page = data.draw(st.sampled_from(questionnaire.pages))
    here = {question.key for question in page.questions}
    elsewhere = {key: answer for key, answer in answers.items() if key.split(".")[0] not in here}
    offered = may_show(questionnaire, page.questions, elsewhere)
    routed = shown(questionnaire, answers)
    known = {key: answers.get(key) for key in routed}
    for key in here & routed:
        assert key in offered
    for key, left in offered.items():
        met = left is None or holds(left, known, questionnaire.by_key())
        assert met is (key in routed)


@given(st.data())
def test_the_pages_ahead_hold_the_pages_to_come_and_are_narrowed_by_each_page(
    data: st.DataObject,
) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_for(questionnaire))
    route = pages_shown(questionnaire, answers)
    told = [pages_ahead(questionnaire, answers, at=number) for number in route]
    assert all(least <= len(route) <= most for least, most in told)
    assert [least for least, _ in told] == sorted(least for least, _ in told)
    assert [most for _, most in told] == sorted((most for _, most in told), reverse=True)


def test_a_page_that_waits_for_an_answer_is_one_that_may_come() -> None:
    more = ShortText(key="more", text="More?", show_if=on("group", is_="yes"))
    asked = Questionnaire("Parks", ("en",), (Page("One", ASKED[:1]), Page("Two", (more,))))
    assert pages_ahead(asked, {"group": "no"}, at=1) == (1, 2)
    assert pages_ahead(asked, {"group": "yes"}, at=2) == (2, 2)


def test_what_earlier_pages_settle_is_left_out_of_a_condition() -> None:
    both = Condition(all=(on("group", is_="yes"), on("members", at_least=5)))
    either = Condition(any=(on("group", is_="yes"), on("members", at_least=5)))
    given_answers = {"group": "yes"}
    undecided = {"members"}
    assert left_to_ask(both, given_answers, asked=BY_KEY, undecided=undecided) == both.all[1]  # type: ignore[index]
    assert left_to_ask(either, given_answers, asked=BY_KEY, undecided=undecided) is True
    assert left_to_ask(both, {}, asked=BY_KEY, undecided=undecided) is False


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (on("group", is_="yes"), "you answered ‘Yes’ to ‘Do you run a group?’"),
        (on("group", is_not="yes"), "you did not answer ‘Yes’ to ‘Do you run a group?’"),
        (on("uses", includes="walk"), "you chose ‘Walking’ in ‘What for?’"),
        (on("members", at_least=10), "you answered ‘10’ or more to ‘How many members?’"),
        (
            on("since", at_most="2020-03-01"),
            "you answered ‘1 March 2020’ or earlier to ‘Since when?’",
        ),
        (on("view", at_least="agree"), "you answered ‘Agree’ or more positive to ‘Do you agree?’"),
        (on("grid.paths", is_="satisfied"), "you answered ‘Satisfied’ to ‘How good?: Paths’"),
        (on("name", answered=False), "you did not answer ‘What is it called?’"),
        (Condition(not_=on("name", answered=True)), "you did not answer ‘What is it called?’"),
        (
            Condition(not_=Condition(any=(on("group", is_="yes"), on("name", answered=True)))),
            "you did not answer ‘Yes’ to ‘Do you run a group?’ "
            "and you did not answer ‘What is it called?’",
        ),
    ],
)
def test_a_condition_is_said_in_words(condition: Condition, words: str) -> None:
    assert condition_words(condition, PARKS.by_key(), "en") == words


YES, NAMED = on("group", is_="yes"), on("name", answered=True)
WALK, RUN = on("uses", includes="walk"), on("uses", includes="run")
SAID_YES = "you answered ‘Yes’ to ‘Do you run a group?’"
SAID_NAMED = "you answered ‘What is it called?’"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition(any=(YES, NAMED)), f"{SAID_YES}, or {SAID_NAMED}"),
        (Condition(any=(RUN, WALK)), "you chose ‘Running’ or ‘Walking’ in ‘What for?’"),
        (
            Condition(all=(NAMED, Condition(any=(RUN, WALK)))),
            f"{SAID_NAMED} and you chose ‘Running’ or ‘Walking’ in ‘What for?’",
        ),
        (
            Condition(all=(Condition(any=(YES, NAMED)), WALK)),
            f"you chose ‘Walking’ in ‘What for?’; and also either {SAID_YES} or {SAID_NAMED}",
        ),
        (
            Condition(any=(Condition(all=(YES, NAMED)), WALK)),
            f"you chose ‘Walking’ in ‘What for?’; or else {SAID_YES} and {SAID_NAMED}",
        ),
    ],
)
def test_joins_within_joins_are_said_plainly(condition: Condition, words: str) -> None:
    assert condition_words(condition, PARKS.by_key(), "en") == words


LEAVES = st.sampled_from([YES, NAMED, WALK, on("members", at_least=10)])
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda each: Condition(all=tuple(each))),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: Condition(any=tuple(each))),
        inner.map(lambda each: Condition(not_=each)),
    ),
    max_leaves=8,
)
EVERY_ANSWER: tuple[dict[str, Any], ...] = tuple(
    {"group": group, "name": name, "uses": uses, "members": members}
    for group in ("yes", "no")
    for name in ("Us", "")
    for uses in (["walk"], ["run"])
    for members in (10, 9)
)


def read(words: str) -> Callable[[dict[str, Any]], bool]:
    """What a reader takes the words to mean: a semicolon parts more than a comma or a bare “or”
    and “and”, of which only one kind stands between two of them; brackets part what is in them."""
    for mark, every in (("; and also ", True), ("; or else ", False)):
        if len(parts := split(words, mark)) > 1:
            return joined(parts, every=every)
    if words.startswith("("):
        return read(words[1:-1])
    words = words.removeprefix("either ")
    for mark, every in ((", or ", False), (" or you ", False), (" and you ", True)):
        if len(parts := words.split(mark)) > 1:
            starts = "you " if mark.endswith("you ") else ""
            return joined([parts[0], *(starts + part for part in parts[1:])], every=every)
    return MEANT[words]


def split(words: str, mark: str) -> list[str]:
    """At the marks that stand in no brackets."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(words):
        depth += (letter == "(") - (letter == ")")
        if not depth and words.startswith(mark, at):
            parts.append(words[start:at])
            start = at + len(mark)
    return [*parts, words[start:]]


def joined(parts: list[str], *, every: bool) -> Callable[[dict[str, Any]], bool]:
    readings = [read(part) for part in parts]
    return lambda answers: (all if every else any)(each(answers) for each in readings)


MEANT: dict[str, Callable[[dict[str, Any]], bool]] = {
    SAID_YES: lambda answers: answers["group"] == "yes",
    SAID_YES.replace("answered", "did not answer"): lambda answers: answers["group"] != "yes",
    SAID_NAMED: lambda answers: bool(answers["name"]),
    SAID_NAMED.replace("answered", "did not answer"): lambda answers: not answers["name"],
    "you chose ‘Walking’ in ‘What for?’": lambda answers: answers["uses"] == ["walk"],
    "you did not choose ‘Walking’ in ‘What for?’": lambda answers: answers["uses"] != ["walk"],
    "you answered ‘10’ or more to ‘How many members?’": lambda answers: answers["members"] > 9,
    "you did not answer ‘10’ or more to ‘How many members?’": (
        lambda answers: answers["members"] < 10
    ),
}


@given(TREES)
def test_a_condition_means_what_its_words_are_read_as(condition: Condition) -> None:
    words = condition_words(condition, PARKS.by_key(), "en")
    meant = read(words)
    for answers in EVERY_ANSWER:
        assert meant(answers) is holds(condition, answers, BY_KEY), words


def test_a_condition_is_said_in_the_chosen_language() -> None:
    words = condition_words(on("group", is_="no"), PARKS.by_key(), "cy")
    assert words == "you answered ‘Nac ydw’ to ‘Grŵp?’"
