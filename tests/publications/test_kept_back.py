"""A later edition does not tell, by the difference, what the one or two new responses say."""

from datetime import UTC, datetime

import pytest

from publications import store
from publications.kept_back import kept_back
from publications.report import ReportedItem, ReportedOption, ReportedQuestion
from responses import store as responses
from responses.response import Exclusion
from tests.publications.parks import BY, SLUG, Parks, asked_and_answered, with_outcomes

NOW = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
VALUES = ("yes", "no", "none")


def faith(*counts: int | None, missing: int = 10, special: bool = True) -> ReportedQuestion:
    answered = None if None in counts else sum(n or 0 for n in counts)
    return asked(answered, counts, missing, special=special)


def asked(
    answered: int | None, counts: tuple[int | None, ...], missing: int, *, special: bool = True
) -> ReportedQuestion:
    options = tuple(
        ReportedOption(value=value, text=value, n=n, share=None)
        for value, n in zip(VALUES, counts, strict=True)
    )
    item = ReportedItem(
        row="", text="", answered=answered, missing=missing, not_routed=0, options=options
    )
    return ReportedQuestion(
        key="faith", type="single", text="Faith?", items=(item,), special_category=special
    )


def shows(now: ReportedQuestion, *earlier: ReportedQuestion) -> bool:
    (made,) = kept_back([now], [[each] for each in earlier], threshold=5)
    assert made == now or {option.n for option in made.items[0].options} == {None}
    return made == now


@pytest.mark.parametrize(
    ("then", "now", "shown"),
    [
        (faith(30, 20, 10), faith(30, 20, 10), True),
        (faith(30, 20, 10), faith(31, 20, 10), False),
        (faith(30, 20, 10), faith(29, 21, 10), False),  # one corrected: as many answered
        (faith(30, 20, 10), faith(30, 20, 10, missing=11), False),
        (faith(30, 20, 10), faith(36, 25, 10), True),
        (asked(60, (30, None, None), 10), asked(61, (30, 26, 5), 10), False),
        (asked(60, (30, None, None), 10), asked(70, (35, 30, 5), 10), True),
        (faith(None, None, None), faith(30, 20, 10), True),  # nothing was told before
    ],
)
def test_figures_a_few_responses_apart_are_not_published_again(
    then: ReportedQuestion, now: ReportedQuestion, shown: bool
) -> None:
    assert shows(now, then) is shown


def test_every_earlier_edition_counts_not_only_the_last() -> None:
    assert not shows(faith(31, 20, 10), faith(30, 20, 10), faith(None, None, None))


def test_other_questions_show_every_change() -> None:
    assert shows(faith(31, 20, 10, special=False), faith(30, 20, 10))


async def test_an_edition_does_not_tell_who_was_taken_out_since_the_last(database: str) -> None:
    """Five of A and one of B hide both. Without the one, five of five would tell whose it was."""
    parks = await with_outcomes(await asked_and_answered(NOW))
    await store.publish(SLUG, by=BY, now=NOW)
    await without(parks, 1)
    later = (await store.publish(SLUG, by=BY, now=NOW, reason="One was sent twice.")).report
    opening, ethnicity = later.questions
    assert opening.items[0].answered == 5
    assert ethnicity.items[0].answered is None
    assert {option.n for option in ethnicity.items[0].options} == {None}


async def test_a_quote_names_no_round_where_few_people_wrote(database: str) -> None:
    parks = await with_outcomes(await asked_and_answered(NOW))
    (quote,) = (await store.publish(SLUG, by=BY, now=NOW)).report.themes[0].quotes
    assert quote.round_number == 1
    await without(parks, 2)
    again = await store.publish(SLUG, by=BY, now=NOW, reason="Two were sent twice.")
    (quote,) = again.report.themes[0].quotes
    assert quote.round_number is None


async def without(parks: Parks, number: int) -> None:
    """Takes the newest responses out of the figures."""
    answers = await responses.text_answers(parks.consultation.id)
    for answer in answers[-number:]:
        await responses.exclude(
            answer.response_id, Exclusion.DUPLICATE, consultation_id=parks.consultation.id, by=BY
        )
