"""A chart as a picture: the SVG that pages show, and a PNG of it in our own letters."""

import json
from collections.abc import Sequence
from functools import cache

import typst

from app.assets import FOLDER

FONTS = FOLDER / "vendor" / "print-fonts"
PIXELS_PER_INCH = 192
"""Twice as fine as a screen's, for documents that are printed."""
_SOURCE = b"""#set page(width: auto, height: auto, margin: 12pt)
#for (at, svg) in json(bytes(sys.inputs.svgs)).enumerate() {
  if at > 0 { pagebreak() }
  image(bytes(svg), format: "svg")
}
"""


def as_png(svg: str) -> bytes:
    """Takes 20 to 50 ms of processor time, and so belongs in a thread."""
    return as_pngs([svg])[0]


def as_pngs(svgs: Sequence[str]) -> list[bytes]:
    """All of them at once: each after the first takes 10 to 20 ms."""
    if not svgs:
        return []
    made = typst.compile(
        _SOURCE,
        font_paths=_fonts(),
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"svgs": json.dumps(svgs)},
    )
    return list(made) if isinstance(made, list) else [made]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
