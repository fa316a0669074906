"""The report as a value: its figures, its wording, and how it reads on a later day."""

from datetime import date, timedelta

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from analysis.quantities import BANDS, Stated, stated
from analysis.statements import Bound, Did, Kept, Saying, Standing
from app.speech import speech
from app.templating import written
from publications.commitments import Status
from publications.drafting import draft
from publications.pages.report_page import preview_page
from publications.reading import read_on
from publications.report import Report, ReportedItem, ReportedQuestion
from publications.wording import bands_printed, how_many
from tests.publications.samples import IMPRINT, MATERIAL, NOW, TODAY, commitment, theme

DUE = TODAY + timedelta(days=100)
REPORT = draft(replace(MATERIAL, commitments=(commitment(DUE, theme_id=1),)), IMPRINT)


def test_figures_are_numbered_from_one_without_a_gap() -> None:
    assert [figure.number for figure in REPORT.figures] == list(range(1, len(REPORT.figures) + 1))
    assert len({figure.place for figure in REPORT.figures}) == len(REPORT.figures)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("answered.received", 23),
        ("answered.analysed", 22),
        ("answered.excluded.withdrawn", 1),
        ("answered.by_channel.paper.analysed", 3),
        ("answered.by_round.1.received", 23),
        ("themes.lighting.people", 8),
        ("themes.lighting.read", 22),
        ("questions.support.answered", 20),
        ("questions.support.options.yes", 15),
    ],
)
def test_each_number_is_a_figure_with_a_recipe(place: str, value: int) -> None:
    figure = next(each for each in REPORT.figures if each.place == place)
    assert figure.value == value
    assert figure.counted
    assert figure.rounds == (1,)


def test_a_number_left_out_for_protection_is_a_figure_without_a_value() -> None:
    (item,) = MATERIAL.questions[0].items
    hidden = replace(item, options=tuple(replace(one, n=None) for one in item.options))
    question = replace(MATERIAL.questions[0], items=(hidden,))
    report = draft(replace(MATERIAL, questions=(question,)), IMPRINT)
    values = {each.place: each.value for each in report.figures}
    assert values["questions.support.options.yes"] is None


@pytest.mark.parametrize(
    ("kind", "said", "counted"),
    [
        ("single", "", "gave this answer"),
        ("multiple", "can exceed 100% together", "gave this answer"),
        ("ranking", "what each person put first", "put this answer first"),
    ],
)
def test_it_is_said_what_the_shares_of_each_type_are(kind: str, said: str, counted: str) -> None:
    question = replace(MATERIAL.questions[0], type=kind)
    report = draft(replace(MATERIAL, questions=(question,)), IMPRINT)
    figure = next(each for each in report.figures if each.place.endswith("options.yes"))
    assert counted in figure.counted
    text = written("publications/_report.html", preview_page(report, today=TODAY))
    others = {"can exceed 100% together", "what each person put first"} - {said}
    assert said in text
    assert not [other for other in others if other in text]


def test_a_theme_without_an_outcome_is_not_in_a_draft() -> None:
    report = draft(replace(MATERIAL, themes=(*MATERIAL.themes, theme(2, "Benches"))), IMPRINT)
    assert [each.slug for each in report.themes] == ["lighting"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (DUE - timedelta(days=60), Status.DUE),
        (DUE, Status.DUE_SOON),
        (DUE + timedelta(days=1), Status.OVERDUE),
    ],
)
def test_a_sealed_promise_stands_by_the_day_of_reading(day: date, expected: Status) -> None:
    view = read_on(REPORT, today=day)
    assert [each.status for each in view.commitments] == [expected]
    assert view.themes[0].commitments == view.commitments
    assert view.report == REPORT


def test_promises_are_summed_by_where_they_stand() -> None:
    promises = (
        commitment(TODAY - timedelta(days=1)),
        commitment(TODAY + timedelta(days=1)),
        commitment(TODAY - timedelta(days=1), kept_on=TODAY),
    )
    report = draft(replace(MATERIAL, commitments=promises), IMPRINT)
    sums = read_on(report, today=TODAY).standings
    assert (sums.kept, sums.overdue) == (1, 1)


@pytest.mark.parametrize(
    ("people", "read", "words"),
    [
        (0, 100, "none"),
        (1, 100, "a few"),
        (10, 100, "a minority"),
        (50, 100, "around half"),
        (55, 100, "most"),
        (90, 100, "almost all"),
        (100, 100, "all"),
        (29, 29, ""),
        (30, 30, "all"),
        (0, 0, ""),
    ],
)
def test_a_count_has_one_wording(people: int, read: int, words: str) -> None:
    assert how_many(people, read, BANDS, speaks=speech("en")) == words


