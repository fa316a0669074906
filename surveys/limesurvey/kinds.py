"""Every type of question in LimeSurvey, by its letter, and what becomes of it."""

from collections.abc import Callable, Mapping

from surveys.limesurvey import arrays, cells, choosing, open_answers
from surveys.limesurvey.asking import NOTHING, Asking, Brought, asking
from surveys.limesurvey.survey import LimeQuestion
from surveys.limesurvey.transfer import Transfer, place_of
from surveys.typed import shortened

KINDS: Mapping[str, Callable[[Asking], Brought]] = {
    "L": choosing.one_of_list,
    "!": choosing.one_of_list,
    "O": choosing.one_of_list,
    "M": choosing.several_of_list,
    "P": choosing.several_of_list,
    "Y": choosing.yes_or_no,
    "G": choosing.gender,
    "5": choosing.five_points,
    "R": choosing.ranking,
    "A": arrays.five_point_rows,
    "B": arrays.ten_point_rows,
    "C": arrays.yes_uncertain_no_rows,
    "E": arrays.increase_same_decrease_rows,
    "F": arrays.rows_of_answers,
    "H": arrays.rows_of_answers,
    "1": arrays.two_scales,
    "K": cells.numbers,
    "Q": cells.texts,
    ":": cells.rows_of_numbers,
    ";": cells.rows_of_texts,
    "N": open_answers.number,
    "S": open_answers.short_text,
    "T": open_answers.long_text,
    "U": open_answers.long_text,
    "D": open_answers.day,
    "|": open_answers.upload,
    "X": open_answers.shown_text,
}
_LEFT_OUT: Mapping[str, str] = {
    "*": "Works something out and asks nothing, so it is left out",
    "I": "Switches the language, which every page does here, so it is left out",
}
_HIDDEN = "It was hidden from everyone who answered, so it is left out"


def brought(transfer: Transfer, question: LimeQuestion) -> Brought:
    """What a question became; nothing, with a note, where there is no counterpart."""
    why = _LEFT_OUT.get(question.kind) or (_HIDDEN if question.is_on("hidden") else "")
    if why:
        transfer.note(place_of(question, transfer.base), why)
        return NOTHING
    found = asking(transfer, question)
    if question.kind in KINDS:
        return KINDS[question.kind](found)
    kind = shortened(question.kind, 10)
    if question.answers:
        found.note(f"Its type ‘{kind}’ is not known, so people choose one of its answers")
        return choosing.one_of_list(found)
    found.note(f"Its type ‘{kind}’ is not known, so it is answered in words")
    return open_answers.long_text(found)
