"""Texts: HTML and expressions as plain words.

1. Paragraphs, lists, links and pictures read as text; programs are dropped, and a note says so.
2. No `{…}` code is ever shown to people; what stands instead fits anyone.
3. Odd or hostile markup is read in the time that its length needs.
"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.foreign.markup import plain
from surveys.questionnaire import say
from tests.surveys.limesurvey.building import LIST, Asked, imported, notes

READ = {
    "plain": "plain",
    "  two\n words ": "two words",
    "<p>One</p><p>Two</p>": "One\n\nTwo",
    "One<br />Two<BR>Three": "One\nTwo\nThree",
    "<ul><li>Walk</li><li>Cycle</li></ul>After": "- Walk\n- Cycle\nAfter",
    "<ol><li>Walk<li>Cycle</ol>": "1. Walk\n2. Cycle",
    "<strong>A</strong>&nbsp;&amp; <em>b</em> &lt;c&gt;": "A & b <c>",
    '<a href="https://example.org/a?b=1&amp;c=2">the plan</a>': (
        "the plan (https://example.org/a?b=1&c=2)"
    ),
    '<a href="https://example.org">https://example.org</a>': "https://example.org",
    '<a href="mailto:parks@example.org">Write</a>': "Write (parks@example.org)",
    '<a href="javascript:alert(1)">Press</a>': "Press",
    '<img src="a.png" alt="A map" /> here': "[A map] here",
    "<table><tr><th>A</th><td>B</td></tr><tr><td>C</td></tr></table>": "A | B\n\nC",
    "5 < 6 and 7 > 3": "5 < 6 and 7 > 3",
    "<!-- note -->Seen": "Seen",
    "<script>var a = '<p>';</script>Seen<style>p { color: red }</style>": "Seen",
    "<SCRIPT>never closed": "",
    "a\x07b\x7fc": "abc",
}


@pytest.mark.parametrize("source", READ)
def test_markup_reads_as_plain_text(source: str) -> None:
    assert plain(source).text == READ[source]


@pytest.mark.parametrize(
    ("source", "lost"),
    [
        ("<script>x</script>", "scripts"),
        ("<style>x</style>", "styles"),
        ("<img src='a.png'>", "pictures"),
        ("<img src='a.png' alt='A map'>", "pictures (their descriptions stand)"),
        ("<iframe src='https://example.org'></iframe>", "embedded pages"),
        ("<input type='text'>", "form fields"),
        ("<a href='/files/1.pdf'>Plan</a>", "links that lead nowhere outside LimeSurvey"),
    ],
)
def test_what_text_cannot_hold_is_noted(source: str, lost: str) -> None:
    assert plain(source).lost == (lost,)
    found = imported(Asked("S", "q", f"Words {source}"))
    assert f"Left out of its text: {lost}" in notes(found)


HOSTILE = [
    "<" * 50_000,
    "<!--" * 12_500,
    "<a " * 16_000,
    "<a b='" * 10_000,
    "<a href=" + "a" * 50_000,
    "<a " + "b" * 50_000 + ">",
    "<img " + "a " * 25_000 + ">",
    "</script" * 6_000,
    "<script>" * 6_000,
    "<b>" * 16_000,
    "&" * 50_000,
    "{" * 50_000,
    "{a" * 25_000,
    "{a}" * 3_000,
]


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: source[:8])
def test_hostile_markup_is_read_in_good_time(source: str) -> None:
    begun = time.monotonic()
    imported(Asked("S", "q", f"Words {source}"), LIST)
    assert time.monotonic() - begun < 20  # a guard against squares, not a timing


@settings(deadline=None)
@given(st.text(alphabet="<>/!-&;{}\"'= abpscritlné\n", max_size=200))
def test_any_markup_reads_as_text_without_programs(source: str) -> None:
    text = plain(source).text
    assert text == text.strip()
    assert "\n\n\n" not in text


FILLED = {
    "Hello {name}!": "Hello [your answer to ‘Your name?’]!",
    "Hello {name.shown}": "Hello [your answer to ‘Your name?’]",
    "{name.question}": "Your name?",
    "In {4711X101X102}": "In [your answer to ‘Your name?’]",
    "In {INSERTANS:4711X101X102}": "In [your answer to ‘Your name?’]",
    "What is {if(name == 'Jo', 'his', 'her')} job?": "What is his / her job?",
    "{if(is_empty(name), '', 'Welcome back')} you": "… you",
    "Sum: {sum(a, b)}": "Sum: …",
    "Dear {TOKEN:FIRSTNAME}": "Dear …",
    "About {SURVEYNAME}": "About Parks",
    "About {nobody}": "About …",
    "Like [0-9]{2,3} or { this }": "Like [0-9]{2,3} or { this }",
    "{if(name &lt; 3, 'a', 'b')} c": "a / b c",
    "{implode(' ', 'Hi', name)}": "Hi [your answer to ‘Your name?’]",
    "{if(x, '{name}', '')} on": "… on",
}


@pytest.mark.parametrize("source", FILLED)
def test_expressions_in_texts_become_words_that_fit_anyone(source: str) -> None:
    found = imported(Asked("S", "name", "Your name?"), Asked("S", "q", source))
    assert found.questionnaire.questions[1].text == FILLED[source]


def test_expressions_are_noted_with_their_code() -> None:
    found = imported(Asked("S", "name"), Asked("S", "q", "{name} {sum(a)}"))
    assert "“… …”: Its text filled in earlier answers: ‘{name}’" in notes(found)
    assert "“… …”: Its text worked something out: ‘{sum(a)}’" in notes(found)


def test_answers_are_named_in_the_language_of_the_text() -> None:
    text = {"en": "Hello {name}", "cy": "Helo {name}", "ar": "{name}"}
    name = Asked("S", "name", {"en": "Name?", "cy": "Enw?", "ar": "الاسم؟"})
    asked = imported(name, Asked("S", "q", text), languages=("en", "cy", "ar"))
    words = asked.questionnaire.questions[1].text
    assert say(words, "cy") == "Helo [eich ateb i ‘Enw?’]"
    assert say(words, "ar") == "[إجابتك عن ‘الاسم؟’]"


@settings(deadline=None)
@given(st.text(alphabet="{}()'\",.+-<>&|!= abif019_X#", max_size=80))
def test_code_is_never_shown(inside: str) -> None:
    found = imported(Asked("S", "name"), Asked("S", "q", f"Words {{if({inside}}}"))
    text = say(found.questionnaire.questions[1].text, "en")
    if not set("{}\n") & set(inside) and inside == inside.strip():
        assert "{if" not in text
