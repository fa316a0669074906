"""A questionnaire in a file of any kind that is read here: our own JSON, XLSForm or LimeSurvey."""

from msgspec import Struct

from surveys.imported import Note
from surveys.limesurvey import read_limesurvey
from surveys.native_files import read_questionnaire, write_questionnaire
from surveys.questionnaire import Questionnaire
from surveys.xlsform import read_xlsform

KINDS = (".json", ".xlsx", ".lss")
READ_HERE = {".xlsx": read_xlsform, ".lss": read_limesurvey}


class Source(Struct, frozen=True):
    """`document` is native JSON: the file itself where it is our own, so that nothing of it is
    lost."""

    document: bytes
    questionnaire: Questionnaire
    notes: tuple[Note, ...] = ()


def read_file(data: bytes, *, name: str = "") -> Source:
    """The questionnaire in a file, told by its name's ending, else by how it begins. Raises
    UnusableQuestionnaire."""
    read = READ_HERE.get(kind_of(data, name))
    if read is None:
        return Source(data, read_questionnaire(data))
    imported = read(data)
    return Source(
        write_questionnaire(imported.questionnaire), imported.questionnaire, imported.notes
    )


def kind_of(data: bytes, name: str) -> str:
    """One of KINDS, by the ending of the name, else by the first bytes."""
    ending = next((kind for kind in KINDS if name.lower().endswith(kind)), "")
    if ending:
        return ending
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:2]
    if start == b"PK":
        return ".xlsx"
    return ".lss" if start[:1] == b"<" else ".json"
