"""A sealed edition shows any later change, and reads back as what was sealed."""

import hashlib
from datetime import timedelta

from msgspec.structs import replace

from publications.drafting import draft
from publications.editions import canonical, read_snapshot, seal, seal_of
from tests.publications.samples import IMPRINT, MATERIAL, NOW, commitment

REPORT = draft(
    replace(MATERIAL, commitments=(commitment((NOW + timedelta(days=9)).date(), theme_id=1),)),
    IMPRINT,
)


def test_what_is_read_back_is_what_was_sealed() -> None:
    assert read_snapshot(seal(REPORT).snapshot) == REPORT


def test_the_seal_is_the_sha_256_of_the_bytes_that_readers_download() -> None:
    edition = seal(REPORT)
    assert edition.seal == hashlib.sha256(edition.snapshot).hexdigest()
    assert edition.is_intact


def test_equal_reports_have_equal_bytes() -> None:
    assert canonical(read_snapshot(canonical(REPORT))) == canonical(REPORT)


def test_any_changed_byte_breaks_the_seal() -> None:
    edition = seal(REPORT)
    for at in range(0, len(edition.snapshot), 97):
        changed = bytearray(edition.snapshot)
        changed[at] ^= 1
        assert not replace(edition, snapshot=bytes(changed)).is_intact


def test_number_date_reason_and_the_edition_before_are_under_the_seal() -> None:
    seals = {
        seal_of(canonical(report))
        for report in (
            REPORT,
            replace(REPORT, edition=2),
            replace(REPORT, published_at=NOW + timedelta(seconds=1)),
            replace(REPORT, reason="A count was wrong."),
            replace(REPORT, replaces="0" * 64),
        )
    }
    assert len(seals) == 5
