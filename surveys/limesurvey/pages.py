"""Groups of questions as pages, each question with the condition under which it is asked."""

import msgspec
from msgspec import Struct

from surveys.choices import choices
from surveys.foreign.notebook import Place
from surveys.foreign.trees import Expression, Literal, UnreadableExpression
from surveys.foreign.variables import CannotSay, Variable, joined
from surveys.limesurvey.asking import NOTHING, Brought
from surveys.limesurvey.expressions import read_expression
from surveys.limesurvey.kinds import brought
from surveys.limesurvey.showing import Known, said
from surveys.limesurvey.survey import Group, LimeQuestion
from surveys.limesurvey.transfer import Transfer, place_of
from surveys.questionnaire import Condition, Page, Question, Statement, Text, say
from surveys.typed import shortened

ALWAYS = ("", "1")
_UNSAID = (
    "It was shown only if ‘{shown}’. This cannot be said here: {why}. It is shown to everyone and "
    "optional"
)
_PART_UNSAID = (
    "It was shown only if ‘{shown}’. Part of this cannot be said here: {why}. More people are "
    "shown it than before, and it is optional"
)
_NEVER_FITS = "It was shown only if ‘{shown}’, which never fits. It is shown to everyone"


class Builder(Struct):
    """Builds pages in order, so that conditions meet only what was asked before."""

    transfer: Transfer
    conditions: dict[str, Expression]
    variables: dict[str, Variable] = {}
    shown_if: dict[str, Condition | None] = {}
    unusable: dict[str, str] = {}
    sizes: dict[str, int] = {}
    members: dict[str, tuple[str, ...]] = {}

    def pages(self, groups: tuple[Group, ...]) -> tuple[Page, ...]:
        for group in groups:
            for question in group.questions:
                why = f"‘{question.code}’ is not asked before it"
                self.unusable.update({question.code: why, question.sgqa: why})
        found = [self._page(group, number) for number, group in enumerate(groups, start=1)]
        return tuple(page for page in found if page is not None)

    def _page(self, group: Group, number: int) -> Page | None:
        title = self.transfer.line(group.title, Place(f"Group {number}"))
        place = Place(f"Group {number} ‘{shortened(say(title, self.transfer.base), 60)}’")
        if is_never(group.relevance):
            self.transfer.note(place, "It was never shown, so it is left out with its questions")
            self._leave(group.questions)
            return None
        rule = self._rule(group.relevance, None, place)
        asked = tuple(
            asked for question in group.questions for asked in self._asked(question, rule)
        )
        if not asked:
            self.transfer.note(place, "It has nothing left to ask, so it is left out")
            return None
        title = title or self.transfer.page_title(number)
        return Page(title, (*self._description(group, number, place, rule.condition), *asked))

    def _leave(self, questions: tuple[LimeQuestion, ...]) -> None:
        for question in questions:
            why = f"‘{question.code}’ is left out"
            self.unusable.update({question.code: why, question.sgqa: why})

    def _description(
        self, group: Group, number: int, place: Place, condition: Condition | None
    ) -> tuple[Statement, ...]:
        text = self.transfer.text(group.text, place)
        if not text:
            return ()
        key = self.transfer.key(f"group_{number}", place)
        return (Statement(key=key, text=text, show_if=condition),)

    def _asked(self, question: LimeQuestion, of_group: "Rule") -> tuple[Question, ...]:
        place = place_of(question, self.transfer.base)
        if is_never(question.relevance):
            self.transfer.note(place, "It was never shown, so it is left out")
            found = NOTHING
        else:
            found = brought(self.transfer, question)
        if not found.questions:
            self._leave((question,))
            return ()
        rule = self._rule(question.relevance, self.conditions.get(question.qid), place)
        self._remember(question, found, _together(of_group.condition, rule.condition))
        return tuple(_under(each, of_group, rule) for each in found.questions)

    def _remember(
        self, question: LimeQuestion, found: Brought, condition: Condition | None
    ) -> None:
        self.unusable.pop(question.code, None)
        self.unusable.pop(question.sgqa, None)
        self.shown_if.update({each.key: condition for each in found.questions})
        self.sizes.update({each.key: len(choices(each)) for each in found.questions})
        names: list[str] = []
        for ending, variable in found.variables.items():
            code_ending = ending.replace("#", "_")
            name = f"{question.code}_{code_ending}" if ending else question.code
            self.variables.setdefault(name, variable)
            self.variables.setdefault(f"{question.sgqa}{ending}", variable)
            if ending and not ending.endswith("comment"):
                names.append(name)
        self.members[question.code] = tuple(names)

    def _rule(self, relevance: str, older: Expression | None, place: Place) -> "Rule":
        """When something is asked. Where that cannot be said, everyone is asked, and told so."""
        if relevance in ALWAYS and older is None:
            return Rule()
        shown = shortened(relevance, 160) if relevance not in ALWAYS else "its older conditions"
        try:
            expression = read_expression(relevance) if relevance not in ALWAYS else older
            found = said(expression or Literal("1"), self._known())
        except (CannotSay, UnreadableExpression) as why:
            self.transfer.note(place, _UNSAID.format(shown=shown, why=why))
            return Rule(in_full=False)
        for part in found.unsaid:
            self.transfer.note(place, _PART_UNSAID.format(shown=shown, why=part))
        if found.condition is False:
            self.transfer.note(place, _NEVER_FITS.format(shown=shown))
        condition = found.condition if isinstance(found.condition, Condition) else None
        return Rule(condition, in_full=not found.unsaid and found.condition is not False)

    def _known(self) -> Known:
        return Known(self.variables, self.shown_if, self.unusable, self.sizes, self.members)


class Rule(Struct, frozen=True):
    """The condition that something is asked under, and whether it says all that it did."""

    condition: Condition | None = None
    in_full: bool = True


def is_never(relevance: str) -> bool:
    if relevance in ALWAYS:
        return False
    try:
        read = read_expression(relevance)
    except UnreadableExpression:
        return False
    return isinstance(read, Literal) and read.value in ("", "0", 0, "false")


def _under(question: Question, of_group: Rule, rule: Rule) -> Question:
    return msgspec.structs.replace(
        question,
        show_if=_together(of_group.condition, rule.condition, question.show_if),
        required=question.required and of_group.in_full and rule.in_full,
    )


def _together(*parts: Condition | None) -> Condition | None:
    condition = joined([part for part in parts if part is not None], every=True)
    return condition if isinstance(condition, Condition) else None


def welcome(transfer: Transfer, parts: tuple[Text, ...]) -> tuple[Statement, ...]:
    """What greets people before the first question, said once."""
    said: dict[str, str] = {}
    for language in transfer.languages:
        words = [part if isinstance(part, str) else part.get(language, "") for part in parts]
        joined_words = "\n\n".join(dict.fromkeys(filter(None, words)))
        if joined_words:
            said[language] = joined_words
    if transfer.base not in said:
        return ()
    text: Text = said if len(transfer.languages) > 1 else said[transfer.base]
    return (Statement(key=transfer.key("welcome", Place("The welcome text")), text=text),)
