"""The route map: what is asked when, and what each answer leads to."""

from surveys.questionnaire import (
    Condition,
    LongText,
    Multiple,
    Number,
    Option,
    Page,
    Questionnaire,
    Single,
    Statement,
)
from surveys.reach import Standing
from surveys.route_map import Lead, RouteMap, route_map

YES_NO = (Option("yes", "Yes"), Option("no", "No"))
HELLO = Statement(key="hello", text="Welcome.")
GROUP = Single(key="group", text="Do you run a group?", options=YES_NO)
SIZE = Number(
    key="size",
    text="How many members?",
    unit="people",
    show_if=Condition(question="group", is_="yes"),
)
HELP = LongText(
    key="help", text="What would help?", show_if=Condition(question="size", at_least=10)
)
BOTH = LongText(
    key="both",
    text="What else?",
    show_if=Condition(
        all=(Condition(question="group", is_="no"), Condition(question="uses", includes="walk"))
    ),
)
USES = Multiple(
    key="uses", text="What for?", options=(Option("walk", "Walking"), Option("play", "Play"))
)
NEVER = LongText(
    key="never",
    text="Why?",
    show_if=Condition(
        all=(Condition(question="group", is_="yes"), Condition(question="group", is_="no"))
    ),
)


def drawn() -> RouteMap:
    pages = (
        Page("You", (HELLO, GROUP, SIZE, HELP)),
        Page("More", (USES, BOTH)),
        Page("Nobody", (NEVER,)),
        Page("Empty", ()),
    )
    return route_map(Questionnaire("Parks", ("en",), pages))


def leads(key: str) -> list[tuple[str, list[str], list[str]]]:
    def told(lead: Lead) -> tuple[str, list[str], list[str]]:
        return lead.answer, [s.key for s in lead.asks], [s.key for s in lead.may_ask]

    (found,) = [each for each in drawn().stops if each.stop.key == key]
    return [told(lead) for lead in found.leads]


def test_pages_and_questions_stand_in_order_with_their_numbers() -> None:
    assert [(each.number, each.title, each.is_reached) for each in drawn().pages] == [
        (1, "You", True),
        (2, "More", True),
        (3, "Nobody", False),
        (4, "Empty", False),
    ]
    numbers = [(each.stop.number, each.stop.text) for each in drawn().pages[0].stops]
    assert numbers == [
        (0, "Welcome."),
        (1, "Do you run a group?"),
        (2, "How many members?"),
        (3, "What would help?"),
    ]


def test_a_condition_is_said_in_words() -> None:
    assert drawn().pages[0].stops[2].condition == "you answered ‘Yes’ to ‘Do you run a group?’"


def test_each_answer_leads_to_what_it_asks_or_may_ask() -> None:
    assert leads("group") == [
        ("Yes", ["size"], []),
        ("No", [], ["both"]),
        ("No answer", [], []),
    ]
    assert leads("uses") == [("Walking", [], ["both"]), ("Play or No answer", [], [])]


def test_numbers_are_told_apart_by_what_tests_ask_of_them() -> None:
    assert sorted(leads("size")) == [
        ("Any other answer or No answer", [], []),
        ("‘10 people’ or more", ["help"], []),
    ]


def test_a_question_that_nothing_depends_on_has_no_leads() -> None:
    assert leads("help") == []


def test_what_cannot_be_reached_is_named() -> None:
    assert [each.stop.key for each in drawn().standing(Standing.NEVER)] == ["never"]
