"""Settings for tests of accounts."""

from pathlib import Path

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.auth import hashing
from app.settings import load_settings, use_settings


@pytest.fixture(autouse=True)
def known_settings(tmp_path: Path) -> None:
    use_settings(
        load_settings(
            {"HEARBACK_DATA_DIR": str(tmp_path), "HEARBACK_BASE_URL": "https://consult.example.org"}
        )
    )


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hashes at the least cost, for tests that are about something else."""
    quick = Argon2Hasher(time_cost=1, memory_cost=1024, parallelism=1)
    monkeypatch.setattr(hashing, "_hasher", PasswordHash((quick,)))
