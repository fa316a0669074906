"""A sealed edition shows any later change, and reads back as what was sealed."""

import hashlib
import json
from datetime import timedelta

from msgspec import UnsetType
from msgspec.structs import replace

from analysis.quantities import Band
from publications.drafting import draft
from publications.editions import canonical, read_snapshot, seal, seal_of
from publications.reading import read_on
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


def test_an_edition_keeps_the_bands_that_it_was_sealed_with() -> None:
    ours = (Band("nearly everyone", 80), Band("some", 0))
    sealed = read_snapshot(seal(draft(replace(MATERIAL, bands=ours), IMPRINT)).snapshot)
    assert not isinstance(sealed.bands, UnsetType)
    assert [band.word for band in sealed.bands] == ["nearly everyone", "some"]
    assert [band.words["cy"] for band in sealed.bands] == ["nearly everyone", "some"]
    many = replace(sealed.themes[0], people=90, read=100)
    (theme,) = read_on(replace(sealed, themes=(many,)), today=NOW.date()).themes
    assert theme.how_many == "nearly everyone"


def test_an_edition_from_before_bands_and_statements_reads_as_it_was_sealed() -> None:
    before = json.loads(canonical(REPORT))
    del before["bands"], before["statements"]
    snapshot = json.dumps(before).encode()
    report = read_snapshot(snapshot)
    assert isinstance(report.bands, UnsetType)
    assert "bands" not in json.loads(canonical(report))
    view = read_on(report, today=NOW.date())
    assert view.themes[0].how_many == "a large minority"
    assert view.statements == ()
