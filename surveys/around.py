"""The program's own words around a question's fields, in English and Welsh."""

from msgspec import Struct


class Around(Struct, frozen=True):
    """`lang` is the field's, None where it is the page's own: English. `limit` takes a number."""

    lang: str | None
    optional: str
    choose_all: str
    choose_one: str
    either: str
    own_answer: str
    own_answer_if_other: str
    day: str
    month: str
    year: str
    day_example: str
    place_example: str
    rank_hint: str
    not_ranked: str
    limit: str


ENGLISH = Around(
    lang=None,
    optional="optional",
    choose_all="Choose all that apply",
    choose_one="Choose an answer",
    either="or",
    own_answer="Your own answer",
    own_answer_if_other="If you chose ‘Other’, your own answer",
    day="Day",
    month="Month",
    year="Year",
    day_example="Like 27 3 2024",
    place_example="A postcode, or the name of a place or street",
    rank_hint="1 is the first. You can leave some out",
    not_ranked="Not ranked",
    limit="You can write up to {} characters",
)

WELSH = Around(
    lang="cy",
    optional="dewisol",
    choose_all="Dewiswch bob un sy’n berthnasol",
    choose_one="Dewiswch ateb",
    either="neu",
    own_answer="Eich ateb eich hun",
    own_answer_if_other="Os dewisoch ‘Arall’, eich ateb eich hun",
    day="Diwrnod",
    month="Mis",
    year="Blwyddyn",
    day_example="Er enghraifft, 27 3 2024",
    place_example="Cod post, neu enw lle neu stryd",
    rank_hint="1 yw’r cyntaf. Gallwch adael rhai allan",
    not_ranked="Heb ei restru",
    limit="Gallwch ysgrifennu hyd at {} nod",
)


def around(language: str) -> Around:
    """Welsh for Welsh; English for every other language."""
    return WELSH if language == "cy" else ENGLISH
