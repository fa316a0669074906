"""Files that are no LimeSurvey survey, or mean harm.

1. Each is refused within seconds, in words that say what is wrong and what to do.
2. Whatever the rows hold, the reader gives a sound questionnaire or a refusal, never a bug.
"""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.imported import Imported
from surveys.limesurvey import read_limesurvey
from surveys.limesurvey.dump import LARGEST_FILE, LONGEST_CELL, MOST_ROWS
from surveys.native_files import UnusableQuestionnaire, read_questionnaire, write_questionnaire
from surveys.soundness import unsound
from tests.surveys.limesurvey.building import LIST, Asked, Document, Group, lss, row_xml

HEAD = "<?xml version='1.0'?>"
BOMB = (
    "<!DOCTYPE d [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(10))
    + "]><document>&k;</document>"
)
OF_KIND = "<document><LimeSurveyDocType>{}</LimeSurveyDocType></document>"
REFUSED: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "nothing": (b"", "could not be read as XML"),
    "words": (b"Dear council,", "could not be read as XML at line 1, column 1"),
    "cut": (lss(LIST)[:500], "could not be read as XML"),
    "zip": (b"PK\x03\x04abc", "It is a zip archive"),
    "web page": (b"<html><body/></html>", "it begins with <html>"),
    "bomb": (BOMB.encode(), "declares a document type or entities"),
    "outside": (
        b"<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><document>&x;</document>",
        "declares a document type or entities",
    ),
    "doctype": (b"<!DOCTYPE document><document/>", "declares a document type"),
    "question": (OF_KIND.format("Question").encode(), "one question (.lsq), not a whole survey"),
    "group": (OF_KIND.format("Group").encode(), "one group of questions (.lsg)"),
    "labels": (OF_KIND.format("Label set").encode(), "a set of labels (.lsl)"),
    "responses": (OF_KIND.format("Responses").encode(), "responses (.lsr)"),
    "of no kind": (b"<document/>", "does not say that it is a LimeSurvey survey"),
    "empty": (OF_KIND.format("Survey").encode(), "It holds no questions"),
    "deep": (b"<document>" * 1_000, "nested more than 12 deep"),
    "encoding": (b"<?xml version='1.0' encoding='utf-99'?><document/>", "could not be read as XML"),
    "utf-7": (b"<?xml version='1.0' encoding='cp037'?><document/>", "could not be read as XML"),
    "large": (lambda: b" " * (LARGEST_FILE + 1), "and can have up to 8,388,608"),
    "long": (
        lambda: lss(Asked("S", "q", "a" * (LONGEST_CELL + 1))),
        "a text of more than 100,000 characters",
    ),
    "10,000 questions": (
        lambda: lss(*(Asked("S", f"q{number}") for number in range(10_000))),
        "more than 2,000 questions",
    ),
    "rows": (
        lambda: lss(LIST, tables={"conditions": [{"qid": "1"}] * (MOST_ROWS + 1)}),
        "more than 100,000 rows",
    ),
    "too many in the end": (
        lambda: lss(*(_wide(number) for number in range(30))),
        "It becomes 3,030 questions here and can have up to 2,000",
    ),
    "hidden": (
        lambda: lss(Asked("S", "q", settings={"hidden": "1"})),
        "Nothing in it can be asked here",
    ),
    "expressions": (
        lambda: lss(*(Asked("S", f"q{n}", "{a}" * 1_000) for n in range(11))),
        "more than 10,000 expressions",
    ),
    "conditions": (
        lambda: lss(*(Asked("S", f"q{n}", relevance="q0 == 1 || " * 400) for n in range(200))),
        "characters together and can have up to 300,000",
    ),
    "texts": (
        lambda: lss(*(Asked("S", f"q{n}", "a" * 90_000) for n in range(30))),
        "Its texts are too long for one questionnaire",
    ),
}


def _wide(number: int) -> Asked:
    ten = {f"c{each}": str(each) for each in range(10)}
    return Asked(";", f"q{number}", rows=ten, columns=ten)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused_in_words(name: str) -> None:
    given_data, words = REFUSED[name]
    data = given_data() if callable(given_data) else given_data
    with pytest.raises(UnusableQuestionnaire) as refusal:
        read_limesurvey(data)
    [problem] = refusal.value.problems
    assert problem.place == "The file"
    assert words in problem.words


def test_many_conditions_on_each_other_stay_small() -> None:
    asked = [Asked("Y", "q0")]
    for number in range(1, 60):
        before = " || ".join(f"q{each} != 'Y'" for each in range(number))
        asked.append(Asked("Y", f"q{number}", relevance=before))
    found = read_limesurvey(lss(*asked))
    assert unsound(found.questionnaire) == []
    assert len(write_questionnaire(found.questionnaire)) < 1_000_000


def sound_or_refused(data: bytes) -> None:
    found = read_or_refused(data)
    if found is None:
        return
    assert unsound(found.questionnaire) == []
    written = write_questionnaire(found.questionnaire)
    assert read_questionnaire(written) == found.questionnaire
    assert all(note.where and note.what for note in found.notes)


def read_or_refused(data: bytes) -> Imported | None:
    """What was read; None where the file was refused as a whole, not for what was made of it."""
    try:
        return read_limesurvey(data)
    except UnusableQuestionnaire as refusal:
        places = {problem.place for problem in refusal.problems}
    assert places == {"The file"}
    return None


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_clearly(data: bytes) -> None:
    with pytest.raises(UnusableQuestionnaire):
        read_limesurvey(data)


