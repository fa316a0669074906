"""The Flesch–Kincaid grade, held against published examples.

1. Wikipedia, “Flesch–Kincaid readability tests”: a sentence of 13 words and 24 syllables is 11.3.
2. “Green Eggs and Ham”, as quoted widely: 5.7 words a sentence and 1.02 syllables a word are −1.3.
"""

import pytest

from surveys.wording.reading_age import Reading, hardest, reading, sentences
from surveys.wording.syllables import syllables

PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
COUNTED = """
    the1 people2 little2 council2 community4 neighbourhood3 service2 voluntary4 make1 different3
    queue1 reading2 australian3 platypus3 seemingly3 hybrid2 mammal2 reptilian3 creature2 library3
    opening3 hours1 changed1 wanted2 agree2 disagree3 idea3 ideas3 society4 opinion3 experience4
    area3 areas3 organisation5 consultation4 beautiful3 strategy3 government3 responsibility6
    information4 decision3 services3 places2 used1 being2 usual3 video3 radio3 variety4 questions2
    special2 previous3 serious3 language2 houses2 table2 available4 statement2 priority4 create2
    museum3 quiet2 science2 client2 trial2 charities3 policies3 families3 employment3 individual5
    actually4 view1 value2 continue3 tongue1 league1 finance2 vegetable4 recovery4 resilience4
    committee3 recommendations5 volunteers3 every2 business2 real1 evening2 framework2
"""


def test_a_published_sentence_has_its_published_grade() -> None:
    read = reading([PLATYPUS])
    assert (read.words, read.sentences, read.syllables) == (13, 1, 24)
    assert read.grade == pytest.approx(11.3, abs=0.05)
    assert read.age == 16


def test_the_formula_gives_what_is_published_for_green_eggs_and_ham() -> None:
    assert Reading(words=570, sentences=100, syllables=581).grade == pytest.approx(-1.3, abs=0.05)


def test_syllables_are_those_that_are_spoken_in_nineteen_words_of_twenty() -> None:
    words = COUNTED.split()
    wrong = [word for word in words if syllables(word[:-1]) != int(word[-1])]
    assert len(wrong) <= len(words) / 20, wrong


def test_no_text_at_all_can_be_read_by_anyone() -> None:
    assert reading([]).age == 5


def test_lines_and_lists_are_sentences_of_their_own() -> None:
    assert sentences("About you\nWhat is your name? It is: kept; safe.") == (
        "About you",
        "What is your name?",
        "It is:",
        "kept;",
        "safe.",
    )


def test_short_sentences_are_not_called_hard() -> None:
    easy = "We will read what you say, and then we will tell you what we are going to do about it."
    hard = (
        "Notwithstanding organisational responsibilities, representatives demonstrate considerable "
        "willingness to accommodate alternative configurations of community infrastructure."
    )
    assert hardest([easy, hard, "Notwithstanding."], count=1) == (hard,)
