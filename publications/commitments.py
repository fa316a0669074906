"""A promise: what, by whom, reported where and by when, and where it stands on a given day."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from app.speech import ENGLISH, Speech, sentences, speech

SOON = timedelta(days=30)


class Status(StrEnum):
    DUE = "due"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    KEPT = "kept"


class Promise(Struct, frozen=True, kw_only=True):
    """`theme_id` None: it stands without a theme. `forum`: where progress on it is reported."""

    promise: str
    owner: str
    forum: str
    due_on: date
    theme_id: int | None = None
    progress: str = ""


class Commitment(Promise, frozen=True, kw_only=True):
    """A promise on record; `kept_on` is the day it was kept, None while it is not."""

    id: int
    kept_on: date | None = None


def status(due_on: date, kept_on: date | None, *, today: date) -> Status:
    """Where a promise stands; due soon means within 30 days, overdue from the day after."""
    if kept_on is not None and kept_on <= today:
        return Status.KEPT
    if due_on < today:
        return Status.OVERDUE
    return Status.DUE_SOON if due_on - today <= SOON else Status.DUE


def timing(due_on: date, kept_on: date | None, *, today: date, language: str = ENGLISH) -> str:
    """The same with the time counted: “due in 12 days”, “4 years overdue”, “kept on time”."""
    speaks = speech(language)
    match status(due_on, kept_on, today=today):
        case Status.KEPT:
            kept = kept_on or today
            if kept <= due_on:
                return speaks.say("kept on time")
            return _told(_KEPT_LATE, _between(due_on, kept), speaks)
        case Status.OVERDUE:
            return _told(_OVERDUE, _between(due_on, today), speaks)
        case _ if due_on > today:
            return _told(_DUE_IN, _between(today, due_on), speaks)
        case _:
            return speaks.say("due today")


def _told(forms: Mapping[str, tuple[str, str]], between: tuple[str, int], speaks: Speech) -> str:
    unit, count = between
    return speaks.plural(*forms[unit], count)


_KEPT_LATE = {
    "days": sentences("kept {n} day late", "kept {n} days late"),
    "months": sentences("kept {n} month late", "kept {n} months late"),
    "years": sentences("kept {n} year late", "kept {n} years late"),
}
_OVERDUE = {
    "days": sentences("{n} day overdue", "{n} days overdue"),
    "months": sentences("{n} month overdue", "{n} months overdue"),
    "years": sentences("{n} year overdue", "{n} years overdue"),
}
_DUE_IN = {
    "days": sentences("due in {n} day", "due in {n} days"),
    "months": sentences("due in {n} month", "due in {n} months"),
    "years": sentences("due in {n} year", "due in {n} years"),
}


def _between(earlier: date, later: date) -> tuple[str, int]:
    """Whole days, from three months on whole months, from two years on whole years."""
    day_not_reached = later.day < earlier.day
    months = (later.year - earlier.year) * 12 + later.month - earlier.month - day_not_reached
    if months >= 24:
        return "years", months // 12
    return ("months", months) if months >= 3 else ("days", (later - earlier).days)
