"""Settings of its own for each test of responses."""

from pathlib import Path

import pytest

from app.settings import load_settings, use_settings


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> None:
    use_settings(load_settings({"HEARBACK_DATA_DIR": str(tmp_path / "data")}))
