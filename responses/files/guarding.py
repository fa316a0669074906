"""Text that a spreadsheet would take for a formula: marked in CSV, which has no other way."""

import re

_BEGINS_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guarded(text: str) -> str:
    """With an apostrophe before it where a spreadsheet would calculate it. `unguarded` takes just
    that one away again, so that what was exported is imported as it was."""
    return "'" + text if _BEGINS_A_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and _BEGINS_A_FORMULA.match(text) else text
