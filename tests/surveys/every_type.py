"""One questionnaire with every type of question and every setting, in English, Welsh and Arabic."""

from typing import Any

Words = dict[str, str]


def words(en: str, cy: str, ar: str) -> Words:
    return {"en": en, "cy": cy, "ar": ar}


def option(value: str, en: str, cy: str, ar: str, **more: Any) -> dict[str, Any]:
    return {"value": value, "text": words(en, cy, ar), **more}


YES_NO = [option("yes", "Yes", "Oes", "نعم"), option("no", "No", "Nac oes", "لا")]
GREENS = [
    option("paths", "Paths that are dry in winter", "Llwybrau sych yn y gaeaf", "مسارات جافة شتاءً"),
    option("play", "Play areas", "Mannau chwarae", "مناطق اللعب"),
    option("trees", "More trees and shade", "Mwy o goed a chysgod", "أشجار وظلال أكثر"),
    option("toilets", "Public toilets", "Toiledau cyhoeddus", "دورات مياه عامة"),
]
NONE = option("none", "None of these", "Dim un o’r rhain", "لا شيء مما سبق", exclusive=True)
TOWN = {
    "image": "/static/icon.svg",
    "text": words(
        "The town, with the river running from west to east",
        "Y dref, gyda’r afon yn llifo o’r gorllewin i’r dwyrain",
        "البلدة، والنهر يجري فيها من الغرب إلى الشرق",
    ),
    "west": 0.5,
    "south": 51.25,
    "east": 0.55,
    "north": 51.29,
}

INTRO = {
    "key": "intro",
    "type": "statement",
    "text": words(
        "First, a few questions about you.\n\nAnswer only those you want to.",
        "Yn gyntaf, ychydig gwestiynau amdanoch chi.\n\nAtebwch y rhai a fynnwch.",
        "أولاً، بعض الأسئلة عنك.\n\nأجب فقط عما تريد.",
    ),
}
NAME = {
    "key": "name",
    "type": "text",
    "max_length": 40,
    "required": True,
    "text": words("What shall we call you?", "Beth gawn ni eich galw chi?", "بماذا نناديك؟"),
    "hint": words("Any name will do", "Gwnaiff unrhyw enw’r tro", "أي اسم يكفي"),
}
EMAIL = {
    "key": "email",
    "type": "email",
    "text": words("Your e-mail address", "Eich cyfeiriad e-bost", "بريدك الإلكتروني"),
    "hint": words(
        "Only to send you the report",
        "Dim ond i anfon yr adroddiad atoch",
        "لإرسال التقرير إليك فقط",
    ),
}
HOME = {
    "key": "home",
    "type": "postcode",
    "text": words("Your postcode", "Eich cod post", "رمزك البريدي"),
    "special_category": True,
}
GROUP = {
    "key": "group",
    "type": "single",
    "required": True,
    "other": True,
    "text": words("Do you run a group?", "A oes gennych chi grŵp?", "هل تدير مجموعة؟"),
    "hint": words("Any size", "O unrhyw faint", "أياً كان حجمها"),
    "options": YES_NO,
}
MEMBERS = {
    "key": "members",
    "type": "number",
    "whole": True,
    "min": 1,
    "max": 5000,
    "unit": words("people", "o bobl", "شخص"),
    "text": words("How many are in it?", "Faint sydd ynddo?", "كم عدد أعضائها؟"),
    "show_if": {"question": "group", "is": "yes"},
}
SINCE = {
    "key": "since",
    "type": "date",
    "min": "1950-01-01",
    "max": "2026-12-31",
    "text": words("When did it begin?", "Pryd y dechreuodd?", "متى بدأت؟"),
    "show_if": {"question": "members", "at_least": 10},
}
VISIT = {
    "key": "visit",
    "type": "date",
    "required": True,
    "text": words(
        "When were you last in a park?",
        "Pryd oeddech chi mewn parc ddiwethaf?",
        "متى زرت حديقة آخر مرة؟",
    ),
    "hint": words(
        "About will do, like 4 6 2026",
        "Mae bras yn ddigon, fel 4 6 2026",
        "التقريب يكفي، مثل 4 6 2026",
    ),
}
SPEND = {
    "key": "spend",
    "type": "number",
    "text": words(
        "How many hours do you spend there a week?",
        "Sawl awr yr wythnos ydych chi’n ei threulio yno?",
        "كم ساعة تقضي هناك أسبوعياً؟",
    ),
}

