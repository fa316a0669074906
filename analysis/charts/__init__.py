"""Charts as SVG text: pure functions of figures, each always shown with its table.

A chart is laid out for a width, so that its words wrap and keep their size: a page shows WIDE or
NARROW by the room there is, an image is WIDE. It stands alone without a style sheet; classes let a
page's style sheet answer forced colours. Nothing is told by colour alone: sides differ by stripes
and dots as well, and every bar has its number beside it.
"""

from analysis.charts.bars import Line, bars
from analysis.charts.canvas import NARROW, WIDE, Drawn, Named, drawn
from analysis.charts.days import Mark, days
from analysis.charts.diverging import Row, diverging
from analysis.charts.heat import HeatRow, heat
from analysis.charts.pairs import Pair, pairs
from analysis.charts.waterfall import Step, waterfall

__all__ = [
    "NARROW",
    "WIDE",
    "Drawn",
    "HeatRow",
    "Line",
    "Mark",
    "Named",
    "Pair",
    "Row",
    "Step",
    "bars",
    "days",
    "diverging",
    "drawn",
    "heat",
    "pairs",
    "waterfall",
]
