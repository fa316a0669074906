"""A grid's rows as one scale, in words: what alpha means, and which row points the other way."""

import numpy as np
from numpy.typing import NDArray

from analysis.asked import AskedInWords
from analysis.counting import Form
from analysis.question.scale import scale_told
from analysis.summaries.scales import reliability

ROWS = ("a", "b", "c", "d")
FORM = Form("q", "q", "grid", ("x", "y"), ("x", "y"), ROWS, special_category=False)
ASKED = AskedInWords(FORM, "Parts", {}, {row: row.upper() for row in ROWS})


def answers(*turned: int) -> NDArray[np.float64]:
    chance = np.random.default_rng(5)
    mood = chance.integers(1, 6, (200, 1))
    given: NDArray[np.float64] = np.clip(mood + chance.integers(-1, 2, (200, 4)), 1, 5).astype(
        float
    )
    given[:, list(turned)] = 6 - given[:, list(turned)]
    return given


def test_rows_that_agree_are_said_to_hang_together() -> None:
    told = scale_told(ASKED, reliability(answers()))
    assert told.sentence.startswith("The rows hang together very closely: Cronbach’s alpha is 0.9")
    assert "of 200 people who answered every row" in told.sentence
    assert "does not say that the rows measure what they are meant to" in told.meaning
    assert told.warnings == ()


def test_a_row_that_points_the_other_way_is_named() -> None:
    told = scale_told(ASKED, reliability(answers(2)))
    (warning,) = told.warnings
    assert warning.startswith("“C” points the other way")
    assert "Do not add the rows up" in told.meaning
    assert told.table
    assert [line.cells[2].words for line in told.table.lines][2] == "Yes"


def test_whoever_left_a_row_out_is_counted() -> None:
    given = answers()
    given[:7, 1] = np.nan
    said = scale_told(ASKED, reliability(given)).sentence
    assert "of 193 people who answered every row; 7 who left a row out" in said


def test_of_two_people_nothing_is_told() -> None:
    told = scale_told(ASKED, reliability(answers()[:2]))
    assert told.sentence == (
        "Whether the rows measure one thing cannot be told: too few answered every row."
    )
    assert told.table is None
