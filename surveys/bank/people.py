"""Questions about the person, after the census and the government's harmonised standards.

The words of the census and of the standards are Crown copyright, used under the Open Government
Licence v3.0. Article 9 of the UK GDPR names the special categories of personal data.
"""

from surveys.bank.entry import About, Entry, Source, options
from surveys.questionnaire import Condition, Single

CENSUS = "Office for National Statistics, Census 2021 for England and Wales"
CENSUS_DAY = "21 March 2021"
HARMONISED = "Government Statistical Service, harmonised standard"
REFUSAL = "“Prefer not to say” is added."

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

GENDER_IDENTITY = Entry(
    name="Gender identity",
    about=About.PEOPLE,
    why=(
        "Ask it only when it matters to the decision, of people aged 16 or over, and after the "
        "question about sex. In 2024 the ONS gave up the accreditation of its estimates from this "
        "question, so take care when you set yours beside them. Article 9 does not name gender "
        "identity; an answer may tell of health or sex life, so it is kept apart all the same."
    ),
    source=Source(CENSUS, CENSUS_DAY, f"The box to write an identity in is left out. {REFUSAL}"),
    questions=(
        Single(
            key="gender_same_as_sex",
            text={
                "en": ("Is the gender you identify with the same as your sex registered at birth?"),
                "cy": (
                    "A yw’r rhywedd rydych chi’n uniaethu ag ef yr un peth â’ch rhyw a gofrestrwyd "
                    "pan gawsoch chi eich geni?"
                ),
            },
            options=options(("yes", "Yes", "Ydy"), ("no", "No", "Nac ydy")),
            special_category=True,
        ),
    ),
)

DISABILITY = Entry(
    name="Disability",
    about=About.PEOPLE,
    why=(
        "The two questions together follow the Equality Act 2010: somebody whose condition lasts "
        "12 months or more and limits what they can do day to day is disabled. Nobody has to call "
        "themselves so. Data about health: Article 9."
    ),
    source=Source(
        f"{HARMONISED}s “Long lasting health conditions and illness” and “Activity restriction”",
        "18 June 2020 and 9 June 2020",
        f"The second question is put in the plural. {REFUSAL}",
    ),
    questions=(
        Single(
            key="long_lasting_condition",
            text={
                "en": (
                    "Do you have any physical or mental health conditions or illnesses lasting or "
                    "expected to last for 12 months or more?"
                ),
                "cy": (
                    "Oes gennych chi unrhyw gyflyrau neu salwch corfforol neu feddyliol sy’n para, "
                    "neu y disgwylir iddynt bara, am 12 mis neu fwy?"
                ),
            },
            options=options(("yes", "Yes", "Oes"), ("no", "No", "Nac oes")),
            special_category=True,
        ),
        Single(
            key="activity_restriction",
            text={
                "en": (
                    "Do any of your conditions or illnesses reduce your ability to carry out "
                    "day-to-day activities?"
                ),
                "cy": (
                    "A yw unrhyw rai o’ch cyflyrau neu’ch salwch yn lleihau eich gallu i wneud "
                    "gweithgareddau o ddydd i ddydd?"
                ),
            },
            options=options(
                ("a_lot", "Yes, a lot", "Ydyn, llawer"),
                ("a_little", "Yes, a little", "Ydyn, ychydig"),
                ("not_at_all", "Not at all", "Ddim o gwbl"),
            ),
            show_if=Condition(question="long_lasting_condition", is_="yes"),
            special_category=True,
        ),
    ),
)

_ASIAN = ("Asian, Asian British or Asian Welsh", "Asiaidd, Asiaidd Cymreig neu Asiaidd Prydeinig")
_BLACK = (
    "Black, Black British, Black Welsh, Caribbean or African",
    "Du, Du Cymreig, Du Prydeinig, Caribïaidd neu Affricanaidd",
)
_MIXED = ("Mixed or multiple ethnic groups", "Grwpiau ethnig cymysg neu amlethnig")
_WHITE = ("White", "Gwyn")
_OTHER = ("Other ethnic group", "Grŵp ethnig arall")
_ETHNIC_GROUPS = (
    (_ASIAN, "bangladeshi", "Bangladeshi", "Bangladeshaidd"),
    (_ASIAN, "chinese", "Chinese", "Tsieineaidd"),
    (_ASIAN, "indian", "Indian", "Indiaidd"),
    (_ASIAN, "pakistani", "Pakistani", "Pacistanaidd"),
    (_ASIAN, "asian_other", "any other Asian background", "unrhyw gefndir Asiaidd arall"),
    (_BLACK, "african", "African", "Affricanaidd"),
    (_BLACK, "caribbean", "Caribbean", "Caribïaidd"),
    (_BLACK, "black_other", "any other Black background", "unrhyw gefndir Du arall"),
    (_MIXED, "white_asian", "White and Asian", "Gwyn ac Asiaidd"),
    (_MIXED, "white_black_african", "White and Black African", "Gwyn a Du Affricanaidd"),
    (_MIXED, "white_black_caribbean", "White and Black Caribbean", "Gwyn a Du Caribïaidd"),
    (_MIXED, "mixed_other", "any other mixed background", "unrhyw gefndir cymysg arall"),
    (
        _WHITE,
        "white_british",
        "English, Welsh, Scottish, Northern Irish or British",
        "Cymreig, Seisnig, Albanaidd, Gwyddelig Gogledd Iwerddon neu Brydeinig",
    ),
    (_WHITE, "irish", "Irish", "Gwyddelig"),
    (_WHITE, "gypsy_traveller", "Gypsy or Irish Traveller", "Sipsi neu Deithiwr Gwyddelig"),
    (_WHITE, "roma", "Roma", "Roma"),
    (_WHITE, "white_other", "any other White background", "unrhyw gefndir Gwyn arall"),
    (_OTHER, "arab", "Arab", "Arabaidd"),
    (_OTHER, "other_group", "any other ethnic group", "unrhyw grŵp ethnig arall"),
)

