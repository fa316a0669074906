"""Questions about the person, after the census and the government's harmonised standards."""

from surveys.bank.entry import About, Entry, Source, options
from surveys.bank.official import CENSUS, CENSUS_DAY, REFUSAL
from surveys.bank.special_categories import (
    DISABILITY,
    ETHNICITY,
    GENDER_IDENTITY,
    PREGNANCY,
    RELIGION,
    SEXUAL_ORIENTATION,
)
from surveys.questionnaire import Single

AGE = Entry(
    name="Age band",
    about=About.PEOPLE,
    why=(
        "Shows whether younger and older people answered, and whether they think differently. "
        "Ask it when you will look at the answers by age; a band tells less about a person than "
        "a date of birth."
    ),
    source=Source(
        f"{CENSUS}; the bands are ours",
        CENSUS_DAY,
        "The census asks for a date of birth and publishes ages by single year, so that these "
        f"bands can be set beside it. {REFUSAL}",
    ),
    questions=(
        Single(
            key="age_band",
            text={"en": "How old are you?", "cy": "Faint yw eich oed?"},
            options=options(
                ("under_16", "Under 16", "Dan 16"),
                ("16_24", "16 to 24", "16 i 24"),
                ("25_34", "25 to 34", "25 i 34"),
                ("35_44", "35 to 44", "35 i 44"),
                ("45_54", "45 to 54", "45 i 54"),
                ("55_64", "55 to 64", "55 i 64"),
                ("65_74", "65 to 74", "65 i 74"),
                ("75_84", "75 to 84", "75 i 84"),
                ("85_over", "85 or over", "85 neu drosodd"),
            ),
        ),
    ),
)

SEX = Entry(
    name="Sex",
    about=About.PEOPLE,
    why=(
        "Sex is a protected characteristic in the Equality Act 2010. Ask it when what you decide "
        "may touch women and men differently."
    ),
    source=Source(CENSUS, CENSUS_DAY, REFUSAL),
    questions=(
        Single(
            key="sex",
            text={"en": "What is your sex?", "cy": "Beth yw eich rhyw?"},
            options=options(("female", "Female", "Benyw"), ("male", "Male", "Gwryw")),
        ),
    ),
)

CARERS = Entry(
    name="Unpaid care",
    about=About.PEOPLE,
    why=(
        "Shows whether carers were heard. Ask it when the decision touches services, money or "
        "time that carers depend on."
    ),
    source=Source(
        CENSUS,
        CENSUS_DAY,
        f"What not to count stands as a hint, in other words than the census’s. {REFUSAL}",
    ),
    questions=(
        Single(
            key="unpaid_care",
            text={
                "en": (
                    "Do you look after, or give any help or support to, anyone because they have "
                    "long-term physical or mental health conditions or illnesses, or problems "
                    "related to old age?"
                ),
                "cy": (
                    "Ydych chi’n gofalu am rywun, neu’n rhoi unrhyw help neu gymorth i rywun, am "
                    "fod ganddyn nhw gyflyrau neu salwch corfforol neu feddyliol hirdymor, neu "
                    "broblemau’n ymwneud â henaint?"
                ),
            },
            hint={
                "en": "Leave out anything you are paid to do",
                "cy": "Peidiwch â chynnwys unrhyw beth yr ydych yn cael eich talu i’w wneud",
            },
            options=options(
                ("no", "No", "Nac ydw"),
                ("up_to_9", "Yes, 9 hours a week or less", "Ydw, 9 awr yr wythnos neu lai"),
                ("10_19", "Yes, 10 to 19 hours a week", "Ydw, 10 i 19 awr yr wythnos"),
                ("20_34", "Yes, 20 to 34 hours a week", "Ydw, 20 i 34 awr yr wythnos"),
                ("35_49", "Yes, 35 to 49 hours a week", "Ydw, 35 i 49 awr yr wythnos"),
                ("50_over", "Yes, 50 hours or more a week", "Ydw, 50 awr neu fwy yr wythnos"),
            ),
        ),
    ),
)

PARTNERSHIP = Entry(
    name="Marriage and civil partnership",
    about=About.PEOPLE,
    why=(
        "The Equality Act 2010 protects marriage and civil partnership at work only, so most "
        "consultations have no need of it. Ask it when the decision touches employment or "
        "households."
    ),
    source=Source(CENSUS, CENSUS_DAY, f"The date of the census is taken out. {REFUSAL}"),
    questions=(
        Single(
            key="partnership_status",
            text={
                "en": "What is your legal marital or registered civil partnership status?",
                "cy": (
                    "Yn gyfreithiol, beth yw eich statws priodasol neu statws eich partneriaeth "
                    "sifil gofrestredig?"
                ),
            },
            options=options(
                (
                    "never",
                    "Never married and never registered a civil partnership",
                    "Erioed wedi priodi na chofrestru partneriaeth sifil",
                ),
                ("married", "Married", "Yn briod"),
                (
                    "civil_partnership",
                    "In a registered civil partnership",
                    "Mewn partneriaeth sifil gofrestredig",
                ),
                (
                    "separated_married",
                    "Separated, but still legally married",
                    "Wedi gwahanu, ond yn dal yn briod yn gyfreithiol",
                ),
                (
                    "separated_partnership",
                    "Separated, but still legally in a civil partnership",
                    "Wedi gwahanu, ond yn dal mewn partneriaeth sifil yn gyfreithiol",
                ),
                ("divorced", "Divorced", "Wedi ysgaru"),
                (
                    "dissolved",
                    "Formerly in a civil partnership which is now legally dissolved",
                    "Wedi bod mewn partneriaeth sifil sydd bellach wedi’i diddymu’n gyfreithiol",
                ),
                ("widowed", "Widowed", "Yn weddw"),
                (
                    "surviving_partner",
                    "Surviving partner from a registered civil partnership",
                    "Partner sy’n goroesi o bartneriaeth sifil gofrestredig",
                ),
            ),
        ),
    ),
)

PEOPLE = (
    AGE,
    SEX,
    GENDER_IDENTITY,
    DISABILITY,
    ETHNICITY,
    RELIGION,
    SEXUAL_ORIENTATION,
    CARERS,
    PARTNERSHIP,
    PREGNANCY,
)
