"""Where people live, as coarsely as the use allows."""

from surveys.bank.entry import About, Entry, Source
from surveys.questionnaire import ShortText

LONGEST_SECTOR = 6

POSTCODE_SECTOR = Entry(
    name="Postcode sector",
    about=About.PLACE,
    why=(
        "Shows which parts of the area answered. A sector is some thousands of addresses, where a "
        "whole postcode is about fifteen and may point at one household: ask for the whole only "
        "if you need it and say why. Nobody has to answer."
    ),
    source=Source(
        "Hearback, after Royal Mail’s postcode sectors",
        "November 2026",
        "The wording is ours. A respondent who prefers not to say leaves it empty.",
    ),
    questions=(
        ShortText(
            key="postcode_sector",
            text={
                "en": "What is the first part of your postcode, and the number after the space?",
                "cy": "Beth yw rhan gyntaf eich cod post, a’r rhif ar ôl y bwlch?",
            },
            hint={
                "en": (
                    "For ME4 4TR write ME4 4. Leave it empty if you prefer not to say. We do not "
                    "need the last two letters, which would tell your street"
                ),
                "cy": (
                    "Ar gyfer ME4 4TR ysgrifennwch ME4 4. Gadewch ef yn wag os yw’n well gennych "
                    "beidio â dweud. Nid oes angen y ddwy lythyren olaf arnom, a fyddai’n dangos "
                    "eich stryd"
                ),
            },
            max_length=LONGEST_SECTOR,
        ),
    ),
)

PLACES = (POSTCODE_SECTOR,)
