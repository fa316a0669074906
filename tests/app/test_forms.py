"""A form keeps all that was typed, reads it kindly, and says what to mend."""

from datetime import date

import pytest
from litestar import Request, post

from app.forms import Form, read_form
from app.problems import Problem
from tests.assembled import Pages
from tests.browsing import Browser


def form(**fields: str | list[str]) -> Form:
    return Form(
        {name: [value] if isinstance(value, str) else value for name, value in fields.items()}
    )


def test_text_is_stripped_and_what_was_typed_stays() -> None:
    typed = form(name="  Ŵyl  ")
    assert typed.text("name") == "Ŵyl"
    assert typed.fields["name"] == ["  Ŵyl  "]
    assert typed.problems == []


@pytest.mark.parametrize("typed", [form(), form(name="  ")])
def test_a_missing_text_is_a_problem_only_where_it_must_be_there(typed: Form) -> None:
    assert typed.text("name") == ""
    assert typed.problems == []
    typed.text("name", missing="Enter your name")
    assert typed.problems == [Problem("name", "Enter your name")]


def test_a_text_over_its_limit_is_a_problem_that_gives_both_figures() -> None:
    typed = form(why="x" * 5001)
    assert typed.text("why") == "x" * 5001
    assert typed.problems == [Problem("why", "Use 5,000 characters or fewer; you used 5,001")]


def test_repeated_fields_are_all_read_and_empty_ones_left_out() -> None:
    assert form(what=["a", "", " b "]).texts("what") == ["a", "b"]
    assert form(what=["on"]).ticked("what")
    assert not form().ticked("what")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), (" 12 ", 12), ("1,234", 1234), ("12 345", 12345), ("-3", -3), ("007", 7)],
)
def test_whole_numbers_are_read_as_people_write_them(typed: str, number: int) -> None:
    assert form(n=typed).whole_number("n") == number


@pytest.mark.parametrize("typed", ["twelve", "1.5", "1e3", "١٢", "1,23", "9" * 30, "--1"])
def test_what_is_no_whole_number_is_a_problem(typed: str) -> None:
    read = form(n=typed)
    assert read.whole_number("n") is None
    assert read.problems == [Problem("n", "Enter a whole number, like 12")]


def day(day: str = "", month: str = "", year: str = "") -> Form:
    return Form({"on-day": [day], "on-month": [month], "on-year": [year]})


def test_a_day_is_read_from_its_three_fields() -> None:
    assert day("3", "10", "2021").day("on") == date(2021, 10, 3)


@pytest.mark.parametrize(
    ("typed", "place", "words"),
    [
        (day("3", "", "2021"), "on-month", "The date must include a month"),
        (day("", "", "2021"), "on-day", "The date must include a day and a month"),
        (day("31", "2", "2021"), "on-day", "Enter a real date, like 27 3 2026"),
        (day("x", "2", "2021"), "on-day", "Enter a real date, like 27 3 2026"),
        (day("3", "10", "21"), "on-year", "The year must have 4 numbers, like 2026"),
        (day("3", "10", "0000"), "on-day", "Enter a real date, like 27 3 2026"),
        (day(), "on-day", "Enter the day it closes"),
    ],
)
def test_a_day_that_cannot_be_read_says_which_part_to_mend(
    typed: Form, place: str, words: str
) -> None:
    assert typed.day("on", missing="Enter the day it closes") is None
    assert typed.problems == [Problem(place, words)]


def test_no_day_at_all_is_fine_where_none_is_needed() -> None:
    read = day()
    assert read.day("on") is None
    assert read.problems == []


@post("/echo")
async def echo(request: Request) -> dict[str, object]:  # type: ignore[type-arg]
    read = await read_form(request)
    upload = read.file("up")
    return {"fields": dict(read.fields), "up": upload.decode() if upload else None}


@pytest.fixture
def added() -> Pages:
    return (echo,)


async def test_a_posted_form_arrives_whole(visitor: Browser) -> None:
    typed = {"a": ["1", "2"], "grid.row": "yes", "empty": "", "text": "Ŵyl & ŷd\r\nline\0 two"}
    page = await visitor.post("/echo", typed)
    assert page.json()["fields"] == {
        "a": ["1", "2"],
        "grid.row": ["yes"],
        "empty": [""],
        "text": ["Ŵyl & ŷd\nline two"],
    }


async def test_an_upload_arrives_beside_the_fields(visitor: Browser) -> None:
    page = await visitor.post("/echo", {"a": "1", "up": b"bytes"})
    assert page.json() == {"fields": {"a": ["1"]}, "up": "bytes"}


async def test_fields_beside_an_upload_keep_their_order(visitor: Browser) -> None:
    names = [f"field{number}" for number in range(20)]
    page = await visitor.post("/echo", {**dict.fromkeys(names, "1"), "up": b"bytes"})
    assert list(page.json()["fields"]) == names


async def test_a_form_over_eight_megabytes_is_a_page_that_says_so(visitor: Browser) -> None:
    page = await visitor.post("/echo", {"a": "x" * (8 * 1024 * 1024 + 1)})
    assert page.status_code == 413
    assert page.heading == "What you sent is too large"


async def test_a_form_of_endless_fields_is_refused(visitor: Browser) -> None:
    page = await visitor.post("/echo", {"a": ["x"] * 20_001})
    assert page.status_code == 413
