"""What one unit of writing is made of."""

from collections.abc import Callable
from typing import Any

from piccolo.query.methods import Delete, Insert, Raw, Update

from app.database import Ready

Writing = Insert[Any] | Update[Any] | Delete | Raw | Ready

Noting = Callable[[str], tuple[Writing, ...]]
"""What is written beside a save, by the save's name, if it holds."""
