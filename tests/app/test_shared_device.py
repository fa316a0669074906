"""A device that many use: links that lead away are their words alone, and nothing else changes."""

import pytest

from app.shared_device import Device, leading_nowhere_else

LIBRARY = Device("bus-routes", "otter-maple-kettle-north-violin")


@pytest.mark.parametrize(
    "address",
    [
        "#why",
        "?lang=cy",
        "/privacy?lang=cy",
        "/consultations/bus-routes?lang=cy#dates",
        "/consultations/bus-routes/respond/2?change=1#town",
    ],
)
def test_a_link_to_what_is_asked_here_stays(address: str) -> None:
    html = f'<p><a class="govuk-link" href="{address}">Read <b>this</b></a></p>'
    assert leading_nowhere_else(html, LIBRARY) == html


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/officer",
        "https://example.org/plan.pdf",
        "//example.org/privacy",
        "mailto:a@example.org",
        "/consultations/parks/respond",
        "/consultations/bus-routes/paper.pdf",
        "/consultations/bus-routes-2",
    ],
)
def test_a_link_that_leads_away_is_its_words(address: str) -> None:
    html = f'<a\n class="x" href="{address}" lang="cy">Read\n<b>this</b></a>, <a href="#a">a</a>'
    assert leading_nowhere_else(html, LIBRARY) == 'Read\n<b>this</b>, <a href="#a">a</a>'
