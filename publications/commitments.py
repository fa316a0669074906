"""A promise: what, by whom, reported where and by when, and where it stands on a given day."""

from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

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


def timing(due_on: date, kept_on: date | None, *, today: date) -> str:
    """The same with the time counted: “due in 12 days”, “4 years overdue”, “kept on time”."""
    match status(due_on, kept_on, today=today):
        case Status.KEPT:
            kept = kept_on or today
            return f"kept {_between(due_on, kept)} late" if kept > due_on else "kept on time"
        case Status.OVERDUE:
            return f"{_between(due_on, today)} overdue"
        case _:
            return f"due in {_between(today, due_on)}" if due_on > today else "due today"


def _between(earlier: date, later: date) -> str:
    """Whole days, from three months on whole months, from two years on whole years."""
    day_not_reached = later.day < earlier.day
    months = (later.year - earlier.year) * 12 + later.month - earlier.month - day_not_reached
    if months >= 24:
        return f"{months // 12} years"
    if months >= 3:
        return f"{months} months"
    days = (later - earlier).days
    return "1 day" if days == 1 else f"{days} days"
