"""Static files may be kept for ever, since their addresses change with them."""

import gzip
import re
from pathlib import Path

import msgspec
import pytest
from litestar import Litestar

from app.assets import FOLDER, Assets, load_assets
from app.main import create_app
from app.settings import settings
from tests.browsing import Browser


@pytest.fixture
def assets(application: Litestar) -> Assets:
    held = application.state.assets
    assert isinstance(held, Assets)
    return held


async def test_what_a_page_links_to_is_there_and_kept_for_ever(visitor: Browser) -> None:
    page = await visitor.get("/cookies")
    links = [str(tag["href"]) for tag in page.soup.select("head link[href]")]
    links += [str(tag["src"]) for tag in page.soup.select("script[src], img[src]")]
    assert len(links) >= 5
    for link in links:
        answer = await visitor.get(link)
        assert answer.status_code == 200, link
        assert "immutable" in answer.response.headers["cache-control"], link


async def test_every_address_in_a_style_sheet_leads_to_a_file(assets: Assets) -> None:
    sheets = {path: file for path, file in assets.files.items() if path.endswith(".css")}
    found = [
        str(Path(path).parent / address)
        for path, file in sheets.items()
        for address in re.findall(r'url\("?([^")]+)"?\)', file.content.decode())
    ]
    assert found
    assert set(found) <= set(assets.files)


async def test_nothing_of_the_government_s_own_look_is_shipped(assets: Assets) -> None:
    for path in assets.files:
        assert not re.search(r"crest|crown|gds|transport", path, re.IGNORECASE)
    sheet = assets.files["vendor/govuk-frontend.css"].content.decode()
    assert "GDS Transport" not in sheet
    assert "url(" not in sheet


async def test_an_old_or_missing_hash_gets_todays_file_for_now(visitor: Browser) -> None:
    for path in ("/static/hearback.css", "/static/0123456789ab/hearback.css"):
        answer = await visitor.get(path)
        assert answer.status_code == 200
        assert answer.response.headers["cache-control"] == "no-cache"


async def test_files_travel_packed_only_to_those_who_can_unpack(
    visitor: Browser, assets: Assets
) -> None:
    address = assets.address("hearback.css")
    packed = await visitor.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.response.headers["content-encoding"] == "gzip"
    plain = await visitor.get(address, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.response.headers
    assert plain.response.content == (FOLDER / "hearback.css").read_bytes()
    assert packed.response.content == plain.response.content
    held = assets.files["hearback.css"].packed
    assert held is not None
    assert gzip.decompress(held) == plain.response.content


@pytest.mark.parametrize("path", ["/static/../settings.py", "/static/%2e%2e/settings.py"])
async def test_nothing_outside_the_folder_can_be_fetched(visitor: Browser, path: str) -> None:
    assert (await visitor.get(path)).status_code == 404


def test_another_colour_is_another_address(application: Litestar) -> None:
    red = load_assets(msgspec.structs.replace(settings(), colour="#8a1538"))
    assert red.files["brand.css"].content == b":root { --brand: #8a1538; }\n"
    assert red.version != application.state.assets.version


async def test_a_logo_stands_in_the_header(application: Litestar, tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    visitor = Browser(create_app(msgspec.structs.replace(settings(), logo=logo)))
    image = (await visitor.get("/cookies")).soup.select_one("header img")
    assert image is not None
    answer = await visitor.get(str(image["src"]))
    assert answer.response.headers["content-type"] == "image/svg+xml"
