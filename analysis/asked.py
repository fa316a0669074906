"""What was asked, in words: the titles, options and rows that a tally names by their values."""

from collections.abc import Iterable

from msgspec import Struct

from analysis.counting import Form, Names, each_once, form, forms
from surveys.choices import choices
from surveys.questionnaire import Grid, Questionnaire, Statement, say


class AskedInWords(Struct, frozen=True):
    """One question of a tally, in the words of the newest version that asks it."""

    form: Form
    title: str
    options: dict[str, str]
    rows: dict[str, str]


def asked_in_words(
    versions: Iterable[Questionnaire], names: Iterable[Names] = ()
) -> tuple[AskedInWords, ...]:
    """Every question of the versions, newest first; in the order of their tally. `names` are
    those that each version's questions share with equivalent ones; without, keys tell."""
    versions = tuple(versions)
    named = each_once(zip(versions, tuple(names) or ({},) * len(versions), strict=True))
    titles: dict[object, str] = {}
    options: dict[object, dict[str, str]] = {}
    rows: dict[object, dict[str, str]] = {}
    for questionnaire, shared in named:
        language = questionnaire.languages[0]
        for question in questionnaire.questions:
            if isinstance(question, Statement):
                continue
            asks = form(question, names=shared).asks
            titles.setdefault(asks, say(question.text, language))
            for choice in choices(question):
                options.setdefault(asks, {}).setdefault(choice.value, say(choice.text, language))
            for row in question.rows if isinstance(question, Grid) else ():
                rows.setdefault(asks, {}).setdefault(row.value, say(row.text, language))
    return tuple(
        AskedInWords(each, titles[each.asks], options.get(each.asks, {}), rows.get(each.asks, {}))
        for each in forms(named)
    )