USES = {
    "key": "uses",
    "type": "multiple",
    "required": True,
    "other": True,
    "max_choices": 3,
    "text": words(
        "What would bring you more often?",
        "Beth fyddai’n dod â chi yn amlach?",
        "ما الذي يجعلك تأتي أكثر؟",
    ),
    "options": [*GREENS, NONE],
}
WANTS = {
    "key": "wants",
    "type": "multiple",
    "random_order": True,
    "min_choices": 2,
    "text": words(
        "Which should stay free?", "Pa rai ddylai aros am ddim?", "ما الذي ينبغي أن يبقى مجانياً؟"
    ),
    "options": GREENS,
}
NEAREST = {
    "key": "nearest",
    "type": "dropdown",
    "other": True,
    "required": True,
    "text": words(
        "Which park is nearest to you?", "Pa barc sydd agosaf atoch chi?", "ما أقرب حديقة إليك؟"
    ),
    "hint": words("On foot", "Ar droed", "سيراً على الأقدام"),
    "options": [
        option("mill", "Mill Meadow", "Dôl y Felin", "مرج الطاحونة"),
        option("hill", "Castle Hill", "Bryn y Castell", "تل القلعة"),
    ],
}
PLAN = {
    "key": "plan",
    "type": "likert",
    "scale": "agreement",
    "no_opinion": True,
    "required": True,
    "text": words(
        "Do you agree that parks should stay open after dark?",
        "A ydych chi’n cytuno y dylai parciau aros ar agor ar ôl iddi dywyllu?",
        "هل توافق على بقاء الحدائق مفتوحة بعد حلول الظلام؟",
    ),
}
GRID = {
    "key": "grid",
    "type": "grid",
    "scale": "satisfaction",
    "no_opinion": True,
    "required": True,
    "random_order": True,
    "text": words(
        "How satisfied are you with these?",
        "Pa mor fodlon ydych chi â’r rhain?",
        "ما مدى رضاك عن هذه؟",
    ),
    "hint": words("Think of the last month", "Meddyliwch am y mis diwethaf", "فكّر في الشهر الماضي"),
    "rows": GREENS[:3],
}
STARS = {
    "key": "stars",
    "type": "grid",
    "text": words("And how clean are they?", "A pha mor lân ydyn nhw?", "وما مدى نظافتها؟"),
    "scale": [
        option("clean", "Clean", "Glân", "نظيفة"),
        option("fair", "Fair", "Gweddol", "مقبولة"),
        option("dirty", "Dirty", "Brwnt", "متسخة"),
    ],
    "rows": GREENS[2:],
}
RANK = {
    "key": "rank",
    "type": "ranking",
    "required": True,
    "max_choices": 3,
    "text": words(
        "What should we mend first?", "Beth ddylen ni ei drwsio gyntaf?", "ما الذي نصلحه أولاً؟"
    ),
    "options": GREENS,
}
ORDER = {
    "key": "order",
    "type": "ranking",
    "random_order": True,
    "text": words(
        "And what matters most in winter?",
        "A beth sydd bwysicaf yn y gaeaf?",
        "وما الأهم في الشتاء؟",
    ),
    "hint": words("1 matters most", "1 yw’r pwysicaf", "‏1 هو الأهم"),
    "options": GREENS[:3],
}

BENCH = {
    "key": "bench",
    "type": "location",
    "map": TOWN,
    "required": True,
    "text": words(
        "Where would you put a new bench?",
        "Ble fyddech chi’n rhoi mainc newydd?",
        "أين تضع مقعداً جديداً؟",
    ),
}
WORK = {
    "key": "work",
    "type": "location",
    "text": words(
        "Where do you work or study?",
        "Ble ydych chi’n gweithio neu’n astudio?",
        "أين تعمل أو تدرس؟",
    ),
}
PHOTO = {
    "key": "photo",
    "type": "upload",
    "required": True,
    "accept": ["image"],
    "max_megabytes": 5,
    "text": words(
        "Send us a picture of a park", "Anfonwch lun o barc atom", "أرسل إلينا صورة حديقة"
    ),
}
PAPERS = {
    "key": "papers",
    "type": "upload",
    "max_files": 3,
    "text": words(
        "Anything you want to add", "Unrhyw beth yr ydych am ei ychwanegu", "أي شيء تريد إضافته"
    ),
    "hint": words(
        "Letters, maps or plans", "Llythyrau, mapiau neu gynlluniau", "رسائل أو خرائط أو مخططات"
    ),
}
CHANGE = {
    "key": "change",
    "type": "long_text",
    "max_length": 200,
    "required": True,
    "text": words(
        "What one thing would you change?",
        "Pa un peth fyddech chi’n ei newid?",
        "ما الشيء الواحد الذي تغيره؟",
    ),
    "hint": words("In your own words", "Yn eich geiriau eich hun", "بكلماتك أنت"),
}
REASON = {
    "key": "reason",
    "type": "long_text",
    "max_words": 10,
    "text": words("Why?", "Pam?", "لماذا؟"),
}
RULES = {
    "key": "rules",
    "type": "single",
    "random_order": True,
    "text": words(
        "How does your group decide?",
        "Sut mae eich grŵp yn penderfynu?",
        "كيف تتخذ مجموعتك قراراتها؟",
    ),
    "options": [
        option("vote", "By a vote", "Drwy bleidlais", "بالتصويت"),
        option(
            "talk",
            "By talking until all agree",
            "Drwy siarad nes bod pawb yn cytuno",
            "بالحوار حتى يتفق الجميع",
        ),
    ],
    "show_if": {"question": "group", "is": "yes"},
}

EVERY_TYPE: dict[str, Any] = {
    "title": words("Parks for everyone", "Parciau i bawb", "حدائق للجميع"),
    "languages": ["en", "cy", "ar"],
    "pages": [
        {
            "title": words("About you", "Amdanoch chi", "عنك"),
            "questions": [INTRO, NAME, EMAIL, HOME, GROUP, MEMBERS, SINCE, VISIT, SPEND],
        },
        {"title": words("Your group", "Eich grŵp", "مجموعتك"), "questions": [RULES]},
        {
            "title": words("What you want", "Beth yr ydych am ei gael", "ما تريده"),
            "questions": [USES, WANTS, NEAREST, PLAN, GRID, STARS, RANK, ORDER],
        },
        {
            "title": words("Places and words", "Lleoedd a geiriau", "أماكن وكلمات"),
            "questions": [BENCH, WORK, PHOTO, PAPERS, CHANGE, REASON],
        },
    ],
}
