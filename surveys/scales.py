"""The scales that come built in, each from its most positive point to its most negative."""

from collections.abc import Mapping

from surveys.questionnaire import DONT_KNOW, Grid, Likert, Option

_NO_OPINION = Option(DONT_KNOW, {"en": "Don’t know", "cy": "Ddim yn gwybod", "ar": "لا أعرف"})


def _scale(*points: tuple[str, str, str, str]) -> tuple[Option, ...]:
    return tuple(
        Option(value, {"en": english, "cy": welsh, "ar": arabic})
        for value, english, welsh, arabic in points
    )


SCALES: Mapping[str, tuple[Option, ...]] = {
    "agreement": _scale(
        ("strongly_agree", "Strongly agree", "Cytuno’n gryf", "أوافق بشدة"),
        ("agree", "Agree", "Cytuno", "أوافق"),
        (
            "neither",
            "Neither agree nor disagree",
            "Ddim yn cytuno nac yn anghytuno",
            "لا أوافق ولا أعارض",
        ),
        ("disagree", "Disagree", "Anghytuno", "لا أوافق"),
        ("strongly_disagree", "Strongly disagree", "Anghytuno’n gryf", "لا أوافق بشدة"),
    ),
    "satisfaction": _scale(
        ("very_satisfied", "Very satisfied", "Bodlon iawn", "راضٍ جدًا"),
        ("satisfied", "Satisfied", "Bodlon", "راضٍ"),
        (
            "neither",
            "Neither satisfied nor dissatisfied",
            "Ddim yn fodlon nac yn anfodlon",
            "لا راضٍ ولا غير راضٍ",
        ),
        ("dissatisfied", "Dissatisfied", "Anfodlon", "غير راضٍ"),
        ("very_dissatisfied", "Very dissatisfied", "Anfodlon iawn", "غير راضٍ على الإطلاق"),
    ),
    "importance": _scale(
        ("very_important", "Very important", "Pwysig iawn", "مهم جدًا"),
        ("important", "Important", "Pwysig", "مهم"),
        ("moderately_important", "Moderately important", "Gweddol bwysig", "متوسط الأهمية"),
        ("slightly_important", "Slightly important", "Ychydig yn bwysig", "قليل الأهمية"),
        ("not_important", "Not important", "Ddim yn bwysig", "غير مهم"),
    ),
    "frequency": _scale(
        ("always", "Always", "Bob amser", "دائمًا"),
        ("often", "Often", "Yn aml", "غالبًا"),
        ("sometimes", "Sometimes", "Weithiau", "أحيانًا"),
        ("rarely", "Rarely", "Anaml", "نادرًا"),
        ("never", "Never", "Byth", "أبدًا"),
    ),
    "likelihood": _scale(
        ("very_likely", "Very likely", "Tebygol iawn", "محتمل جدًا"),
        ("likely", "Likely", "Tebygol", "محتمل"),
        (
            "neither",
            "Neither likely nor unlikely",
            "Ddim yn debygol nac yn annhebygol",
            "لا محتمل ولا غير محتمل",
        ),
        ("unlikely", "Unlikely", "Annhebygol", "غير محتمل"),
        ("very_unlikely", "Very unlikely", "Annhebygol iawn", "غير محتمل على الإطلاق"),
    ),
}


def scale_points(question: Likert | Grid) -> tuple[Option, ...]:
    """The points that are scored: the scale without its “don’t know”."""
    return SCALES[question.scale] if isinstance(question.scale, str) else question.scale


def scale_options(question: Likert | Grid) -> tuple[Option, ...]:
    """Every answer that can be chosen, “don’t know” last where the question offers it."""
    return scale_points(question) + ((_NO_OPINION,) if question.no_opinion else ())
