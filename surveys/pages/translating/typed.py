"""What was typed into a form of translations, and what was chosen where two people wrote."""

from collections.abc import Mapping

from msgspec import Struct

from app.forms import Form
from surveys.soundness import LONGEST_TEXT
from surveys.translation import Clash, Edit, label_of
from surveys.typed import tidy

WAS, OPENED, MINE, CHOICE, OWN = "_was.", "_opened.", "_mine.", "choice.", "own."
THEIRS_TAKEN, MINE_TAKEN, OWN_TAKEN = "theirs", "mine", "own"


class Typed(Struct, frozen=True):
    """`raw` holds each field as it was typed, by place. `clashes` are those in which the form lets
    somebody choose, `chosen` and `own` what was chosen and written there."""

    edits: tuple[Edit, ...]
    raw: Mapping[str, str]
    clashes: tuple[Clash, ...]
    chosen: Mapping[str, str]
    own: Mapping[str, str]


def read_typed(form: Form) -> Typed:
    """Every field that says how its translation was. A choice that was not made, and a text that
    is too long, are problems at the place."""
    places = [name.removeprefix(WAS) for name in form.fields if name.startswith(WAS)]
    choosing = [place for place in places if MINE + place in form.fields]
    return Typed(
        edits=tuple(_edit(form, place, is_choice=place in choosing) for place in places),
        raw={place: form.fields[place][0] for place in places if place in form.fields},
        clashes=tuple(_clash(form, place) for place in choosing),
        chosen={place: form.text(CHOICE + place) for place in choosing},
        own={place: _text(form, OWN + place) for place in choosing},
    )


def _edit(form: Form, place: str, *, is_choice: bool) -> Edit:
    was = _text(form, WAS + place)
    mine = _chosen(form, place, was) if is_choice else _text(form, place)
    if len(mine) > LONGEST_TEXT:
        words = f"Use {LONGEST_TEXT:,} characters or fewer; you used {len(mine):,}"
        form.refuse(place, words)
    return Edit(place, was, mine)


def _chosen(form: Form, place: str, theirs: str) -> str:
    choice = form.text(CHOICE + place)
    if choice == OWN_TAKEN:
        return _text(form, OWN + place)
    if choice not in (THEIRS_TAKEN, MINE_TAKEN):
        form.refuse(place, f"Choose what “{label_of(place)}” should be")
    return _text(form, MINE + place) if choice == MINE_TAKEN else theirs


def _clash(form: Form, place: str) -> Clash:
    return Clash(
        place, _text(form, OPENED + place), _text(form, WAS + place), _text(form, MINE + place)
    )


def _text(form: Form, name: str) -> str:
    values = form.fields.get(name)
    return tidy(values[0]) if values else ""
