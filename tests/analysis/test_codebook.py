"""The codebook: what is typed to make a theme."""

import pytest

from analysis.codebook import read_keywords, same_label, theme_slug


def test_keywords_are_read_from_lines_or_commas_and_repeats_left_out() -> None:
    typed = "fair funding, full  cost recovery\nContract; contract\n\n , "
    assert read_keywords(typed) == ("fair funding", "full cost recovery", "Contract")


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("Fair funding", "fair-funding"),
        ("Cefnogi’r sector: gwirfoddoli & mwy", "cefnogir-sector-gwirfoddoli-mwy"),
        ("Ŵyl fach", "wyl-fach"),
        ("…", "theme"),
    ],
)
def test_a_slug_is_the_label_as_it_can_stand_in_an_address(label: str, slug: str) -> None:
    assert theme_slug(label, []) == slug


def test_a_slug_that_is_taken_is_numbered() -> None:
    assert theme_slug("Fair funding", ["fair-funding", "fair-funding-2"]) == "fair-funding-3"


def test_labels_that_differ_in_case_or_spaces_are_the_same() -> None:
    assert same_label("Fair  Funding", "fair funding")
    assert not same_label("Fair funding", "Unfair funding")
