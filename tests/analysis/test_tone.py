"""Tone is about words and never about agreement, and needs nothing downloaded."""

import subprocess
import sys

import pytest

from analysis.tone import ToneWord, tone


def test_agreeing_and_disagreeing_have_the_same_tone() -> None:
    for said in ("I agree", "I disagree", "I support this", "I oppose this"):
        assert (tone(said).polarity, tone(said).words) == (0.0, "plain")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("An excellent and helpful strategy", "leans warm"),
        ("A terrible, disappointing document", "leans sharp"),
        ("The draft has eleven chapters", "plain"),
        ("", "plain"),
    ],
)
def test_tone_is_named_in_words(said: str, words: str) -> None:
    assert tone(said).words == words


def test_the_words_that_made_the_tone_come_with_it() -> None:
    made = tone("Not bad, but the forms are terrible")
    assert [each.words for each in made.made_by] == ["not bad", "terrible"]
    assert made.made_by[1] == ToneWord("terrible", -1.0)


def test_tone_works_without_any_corpus() -> None:
    script = (
        "import nltk; nltk.data.path[:] = []\n"
        "from analysis.tone import tone\n"
        "print(tone('A wonderful idea').words)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "leans warm\n", done.stderr
