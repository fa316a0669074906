"""Areas of postcodes: told apart where enough people live there."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.areas import MOST_AREAS, areas, in_areas, outward_codes


def test_an_outward_code_is_the_first_half_of_a_postcode() -> None:
    given_answers = ["ME14 1XQ", "ct1 2ef", "51.27, 0.52", "by the river", "W1A 0AX"]
    assert outward_codes(given_answers).tolist() == [b"ME14", b"CT1", b"", b"", b"W1A"]


def test_areas_with_few_people_are_counted_together() -> None:
    codes = np.array(["ME14"] * 9 + ["CT1"] * 5 + ["CT2"] * 4 + ["TN1"] + [""] * 3, "S4")
    found = areas([codes[:10], codes[10:]], 5)
    assert found.names == ("ME14", "CT1")
    assert sorted(found.others) == ["CT2", "TN1"]
    assert in_areas(codes, found).sum(axis=1).tolist() == [9, 5, 5]


@given(st.lists(st.sampled_from([f"A{at}" for at in range(40)] + [""]), max_size=200))
def test_everybody_with_a_postcode_is_in_one_area(codes: list[str]) -> None:
    block = np.array(codes, "S4")
    found = areas([block], 5)
    assert len(found.names) <= MOST_AREAS
    assert in_areas(block, found).sum(axis=0).tolist() == [int(bool(code)) for code in codes]
