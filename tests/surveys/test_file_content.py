"""A file is told by its content: what is taken, what is refused and why, what of it is kept."""

import io
import zipfile

import openpyxl
import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from surveys.file_content import (
    EMPTY,
    KIND,
    PROGRAMS,
    TOO_MANY_PIXELS,
    UNREADABLE,
    NotTaken,
    content_of,
    parted_name,
)
from surveys.file_kinds import KINDS

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>\n%%EOF\n"


def zipped(*names: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return written.getvalue()


def workbook() -> bytes:
    written = io.BytesIO()
    openpyxl.Workbook().save(written)
    return written.getvalue()


def picture(
    form: str, *, exif: Image.Exif | None = None, size: tuple[int, int] = (40, 20)
) -> bytes:
    written = io.BytesIO()
    drawn = Image.new("RGB", size, "#b03020")
    drawn.save(written, form, **({"exif": exif} if exif else {}))
    return written.getvalue()


def why(name: str, data: bytes, kinds: tuple[str, ...] = tuple(KINDS)) -> str:
    with pytest.raises(NotTaken) as refused:
        content_of(name, data, kinds=kinds)
    return refused.value.why


def without_bytes(given: object) -> str | None:
    """Zip files hold the time when they were made, which would be another name in each process."""
    return "file" if isinstance(given, bytes) else None


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("plan.pdf", PDF, "application/pdf"),
        ("Letter.DOCX", zipped("[Content_Types].xml", "word/document.xml"), "word"),
        ("letter.odt", zipped("mimetype", "content.xml"), "opendocument.text"),
        ("sums.xlsx", workbook(), "sheet"),
        ("sums.csv", "name,ŵ\n1,2\n".encode(), "text/csv"),
        ("old.txt", "Caf\xe9 £5".encode("cp1252"), "text/plain"),
        ("photo.jpeg", picture("JPEG"), "image/jpeg"),
        ("photo.png", picture("PNG"), "image/png"),
        ("photo.webp", picture("WEBP"), "image/webp"),
    ],
    ids=without_bytes,
)
def test_files_of_every_kind_are_taken(name: str, data: bytes, media_type: str) -> None:
    assert media_type in content_of(name, data, kinds=tuple(KINDS)).media_type


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("program.exe", b"MZ\x90\x00", KIND),
        ("page.html", b"<script>alert(1)</script>", KIND),
        ("no-ending", PDF, KIND),
        ("old.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), KIND),
        ("letter.docm", zipped("word/document.xml"), KIND),
        ("plan.pdf", b"", EMPTY),
        ("plan.pdf", b"MZ\x90\x00" + bytes(400), UNREADABLE),
        ("plan.pdf", zipped("word/document.xml"), UNREADABLE),
        ("letter.docx", PDF, UNREADABLE),
        ("letter.docx", zipped("xl/workbook.xml"), UNREADABLE),
        ("letter.docx", zipped("word/document.xml")[:40], UNREADABLE),
        ("letter.docx", zipped("word/document.xml", "word/vbaProject.bin"), PROGRAMS),
        ("notes.txt", b"MZ\x90\x00\x03\x00", UNREADABLE),
        ("photo.jpg", PDF, UNREADABLE),
        ("photo.png", picture("PNG")[:60], UNREADABLE),
        ("photo.jpg", picture("GIF"), UNREADABLE),
    ],
    ids=without_bytes,
)
def test_what_is_not_what_it_says_is_refused(name: str, data: bytes, reason: str) -> None:
    assert why(name, data) == reason


def test_only_the_kinds_that_are_asked_for_are_taken() -> None:
    assert why("plan.pdf", PDF, kinds=("image",)) == KIND
    assert why("photo.png", picture("PNG"), kinds=("pdf",)) == KIND


def test_a_picture_keeps_its_pixels_and_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[Base.Artist] = "Jo Bloggs"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (51.0, 16.0, 12.0)
    given = picture("JPEG", exif=exif)
    assert b"Jo Bloggs" in given
    kept = content_of("photo.jpg", given, kinds=("image",))
    with Image.open(io.BytesIO(kept.data)) as read:
        assert not read.getexif()
        assert read.size == (40, 20)
    assert b"Jo Bloggs" not in kept.data


def test_a_picture_that_was_held_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    kept = content_of("photo.jpg", picture("JPEG", exif=exif), kinds=("image",))
    with Image.open(io.BytesIO(kept.data)) as read:
        assert read.size == (20, 40)


def test_of_a_photograph_with_a_second_picture_behind_it_the_first_is_kept() -> None:
    written = io.BytesIO()
    behind = Image.new("RGB", (40, 20), "black")
    front = Image.new("RGB", (40, 20), "#b03020")
    front.save(written, "MPO", save_all=True, append_images=[behind])
    kept = content_of("photo.jpg", written.getvalue(), kinds=("image",))
    assert (kept.name, kept.media_type) == ("photo.jpg", "image/jpeg")
    with Image.open(io.BytesIO(kept.data)) as read:
        assert (read.format, read.size) == ("JPEG", (40, 20))


def test_a_picture_is_named_after_what_it_is() -> None:
    assert content_of("photo.jpg", picture("PNG"), kinds=("image",)).name == "photo.png"


def test_a_picture_that_would_unpack_to_too_much_is_refused() -> None:
    written = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(written, "PNG")
    assert len(written.getvalue()) < 100_000
    assert why("photo.png", written.getvalue()) == TOO_MANY_PIXELS


@pytest.mark.parametrize(
    ("name", "parted"),
    [
        ("..\\..\\etc\\plan.PDF", ("plan", ".pdf")),
        ("/etc/passwd.txt", ("passwd", ".txt")),
        ("a\x00b\n.txt", ("ab", ".txt")),
        (".pdf", ("file", ".pdf")),
        ("x" * 300 + ".pdf", ("x" * 100, ".pdf")),
    ],
)
def test_names_are_made_fit(name: str, parted: tuple[str, str]) -> None:
    assert parted_name(name) == parted
