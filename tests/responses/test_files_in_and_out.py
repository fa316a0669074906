"""Officers bring a file, see what it was taken for, put that right and import it; and take files
away. Checked first, all or nothing, private parts apart."""

import io
import zipfile
from datetime import timedelta

from app.audit import store as audit
from app.clock import now
from app.settings import settings
from responses.store import bringing, coded_rows
from tests.browsing import Browser, Page
from tests.responses.asking import ANSWERS, SLUG, answered, opened

FILES = f"/officer/consultations/{SLUG}/responses/in-and-out"
GOOD = b"rides,why\nno,=1+1\nno,\n"


async def brought(officer: Browser, data: bytes) -> Page:
    page = await officer.get(FILES)
    form = page.form("import").fill(file=[("in.csv", data)], channel="letter")
    return await form.submit("Check the file")


async def test_a_file_is_checked_then_imported_and_passed_over_again(officer: Browser) -> None:
    consultation = await opened()
    checked = await brought(officer, GOOD)
    assert "Fit to import: 2 new responses" in checked.text
    assert await coded_rows(consultation.id) == ()
    stored = await checked.form("import").submit("Import")
    assert "2 responses imported" in stored.text
    rows = await coded_rows(consultation.id)
    assert [row.channel for row in rows] == ["letter", "letter"]
    newest = (await audit.entries(limit=1))[0]
    assert (newest.action, newest.subject) == ("import-responses", f"consultation:{SLUG}")
    assert "@" in newest.by
    again = await brought(officer, GOOD)
    assert "Fit to import: 0 new responses. 2 in it were imported before" in again.text
    assert len(await coded_rows(consultation.id)) == 2


async def test_what_is_wrong_is_told_and_nothing_is_stored(officer: Browser) -> None:
    consultation = await opened()
    wrong = await brought(officer, b"rides\nno\nperhaps\n")
    assert "Row 3, rides: ‘perhaps’ is not one of the answers" in wrong.text
    hostile = await brought(officer, b"rides\nno\0\n")
    assert "Line 2 holds a null byte, which no text has" in hostile.text
    empty = await (await officer.get(FILES)).form("import").submit("Check the file")
    assert empty.summary == ["Choose a file"]
    assert await coded_rows(consultation.id) == ()


async def test_columns_and_values_that_are_called_otherwise_can_be_named(officer: Browser) -> None:
    consultation = await opened()
    page = await brought(officer, b"Q1,IP\nN,127.0.0.1\n")
    assert "Row 1, Q1: No question is called so" in page.text
    named = await page.form("import").fill(holds=["rides", "_leave_out"]).submit("Check again")
    assert "Row 2, rides: ‘N’ is not one of the answers" in named.text
    assert "“N”, in 1 row" in named.text
    meant = await named.form("import").fill(meant="no").submit("Check again")
    assert "Fit to import: 1 new response" in meant.text
    done = await meant.form("import").submit("Import")
    assert "1 response imported" in done.text
    assert len(await coded_rows(consultation.id)) == 1


async def test_a_file_is_one_consultations_own_and_forgotten_after_an_hour(
    officer: Browser,
) -> None:
    consultation, other = await opened(), await opened(slug="elsewhere")
    page = await brought(officer, GOOD)
    token = str(page.response.url).rpartition("/")[2]
    assert (await officer.get(f"{FILES}/{token}")).status_code == 200
    theirs = f"/officer/consultations/elsewhere/responses/in-and-out/{token}"
    assert (await officer.get(theirs)).status_code == 404
    assert other.id != consultation.id
    assert await bringing.clear_brought(now() + timedelta(minutes=59)) == 0
    assert await bringing.clear_brought(now() + timedelta(minutes=61)) == 1
    assert (await officer.get(f"{FILES}/{token}")).status_code == 404
    assert list((settings().data_dir / "imports").iterdir()) == []


async def test_an_import_that_a_restart_broke_off_says_so(officer: Browser) -> None:
    consultation = await opened()
    page = await brought(officer, GOOD)
    token = str(page.response.url).rpartition("/")[2]
    kept = settings().data_dir / "imports" / token / "standing.json"
    kept.write_bytes(kept.read_bytes().replace(b'"what":""', b'"what":"storing"'))
    page = await officer.get(f"{FILES}/{token}")
    assert "It stopped before it ended, and nothing was stored. Try again" in page.text
    assert await coded_rows(consultation.id) == ()


async def test_an_export_holds_private_answers_only_where_the_box_is_ticked(
    officer: Browser,
) -> None:
    await answered(await opened(), ANSWERS)
    page = await officer.get(FILES)
    for private in (False, True):
        form = page.form("export").fill(format="csv")
        if private:
            form = form.fill(private="yes")
        answer = (await form.submit()).response
        assert answer.headers["content-disposition"] == f'attachment; filename="{SLUG}-csv.zip"'
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert sorted(archive.namelist()) == [
                f"{SLUG}.codebook.csv",
                f"{SLUG}.csv",
                f"{SLUG}.csv-metadata.json",
            ]
            assert (b"rider@example.org" in archive.read(f"{SLUG}.csv")) is private
