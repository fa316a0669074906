"""Expressions in texts, which LimeSurvey fills with earlier answers, as words that fit anyone."""

import html
import re
from collections.abc import Mapping

from msgspec import Struct

from surveys.foreign.markup import EXPRESSION, plain, without_expressions, without_programs
from surveys.foreign.notebook import Notebook, Place
from surveys.foreign.trees import Call, Expression, Literal, Name, UnreadableExpression
from surveys.limesurvey.dump import refused
from surveys.limesurvey.expressions import read_expression
from surveys.limesurvey.showing import bare
from surveys.limesurvey.survey import LimeQuestion, Raw, Survey
from surveys.limesurvey.words import word
from surveys.typed import even_number, on_one_line, shortened

_GAP = "…"
_NESTED = 3
MOST_EXPRESSIONS = 10_000
MOST_LISTED = 5
_LONGEST_TITLE = 60
_LONGEST_PAIR = 60


class Piping(Struct):
    """Fills texts. `titles` are the words of what can be named, by name and language."""

    titles: Mapping[str, Raw]
    survey: Raw
    notebook: Notebook
    count: int = 0
    met: dict[Place, tuple[dict[str, None], dict[str, None]]] = {}

    def fill(self, source: str, language: str, place: Place) -> str:
        """The HTML with each `{…}` replaced: by the words that it always shows, by “[your answer
        to ‘…’]”, or by “…”. `note_all` tells of each."""
        kept = without_programs(source)
        if kept.lost:
            self.notebook.note(place, f"Left out of its text: {', '.join(kept.lost)}")
        text = kept.text
        for _ in range(_NESTED):
            if not EXPRESSION.search(text):
                break
            text = EXPRESSION.sub(lambda found: self._words(found[0], language, place), text)
        return text

    def _words(self, braced: str, language: str, place: Place) -> str:
        source = braced[1:-1]
        if not re.search(r"[^\W\d_]", source):
            # A pattern like “[0-9]{2,3}”, not something to work out.
            return braced
        self.count += 1
        if self.count > MOST_EXPRESSIONS:
            raise refused(
                f"It holds more than {MOST_EXPRESSIONS:,} expressions in its texts. Take some out"
            )
        try:
            expression = read_expression(plain(source).text if "&" in source else source)
            said = self._said(expression, language)
        except UnreadableExpression:
            said = None
        found = self.met.setdefault(place, ({}, {}))
        found[said is None][shortened(braced, 60)] = None
        return html.escape(_GAP if said is None else said, quote=False)

    def note_all(self) -> None:
        """One note for each text on what it repeated, and one on what it worked out."""
        for place, found in self.met.items():
            for codes, words in zip(found, (_REPEATED, _WORKED_OUT), strict=True):
                if codes:
                    self.notebook.note(place, words.format(_listed(tuple(codes))))

    def _said(self, node: Expression, language: str) -> str | None:
        """The words that fit anyone, None when there are none."""
        if isinstance(node, Literal):
            value = node.value
            return value if isinstance(value, str) else str(even_number(value))
        if isinstance(node, Name):
            return self._named(node.name, language)
        if isinstance(node, Call) and node.name == "if" and len(node.given) == 3:
            return self._either(node.given[1], node.given[2], language)
        if isinstance(node, Call) and node.name == "implode" and node.given:
            said = [self._said(each, language) for each in node.given]
            parts = [each for each in said if each is not None]
            return parts[0].join(parts[1:]) if len(parts) == len(said) else None
        return None

    def _either(self, first: Expression, second: Expression, language: str) -> str | None:
        one, other = self._said(first, language), self._said(second, language)
        # Words that only some were shown are not for everyone.
        if not one or not other:
            return None
        if one == other:
            return one
        return f"{one} / {other}" if len(one) + len(other) <= _LONGEST_PAIR else None

    def _named(self, name: str, language: str) -> str | None:
        if name == "SURVEYNAME":
            return _title(self.survey, language) or None
        title = _title(self.titles.get(bare(name), {}), language)
        suffixes = {each.lower() for each in name.split(".")[1:]} - {"naok"}
        if not title or suffixes - _ANSWERING - {"question"}:
            return None
        return title if "question" in suffixes else f"[{word('answer', language)} ‘{title}’]"


_REPEATED = "Its text filled in earlier answers: {}. It names the questions instead now. Reword it"
_WORKED_OUT = "Its text worked something out: {}. ‘…’ stands there now. Reword it"


def _listed(codes: tuple[str, ...]) -> str:
    more = len(codes) - MOST_LISTED
    ending = f" and {more} more" if more > 0 else ""
    return ", ".join(f"‘{code}’" for code in codes[:MOST_LISTED]) + ending


_ANSWERING = frozenset({"code", "shown", "value", "valuenaok"})


def _title(raw: Raw, language: str) -> str:
    said = raw.get(language) or next(iter(raw.values()), "")
    return shortened(plain(without_expressions(said[:2_000])).text, _LONGEST_TITLE)


def titles(survey: Survey) -> Mapping[str, Raw]:
    """The words of everything that has an answer, by each of the names it goes by."""
    found: dict[str, Raw] = {}
    for question in survey.questions:
        if question.kind in ("X", "*", "I") or question.is_on("hidden"):
            continue
        for ending, raw in _endings(question):
            found.setdefault(f"{question.code}{'_' if ending else ''}{ending}", raw)
            found.setdefault(f"{question.sgqa}{ending}", raw)
    return found


def _endings(question: LimeQuestion) -> list[tuple[str, Raw]]:
    rows = [
        (f"{item.code}{scale}", item.text) for item in question.items for scale in ("", "_0", "_1")
    ]
    return [("", question.text), ("other", question.text), ("comment", question.text), *rows]


def is_blank(text: str) -> bool:
    """Whether nothing is left but gaps and signs."""
    return not re.search(r"\w", on_one_line(text))
