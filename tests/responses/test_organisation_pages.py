"""Answering for an organisation, through the pages: a clerk, a colleague and a chair in browsers of
their own, without JavaScript."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from litestar import Litestar

from app import clock
from responses import store
from responses.organisation import HOLD, Asked, Represented
from responses.pages.journey import COOKIE, MEMBER_COOKIE
from responses.tables import (
    DraftAnswerRow,
    DraftRow,
    MemberRow,
    ResponseRow,
    SectionRow,
    SignatoryRow,
)
from surveys import store as surveys
from tests.browsing import Browser, Page
from tests.responses.asking import BY, SLUG, opened
from tests.responses.files import asking_for_files, photo

RESPOND = f"/consultations/{SLUG}/respond"
AT = f"{RESPOND}/organisation"
COUNCIL = "Llanfair Parish Council"
DAY = timedelta(days=1)


async def begun(visitor: Browser, *, first: bool = True, ago: timedelta = 0 * DAY) -> Page:
    """A clerk has begun for a parish council, the first page answered unless told otherwise."""
    await opened(now=clock.now() - ago, closes_in=20 * DAY)
    if first:
        page = await visitor.get(RESPOND)
        await page.form("answers").fill(rides="no").submit()
    page = await visitor.get(AT)
    form = page.form("organisation-form").fill(organisation=COUNCIL, name="Carys Huws")
    return await form.fill(post="Clerk").submit()


def code_in(page: Page) -> str:
    found = page.soup.select_one(".return-code")
    assert found is not None
    return found.get_text().strip()


@asynccontextmanager
async def colleague(
    application: Litestar, clerk: Browser, name: str, *, expected: bool = False
) -> AsyncIterator[Browser]:
    """Somebody who came by the code for everyone and said who they are."""
    code = code_in(await clerk.get(f"{AT}/people"))
    browser = Browser(application)
    page = await (await browser.get(f"{RESPOND}/return")).form("come-back").fill(code=code).submit()
    assert page.path == f"{AT}/join"
    form = page.form("join")
    page = await (form.fill(who=name) if expected else form.fill(name=name)).submit()
    assert page.path == AT
    yield browser
    await browser.close()


async def announced(clerk: Browser, name: str, *, agrees: bool = True) -> Page:
    page = await clerk.get(f"{AT}/people")
    form = page.form("add").fill(name=name, post="Chair")
    return await (form.fill(agrees="yes") if agrees else form).submit()


async def declared(browser: Browser) -> Page:
    form = (await browser.get(f"{AT}/declaration")).form("declare")
    return await form.fill(
        represented="residents", number="2,140", asked=["meeting", "survey"], more="In May."
    ).submit()


# Beginning.


async def test_the_first_page_offers_it_to_everyone_alike_and_asks_nothing(
    visitor: Browser,
) -> None:
    await opened(now=clock.now())
    page = await visitor.get(RESPOND)
    again = await visitor.get(RESPOND)
    assert page.response.content == again.response.content
    offered = await page.follow("Answer together with others, for an organisation")
    assert offered.path == AT
    assert await DraftRow.count() == 0
    back = await offered.follow("Answer for yourself")
    assert back.path == RESPOND


async def test_whoever_answers_alone_meets_nothing_of_it_between_first_page_and_last(
    visitor: Browser,
) -> None:
    await opened(now=clock.now())
    page = await visitor.get(RESPOND)
    page = await page.form("answers").fill(rides="no").submit()
    assert "organisation" not in page.text
    check = await visitor.get(f"{RESPOND}/check")
    assert "agree" not in check.text.lower().replace("agreement", "")
    sent = await check.form("send").submit(follow=False)
    assert sent.status_code == 303
    assert await SectionRow.count() == await SignatoryRow.count() == 0


async def test_a_clerk_begins_without_an_answer_and_needs_no_account(visitor: Browser) -> None:
    page = await begun(visitor, first=False)
    assert (page.path, page.heading) == (AT, COUNCIL)
    assert "You are Carys Huws" in page.text
    assert visitor.client.cookies.get(MEMBER_COOKIE)
    assert [row["name"] for row in await MemberRow.select()] == ["Carys Huws"]


async def test_what_is_missing_is_told_beside_its_field_and_stays(visitor: Browser) -> None:
    await opened(now=clock.now())
    page = await visitor.get(AT)
    wrong = await page.form("organisation-form").fill(post="Clerk").submit()
    assert wrong.status_code == 422
    assert wrong.summary == ["Enter the name of the organisation", "Enter a name"]
    assert wrong.form("organisation-form").values["post"] == ["Clerk"]
    long = await wrong.form("organisation-form").fill(organisation="x" * 201, name="A").submit()
    assert long.summary == ["Use 200 characters or fewer"]
    assert await DraftRow.count() == 0


async def test_whoever_began_it_by_mistake_answers_alone_again(visitor: Browser) -> None:
    page = await begun(visitor)
    page = await page.form("end").submit()
    assert page.path == RESPOND
    assert page.form("answers").values["rides"] == ["no"]
    assert await MemberRow.count() == 0


# Joining.


async def test_a_code_for_everyone_asks_who_comes_before_it_shows_anything(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    code = code_in(await visitor.get(f"{AT}/people"))
    other = Browser(application)
    page = await (await other.get(f"{RESPOND}/return")).form("come-back").fill(code=code).submit()
    assert page.heading == "Who are you?"
    for path in (RESPOND, f"{RESPOND}/3", f"{RESPOND}/check", f"{RESPOND}/later", AT):
        assert (await other.get(path)).path == f"{AT}/join"
    assert (await other.post(f"{RESPOND}/check", {})).path == f"{AT}/join"
    assert await ResponseRow.count() == 0
    await other.close()


async def test_a_link_for_everyone_lets_in_as_well(application: Litestar, visitor: Browser) -> None:
    await begun(visitor)
    page = await visitor.get(f"{AT}/people")
    link = str(page.soup.select("#link")[0]["value"])
    other = Browser(application)
    page = await (await other.get(link)).form("come-back").submit()
    assert page.path == f"{AT}/join"
    await other.close()


async def test_whoever_was_announced_says_what_they_are_there(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    await announced(visitor, "Dewi Rees")
    code = code_in(await visitor.get(f"{AT}/people"))
    other = Browser(application)
    page = await (await other.get(f"{RESPOND}/return")).form("come-back").fill(code=code).submit()
    form = page.form("join").fill(who="Dewi Rees")
    wrong = await form.fill(name="", post="x" * 101).submit()
    assert wrong.summary == ["Use 100 characters or fewer"]
    await wrong.form("join").fill(post="Vice-chair").submit()
    people = {row["name"]: row["post"] for row in await MemberRow.select()}
    assert people == {"Carys Huws": "Clerk", "Dewi Rees": "Vice-chair"}
    await other.close()


async def test_a_name_that_is_taken_leads_to_the_own_code(
    application: Litestar, visitor: Browser
) -> None:
    mine = code_in(await begun(visitor))
    code = code_in(await visitor.get(f"{AT}/people"))
    assert mine != code
    other = Browser(application)
    page = await (await other.get(f"{RESPOND}/return")).form("come-back").fill(code=code).submit()
    wrong = await page.form("join").fill(name="carys huws").submit()
    assert wrong.status_code == 422
    assert "Carys Huws".lower() in wrong.summary[0]
    page = await wrong.follow("Come back with your own code")
    page = await page.form("come-back").fill(code=mine).submit()
    assert "You are Carys Huws" in page.text
    assert other.client.cookies.get(MEMBER_COOKIE) == visitor.client.cookies.get(MEMBER_COOKIE)
    await other.close()


async def test_a_removed_person_is_asked_who_they_are(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    async with colleague(application, visitor, "Mair") as mair:
        page = await visitor.get(f"{AT}/people")
        await page.form("person-2").submit("remove")
        assert (await mair.get(AT)).path == f"{AT}/join"


# Whose a page is.


async def test_a_page_that_somebody_edits_is_read_by_the_others_and_taken_over_with_a_note(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    async with colleague(application, visitor, "Mair") as mair:
        mine = await visitor.get(f"{RESPOND}/3")
        locked = await mair.get(f"{RESPOND}/3")
        assert locked.heading == "Carys Huws is editing this page"
        assert locked.soup.select("form#answers") == []
        assert "Carys Huws is editing it, until" in (await mair.get(AT)).text
        wrong = await locked.form("take-over").submit()
        assert wrong.status_code == 422
        taken = await wrong.form("take-over").fill(_note="The bus people rang").submit()
        assert taken.path == f"{RESPOND}/3"
        await taken.form("answers").fill(town="Ashford").submit()
        # Mair has gone on, so the page is free, and what Carys typed meets what Mair saved.
        asked = await mine.form("answers").fill(town="Deal", why="The hill.").submit()
        assert asked.heading == "Choose which answers to keep"
        page = await asked.form("differs").fill({"keep.town": "theirs"}).submit()
        assert page.path == f"{RESPOND}/4"
    page = await visitor.get(AT)
    assert "Mair took it over from Carys Huws" in page.text
    assert "The bus people rang" in page.text
    assert "Last changed by Carys Huws" in page.text


async def test_whoever_lost_a_page_while_typing_keeps_every_word_and_may_take_it_back(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    async with colleague(application, visitor, "Mair") as mair:
        mine = await visitor.get(f"{RESPOND}/3")
        locked = await mair.get(f"{RESPOND}/3")
        await locked.form("take-over").fill(_note="You were away").submit()
        stopped = await mine.form("answers").fill(town="Deal").submit()
        assert stopped.status_code == 409
        assert stopped.summary == ["Mair is editing this page now. What you typed is not saved yet"]
        assert "You were away" in stopped.text
        assert stopped.form("answers").values["town"] == ["Deal"]
        assert await DraftAnswerRow.count().where(DraftAnswerRow.question == "town") == 0
        wrong = await stopped.form("answers").submit("Take over and save")
        assert wrong.summary == ["Say in a few words why you take this page over"]
        assert wrong.form("answers").values["town"] == ["Deal"]
        page = await wrong.form("answers").fill(_note="I am back").submit("Take over and save")
        assert page.path == f"{RESPOND}/4"
        # Whoever saved has gone on to the next page, so this one is free.
        free = await mair.get(f"{RESPOND}/3")
        assert free.form("answers").values["town"] == ["Deal"]
    draft = await the_draft(visitor)
    assert draft.answers["town"] == "Deal"


async def the_draft(browser: Browser) -> store.Draft:
    draft = await store.draft(browser.client.cookies.get(COOKIE) or "")
    assert draft is not None
    return draft


async def test_a_page_lapses_and_answers_saved_as_they_are_typed_renew_it(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    async with colleague(application, visitor, "Mair") as mair:
        mine = await visitor.get(f"{RESPOND}/3")
        await lapsed()
        version = mine.form("answers").values["_version"][0]
        typed = {"_question": "town", "_version": version, "town": "Deal", "_seen": ""}
        saved = await visitor.post(f"{RESPOND}/3/save", typed)
        assert saved.status_code == 200
        assert (await mair.get(f"{RESPOND}/3")).heading == "Carys Huws is editing this page"
        refused = await mair.post(f"{RESPOND}/3/save", typed | {"town": "Hythe"})
        assert refused.json() == {"stop": "page"}
        await lapsed()
        assert (await mair.get(f"{RESPOND}/3")).soup.select("form#answers")
    assert (await the_draft(visitor)).answers["town"] == "Deal"


async def lapsed() -> None:
    past = clock.now() - HOLD
    await SectionRow.update({SectionRow.edit_until: past}, force=True)


async def test_a_page_is_marked_as_ready_and_a_change_takes_that_back(visitor: Browser) -> None:
    page = await begun(visitor)
    ready = await page.form("ready-1").submit()
    assert "Carys Huws says that it is ready" in ready.text
    first = await visitor.get(RESPOND)
    await first.form("answers").fill(rides="yes").submit()
    page = await visitor.get(AT)
    assert "Carys Huws said that it was ready. It has changed since" in page.text
    # What the list showed is not what stands there now.
    stale = await ready.form("ready-1").submit()
    assert "says that it is ready" not in stale.text


# Agreeing, and sending.


async def test_an_answer_that_everyone_agreed_to_is_sent_by_whoever_may(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    await announced(visitor, "Dewi Rees")
    await declared(visitor)
    async with colleague(application, visitor, "Dewi Rees", expected=True) as dewi:
        check = await dewi.get(f"{RESPOND}/check")
        assert "Carys Huws sends the answers once everyone has agreed" in check.text
        assert check.soup.select("form#send") == []
        agreed = await check.form("agree").submit()
        assert "Agreed on" in agreed.text
        refused = await dewi.post(f"{RESPOND}/check", {})
        assert refused.summary == ["Only Carys Huws can send these answers"]
        # A change after the agreement takes it back, and says so.
        page = await visitor.get(f"{RESPOND}/3")
        await page.form("answers").fill(town="Ashford").submit()
        mine = await visitor.get(f"{RESPOND}/check")
        assert "does not count any more, because this has changed since: The plan" in mine.text
        stopped = await mine.form("send").submit()
        assert stopped.status_code == 422
        assert "Say why you send the answers before everyone has agreed" in stopped.summary[0]
        await (await dewi.get(f"{RESPOND}/check")).form("agree").submit()
        sent = await (await visitor.get(f"{RESPOND}/check")).form("send").submit()
        assert sent.path.startswith("/receipts/")
        told = await dewi.get(RESPOND)
        assert told.heading == "Your organisation’s answers have been sent"
        assert not dewi.client.cookies.get(MEMBER_COOKIE)
    assert "Dewi Rees, Chair agreed on" in sent.text
    assert "How many they are: 2,140" in sent.text
    [row] = await ResponseRow.select()
    found = await store.declaration_of(row["key"])
    assert found is not None
    assert (found.organisation, found.agreed, found.to_agree, found.because) == (COUNCIL, 1, 1, "")
    assert found.declaration.represented is Represented.RESIDENTS
    assert found.declaration.asked == (Asked.MEETING, Asked.SURVEY)
    assert await MemberRow.count() == 0
    assert not visitor.client.cookies.get(MEMBER_COOKIE)


async def test_nobody_agrees_to_what_they_were_not_shown(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    await announced(visitor, "Dewi Rees")
    await declared(visitor)
    async with colleague(application, visitor, "Dewi Rees", expected=True) as dewi:
        check = await dewi.get(f"{RESPOND}/check")
        form = (await visitor.get(f"{AT}/declaration")).form("declare")
        await form.fill(number="3").submit()
        shown = await check.form("agree").submit()
        assert shown.status_code == 409
        assert "How many they are: 3" in shown.text
        assert [row["agreed_to"] for row in await MemberRow.select()] == ["", ""]
        agreed = await shown.form("agree").submit()
        back = await agreed.form("take-back").submit()
        assert "Has not agreed yet" in back.text


async def test_another_name_of_the_organisation_takes_an_agreement_back(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    await announced(visitor, "Dewi Rees")
    await declared(visitor)
    async with colleague(application, visitor, "Dewi Rees", expected=True) as dewi:
        await (await dewi.get(f"{RESPOND}/check")).form("agree").submit()
        form = (await visitor.get(f"{AT}/declaration")).form("declare")
        await form.fill(organisation="Llanfair Town Council").submit()
        check = await visitor.get(f"{RESPOND}/check")
        assert "has changed since: what is said of the organisation" in check.text


async def test_a_pause_stores_nothing_over_a_page_that_somebody_took_over(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    async with colleague(application, visitor, "Mair Evans") as mair:
        page = await visitor.get(RESPOND)
        held = await mair.get(RESPOND)
        await held.form("take-over").fill(_note="You are away").submit()
        await surveys.pause_round(SLUG, reason="Elections are on.", by=BY, now=clock.now())
        paused = await page.form("answers").fill(rides="yes").submit()
    assert "What you have just written was not stored." in paused.text
    draft = await store.draft(visitor.client.cookies[COOKIE])
    assert draft is not None
    assert draft.answers["rides"] == "no"


async def test_it_is_sent_without_everyone_only_with_a_reason_that_stays(
    visitor: Browser, officer: Browser, coder: Browser
) -> None:
    await begun(visitor)
    await announced(visitor, "Dewi Rees")
    undeclared = await (await visitor.get(f"{RESPOND}/check")).form("send").submit()
    assert undeclared.summary[0] == "Say whom the organisation speaks for and how they were asked"
    await declared(visitor)
    check = await visitor.get(f"{RESPOND}/check")
    sent = await check.form("send").fill(because="The chair is ill.").submit()
    assert "Sent without the others: The chair is ill." in sent.text
    [row] = await ResponseRow.select()
    address = f"/officer/consultations/{SLUG}/responses/{row['id']}"
    for staff, names in ((officer, True), (coder, False)):
        page = await staff.get(address)
        assert "0 of 1 who had to agree did" in page.text
        assert "At a meeting" in page.text
        assert ("Carys Huws" in page.text) is names
    own = (await visitor.get(f"{sent.path}/answers.json")).json()
    assert own["declaration"]["organisation"] == COUNCIL
    assert COUNCIL not in str(own["answers"])


async def test_what_somebody_else_is_typing_is_not_cut_off_by_sending(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    await declared(visitor)
    async with colleague(application, visitor, "Mair") as mair:
        await mair.get(f"{RESPOND}/3")
        check = await visitor.get(f"{RESPOND}/check")
        stopped = await check.form("send").submit()
        assert stopped.summary == ["Mair is editing a page now. Wait, or take it over"]
        await lapsed()
        held = dict(visitor.client.cookies)
        sent = await stopped.form("send").submit(follow=False)
        # The same again, from a browser that has not heard of it, is the same receipt.
        visitor.client.cookies.update(held)
        twice = await check.form("send").submit(follow=False)
    assert (sent.status_code, twice.status_code) == (303, 303)
    assert sent.response.headers["location"] == twice.response.headers["location"]
    assert await ResponseRow.count() == 1


async def test_only_whoever_may_send_deletes_the_answers(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    async with colleague(application, visitor, "Mair") as mair:
        assert (await mair.get(f"{RESPOND}/check")).soup.select("form#discard") == []
        assert (await mair.post(f"{RESPOND}/discard", {})).path == AT
        assert await DraftAnswerRow.count() > 0
        await (await visitor.get(f"{RESPOND}/check")).form("discard").submit()
        assert await DraftAnswerRow.count() == await MemberRow.count() == 0
        assert (await mair.get(f"{RESPOND}/check")).status_code == 409


async def test_who_decides_may_send_where_the_sender_cannot(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    await announced(visitor, "Dewi Rees")
    async with (
        colleague(application, visitor, "Dewi Rees", expected=True) as dewi,
        colleague(application, visitor, "Mair") as mair,
    ):
        members = {row["name"]: row["id"] for row in await MemberRow.select()}
        await mair.post(f"{AT}/people", {"person": str(members["Mair"]), "_do": "send"})
        await mair.post(f"{AT}/people", {"person": str(members["Dewi Rees"]), "_do": "no-agree"})
        page = await dewi.get(f"{AT}/people")
        page = await page.form("person-2").submit("send")
    rows = {row["name"]: (row["sends"], row["agrees"]) for row in await MemberRow.select()}
    assert {name: bool(sends) for name, (sends, _) in rows.items()} == {
        "Carys Huws": False,
        "Dewi Rees": True,
        "Mair": False,
    }
    assert rows["Dewi Rees"][1]


# What happens in between.


async def corrected() -> None:
    """The same questions once more, as a version of its own."""
    by: Any = {"by": BY, "now": clock.now()}
    await surveys.begin_version(SLUG, note="Clearer words", **by)
    await surveys.correct_round(SLUG, 2, note="A word was wrong", **by)


async def test_a_corrected_version_takes_agreements_back(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor)
    await announced(visitor, "Dewi Rees")
    await declared(visitor)
    async with colleague(application, visitor, "Dewi Rees", expected=True) as dewi:
        await (await dewi.get(f"{RESPOND}/check")).form("agree").submit()
        await corrected()
        page = await visitor.get(f"{RESPOND}/check")
        assert page.heading == "The questions were corrected"
        await page.form().submit()
        mine = await visitor.get(f"{RESPOND}/check")
    assert "because this has changed since: the questions" in mine.text


async def test_a_round_that_closes_tells_everyone_and_keeps_nobody(
    application: Litestar, visitor: Browser
) -> None:
    await begun(visitor, ago=timedelta(hours=3))
    async with colleague(application, visitor, "Mair") as mair:
        await surveys.close_round(SLUG, by=BY, now=clock.now() - timedelta(minutes=90))
        for browser in (visitor, mair):
            page = await browser.get(AT)
            assert page.heading == "This consultation has closed"
            assert not browser.client.cookies.get(MEMBER_COOKIE)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"represented": "others"}, "Choose whom you speak for"),
        ({"represented": "other"}, "Say whom you speak for"),
        ({"number": "many"}, "Enter a whole number, like 120, or leave it empty"),
        ({"asked": []}, "Choose how they were asked"),
        ({"asked": ["vote", "not_asked"]}, "Choose either how they were asked, or that they"),
        ({"more": "x" * 2001}, "Use 2,000 characters or fewer"),
        ({"organisation": " "}, "Enter the name of the organisation"),
    ],
)
async def test_a_declaration_is_mended_where_it_stands(
    visitor: Browser, changed: dict[str, str | list[str]], words: str
) -> None:
    await begun(visitor, first=False)
    fields: dict[str, str | list[str]] = {
        "organisation": COUNCIL,
        "represented": "members",
        "number": "12",
        "asked": ["vote"],
        "more": "",
    }
    wrong = await visitor.post(f"{AT}/declaration", {**fields, **changed})
    assert wrong.status_code == 422
    assert wrong.summary[0].startswith(words)
    place = wrong.soup.select(".govuk-error-summary__list a")[0]["href"]
    assert wrong.soup.select(str(place))


async def test_each_speaks_their_own_language(application: Litestar, visitor: Browser) -> None:
    await begun(visitor)
    code = code_in(await visitor.get(f"{AT}/people"))
    other = Browser(application)
    page = await other.get(f"{RESPOND}/return?lang=cy")
    page = await page.form("come-back").fill(code=code).submit()
    page = await page.form("join").fill(name="Mair").submit()
    third = await other.get(f"{RESPOND}/3")
    await third.form("answers").fill(town="Bangor").submit()
    assert (await visitor.get(AT)).soup.html["lang"] == "en"  # type: ignore[index]
    assert (await other.get(AT)).soup.html["lang"] == "cy"  # type: ignore[index]
    await other.close()


async def test_whoever_lost_a_page_takes_no_file_of_the_other_away(
    application: Litestar, visitor: Browser
) -> None:
    await asking_for_files()
    form = (await visitor.get(AT)).form("organisation-form")
    await form.fill(organisation=COUNCIL, name="Carys Huws").submit()
    async with colleague(application, visitor, "Mair Evans") as mair:
        page = await visitor.get(RESPOND)
        held = await mair.get(RESPOND)
        theirs = await held.form("take-over").fill(_note="You are away").submit()
        await theirs.form("answers").fill(stop="A1", photo=[("mair.jpg", photo())]).submit()
        await mair.get(RESPOND)
        lost = await page.form("answers").fill(stop="B2", photo=[("carys.jpg", photo())]).submit()
        assert lost.status_code == 409
        draft = await store.draft(visitor.client.cookies[COOKIE])
        assert draft is not None
        assert draft.answers["stop"] == "A1"
        files = [file.name for file in await store.files_of(draft.key)]
        assert files == ["mair.jpg", "carys.jpg"]
        again = await lost.form("answers").submit("Remove mair.jpg")
        assert again.status_code == 409
        assert len(await store.files_of(draft.key)) == 2
