"""An audit entry in plain words."""

import json

from app.audit.chain import Entry


def action_words(entry: Entry) -> str:
    """“change-role” as “Change role”."""
    return entry.action.replace("-", " ").capitalize()


def subject_words(entry: Entry) -> str:
    """“round:kent 2” as “round kent 2”; the kind is left out where the action names it already."""
    kind, colon, name = entry.subject.partition(":")
    named = not colon or kind in entry.action.split("-")
    return name or entry.subject if named else f"{kind.replace('-', ' ')} {name}"


def detail_words(entry: Entry) -> str:
    """What else is known of it: “from officer, to publisher”. Empty when nothing is."""
    detail = json.loads(entry.detail)
    said = {key: value for key, value in detail.items() if value not in ("", [])}
    return ", ".join(f"{key.replace('_', ' ')} {_value(value)}" for key, value in said.items())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "none"
    return str(value) if isinstance(value, str | int | float) else json.dumps(value)
