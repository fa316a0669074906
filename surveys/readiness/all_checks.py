"""Every check before opening, in the order in which an officer reads them."""

from collections.abc import Iterable
from datetime import date

from surveys.consultation import About, Document
from surveys.documents import KeptDocument
from surveys.questionnaire import Questionnaire
from surveys.readiness import what_is_asked, what_is_said, when, wording_checks
from surveys.readiness.concern import Check, Concern
from surveys.readiness.when import Nation
from surveys.wording.syllables import syllables

CHECKS: tuple[Check, ...] = (
    *what_is_said.CHECKS,
    *when.CHECKS,
    *wording_checks.CHECKS,
    *what_is_asked.CHECKS,
)
"""In the order of the page."""

NOT_SAID = Document("")


def concerns(
    questionnaire: Questionnaire,
    about: About,
    *,
    opens: date,
    closes: date | None,
    documents: Iterable[KeptDocument] = (),
    asked_about: Document = NOT_SAID,
    nation: Nation = Nation.ENGLAND,
) -> tuple[Concern, ...]:
    """What was found, at most one of each check, in the order of `CHECKS`. The days are those of
    the council's time zone, the closing day included; the questionnaire is sound."""
    language = questionnaire.languages[0]
    kept = tuple(documents)
    found = (
        *what_is_said.unsaid(about, language=language),
        *what_is_said.undocumented(about, kept, asked_about=asked_about, language=language),
        *what_is_said.unpromised(about, language=language),
        *when.untimely(about, opens=opens, closes=closes, nation=nation),
        *wording_checks.worded_badly(questionnaire, about),
        *what_is_asked.hard_to_get_through(questionnaire, about),
    )
    order = {check.code: place for place, check in enumerate(CHECKS)}
    return tuple(sorted(found, key=lambda each: order[each.code]))


def title_of(code: str) -> str:
    """What a check is called; its code where a later release has given the check up."""
    return next((check.title for check in CHECKS if check.code == code), code)


def warm() -> None:
    """Loads what the checks look things up in, so that no officer waits while that is done."""
    syllables("ready")
    when.bank_holidays(date(2000, 1, 1), date(2000, 1, 1), Nation.ENGLAND)
