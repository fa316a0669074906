"""How often a family of comparisons flags anything where there is only chance.

`python -m tests.bench.chance [FAMILIES]` runs 1,000 families, or as many as are named; exit 1 above
5 % and what chance allows it. A thousand take some four minutes of processor time.
"""

import sys
from math import sqrt

import numpy as np

from analysis.comparing.choosing import Order, compare, in_family
from analysis.comparing.families import Correction
from analysis.comparing.tables import Counts

FAMILIES, TABLES, LEVEL = 1_000, 8, 0.05
SEED = 20_261_121


def family(chance: np.random.Generator) -> list[tuple[Counts, Order, Order]]:
    """Tables of 9 to 300 people in two to four groups that answer alike, most of them sparse."""
    return [_table(chance) for _ in range(TABLES)]


def _table(chance: np.random.Generator) -> tuple[Counts, Order, Order]:
    groups, values = int(chance.integers(2, 5)), int(chance.integers(2, 6))
    people = chance.multinomial(int(chance.integers(9, 300)), chance.dirichlet(np.ones(groups)))
    counts = chance.multinomial(people, chance.dirichlet(np.ones(values)))
    orders = (Order.NONE, Order.ORDERED)
    return counts, orders[chance.integers(2)], orders[chance.integers(2)]


def flagged_families(families: int, *, seed: int = SEED) -> dict[Correction | None, int]:
    """Of so many families, those in which any p is at most 0.05, by correction and without."""
    chance = np.random.default_rng(seed)
    flagged: dict[Correction | None, int] = dict.fromkeys((None, *Correction), 0)
    for _ in range(families):
        found = [
            compare(table, values=values, groups=groups) for table, values, groups in family(chance)
        ]
        flagged[None] += any(each.p <= LEVEL for each in found if each)
        for correction in Correction:
            corrected = [each.p_adjusted for each in in_family(found, correction) if each]
            flagged[correction] += any(p is not None and p <= LEVEL for p in corrected)
    return flagged


def main() -> int:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else FAMILIES
    flagged = flagged_families(total)
    for correction, families in flagged.items():
        name = correction or "No correction"
        sys.stdout.write(f"{name}: {families} of {total:,} families flag anything\n")
    most = LEVEL * total + 2.5 * sqrt(total * LEVEL * (1 - LEVEL))
    return int(max(flagged[correction] for correction in Correction) > most)


if __name__ == "__main__":
    sys.exit(main())
