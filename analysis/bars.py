"""Bars as places along a line, in per cent of its width; a page draws them."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct


class Side(StrEnum):
    AGREE = "agree"
    NEUTRAL = "neutral"
    DISAGREE = "disagree"


class Segment(Struct, frozen=True):
    """One point of the scale. `strength` is 1 next to the middle and grows outwards."""

    value: str
    side: Side
    strength: int
    start: float
    width: float


class Bar(Struct, frozen=True):
    """The segments from left to right, and where the line between the two sides stands."""

    segments: tuple[Segment, ...]
    middle: float


def diverging(lines: Sequence[Sequence[float]], values: Sequence[str]) -> tuple[Bar, ...]:
    """A bar for each line of shares, given most positive first, all on one common measure.

    Disagreement grows to the left and agreement to the right; the neutral share straddles the
    line between them. The measure is as wide as the longest bars need.
    """
    spans = [_span(shares) for shares in lines]
    left = max((span[0] for span in spans), default=0.0)
    right = max((span[1] for span in spans), default=0.0)
    measure = left + right
    if not measure:
        return tuple(Bar((), 50.0) for _ in lines)
    return tuple(
        Bar(
            _segments(shares, values, start=left - span[0], measure=measure),
            100 * left / measure,
        )
        for shares, span in zip(lines, spans, strict=True)
    )


def places(values: Sequence[str]) -> tuple[tuple[str, Side, int], ...]:
    """Each point's side and strength, from the most negative to the most positive."""
    half = len(values) // 2
    placed = []
    for at, value in enumerate(values):
        from_top, from_end = half - at, at - (len(values) - half) + 1
        if from_top > 0:
            placed.append((value, Side.AGREE, from_top))
        elif from_end > 0:
            placed.append((value, Side.DISAGREE, from_end))
        else:
            placed.append((value, Side.NEUTRAL, 1))
    return tuple(reversed(placed))


def _span(shares: Sequence[float]) -> tuple[float, float]:
    """How far a line's bar reaches to the left and to the right of the middle."""
    half = len(shares) // 2
    neutral = shares[half] / 2 if len(shares) % 2 else 0.0
    return neutral + sum(shares[len(shares) - half :]), neutral + sum(shares[:half])


def _segments(
    shares: Sequence[float], values: Sequence[str], *, start: float, measure: float
) -> tuple[Segment, ...]:
    share_of = dict(zip(values, shares, strict=True))
    segments = []
    for value, side, strength in places(values):
        width = share_of[value]
        if width:
            segments.append(
                Segment(value, side, strength, 100 * start / measure, 100 * width / measure)
            )
        start += width
    return tuple(segments)
