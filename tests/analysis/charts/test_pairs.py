"""Two shares of each group as bars."""

from xml.etree import ElementTree

import pytest

from analysis.charts import NARROW, WIDE, Named, Pair, pairs

SVG = "{http://www.w3.org/2000/svg}"
LINES = (Pair("16 to 24", 0.04, 0.18, "4% · 18%"), Pair("25 and over", 0.96, 0.82, "96% · 82%"))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_upper_bar_is_solid_and_the_lower_hatched_and_both_are_named(width: int) -> None:
    drawn = pairs(
        Named("reach-1", "Who answered", "16 to 24: 4%, 18%"),
        LINES,
        first="Of the 340 who answered",
        second="Of the population",
        width=width,
    )
    svg = ElementTree.fromstring(drawn)
    words = [each.text for each in svg.iter(f"{SVG}text")]
    assert words[:2] == ["Of the 340 who answered", "Of the population"]
    assert {"4% · 18%", "96% · 82%", "16 to 24"} <= set(words)
    upper = [each for each in svg.iter(f"{SVG}rect") if each.get("class") == "svg-bar"][1:]
    lower = [each for each in svg.iter(f"{SVG}rect") if each.get("class") == "svg-beside"][1:]
    assert all(str(each.get("fill")).startswith("url(#reach-1-") for each in lower)
    shares = [
        float(str(each.get("width"))) for pair in zip(upper, lower, strict=True) for each in pair
    ]
    assert [each / shares[2] for each in shares] == pytest.approx(
        [0.04 / 0.96, 0.18 / 0.96, 1, 0.82 / 0.96], abs=1e-3
    )


def test_of_nobody_nothing_is_divided_by() -> None:
    assert "<svg" in pairs(Named("a", "b", "c"), [Pair("d", 0, 0, "0%")], first="e", second="f")
