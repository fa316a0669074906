"""What a survey sets that has no counterpart here, in words."""

from collections import Counter
from collections.abc import Callable, Mapping

from app.words import plural
from surveys.foreign.notebook import Place
from surveys.limesurvey.dump import Dump
from surveys.limesurvey.survey import THE_SURVEY, LimeQuestion, Survey
from surveys.limesurvey.transfer import Transfer, place_of
from surveys.questionnaire import say
from surveys.typed import shortened

LONGEST_QUOTE = 300


def note_leftovers(transfer: Transfer, survey: Survey, dump: Dump) -> None:
    for question in survey.questions:
        place = place_of(question, transfer.base)
        for what in _of_question(question):
            transfer.note(place, what)
    _note_defaults(transfer, survey, dump)
    _note_settings(transfer, survey, dump)
    _note_words(transfer, survey)
    _note_unused(transfer, survey)


def _of_question(question: LimeQuestion) -> list[str]:
    found = [
        words.format(shortened(question.setting(name), 80))
        for name, words in _SAID.items()
        if question.setting(name) not in ("", "0")
    ]
    if question.pattern:
        pattern = shortened(question.pattern, 80)
        found.append(f"Answers had to fit the pattern ‘{pattern}’. They are not checked here")
    if any(item.relevance not in ("", "1") for item in question.items):
        found.append("Some of its rows were shown only to some people. All rows are shown now")
    return found


_UNCHECKED = "Answers were checked by the rule ‘{}’. They are not checked here"
_LINKED = "Its limit was the answer to ‘{}’. It has no such limit now"
_SAID: Mapping[str, str] = {
    "array_filter": "Only what was ticked in ‘{}’ was shown. All of it is shown now",
    "array_filter_exclude": "What was ticked in ‘{}’ was not shown. All of it is shown now",
    "em_validation_q": _UNCHECKED,
    "em_validation_sq": _UNCHECKED,
    "min_num_value_sgqa": _LINKED,
    "max_num_value_sgqa": _LINKED,
    "time_limit": "It had a time limit of {} seconds. It has none now",
    "random_group": "It was shuffled among the questions of ‘{}’. It keeps its place now",
    "category_separator": "Its answers were in groups, parted by ‘{}’. They are one list now",
    "slider_layout": "It was a slider. It is a box for a number now",
    "multiflexible_step": "Its numbers went in steps of {}. They can be any now",
}

# What was brought over, or changes nothing that people are asked.
_KNOWN = frozenset(
    {
        *_SAID,
        "alphasort",
        "answer_order",
        "assessment_value",
        "date_format",
        "date_max",
        "date_min",
        "allowed_filetypes",
        "dropdown_dates",
        "dualscale_headerA",
        "dualscale_headerB",
        "equals_num_value",
        "exclude_all_others",
        "hidden",
        "hide_tip",
        "input_boxes",
        "location_mapheight",
        "location_mapservice",
        "location_mapwidth",
        "location_mapzoom",
        "max_answers",
        "max_filesize",
        "max_num_of_files",
        "max_num_value",
        "max_num_value_n",
        "max_subquestions",
        "maximum_chars",
        "min_answers",
        "min_num_value",
        "min_num_value_n",
        "multiflexible_checkbox",
        "multiflexible_max",
        "multiflexible_min",
        "num_value_equals_sgqa",
        "num_value_int_only",
        "numbers_only",
        "other_comment_mandatory",
        "other_numbers_only",
        "other_replace_text",
        "prefix",
        "random_order",
        "relevance",
        "show_comment",
        "show_title",
        "slider_max",
        "slider_min",
        "subquestion_order",
        "suffix",
        "time_limit_action",
    }
)


def _note_unused(transfer: Transfer, survey: Survey) -> None:
    """Settings that nobody answering would miss are counted, not named question by question."""
    counts = Counter(
        shortened(name, 40)
        for question in survey.questions
        for name in question.settings
        if name not in _KNOWN and question.setting(name) not in ("", "0", "N")
    )
    if counts:
        listed = ", ".join(f"{name} ({count})" for name, count in sorted(counts.items())[:60])
        transfer.note(
            THE_SURVEY,
            "Settings of looks and statistics have no counterpart here and are left out (with the "
            f"number of questions): {listed}",
        )


def _note_defaults(transfer: Transfer, survey: Survey, dump: Dump) -> None:
    filled = {row.get("qid") for row in dump.rows("defaultvalues")}
    for question in survey.questions:
        if question.qid in filled:
            what = "It began with an answer filled in. It begins empty now"
            transfer.note(place_of(question, transfer.base), what)


def _note_settings(transfer: Transfer, survey: Survey, dump: Dump) -> None:
    settings = survey.settings
    for name, (is_met, words) in _SETTINGS.items():
        if is_met(settings.get(name, "").strip()):
            transfer.note(THE_SURVEY, words)
    for table, what in _TABLES.items():
        count = len(dump.rows(table))
        if count:
            transfer.note(THE_SURVEY, f"{what} ({count:,})")
    shuffled = [group for group in survey.groups if group.shuffled]
    if shuffled:
        groups = plural(len(shuffled), "group")
        what = f"{groups} of questions came in random order. The order in the file stands now"
        transfer.note(THE_SURVEY, what)
    transfer.note(
        THE_SURVEY,
        "Its looks, e-mail texts, participants, the administrator’s name and address and all mail "
        "accounts stayed behind",
    )


_SETTINGS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "format": (
        lambda value: value == "S",
        "It showed one question at a time. Each group of questions is a page now",
    ),
    "usetokens": (
        lambda value: value == "Y",
        "Only invited participants could answer. Anyone can answer here",
    ),
    "expires": (
        bool,
        "It had a closing date. Set one when you open the consultation",
    ),
    "startdate": (
        bool,
        "It had an opening date. Open the consultation when it is due",
    ),
}
_TABLES: Mapping[str, str] = {
    "quota": "Quotas on answers are left out: everyone may answer",
    "assessments": "Scores and their messages are left out",
    "survey_url_parameters": "Answers filled in from the address are left out",
}


def _note_words(transfer: Transfer, survey: Survey) -> None:
    for column, what in _WORDS.items():
        words = say(transfer.text(survey.words.get(column, {}), _PLACES[column]), transfer.base)
        if words:
            transfer.note(_PLACES[column], f"{what}: ‘{shortened(words, LONGEST_QUOTE)}’")


_PLACES: Mapping[str, Place] = {
    "surveyls_endtext": Place("The closing text"),
    "surveyls_policy_notice": Place("The data policy notice"),
    "surveyls_url": Place("The closing link"),
}
_WORDS: Mapping[str, str] = {
    "surveyls_endtext": "Is left out. Put it under “what happens next” if it is still needed",
    "surveyls_policy_notice": "Is left out. Put it in the consultation’s privacy notice",
    "surveyls_url": "Is left out. People see their receipt after answering",
}