KINDS = "L!OMP5ABCEFH1:;YGNKSTUQDR|X*I?"
CODES = st.sampled_from(["A1", "a", "other", "1", "-oth-", "x;y", "dont_know", "é", "", "a b"])
WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["<b>Hi</b>", "{q0}", "{if(q0=='1','a','b')}", "<script>", " ", "a|b"]),
)
LISTED = st.dictionaries(CODES, WORDS, max_size=4)
RELEVANCE = st.one_of(
    st.sampled_from(
        ["", "1", "0", "q0", "q0=='A1'", "q1_A1=='Y'", "!is_empty(q2)", "q1.NAOK>3", "q9<q8"]
    ),
    st.text(alphabet="q0123_A!=<>()&|'\" .NAOKis_empty", max_size=30),
)
SETTINGS = st.dictionaries(
    st.sampled_from(
        [
            "hidden",
            "min_answers",
            "max_answers",
            "exclude_all_others",
            "min_num_value_n",
            "max_num_value_n",
            "maximum_chars",
            "date_min",
            "date_max",
            "random_order",
            "alphasort",
            "prefix",
            "suffix",
            "numbers_only",
            "multiflexible_checkbox",
            "multiflexible_min",
            "multiflexible_max",
            "max_num_of_files",
            "max_filesize",
            "array_filter",
            "allowed_filetypes",
            "other_replace_text",
            "dualscale_headerA",
            "num_value_int_only",
        ]
    ),
    st.one_of(st.sampled_from(["1", "0", "-3", "99", "1e300", "nan", "inf", "A1;a"]), WORDS),
    max_size=4,
)


@st.composite
def surveys(draw: st.DrawFn) -> bytes:
    count = draw(st.integers(1, 6))
    languages = draw(st.sampled_from([("en",), ("en", "cy"), ("de-informal", "ar", "en")]))
    asked = [
        Asked(
            draw(st.sampled_from(KINDS)),
            draw(st.sampled_from([f"q{number}", f"Q{number}", "q0", "_", "1a"])),
            draw(WORDS),
            help=draw(WORDS),
            mandatory=draw(st.sampled_from("YNS")),
            other=draw(st.sampled_from("YN")),
            relevance=draw(RELEVANCE),
            rows=draw(LISTED),
            columns=draw(LISTED),
            answers=draw(LISTED),
            more_answers=draw(LISTED),
            settings=draw(SETTINGS),
        )
        for number in range(count)
    ]
    groups = [Group((each,), draw(WORDS), draw(WORDS), draw(RELEVANCE)) for each in asked[:2]]
    parts: list[Group | Asked] = [*asked[2:], *groups]
    return _without_controls(lss(*parts, languages=languages, old=draw(st.booleans())))


def _without_controls(data: bytes) -> bytes:
    # XML cannot hold them at all; that files with them are refused is tested above.
    text = data.decode("utf-8", "surrogatepass")
    kept = (
        each for each in text if each in "\t\n\r" or (each >= " " and each not in "\ufffe\uffff")
    )
    return "".join(kept).encode("utf-8", "replace")


@settings(max_examples=150, deadline=None)
@given(surveys())
def test_any_survey_is_read_soundly_or_refused(data: bytes) -> None:
    sound_or_refused(data)


COLUMNS = [
    "qid",
    "gid",
    "sid",
    "parent_qid",
    "type",
    "title",
    "question",
    "help",
    "language",
    "relevance",
    "other",
]
MORE_COLUMNS = [
    "code",
    "answer",
    "sortorder",
    "scale_id",
    "aid",
    "attribute",
    "value",
    "cid",
    "cqid",
    "cfieldname",
    "method",
]
TABLES = [
    "surveys",
    "surveys_languagesettings",
    "groups",
    "group_l10ns",
    "questions",
    "question_l10ns",
    "subquestions",
    "answers",
    "answer_l10ns",
    "question_attributes",
    "conditions",
    "defaultvalues",
    "quota",
]
ROW = st.dictionaries(
    st.sampled_from([*COLUMNS, *MORE_COLUMNS, "group_order", "mandatory", "scenario"]),
    st.one_of(st.sampled_from(["1", "2", "en", "Y", "L", "M", "99999999999", "²", "-1"]), WORDS),
    max_size=8,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(TABLES), ROW), max_size=25), st.booleans())
def test_any_rows_are_read_soundly_or_refused(
    rows: list[tuple[str, dict[str, str]]], old: bool
) -> None:
    document = Document(("en",), old=old)
    document.group(Group((LIST,)), 1)
    for table, row in rows:
        document.add(table, **row)
    sound_or_refused(_without_controls(document.xml()))


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_damaged_file_is_read_soundly_or_refused(chance: random.Random) -> None:
    data = bytearray(lss(LIST, Asked("M", "ticks", rows={"a": "A"})))
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(data))
        if chance.random() < 0.5:
            data[place] = chance.randrange(256)
        else:
            del data[place : place + chance.randint(1, 40)]
    sound_or_refused(bytes(data))


def test_a_row_may_hold_columns_that_nobody_knows() -> None:
    strange = row_xml({"qid": "7", "future": "x"})
    data = lss(LIST).replace(
        b"</document>", f"<new><rows>{strange}</rows></new></document>".encode()
    )
    assert read_limesurvey(data).questionnaire.questions[0].key == "first"
