"""What one unit of writing is made of."""

from typing import Any

from piccolo.query.methods import Delete, Insert, Update

Writing = Insert[Any] | Update[Any] | Delete
