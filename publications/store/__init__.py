"""What is on record about what was done: outcomes, commitments and editions."""

from publications.store.counts import decided_themes, overdue_counts
from publications.store.editions import (
    NothingPublished,
    NotReadyToPublish,
    PublishedMeanwhile,
    edition,
    editions,
    latest_edition,
    lint,
    publish,
    report_as_it_stands,
)
from publications.store.merging import ThemeIsAnswered, merge_themes
from publications.store.records import (
    add_commitment,
    change_commitment,
    commitments,
    mark_kept,
    outcomes,
    outcomes_ready,
    record_outcome,
)
from publications.store.removal import PromiseIsPublished, remove_commitment, remove_outcome

__all__ = [
    "NotReadyToPublish",
    "NothingPublished",
    "PromiseIsPublished",
    "PublishedMeanwhile",
    "ThemeIsAnswered",
    "add_commitment",
    "change_commitment",
    "commitments",
    "decided_themes",
    "edition",
    "editions",
    "latest_edition",
    "lint",
    "mark_kept",
    "merge_themes",
    "outcomes",
    "outcomes_ready",
    "overdue_counts",
    "publish",
    "record_outcome",
    "remove_commitment",
    "remove_outcome",
    "report_as_it_stands",
]