@pytest.mark.parametrize(
    ("people", "read", "words"),
    [
        (0, 100, "none"),
        (5, 100, "a few"),
        (6, 100, "a small minority"),
        (16, 100, "a minority"),
        (31, 100, "a large minority"),
        (50, 100, "half"),
        (51, 100, "most"),
        (76, 100, "a large majority"),
        (91, 100, "almost all"),
        (100, 100, "all"),
        (9, 19, ""),
        (10, 20, "half"),
    ],
)
def test_an_edition_from_before_bands_were_sealed_reads_as_it_did(
    people: int, read: int, words: str
) -> None:
    assert how_many(people, read, UNSET, speaks=speech("en")) == words
    assert bands_printed(UNSET, speaks=speech("en")).words.startswith("Almost all: over 90%.")


LATER = Saying(
    did=Did.AGREED,
    question="Parks should open later",
    row="",
    answers=("Strongly agree", "Agree"),
    round_number=None,
)


def statement(*, sentence: str = "", now: Stated | None = None, in_report: bool = True) -> Standing:
    kept = Kept(
        id=4,
        bound=Bound("later", values=("strongly_agree", "agree")),
        written=Stated("most", 54, 78),
        sentence=sentence,
        in_report=in_report,
        written_by="officer@hearback.example",
        written_at=NOW,
    )
    return Standing(kept=kept, saying=LATER, now=now)


def drafted(*statements: Standing) -> Report:
    return draft(replace(MATERIAL, statements=statements), IMPRINT)


def test_a_statement_is_printed_with_its_figures() -> None:
    report = drafted(statement(now=stated(54, 78)))
    values = {each.place: each.value for each in report.figures}
    assert (values["statements.4.n"], values["statements.4.base"]) == (54, 78)
    (shown,) = read_on(report, today=TODAY).statements
    assert shown.words == (
        "Most of those who answered (54 of 78, 69%) agreed with ‘Parks should open later’."
    )
    assert report.figures[shown.first - 1].value == 54
    assert report.figures[shown.last - 1].value == 78


def test_a_sealed_statement_is_read_in_the_readers_language() -> None:
    report = drafted(statement(now=stated(54, 78)))
    (shown,) = read_on(report, today=TODAY, language="cy").statements
    assert shown.words.startswith("Cytunodd y rhan fwyaf o’r rhai a atebodd (54 o 78, 69%)")
    own = drafted(statement(sentence="Most want it.", now=stated(54, 78)))
    (shown,) = read_on(own, today=TODAY, language="cy").statements
    assert (shown.words, shown.numbers, shown.own) == ("Most want it.", "54 o 78, 69%", True)
    (shown,) = read_on(own, today=TODAY).statements
    assert (shown.words, shown.numbers) == ("Most want it (54 of 78, 69%).", "")


@pytest.mark.parametrize(
    "left_out",
    [
        statement(now=stated(54, 78), in_report=False),
        statement(now=None),
        statement(sentence="Most want it.", now=stated(35, 78)),
    ],
)
def test_a_statement_without_a_number_that_fits_is_left_out(left_out: Standing) -> None:
    assert drafted(left_out).statements == ()


def scaled(answered: int) -> Report:
    agree, disagree = answered // 2, answered // 4
    item = ReportedItem(
        row="",
        text="",
        answered=answered,
        missing=0,
        not_routed=0,
        options=(),
        scored=answered,
        agree=agree / answered,
        disagree=disagree / answered,
        net=(disagree - agree) / answered,
        interval=(0.2, 0.7),
    )
    question = ReportedQuestion(key="later", type="likert", text="Later?", items=(item,))
    return draft(replace(MATERIAL, questions=(question,)), IMPRINT)


@pytest.mark.parametrize(
    ("answered", "agree", "net"), [(28, "14 of 28", "−7 of 28"), (40, "50%", "−25%")]
)
def test_under_thirty_the_list_of_figures_gives_counts(answered: int, agree: str, net: str) -> None:
    page = preview_page(scaled(answered), today=TODAY)
    shown = {each.place: page.shown(each) for each in page.view.report.figures}
    assert shown["questions.later.agree"] == agree
    assert shown["questions.later.net"] == net