ETHNICITY = Entry(
    name="Ethnic group",
    about=About.PEOPLE,
    why=(
        "Race is a protected characteristic. Ask it when the decision may touch communities "
        "differently and there will be enough answers to say anything: small groups are hidden "
        "wherever figures are public. Data about racial or ethnic origin: Article 9."
    ),
    source=Source(
        f"{CENSUS}, the 19 ethnic groups",
        CENSUS_DAY,
        "One list, in alphabetical order of its headings as the census publishes them, where the "
        f"census asks in two steps; the boxes to write in are left out. {REFUSAL}",
    ),
    questions=(
        Single(
            key="ethnic_group",
            text={"en": "What is your ethnic group?", "cy": "Beth yw eich grŵp ethnig?"},
            options=options(
                *(
                    (value, f"{heading[0]}: {english}", f"{heading[1]}: {welsh}")
                    for heading, value, english, welsh in _ETHNIC_GROUPS
                )
            ),
            special_category=True,
        ),
    ),
)

RELIGION = Entry(
    name="Religion or belief",
    about=About.PEOPLE,
    why=(
        "Religion or belief is a protected characteristic, and having none is part of it. The "
        "question is about belonging, not about practice. Ask it when it matters to the decision. "
        "Data about religious belief: Article 9."
    ),
    source=Source(
        f"{HARMONISED} “Religion”",
        "10 September 2020",
        "“Christian (all denominations)”, as in Wales, stands for England’s longer words. "
        f"{REFUSAL}",
    ),
    questions=(
        Single(
            key="religion",
            text={"en": "What is your religion?", "cy": "Beth yw eich crefydd?"},
            options=options(
                ("none", "No religion", "Dim crefydd"),
                ("christian", "Christian (all denominations)", "Cristnogaeth (pob enwad)"),
                ("buddhist", "Buddhist", "Bwdhaeth"),
                ("hindu", "Hindu", "Hindŵaeth"),
                ("jewish", "Jewish", "Iddewiaeth"),
                ("muslim", "Muslim", "Islam"),
                ("sikh", "Sikh", "Siciaeth"),
                ("any_other", "Any other religion", "Unrhyw grefydd arall"),
            ),
            special_category=True,
        ),
    ),
)

SEXUAL_ORIENTATION = Entry(
    name="Sexual orientation",
    about=About.PEOPLE,
    why=(
        "Sexual orientation is a protected characteristic. Ask it of people aged 16 or over, when "
        "it matters to the decision. Named in Article 9."
    ),
    source=Source(CENSUS, CENSUS_DAY, f"The box to write in is left out. {REFUSAL}"),
    questions=(
        Single(
            key="sexual_orientation",
            text={
                "en": "Which of the following best describes your sexual orientation?",
                "cy": "Pa un o’r canlynol sy’n disgrifio orau eich cyfeiriadedd rhywiol?",
            },
            options=options(
                ("straight", "Straight or heterosexual", "Strêt neu heterorywiol"),
                ("gay_lesbian", "Gay or lesbian", "Hoyw neu lesbiaidd"),
                ("bisexual", "Bisexual", "Deurywiol"),
                ("other_orientation", "Other sexual orientation", "Cyfeiriadedd rhywiol arall"),
            ),
            special_category=True,
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

PREGNANCY = Entry(
    name="Pregnancy and maternity",
    about=About.PEOPLE,
    why=(
        "A protected characteristic. Ask it only when the decision touches services that people "
        "use around a birth. It tells of health: Article 9."
    ),
    source=Source(
        "Hearback, after the Equality Act 2010, section 17",
        "8 April 2010",
        "The Act has no question: the wording is ours, and the 26 weeks are the Act’s. " + REFUSAL,
    ),
    questions=(
        Single(
            key="pregnancy",
            text={
                "en": "Are you pregnant, or have you given birth in the last 26 weeks?",
                "cy": "Ydych chi’n feichiog, neu a ydych wedi rhoi genedigaeth yn y 26 wythnos "
                "ddiwethaf?",
            },
            options=options(("yes", "Yes", "Ydw"), ("no", "No", "Nac ydw")),
            special_category=True,
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
