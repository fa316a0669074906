"""Words bound to numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from analysis.quantities import (
    BANDS,
    Band,
    Conflict,
    Stated,
    band_problems,
    bands_in_words,
    in_every_language,
    in_words,
    of_all,
    restated,
    said,
    stated,
    words_found,
)
from analysis.wording import whole_per_cent
from app.speech import speech

OURS = (Band("nearly everyone", 80, {"cy": "bron pob un"}), Band("some", 0))


@pytest.mark.parametrize(
    ("n", "base", "words"),
    [
        (54, 78, "most (54 of 78, 69%)"),
        (9, 12, "9 of 12"),
        (0, 12, "0 of 12"),
        (20, 29, "20 of 29"),
        (20, 30, "most (20 of 30, 67%)"),
        (95, 100, "almost all (95 of 100, 95%)"),
        (90, 100, "almost all (90 of 100, 90%)"),
        (55, 100, "most (55 of 100, 55%)"),
        (50, 100, "around half (50 of 100, 50%)"),
        (30, 100, "a minority (30 of 100, 30%)"),
        (2, 100, "a few (2 of 100, 2%)"),
        (100, 100, "all (100 of 100, 100%)"),
        (0, 1000, "none (0 of 1,000, 0%)"),
        (1, 1000, "a few (1 of 1,000, under 1%)"),
        (999, 1000, "almost all (999 of 1,000, over 99%)"),
    ],
)
def test_every_statement_shows_n_and_base(n: int, base: int, words: str) -> None:
    assert in_words(stated(n, base)) == words


def test_the_word_goes_by_the_per_cent_that_is_printed() -> None:
    assert in_words(stated(109, 200)) == "most (109 of 200, 55%)"
    assert in_words(stated(108, 200)) == "around half (108 of 200, 54%)"
    assert whole_per_cent(29, 200) == 15


@given(st.integers(30, 5000), st.data())
def test_more_people_never_get_a_lesser_word(base: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, base))
    more = data.draw(st.integers(n, base))
    order = ["none", *(band.word for band in reversed(BANDS)), "all"]
    assert order.index(stated(n, base).word) <= order.index(stated(more, base).word)


@given(st.integers(0, 29), st.data())
def test_under_thirty_there_is_never_a_per_cent(base: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, base))
    assert in_words(stated(n, base)) == of_all(stated(n, base)) == f"{n} of {base}"


@st.composite
def some_bands(draw: st.DrawFn) -> tuple[Band, ...]:
    limits = sorted(draw(st.sets(st.integers(1, 100), max_size=6)), reverse=True)
    return tuple(Band(f"word {at}", limit) for at, limit in enumerate((*limits, 0)))


@given(some_bands(), st.integers(1, 3000), st.data())
def test_every_share_has_one_word_of_any_usable_bands(
    bands: tuple[Band, ...], base: int, data: st.DataObject
) -> None:
    assert band_problems(bands) == ()
    found = stated(data.draw(st.integers(0, base)), base, bands)
    if base >= 30 and found.n not in (0, base):
        (own,) = [band for band in bands if band.word == found.word]
        printed = whole_per_cent(found.n, base)
        higher = [band.from_percent for band in bands if band.from_percent > own.from_percent]
        assert own.from_percent <= printed < min(higher, default=101)


@given(st.integers(1, 500), st.integers(1, 500), some_bands(), st.data())
def test_a_word_by_hand_is_kept_or_a_conflict_is_raised(
    before: int, after: int, bands: tuple[Band, ...], data: st.DataObject
) -> None:
    written = stated(data.draw(st.integers(0, before)), before, bands)
    n = data.draw(st.integers(0, after))
    found = restated(written, n, after, by_hand=True, bands=bands)
    if isinstance(found, Conflict):
        assert found.now == stated(n, after, bands)
        assert found.now.word != written.word
    else:
        assert (found.word, found.n, found.base) == (written.word, n, after)


def test_a_word_of_the_programs_own_changes_with_the_data() -> None:
    assert restated(stated(54, 78), 30, 78, by_hand=False) == Stated("a minority", 30, 78)


def test_a_word_that_somebody_wrote_is_never_changed_for_them() -> None:
    found = restated(stated(54, 78), 35, 78, by_hand=True)
    assert isinstance(found, Conflict)
    assert found.words == (
        "“most” was written of 54 of 78, 69%; it is 35 of 78, 45% now, which is “around half”"
    )


def test_a_conflict_with_new_bands_alone_does_not_blame_the_data() -> None:
    bands = tuple(replace(each, from_percent=75) if each.word == "most" else each for each in BANDS)
    found = restated(stated(54, 78), 54, 78, by_hand=True, bands=bands)
    assert isinstance(found, Conflict)
    assert found.words == (
        "“most” was written of 54 of 78, 69%, which the bands call “around half” now"
    )


def test_a_word_that_still_fits_takes_the_new_numbers() -> None:
    assert restated(stated(54, 78), 60, 80, by_hand=True) == Stated("most", 60, 80)


def test_a_council_sets_its_own_bands() -> None:
    assert stated(79, 100, OURS).word == "some"
    assert stated(80, 100, OURS).word == "nearly everyone"
    assert band_problems(OURS) == band_problems(BANDS) == ()
    assert bands_in_words(OURS) == ["nearly everyone: 80% or more", "some: under 80%"]
    assert "most: 55% to 89%" in bands_in_words()


def test_a_band_has_its_word_in_each_language() -> None:
    welsh = speech("cy")
    assert said(stated(80, 100, OURS), OURS, welsh) == "bron pob un"
    assert said(stated(54, 78), BANDS, welsh) == "y rhan fwyaf"
    assert in_words(stated(9, 12), BANDS, speaks=welsh) == "9 o 12"
    assert in_words(stated(54, 78), BANDS, speaks=speech("ar")).startswith("الأكثرية (54 من 78")
    kept = in_every_language(BANDS)[1]
    assert kept.words == {"cy": "y rhan fwyaf", "ar": "الأكثرية"}


@pytest.mark.parametrize(
    ("bands", "place", "words"),
    [
        ((), "from-1", "Let the last band start at 0, so that every share has one"),
        ((Band("most", 50),), "from-1", "Let the last band start at 0"),
        ((Band("a", 20), Band("b", 30), Band("c", 0)), "from-2", "“b” starts at or above “a”"),
        ((Band("a", 20), Band("A", 0)), "word-2", "“A” is there twice"),
        (
            (Band("a", 20, {"cy": "x"}), Band("b", 0, {"cy": "X"})),
            "word-2-cy",
            "“X” is there twice",
        ),
        ((Band("a", 120), Band("b", 0)), "from-1", "Shares lie between 0 and 100%"),
        ((Band("all", 20), Band("b", 0)), "word-1", "“all” is kept for everybody"),
        ((Band(" ", 20), Band("b", 0)), "word-1", "Give this band a word"),
        ((Band("a" * 61, 20), Band("b", 0)), "word-1", "Use 60 characters or fewer"),
    ],
)
def test_bands_that_cannot_be_used_are_told(
    bands: tuple[Band, ...], place: str, words: str
) -> None:
    (problem,) = band_problems(bands)
    assert problem.place == place
    assert problem.words.startswith(words)


def test_words_of_the_bands_are_found_and_the_most_is_none_of_them() -> None:
    text = "Most agreed. Almost all were residents; at most three, and the most active, were not."
    assert words_found(text, BANDS) == ("most", "almost all")


def test_more_than_the_base_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="part of its base"):
        stated(5, 4)
