"""Short forms are found where nobody explains them."""

import pytest

from surveys.wording.acronyms import short_forms, unexplained


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Do you know the VCSE and its LIOs?", ("VCSE", "LIO")),
        ("What should the P&R committee do?", ("P&R",)),
        ("Have you had a DBS check?", ("DBS",)),
        ("Are you a member of an ICB’s board?", ("ICB",)),
        ("Do you use the NHS, or your GP, in the UK?", ()),
        ("Do you use the A2 or the M20 near ME14?", ()),
        ("Do NOT tell us YOUR name", ()),
        ("ABOUT YOUR ORGANISATION AND ITS VCSE", ()),
        ("Henry VIII Street", ()),
        ("Which MPs have you met?", ()),
    ],
)
def test_short_forms_are_told_from_other_capitals(text: str, found: tuple[str, ...]) -> None:
    assert short_forms(text) == found


@pytest.mark.parametrize(
    "explained",
    [
        "The Voluntary and Community Sector (VCS) is wide.",
        "The sector (the “VCS”) is wide.",
        "VCS (Voluntary and Community Sector) is what we say.",
        "VCS stands for Voluntary and Community Sector.",
    ],
)
def test_one_that_is_explained_anywhere_is_left_alone(explained: str) -> None:
    assert unexplained(["What should the VCS do?", explained]) == ()


def test_others_are_found_once_in_the_order_of_reading() -> None:
    assert unexplained(["What of the ICB?", "And the VCS?", "And the ICB?"]) == ("ICB", "VCS")
