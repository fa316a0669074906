"""Words and numbers of free prose, held against the figures of the report."""

import pytest

from analysis.quantities import BANDS
from publications.prose import (
    Prose,
    has_numbers,
    numbers_unknown,
    words_alone,
    words_that_do_not_fit,
)

FIGURES = frozenset({(54, 78), (9, 12)})


def prose(text: str) -> tuple[Prose, ...]:
    return (Prose("the summary", text, "about"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Most people agreed. A few did not.", ["most", "a few"]),
        ("Most people agreed. Most were residents.", ["most"]),
        ("Most people (54 of 78) agreed.", []),
        ("Most people agreed. 54 of 78 did.", ["most"]),
        ("Here are the most active.", []),
        ("What matters most?\nLights.", []),
        ("Nothing of the kind.", []),
    ],
)
def test_a_word_without_a_number_in_its_sentence_is_found(text: str, words: list[str]) -> None:
    assert [doubt.said for doubt in words_alone(prose(text), BANDS)] == words


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("69% agreed: 54 of 78.", []),
        ("69 per cent agreed.", []),
        ("70% agreed.", ["70%"]),
        ("69.2% agreed.", ["69.2%"]),
        ("53 out of 78 agreed.", ["53 out of 78"]),
        # Of twelve people the report prints no percentage, so none can be found in it.
        ("75% agreed.", ["75%"]),
        ("9 of the 12 agreed.", []),
    ],
)
def test_a_number_that_is_no_figure_is_found(text: str, unknown: list[str]) -> None:
    assert has_numbers(prose(text))
    assert [doubt.said for doubt in numbers_unknown(prose(text), FIGURES)] == unknown


def test_a_word_beside_a_figure_that_has_another_is_found() -> None:
    (doubt,) = words_that_do_not_fit(prose("Almost all (54 of 78) agreed."), FIGURES, BANDS)
    assert (doubt.said, doubt.instead) == ("almost all” beside “54 of 78", "most")
    assert words_that_do_not_fit(prose("Most (54 of 78) agreed."), FIGURES, BANDS) == ()
    assert not has_numbers(prose("Nothing here"))
