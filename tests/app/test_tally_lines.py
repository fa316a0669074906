"""A tally at a terminal: groups, rounds, rows and tests are there, and hidden numbers are not."""

from msgspec.structs import replace

from analysis.tally import GroupTally, GroupTest, OptionTally, QuestionTally, Tally
from app.commands.tally_lines import tally_lines

YES = (OptionTally("yes", 57, 0.285), OptionTally("no", 143, 0.715))
BUS = QuestionTally(key="bus", type="single", answered=200, missing=0, not_routed=0, options=YES)


def told(question: QuestionTally) -> list[str]:
    return list(tally_lines(Tally(200, (question,), by="kind")))


def test_a_half_goes_up_as_it_does_on_pages() -> None:
    assert told(BUS) == ["bus (single): 200 answered", "  yes: 57  29%", "  no: 143  72%"]


def test_of_few_there_are_counts_and_what_is_hidden_stays_empty() -> None:
    hidden = (OptionTally("yes", None, None), OptionTally("no", 8, 0.4))
    groups = (GroupTally("charity", 20, 20, hidden),)
    test = GroupTest("Fisher’s exact")
    lines = told(replace(BUS, groups=groups, test=test))
    assert lines[3:] == [
        "  kind charity: 20 answered",
        "    yes:",
        "    no: 8",
        "  Fisher’s exact: not shown",
    ]


def test_every_round_and_every_test_is_told() -> None:
    test = GroupTest("Fisher’s exact", p=0.0002, p_adjusted=0.04, effect=0.251, effect_name="V")
    lines = told(replace(BUS, rounds=(replace(BUS, round=2, test=test),)))
    assert lines[3] == "  Round 2: 200 answered"
    assert lines[-1] == "    Fisher’s exact: p under 0.001, adjusted p = 0.040; V 0.25"
