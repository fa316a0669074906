"""The tests' own browser does what browsers do, and refuses what a reader could not do."""

import pytest
from litestar import MediaType, Request, get, post
from litestar.response import Redirect

from tests.assembled import Pages
from tests.browsing import Browser

PAGE = """<title>T</title><main><h1>One <b>two</b></h1><a href="/form">again</a>
<form method="post" action="/sent" id="f">
<input type="hidden" name="_page" value="2"><input name="grid.row" value="old">
<input type="radio" name="r" value="a"><input type="radio" name="r" value="b" checked>
<input type="checkbox" name="c" value="1" checked><input type="checkbox" name="c" value="2">
<select name="s"><option value="x">X</option><option>Y</option></select>
<textarea name="t">
line</textarea><input name="off" disabled value="no"><input type="file" name="up">
<button name="do" value="save">Save</button><button name="do" value="next">Next</button>
</form></main><form action="/form"><input name="q"><button>Search</button></form>"""


@get("/form", media_type=MediaType.HTML)
async def form() -> str:
    return PAGE


@post("/sent")
async def sent(request: Request) -> dict[str, list[str]]:  # type: ignore[type-arg]
    pairs = list((await request.form()).multi_items())
    return {name: [str(v) for n, v in pairs if n == name] for name, _ in pairs}


@get("/bug")
async def bug() -> None:
    raise RuntimeError("seen by the test")


@get("/away")
async def away() -> Redirect:
    return Redirect("/form", status_code=303)


@pytest.fixture
def added() -> Pages:
    return form, sent, bug, away


async def test_a_form_is_sent_with_what_the_page_put_in_it(visitor: Browser) -> None:
    answer = await (await visitor.get("/form")).form().submit()
    assert answer.json() == {
        "_page": ["2"],
        "grid.row": ["old"],
        "r": ["b"],
        "c": ["1"],
        "s": ["x"],
        "t": ["line"],
        "do": ["save"],
    }


async def test_a_form_is_sent_with_what_the_test_types(visitor: Browser) -> None:
    form = (await visitor.get("/form")).form("f").fill({"grid.row": "new"}, r="a", c=["1", "2"])
    answer = await form.fill(s="Y", t="one\ntwo").submit("Next")
    assert answer.json() == {
        "_page": ["2"],
        "grid.row": ["new"],
        "r": ["a"],
        "c": ["1", "2"],
        "s": ["Y"],
        "t": ["one\ntwo"],
        "do": ["next"],
    }
    assert "c" not in (await form.clear("c").submit()).json()


@pytest.mark.parametrize("typed", [{"nothing": "x"}, {"r": "c"}, {"s": "z"}, {"off": "yes"}])
async def test_what_a_reader_could_not_do_is_refused(
    visitor: Browser, typed: dict[str, str]
) -> None:
    form = (await visitor.get("/form")).form()
    with pytest.raises(LookupError):
        form.fill(typed)
    with pytest.raises(LookupError):
        await form.submit("Delete")


async def test_forms_that_ask_are_sent_as_an_address(visitor: Browser) -> None:
    page = await (await visitor.get("/form")).form("Search").fill(q="ŵ & x").submit()
    assert page.path == "/form?q=%C5%B5+%26+x"


async def test_redirects_are_followed_unless_asked_not_to(visitor: Browser) -> None:
    assert (await visitor.get("/away")).heading == "One two"
    assert (await visitor.get("/away", follow=False)).status_code == 303
    assert (await (await visitor.get("/away")).follow("again")).path == "/form"


async def test_a_bug_reaches_the_test(visitor: Browser) -> None:
    with pytest.raises(RuntimeError, match="seen by the test"):
        await visitor.get("/bug")
