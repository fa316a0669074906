"""The scales that come built in, each from its most positive point to its most negative."""

from collections.abc import Mapping

from surveys.questionnaire import DONT_KNOW, Grid, Likert, Option

_NO_OPINION = Option(DONT_KNOW, {"en": "Don’t know", "cy": "Ddim yn gwybod"})


def _scale(*points: tuple[str, str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, {"en": english, "cy": welsh}) for value, english, welsh in points)


SCALES: Mapping[str, tuple[Option, ...]] = {
    "agreement": _scale(
        ("strongly_agree", "Strongly agree", "Cytuno’n gryf"),
        ("agree", "Agree", "Cytuno"),
        ("neither", "Neither agree nor disagree", "Ddim yn cytuno nac yn anghytuno"),
        ("disagree", "Disagree", "Anghytuno"),
        ("strongly_disagree", "Strongly disagree", "Anghytuno’n gryf"),
    ),
    "satisfaction": _scale(
        ("very_satisfied", "Very satisfied", "Bodlon iawn"),
        ("satisfied", "Satisfied", "Bodlon"),
        ("neither", "Neither satisfied nor dissatisfied", "Ddim yn fodlon nac yn anfodlon"),
        ("dissatisfied", "Dissatisfied", "Anfodlon"),
        ("very_dissatisfied", "Very dissatisfied", "Anfodlon iawn"),
    ),
    "importance": _scale(
        ("very_important", "Very important", "Pwysig iawn"),
        ("important", "Important", "Pwysig"),
        ("moderately_important", "Moderately important", "Gweddol bwysig"),
        ("slightly_important", "Slightly important", "Ychydig yn bwysig"),
        ("not_important", "Not important", "Ddim yn bwysig"),
    ),
    "frequency": _scale(
        ("always", "Always", "Bob amser"),
        ("often", "Often", "Yn aml"),
        ("sometimes", "Sometimes", "Weithiau"),
        ("rarely", "Rarely", "Anaml"),
        ("never", "Never", "Byth"),
    ),
    "likelihood": _scale(
        ("very_likely", "Very likely", "Tebygol iawn"),
        ("likely", "Likely", "Tebygol"),
        ("neither", "Neither likely nor unlikely", "Ddim yn debygol nac yn annhebygol"),
        ("unlikely", "Unlikely", "Annhebygol"),
        ("very_unlikely", "Very unlikely", "Annhebygol iawn"),
    ),
}


def scale_points(question: Likert | Grid) -> tuple[Option, ...]:
    """The points that are scored: the scale without its “don’t know”."""
    return SCALES[question.scale] if isinstance(question.scale, str) else question.scale


def scale_options(question: Likert | Grid) -> tuple[Option, ...]:
    """Every answer that can be chosen, “don’t know” last where the question offers it."""
    return scale_points(question) + ((_NO_OPINION,) if question.no_opinion else ())
