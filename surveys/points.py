"""Points on the ground, in degrees, and where they lie on a picture of a map."""

import re

from surveys.questionnaire import Map
from surveys.typed import tidy

_POINT = re.compile(r"([-+]?[0-9]{1,2}\.[0-9]+)(?: *, *| +)([-+]?[0-9]{1,3}\.[0-9]+)")
# About a metre.
DECIMALS = 5
_EVEN = str.maketrans("−–\u00a0", "-- ")


def read_point(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of text like “51.27, 0.52”, as exact as they are kept; None when it is
    no point on the ground."""
    found = _POINT.fullmatch(tidy(text.translate(_EVEN)))
    if not found:
        return None
    # Adding nothing makes -0.0 plain.
    latitude, longitude = (round(float(part), DECIMALS) + 0 for part in found.groups())
    on_the_ground = abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if on_the_ground else None


def point_text(latitude: float, longitude: float) -> str:
    return f"{latitude:.{DECIMALS}f}, {longitude:.{DECIMALS}f}"


def is_on(shown: Map, latitude: float, longitude: float) -> bool:
    return shown.south <= latitude <= shown.north and shown.west <= longitude <= shown.east


def place_on(shown: Map, latitude: float, longitude: float) -> tuple[float, float]:
    """How far from the left and from the top of the picture a point lies, in per cent."""
    across = (longitude - shown.west) / (shown.east - shown.west)
    down = (shown.north - latitude) / (shown.north - shown.south)
    return round(100 * across, 2), round(100 * down, 2)
