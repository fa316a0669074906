"""Answers that are chosen: one or several of what is offered, a row at a time, or in order."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from app.problems import Problem
from surveys.answers.asked import MOST_UNKNOWN, Asked, Found, is_given, is_texts
from surveys.choices import choices, most_ranks, shared_by_rows
from surveys.questionnaire import Grid, Multiple, Ranking, say
from surveys.typed import read_number, shortened


def found_choice(asked: Asked[Any], given: Any, part: str = "") -> Found:
    if isinstance(given, list):
        return asked.wrong("Choose one answer only to {q}", part)
    if not isinstance(given, str):
        return asked.wrong("Answer {q} with one of its options", part)
    return _among(asked, given.strip(), part)


def _among(asked: Asked[Any], value: str, part: str = "") -> Found:
    if value in {choice.value for choice in choices(asked.question)}:
        return Found(value)
    named = asked.quoted(value)
    return asked.wrong(
        "{named} is not one of the answers to {q}. Choose one that is", part, named=named
    )


def found_choices(asked: Asked[Multiple], given: Any) -> Found:
    question = asked.question
    if not is_texts(given):
        return asked.wrong("Answer {q} with a list of its options")
    found = [_among(asked, value.strip()) for value in given if value.strip()]
    problems = tuple(problem for each in found for problem in each.problems)
    if problems:
        return Found(problems=problems[:1])
    chosen = {each.answer for each in found}
    unfit = _unfit_together(asked, chosen)
    order = [choice.value for choice in choices(question) if choice.value in chosen]
    return Found(problems=(unfit,)) if unfit else Found(order)


def _unfit_together(asked: Asked[Multiple], chosen: Collection[str]) -> Problem | None:
    question = asked.question
    alone = [each.value for each in question.options if each.exclusive and each.value in chosen]
    if alone and len(chosen) > 1:
        return asked.problem(
            "Choose either {alone} or other answers to {q}, not both", alone=asked.called(alone[0])
        )
    most, least = question.max_choices, question.min_choices
    if most is not None and len(chosen) > most:
        return asked.counted(
            "Choose up to {n} answer to {q}", "Choose up to {n} answers to {q}", most
        )
    if least is not None and len(chosen) < least and not alone:
        return asked.counted(
            "Choose at least {n} answer to {q}", "Choose at least {n} answers to {q}", least
        )
    return None


def found_grid(asked: Asked[Grid], given: Any) -> Found:
    if not isinstance(given, dict):
        return asked.wrong("Answer {q} with one answer for each of its rows")
    rows = shared_by_rows(asked.question)
    found = {row: _cell(asked, row, given.get(row)) for row in rows}
    strangers = [str(row) for row in given if row not in rows]
    problems = [problem for each in found.values() for problem in each.problems]
    problems += [
        asked.problem("{q} has no such row. Leave it out", shortened(row, 60))
        for row in strangers[:MOST_UNKNOWN]
    ]
    answer = {row: each.answer for row, each in found.items() if each.answer is not None}
    return Found(answer or None, tuple(problems))


def _cell(asked: Asked[Grid], row: str, given: Any) -> Found:
    if is_given(given):
        return found_choice(asked, given, row)
    if not asked.question.required:
        return Found()
    text = next(say(r.text, asked.language) for r in asked.question.rows if r.value == row)
    return asked.wrong("Choose an answer for {row} in {q}", row, row=asked.quoted(text))


def found_ranking(asked: Asked[Ranking], given: Any) -> Found:
    if isinstance(given, dict):
        return Found(problems=tuple(_rank_problems(asked, given)))
    if not is_texts(given):
        return asked.wrong("Answer {q} with a list of its options, best first")
    found = [_among(asked, value.strip()) for value in given]
    problems = tuple(problem for each in found for problem in each.problems)
    if problems:
        return Found(problems=problems[:1])
    order = [each.answer for each in found]
    if len(set(order)) < len(order):
        return asked.wrong("Rank each answer in {q} once only")
    if len(order) > most_ranks(asked.question):
        return Found(problems=(_too_many_ranks(asked),))
    return Found(order)


def _too_many_ranks(asked: Asked[Ranking]) -> Problem:
    return asked.counted(
        "Rank up to {n} answer in {q}",
        "Rank up to {n} answers in {q}",
        most_ranks(asked.question),
    )


def _rank_problems(asked: Asked[Ranking], ranks: Mapping[str, Any]) -> Iterator[Problem]:
    """Why ranks typed into a form make no order."""
    count = most_ranks(asked.question)
    values = {choice.value for choice in choices(asked.question)}
    if len(ranks) > count and ranks.keys() <= values:
        yield _too_many_ranks(asked)
        return
    taken: dict[int, str] = {}
    for option, typed in ranks.items():
        rank = read_number(typed) if isinstance(typed, str) else None
        if option not in values:
            yield asked.problem("{q} has no such answer. Leave it out", shortened(str(option), 60))
        elif not isinstance(rank, int) or not 1 <= rank <= count:
            yield asked.problem(
                "Rank answers in {q} with numbers from 1 to {most}", option, most=count
            )
        elif rank in taken:
            yield asked.problem("Give rank {rank} to one answer only in {q}", option, rank=rank)
        else:
            taken[rank] = option
    gap = next((rank for rank in range(1, len(taken) + 1) if rank not in taken), None)
    if len(taken) == len(ranks) and gap:
        yield asked.problem("Use every rank up to your last in {q}: rank {gap} is missing", gap=gap)
    elif len(taken) == len(ranks):
        yield asked.problem("Answer {q} with a list of its options, best first")
