"""The words around the questions, in English and Welsh; the questions bring their own."""

from msgspec import Struct


class Words(Struct, frozen=True):
    language: str
    back: str
    progress: str
    go_on: str
    save: str
    check_title: str
    check_lead: str
    change: str
    not_answered: str
    dropped_title: str
    dropped_lead: str
    before_sending: str
    kept_apart: str
    send_title: str
    send_lead: str
    send: str
    discard: str
    there_is_a_problem: str
    error: str
    invented: str
    read_in: str


ENGLISH = Words(
    language="en",
    back="Back",
    progress="Page {} of {}",
    go_on="Continue",
    save="Save and go back to your answers",
    check_title="Check your answers",
    check_lead="Nothing has been sent yet. Read through your answers and change any you want to.",
    change="Change",
    not_answered="Not answered",
    dropped_title="Answers that will not be sent",
    dropped_lead=(
        "You answered these before you changed another answer. They are not asked any more, so we "
        "will not send what you wrote."
    ),
    before_sending="Before you send your answers",
    kept_apart="Kept apart from your other answers",
    send_title="Send your answers",
    send_lead="You will get a receipt. It lets you see later what became of your answers.",
    send="Send your answers",
    discard="Delete these answers without sending",
    there_is_a_problem="There is a problem",
    error="Error: ",
    invented="This is a demonstration. Do not write anything real here.",
    read_in="Language",
)

WELSH = Words(
    language="cy",
    back="Yn ôl",
    progress="Tudalen {} o {}",
    go_on="Parhau",
    save="Cadw a mynd yn ôl at eich atebion",
    check_title="Gwirio eich atebion",
    check_lead=(
        "Does dim wedi’i anfon eto. Darllenwch drwy eich atebion a newidiwch unrhyw rai yr hoffech "
        "eu newid."
    ),
    change="Newid",
    not_answered="Heb ei ateb",
    dropped_title="Atebion na fyddant yn cael eu hanfon",
    dropped_lead=(
        "Fe wnaethoch ateb y rhain cyn newid ateb arall. Nid ydynt yn cael eu gofyn mwyach, felly "
        "ni fyddwn yn anfon yr hyn a ysgrifennoch."
    ),
    before_sending="Cyn anfon eich atebion",
    kept_apart="Cedwir ar wahân i’ch atebion eraill",
    send_title="Anfon eich atebion",
    send_lead=(
        "Byddwch yn cael derbynneb. Gallwch ei defnyddio i weld beth a ddigwyddodd i’ch atebion."
    ),
    send="Anfon eich atebion",
    discard="Dileu’r atebion hyn heb eu hanfon",
    there_is_a_problem="Mae problem",
    error="Gwall: ",
    invented="Arddangosiad yw hwn. Peidiwch ag ysgrifennu dim byd go iawn yma.",
    read_in="Iaith",
)


def words_in(language: str) -> Words:
    """Welsh for Welsh; English for every other language."""
    return WELSH if language == "cy" else ENGLISH
