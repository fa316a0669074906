"""Questions about the organisation that somebody answers for."""

from surveys.bank.entry import About, Entry, Source, options
from surveys.questionnaire import Single, Text

OURS = Source("Hearback", "November 2026", "The wording is ours; there is no standard.")

ANSWERING_AS = Entry(
    name="Answering for yourself or for an organisation",
    about=About.ORGANISATION,
    why=(
        "An answer for 2,000 members and an answer for one person are different things, and a "
        "report should count them apart. Ask it first, and show the other questions about "
        "organisations only to those who answer for one."
    ),
    source=OURS,
    questions=(
        Single(
            key="answering_as",
            text={"en": "Who are you answering for?", "cy": "Ar ran pwy ydych chi’n ateb?"},
            options=options(
                ("myself", "Myself", "Fi fy hun"),
                ("organisation", "An organisation or group", "Sefydliad neu grŵp"),
            ),
        ),
    ),
)

KIND = Entry(
    name="Type of organisation",
    about=About.ORGANISATION,
    why="Shows which parts of civil society, business and the public sector were heard.",
    source=OURS,
    questions=(
        Single(
            key="organisation_type",
            text={
                "en": "What type of organisation is it?",
                "cy": "Pa fath o sefydliad ydyw?",
            },
            options=options(
                ("charity", "Registered charity", "Elusen gofrestredig"),
                (
                    "community_group",
                    "Voluntary or community group that is not registered",
                    "Grŵp gwirfoddol neu gymunedol nad yw wedi’i gofrestru",
                ),
                (
                    "social_enterprise",
                    "Social enterprise, co-operative or community interest company",
                    "Menter gymdeithasol, cydweithfa neu gwmni buddiannau cymunedol",
                ),
                ("faith_group", "Faith group", "Grŵp ffydd"),
                ("business", "Business", "Busnes"),
                ("public_body", "Public body", "Corff cyhoeddus"),
                ("education", "School, college or university", "Ysgol, coleg neu brifysgol"),
            ),
            other=True,
        ),
    ),
)

_INCOME: Text = {
    "en": "What was your organisation’s income in its last financial year?",
    "cy": "Beth oedd incwm eich sefydliad yn ei flwyddyn ariannol ddiwethaf?",
}
_TO_TEN_MILLION = (
    ("micro", "Less than £10,000", "Llai na £10,000"),
    ("small", "£10,000 to £100,000", "£10,000 i £100,000"),
    ("medium", "More than £100,000, up to £1 million", "Mwy na £100,000, hyd at £1 filiwn"),
    ("large", "More than £1 million, up to £10 million", "Mwy na £1 filiwn, hyd at £10 miliwn"),
)
_UNKNOWN = ("not_known", "I do not know", "Dydw i ddim yn gwybod")

INCOME_MEDWAY = Entry(
    name="Size by income, in Medway’s four bands",
    about=About.ORGANISATION,
    why=(
        "Small groups and large charities meet different challenges. Four bands are enough where "
        "most who answer are local."
    ),
    source=Source(
        "Medway Council, Cabinet, “Voluntary Sector Task Group”, paragraph 4.4",
        "4 August 2020",
        "Micro, small, medium and large are Medway’s. The edges are put so that no income is in "
        "two bands; “I do not know” and “prefer not to say” are added.",
    ),
    questions=(
        Single(
            key="income_band",
            text=_INCOME,
            options=options(*_TO_TEN_MILLION, _UNKNOWN),
        ),
    ),
)

INCOME_NCVO = Entry(
    name="Size by income, in the six bands of NCVO’s Almanac",
    about=About.ORGANISATION,
    why=(
        "The same four bands, with two more for national charities. Ask it to set your answers "
        "beside the UK Civil Society Almanac."
    ),
    source=Source(
        "NCVO, UK Civil Society Almanac, as in “Small charities: key findings from our data”",
        "21 January 2019",
        "The edges are put so that no income is in two bands; “I do not know” and “prefer not to "
        "say” are added.",
    ),
    questions=(
        Single(
            key="income_band_ncvo",
            text=_INCOME,
            options=options(
                *_TO_TEN_MILLION,
                (
                    "major",
                    "More than £10 million, up to £100 million",
                    "Mwy na £10 miliwn, hyd at £100 miliwn",
                ),
                ("super_major", "More than £100 million", "Mwy na £100 miliwn"),
                _UNKNOWN,
            ),
        ),
    ),
)

ROLE = Entry(
    name="Role in the organisation",
    about=About.ORGANISATION,
    why=(
        "Tells whether an answer is from somebody who decides, who works, who volunteers or who "
        "is helped."
    ),
    source=OURS,
    questions=(
        Single(
            key="role",
            text={
                "en": "What is your role in the organisation?",
                "cy": "Beth yw eich rôl yn y sefydliad?",
            },
            options=options(
                (
                    "trustee",
                    "Trustee or member of its committee",
                    "Ymddiriedolwr neu aelod o’i bwyllgor",
                ),
                ("chief", "Chief officer or manager", "Prif swyddog neu reolwr"),
                ("staff", "Other paid staff", "Staff cyflogedig eraill"),
                ("volunteer", "Volunteer", "Gwirfoddolwr"),
                (
                    "member",
                    "Member, or user of its services",
                    "Aelod, neu ddefnyddiwr ei wasanaethau",
                ),
            ),
            other=True,
        ),
    ),
)

ORGANISATIONS = (ANSWERING_AS, KIND, INCOME_MEDWAY, INCOME_NCVO, ROLE)
