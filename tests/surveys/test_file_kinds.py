"""Which files a question takes, in words and by their endings."""

from surveys.file_kinds import FORMATS, KINDS, accepted, accepted_words, endings, size_words
from surveys.questionnaire import Upload


def test_a_question_that_names_no_kind_takes_every_kind() -> None:
    question = Upload(key="plan", text="A plan?")
    assert accepted(question) == tuple(KINDS)
    assert set(endings(accepted(question))) == set(FORMATS)


def test_what_is_taken_is_said() -> None:
    question = Upload(key="plan", text="A plan?", accept=("image", "pdf"), max_files=3)
    assert accepted_words(question, "en") == (
        "Up to 3 files, each of up to 10 MB: PDF (.pdf) or picture (.jpg, .jpeg, .png, .webp)"
    )
    lone = Upload(key="plan", text="A plan?", accept=("pdf",), max_megabytes=2)
    assert accepted_words(lone, "en") == "1 file of up to 2 MB: PDF (.pdf)"


def test_sizes_are_said_as_people_say_them() -> None:
    assert [size_words(size, "en") for size in (0, 340_000, 1_300_000, 10 * 1024 * 1024)] == [
        "1 kB",
        "332 kB",
        "1.2 MB",
        "10 MB",
    ]


def test_every_form_is_of_a_kind_that_can_be_named() -> None:
    assert {form.kind for form in FORMATS.values()} == set(KINDS)
