"""A questionnaire that came from another program's file, with notes on what it could not bring."""

import re
import unicodedata
from collections.abc import Container

from msgspec import Struct

from surveys.questionnaire import KEY, Questionnaire

LONGEST_KEY = 60


class Note(Struct, frozen=True):
    """Something that was left out or changed: where in the file, and what became of it."""

    where: str
    what: str


class Imported(Struct, frozen=True):
    questionnaire: Questionnaire
    notes: tuple[Note, ...] = ()


def fitted_key(name: str, taken: Container[str]) -> str:
    """A key made of a name from elsewhere: lower case, other characters to `_`, and a number
    where another question has it already (contract, section 4)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9_]+", "_", plain).strip("_")
    key = key if key[:1].isalpha() else f"q_{key}" if key else "question"
    key = key[:LONGEST_KEY].rstrip("_")
    number = 1
    fitted = key
    while fitted in taken or not KEY.fullmatch(fitted):
        number += 1
        ending = f"_{number}"
        fitted = key[: LONGEST_KEY - len(ending)] + ending
    return fitted
