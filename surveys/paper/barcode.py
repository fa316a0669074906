"""Code 39 (ISO/IEC 16388): each symbol nine bars and spaces in turn, three of them wide."""

from collections.abc import Mapping

from surveys.check_character import ALPHABET

START_AND_STOP = "*"

# A symbol each: bars and spaces in turn from the first bar, w for a wide one.
_PATTERNS = """
0 nnnwwnwnn  1 wnnwnnnnw  2 nnwwnnnnw  3 wnwwnnnnn  4 nnnwwnnnw  5 wnnwwnnnn  6 nnwwwnnnn
7 nnnwnnwnw  8 wnnwnnwnn  9 nnwwnnwnn  A wnnnnwnnw  B nnwnnwnnw  C wnwnnwnnn  D nnnnwwnnw
E wnnnwwnnn  F nnwnwwnnn  G nnnnnwwnw  H wnnnnwwnn  J nnnnwwwnn  K wnnnnnnww  M wnwnnnnwn
N nnnnwnnww  P nnwnwnnwn  Q nnnnnnwww  R wnnnnnwwn  T nnnnwnwwn  V nwwnnnnnw  W wwwnnnnnn
X nwnnwnnnw  Y wwnnwnnnn  Z nwwnwnnnn  * nwnnwnwnn
"""

BARS: Mapping[str, str] = dict(zip(*[iter(_PATTERNS.split())] * 2, strict=True))
"""By symbol, for every symbol that a code has."""

assert BARS.keys() == {*ALPHABET, START_AND_STOP}  # noqa: S101 (a code without bars prints none)
