"""A picture of a map as a page shows it, with the marker where the answer is a point on it."""

from msgspec import Struct

from surveys.points import is_on, place_on, read_point
from surveys.questionnaire import Map


class MapView(Struct, frozen=True):
    """Edges in degrees. `across` and `down` are the marker's place in per cent, if there is one."""

    image: str
    west: float
    south: float
    east: float
    north: float
    across: float | None = None
    down: float | None = None


def map_view(shown: Map, typed: str) -> MapView:
    point = read_point(typed)
    place = place_on(shown, *point) if point and is_on(shown, *point) else (None, None)
    return MapView(shown.image, shown.west, shown.south, shown.east, shown.north, *place)
