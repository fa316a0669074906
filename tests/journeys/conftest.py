"""Every journey is made on the demonstration."""

import pytest


@pytest.fixture
def sqlite_url(demonstration_url: str) -> str:
    return demonstration_url
