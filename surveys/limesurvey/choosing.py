"""Questions that are answered by choosing: lists, tick boxes, yes or no, ranking."""

from collections.abc import Sequence

from msgspec.structs import replace

from surveys.foreign.markup import plain, without_expressions
from surveys.foreign.variables import Shape, Variable
from surveys.limesurvey.asking import Asking, Brought
from surveys.limesurvey.transfer import Options
from surveys.limesurvey.words import Word
from surveys.questionnaire import (
    OTHER,
    Condition,
    Dropdown,
    Likert,
    LongText,
    Multiple,
    Option,
    Question,
    Ranking,
    ShortText,
    Single,
)
from surveys.soundness import MOST_ROWS
from surveys.typed import shortened

MOST_COMMENTS = 20


def one_of_list(asking: Asking) -> Brought:
    """Types L, ! and O."""
    offered = asking.options(asking.question.answers)
    if not offered.options:
        return asking.as_words("It offers no answers to choose from, so it is answered in words")
    kind = Dropdown if asking.question.kind == "!" else Single
    question = kind(
        **asking.head(),
        options=offered.options,
        other=_other(asking),
        random_order=asking.shuffled,
    )
    variables = _chosen(question.key, offered, other=question.other)
    if asking.question.kind != "O":
        return Brought((question,), variables)
    comment = _comment(asking, question.key)
    return Brought((question, comment), {**variables, "comment": _words(comment)})


def _words(question: Question) -> Variable:
    return Variable(question.key, Shape.TEXT)


def _other(asking: Asking) -> bool:
    question = asking.question
    if question.other and question.setting("other_replace_text"):
        said = plain(without_expressions(question.setting("other_replace_text"))).text
        asking.note(f"Its ‘Other’ was called ‘{shortened(said, 60)}’. It is called ‘Other’ now")
    if question.other and question.is_on("other_numbers_only"):
        asking.note("Only a number could be written under ‘Other’. Any words can be now")
    return question.other


def _chosen(key: str, offered: Options, *, other: bool) -> dict[str, Variable]:
    values = {**offered.values, "-oth-": OTHER} if other else offered.values
    variables = {"": Variable(key, Shape.CHOICE, values=values)}
    if other:
        variables["other"] = Variable(key, Shape.OWN)
    return variables


def _comment(asking: Asking, key: str) -> LongText:
    return LongText(
        key=asking.key("comment"),
        text=asking.transfer.with_comment(asking.text),
        show_if=Condition(question=key, answered=True),
    )


def several_of_list(asking: Asking) -> Brought:
    """Types M and P."""
    offered = asking.options(asking.question.rows())
    if not offered.options:
        return asking.as_words("It offers no answers to choose from, so it is answered in words")
    most = len(offered.options) + asking.question.other
    least, up_to = asking.count("min_answers", most=most), asking.count("max_answers", most=most)
    if least and up_to and least > up_to:
        asking.note("It asked for more answers than it took, so its least number is left out")
        least = None
    question = Multiple(
        **asking.head(),
        options=_with_exclusive(asking, offered),
        other=_other(asking),
        min_choices=least,
        max_choices=up_to,
        random_order=asking.shuffled,
    )
    variables = _ticked(question.key, offered, other=question.other)
    if asking.question.kind == "M":
        return Brought((question,), variables)
    return _with_comments(asking, question, offered, variables)


def _ticked(key: str, offered: Options, *, other: bool) -> dict[str, Variable]:
    variables = {
        code: Variable(key, Shape.TICK, option=value) for code, value in offered.values.items()
    }
    if other:
        variables["other"] = Variable(key, Shape.OWN, many=True)
    return variables


def _with_exclusive(asking: Asking, offered: Options) -> tuple[Option, ...]:
    named = asking.question.setting("exclude_all_others").replace(",", ";").split(";")
    alone = {offered.values.get(code.strip()) for code in named}
    return tuple(
        replace(option, exclusive=True) if option.value in alone else option
        for option in offered.options
    )


def _with_comments(
    asking: Asking, question: Multiple, offered: Options, variables: dict[str, Variable]
) -> Brought:
    """A text question for the comment on each answer, or one for all where there are many."""
    if len(offered.options) > MOST_COMMENTS:
        asking.note(f"Its {len(offered.options)} comments, one on each answer, became one")
        return Brought((question, _comment(asking, question.key)), variables)
    comments: list[Question] = []
    codes = {value: code for code, value in offered.values.items()}
    for option in offered.options:
        code = codes.get(option.value, option.value)
        comment = ShortText(
            key=asking.key(f"{code}_comment"),
            text=asking.transfer.with_comment(option.text),
            show_if=Condition(question=question.key, includes=option.value),
        )
        comments.append(comment)
        variables[f"{code}comment"] = _words(comment)
    return Brought((question, *comments), variables)


def fixed(asking: Asking, points: Sequence[tuple[str, Word]]) -> Brought:
    """A choice between answers that LimeSurvey names itself."""
    options = tuple(Option(code, asking.transfer.word(name)) for code, name in points)
    question = Single(**asking.head(), options=options)
    offered = Options(options, {code: code for code, _ in points})
    return Brought((question,), _chosen(question.key, offered, other=False))


def yes_or_no(asking: Asking) -> Brought:
    return fixed(asking, (("Y", "yes"), ("N", "no")))


def gender(asking: Asking) -> Brought:
    asking.note(
        "Asks people’s sex with two answers. Think about “prefer not to say”, and whether to mark "
        "it as a protected characteristic"
    )
    return fixed(asking, (("F", "female"), ("M", "male")))


def five_points(asking: Asking) -> Brought:
    options = tuple(Option(str(point), str(point)) for point in range(5, 0, -1))
    question = Likert(**asking.head(), scale=options)
    asking.note("5 of its points 1 to 5 is taken as the most positive. Turn them if it is not")
    values = {option.value: option.value for option in options}
    return Brought((question,), {"": Variable(question.key, Shape.CHOICE, values=values)})


def ranking(asking: Asking) -> Brought:
    items = asking.question.answers or asking.question.rows()
    offered = asking.options(items, most=MOST_ROWS)
    if not offered.options:
        return asking.as_words("It offers nothing to rank, so it is answered in words")
    if asking.question.setting("min_answers") not in ("", "0"):
        least = asking.question.setting("min_answers")
        asking.note(f"At least {least[:20]} had to be ranked. Any number can be now")
    limits = [
        limit
        for name in ("max_answers", "max_subquestions")
        if (limit := asking.count(name, most=len(offered.options)))
    ]
    question = Ranking(
        **asking.head(),
        options=offered.options,
        max_choices=min(limits, default=None),
        random_order=asking.shuffled,
    )
    return Brought((question,), {"1": Variable(question.key, Shape.PRESENCE)})
