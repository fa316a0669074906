"""Charts: standalone SVG that is told in words, fits its width, and needs no colour."""

import re
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts import (
    NARROW,
    WIDE,
    HeatRow,
    Line,
    Mark,
    Named,
    Row,
    Step,
    bars,
    days,
    diverging,
    heat,
    waterfall,
)
from analysis.charts.canvas import measured, wrapped

NAMED = Named("c", "Plans & <people>", "Most agree.", heading="Plans & people", foot="78 answered.")
POINTS = ("Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree")
SVG = "{http://www.w3.org/2000/svg}"
LONG = "A very long answer, such as councils write, about everything that the plan might change"

EVERY: dict[str, Callable[[int], str]] = {
    "bars": lambda width: bars(
        NAMED,
        [Line("Yes & no <", 0.69, "54, 69%", (0.58, 0.78)), Line(LONG, None, "hidden")],
        width=width,
    ),
    "diverging": lambda width: diverging(
        NAMED,
        POINTS,
        [Row("Paths", (0.3, 0.3, 0.1, 0.2, 0.1), "Net +30"), Row(LONG, ())],
        width=width,
    ),
    "heat": lambda width: heat(
        NAMED, POINTS, [HeatRow(LONG, tuple((0.2, "1,000 20%") for _ in POINTS))], width=width
    ),
    "waterfall": lambda width: waterfall(
        NAMED,
        [Step("Received", 1020, "1,020", whole=True), Step("Withdrawn", -3, "−3")],
        width=width,
    ),
    "days": lambda width: days(
        NAMED,
        [(date(2026, 1, 1), 4), (date(2026, 2, 20), 9)],
        marks=[Mark(date(2026, 1, 3), LONG)],
        width=width,
    ),
}
SHAPES = pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)
WIDTHS = pytest.mark.parametrize("width", [WIDE, NARROW])


def texts(svg: Xml.Element) -> list[Xml.Element]:
    return list(svg.iter(f"{SVG}text"))


@SHAPES
@WIDTHS
def test_a_chart_stands_alone_and_is_told_in_words(draw: Callable[[int], str], width: int) -> None:
    svg = Xml.fromstring(draw(width))
    assert svg.tag == f"{SVG}svg"
    said = {each.get("id"): each.text for each in svg if each.tag in (f"{SVG}title", f"{SVG}desc")}
    assert [said[name] for name in (svg.get("aria-labelledby") or "").split()] == [
        "Plans & <people>",
        "Most agree.",
    ]
    assert not [each for each in svg.iter() if each.get("style") or each.tag == f"{SVG}style"]


@SHAPES
@WIDTHS
def test_no_words_are_wider_than_the_chart(draw: Callable[[int], str], width: int) -> None:
    for each in texts(Xml.fromstring(draw(width))):
        wide = measured(each.text or "", float(each.get("font-size") or 0))
        start = {"start": 0.0, "middle": wide / 2, "end": wide}[each.get("text-anchor") or "start"]
        x = float(each.get("x") or 0) - start
        assert -1 <= x <= x + wide <= width + 1, each.text


@SHAPES
def test_both_widths_can_stand_on_one_page(draw: Callable[[int], str]) -> None:
    both = [
        {each.get("id") for each in Xml.fromstring(draw(width)).iter() if each.get("id")}
        for width in (WIDE, NARROW)
    ]
    assert not both[0] & both[1]


@SHAPES
def test_every_pattern_that_is_used_is_there(draw: Callable[[int], str]) -> None:
    svg = draw(WIDE)
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(re.findall(r'id="([^"]+)"', svg))


def widths(svg: str, kind: str) -> list[float]:
    rects = Xml.fromstring(svg).iter(f"{SVG}rect")
    return [float(each.get("width") or 0) for each in rects if each.get("class") == f"svg-{kind}"]


def test_a_bar_is_as_long_as_its_share() -> None:
    svg = bars(NAMED, [Line("All", 1.0, "78"), Line("Half", 0.5, "39"), Line("None", 0, "0")])
    whole, half, none = widths(svg, "bar")
    assert [half / whole, none] == pytest.approx([0.5, 0])
    assert whole == pytest.approx(widths(svg, "track")[0])


def test_a_share_that_is_not_shown_has_no_bar() -> None:
    svg = bars(NAMED, [Line("Few", None, "hidden")])
    assert widths(svg, "bar") == []
    assert widths(svg, "track")


def test_what_is_no_answer_is_hatched() -> None:
    svg = bars(NAMED, [Line("No answer", 0.12, "120, 12%", beside=True)])
    assert widths(svg, "bar") == []
    assert 'fill="url(#c-720-hatch)"' in svg


def test_the_sides_of_a_scale_differ_without_colour() -> None:
    fills: dict[str, set[str]] = {}
    for each in Xml.fromstring(diverging(NAMED, POINTS, [Row("", (0.2,) * 5)])).iter(f"{SVG}rect"):
        fills.setdefault(str(each.get("class")), set()).add(str(each.get("fill")))
    assert all("stripes" in fill for fill in fills["svg-disagree"])
    assert fills["svg-neutral"] == {"url(#c-720-dots)"}
    assert all(fill.startswith("#") for fill in fills["svg-agree"])


def test_of_few_people_the_ends_of_a_bar_count_them() -> None:
    shares = (2 / 8, 1 / 8, 0.0, 4 / 8, 1 / 8)
    counted, shared = (
        [str(each.text) for each in Xml.fromstring(svg).iter(f"{SVG}text")]
        for svg in (diverging(NAMED, POINTS, [Row("", shares, few=few)]) for few in (8, 0))
    )
    assert [words for words in counted if words not in shared] == ["5", "3"]
    assert [words for words in shared if words not in counted] == ["63%", "38%"]


def test_a_waterfall_comes_down_to_what_is_left() -> None:
    svg = waterfall(
        NAMED,
        [
            Step("Received", 100, "100", whole=True),
            Step("Out", -40, "−40"),
            Step("Analysed", 60, "60", whole=True),
        ],
    )
    whole, left = widths(svg, "bar")
    (out,) = widths(svg, "disagree")
    assert [out / whole, left / whole] == pytest.approx([0.4, 0.6])


def test_days_without_a_response_leave_a_gap() -> None:
    svg = days(NAMED, [(date(2026, 1, 1), 4), (date(2026, 1, 10), 4)])
    first, last = (
        float(each.get("x") or 0)
        for each in Xml.fromstring(svg).iter(f"{SVG}rect")
        if each.get("class") == "svg-bar"
    )
    assert last - first == pytest.approx(9 * (WIDE - measured("4", 13) - 10) / 10, abs=0.01)


def test_nothing_at_all_is_still_a_chart() -> None:
    for svg in (
        bars(NAMED, []),
        diverging(NAMED, POINTS, []),
        waterfall(NAMED, []),
        days(NAMED, []),
    ):
        assert Xml.fromstring(svg).tag == f"{SVG}svg"


@given(st.text(max_size=300), st.integers(60, 700))
def test_wrapping_keeps_every_letter_and_fits(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(measured(line) <= width for line in lines)
