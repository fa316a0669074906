"""Many comparisons together, and 1,000 families of chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from analysis.comparing.families import Correction, adjusted, benjamini_hochberg, holm
from tests.bench.chance import flagged_families

ps = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def test_benjamini_and_hochbergs_fifteen_reject_four() -> None:
    """Their own example, 1995, as SciPy's documentation of false_discovery_control works it out:
    four of fifteen, where Bonferroni, and so Holm here, rejects three."""
    fifteen = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    fifteen += [0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert sum(p <= 0.05 for p in benjamini_hochberg(fifteen)) == 4
    assert sum(p <= 0.05 for p in holm(fifteen)) == 3


def test_holm_steps_down_as_in_two_libraries_documentation() -> None:
    """Pingouin's example of multicomp by Holm, and stdlib's of padjust."""
    five = holm([0.50, 0.003, 0.32, 0.054, 0.0003])
    assert five == pytest.approx((0.64, 0.012, 0.64, 0.162, 0.0015))
    others = holm([0.319, 0.201, 0.4, 0.374, 0.113])
    assert others == pytest.approx((0.957, 0.804, 0.957, 0.957, 0.565))


@given(ps)
def test_holm_rejects_as_its_own_steps_do(given_ps: list[float]) -> None:
    """Smallest first, each against 0.05 over those left; at the first that fails all stop."""
    rejected, left = set(), len(given_ps)
    for at in np.argsort(given_ps, kind="stable").tolist():
        if given_ps[at] * left > 0.05:
            break
        rejected.add(at)
        left -= 1
    assert {at for at, p in enumerate(holm(given_ps)) if p <= 0.05} == rejected


@given(ps, st.randoms())
def test_the_order_of_comparisons_does_not_matter(given_ps: list[float], chance: object) -> None:
    order = list(range(len(given_ps)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    for correct in (holm, benjamini_hochberg):
        found = correct(given_ps)
        shuffled = correct([given_ps[at] for at in order])
        assert [found[at] for at in order] == pytest.approx(list(shuffled))
        assert all(each >= p - 1e-12 for each, p in zip(found, given_ps, strict=True))


def test_what_could_not_be_tested_counts_for_nothing() -> None:
    assert adjusted([0.01, None, 0.04], Correction.HOLM) == (0.02, None, 0.04)
    expected = tuple(false_discovery_control([0.01, 0.04]))
    found = adjusted([0.01, None, 0.04], Correction.BENJAMINI_HOCHBERG)
    assert found == (expected[0], None, expected[1])
    assert adjusted([None], Correction.BENJAMINI_HOCHBERG) == (None,)


def test_of_chance_alone_few_families_flag_anything() -> None:
    """30 families of eight tables; `python -m tests.bench.chance` runs a thousand. At 5 % more than
    six flag less than one time in a thousand; without a correction a third would."""
    flagged = flagged_families(30)
    assert max(flagged[correction] for correction in Correction) <= 6 < flagged[None]
