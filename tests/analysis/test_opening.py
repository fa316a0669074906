"""Which list opens a number."""

from datetime import date

from analysis.narrowing import Narrowing
from analysis.opening import opens


def test_the_list_of_responses_opens_what_it_knows() -> None:
    wanted = Narrowing((1, 2), ("paper",), (("group", "yes"),))
    assert opens("/d", wanted, question="plan", value="agree", day=date(2026, 6, 1)) == (
        "/d/responses?round=1&round=2&channel=paper&where=group:yes"
        "&question=plan&value=agree&day=2026-06-01&status=analysed"
    )
    assert opens("/d", Narrowing(), status="") == "/d/responses?"


def test_what_was_made_of_answers_has_a_list_of_its_own() -> None:
    wanted = Narrowing(where=(("_theme.3", "raised"),))
    assert opens("/d", wanted, question="plan") == (
        "/d/results/responses-behind?where=_theme.3:raised&question=plan&status=analysed"
    )
