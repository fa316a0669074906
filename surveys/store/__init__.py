"""Keeping consultations, the versions of their questionnaires and their rounds."""

from surveys.store.creating import (
    SlugTaken,
    UnusableSlug,
    change_about,
    create_consultation,
    mark_reported,
)
from surveys.store.reading import (
    NoSuchConsultation,
    consultation,
    consultation_by_id,
    consultations,
)
from surveys.store.rounds import (
    ClosesBeforeItOpens,
    PauseWithoutReason,
    RoundAlreadyOpen,
    RoundNotOpen,
    add_round,
    close_round,
    open_round,
    pause_round,
)
from surveys.store.versioning import NoSuchVersion, add_version, document, version, versions

__all__ = [
    "ClosesBeforeItOpens",
    "NoSuchConsultation",
    "NoSuchVersion",
    "PauseWithoutReason",
    "RoundAlreadyOpen",
    "RoundNotOpen",
    "SlugTaken",
    "UnusableSlug",
    "add_round",
    "add_version",
    "change_about",
    "close_round",
    "consultation",
    "consultation_by_id",
    "consultations",
    "create_consultation",
    "document",
    "mark_reported",
    "open_round",
    "pause_round",
    "version",
    "versions",
]
