"""A questionnaire as large as they come: 300 questions in five languages, routed throughout."""

from surveys.questionnaire import (
    Condition,
    Likert,
    LongText,
    Multiple,
    Option,
    Page,
    Question,
    Questionnaire,
    Single,
    Text,
)

LANGUAGES = ("en", "cy", "ar", "pl", "ur")
QUESTIONS = 300
A_PAGE = 10
SENTENCE = "How often do you use the parks, paths and play areas near to where you live? "


def large(questions: int = QUESTIONS) -> Questionnaire:
    asked = [_question(number) for number in range(questions)]
    pages = tuple(
        Page(_text(f"Part {start // A_PAGE + 1}"), tuple(asked[start : start + A_PAGE]))
        for start in range(0, questions, A_PAGE)
    )
    return Questionnaire(_text("Everything about parks"), LANGUAGES, pages)


def _question(number: int) -> Question:
    key, text, hint = f"q{number}", _text(f"{number}. {SENTENCE}"), _text("Think of last year.")
    condition = Condition(question=f"q{number - 1}", is_="o0") if number % 4 == 1 else None
    if number % 4 == 0:
        return Single(key=key, text=text, hint=hint, options=_options(6))
    if number % 4 == 1:
        return Multiple(key=key, text=text, hint=hint, options=_options(8), show_if=condition)
    if number % 4 == 2:
        return Likert(key=key, text=text, hint=hint, scale="agreement")
    return LongText(key=key, text=text, hint=hint)


def _options(count: int) -> tuple[Option, ...]:
    return tuple(Option(f"o{number}", _text(f"Answer {number}")) for number in range(count))


def _text(words: str) -> Text:
    return {language: f"{words} [{language}]" for language in LANGUAGES}
