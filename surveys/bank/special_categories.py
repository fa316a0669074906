"""Questions about the person whose answers are special categories of personal data, which Article 9
of the UK GDPR names; after the census and the government's harmonised standards."""

from surveys.bank.entry import About, Entry, Source, options
from surveys.bank.official import CENSUS, CENSUS_DAY, HARMONISED, REFUSAL
from surveys.questionnaire import Condition, Single

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
