"""Static files, held in memory, addressed by a hash of them all and so cacheable for ever."""

import gzip
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from app.settings import LOGO_TYPES, Settings

FOLDER = Path(__file__).parent / "static"
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
    **LOGO_TYPES,
}
FOR_EVER = "public, max-age=31536000, immutable"


class Asset(Struct, frozen=True):
    """One file; `packed` is its gzip where that is smaller."""

    content: bytes
    packed: bytes | None
    media_type: str


class Assets(Struct, frozen=True):
    """Every static file by its path, and the hash that stands in their addresses.

    One hash covers all files, so that a style sheet's relative addresses of fonts stay true.
    """

    version: str
    files: Mapping[str, Asset]

    def address(self, path: str) -> str:
        """The address of a file, like `/static/3fa…/hearback.css`. KeyError where there is none."""
        if path not in self.files:
            raise KeyError(f"There is no static file {path}")
        return f"/static/{self.version}/{path}"


def load_assets(settings: Settings) -> Assets:
    """Every file below `static/`, the brand's one colour as `brand.css`, and the logo."""
    found = {
        str(file.relative_to(FOLDER)): file.read_bytes()
        for file in sorted(FOLDER.rglob("*"))
        if file.is_file() and file.suffix in TYPES
    }
    found["brand.css"] = f":root {{ --brand: {settings.colour}; }}\n".encode()
    if settings.logo:
        found[f"logo{settings.logo.suffix.lower()}"] = settings.logo.read_bytes()
    digest = hashlib.sha256()
    for path, content in found.items():
        digest.update(f"{path}:{len(content)}:".encode() + content)
    return Assets(digest.hexdigest()[:12], {path: _asset(path, at) for path, at in found.items()})


def _asset(path: str, content: bytes) -> Asset:
    packed = gzip.compress(content, 9, mtime=0)
    worthwhile = len(packed) < 0.9 * len(content)
    return Asset(content, packed if worthwhile else None, TYPES[Path(path).suffix])


@get("/static/{path:path}", name="static", sync_to_thread=False)
def static_file(path: FromPath[Path], request: Request[Any, Any, Any]) -> Response[bytes]:
    """A file by its address. An old hash, or none, gets today's file, to be asked for again."""
    assets: Assets = request.app.state.assets
    first, _, rest = str(path).lstrip("/").partition("/")
    current = first == assets.version
    asset = assets.files.get(rest) or assets.files.get(f"{first}/{rest}".rstrip("/"))
    if asset is None:
        raise NotFoundException
    headers = {"Cache-Control": FOR_EVER if current else "no-cache", "Vary": "Accept-Encoding"}
    if asset.packed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.packed, media_type=asset.media_type, headers=headers)
    return Response(asset.content, media_type=asset.media_type, headers=headers)
