"""Answering for an organisation, in ideas and in the store, on both databases.

1. An agreement is to exactly what was shown: any change takes it back, and tells what changed.
2. A page is one person's until they go on, their time is over, or it is taken over with a note.
3. The declaration is stored with the response; names live apart and go when their time is over.
"""

import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from app.database import AlreadyThere
from responses import store
from responses.organisation import (
    HOLD,
    Asked,
    Declaration,
    Declared,
    Member,
    Organisation,
    Represented,
    Signatory,
    State,
    section_of,
    state_of,
)
from responses.response import Exclusion
from responses.store.clearing import clear_ended, clear_expired
from responses.tables import (
    DeclarationRow,
    DraftAnswerRow,
    DraftRow,
    MemberRow,
    OrganisationRow,
    ResponseRow,
    SectionRow,
    SignatoryRow,
)
from surveys import store as surveys
from surveys.consultation import TIME_TO_FINISH
from surveys.native_files import read_questionnaire
from tests.responses.asking import ANSWERS, BY, NOW, QUESTIONNAIRE, SLUG, asked, but, opened

CLERK = store.Person("Carys Huws", "Clerk", "cy")
COUNCIL = "Llanfair Parish Council"
DECLARATION = Declaration(
    represented=Represented.RESIDENTS, number=2140, asked=(Asked.MEETING, Asked.SURVEY)
)
PARISH = Organisation(COUNCIL, DECLARATION, ())
DECLARED = Declared(COUNCIL, DECLARATION, to_agree=2, agreed=1, because="The chair is away")
SIGNED = Signatory("Carys Huws", "Clerk", sent=True, at=NOW)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
PLAN = "views"


async def shared(*, closes_in: timedelta | None = None) -> store.Draft:
    """A draft that a clerk answers for a parish council, alone so far."""
    newest, _ = await asked(await opened(closes_in=closes_in))
    token = await store.begin_draft(newest, {"town": "Deal"}, language="cy", now=NOW)
    draft = await store.draft(token)
    assert draft is not None
    await store.begin_organisation(draft, COUNCIL, CLERK, now=NOW)
    return await again(draft)


async def again(draft: store.Draft) -> store.Draft:
    found = await store.draft_again(draft)
    assert found is not None
    return found


async def people(draft: store.Draft) -> dict[str, Member]:
    found = await store.organisation(draft)
    assert found is not None
    return {each.name: each for each in found.everyone}


async def joined(draft: store.Draft, name: str) -> int:
    await store.join(draft, store.Person(name), now=NOW)
    return (await people(draft))[name].id


async def sent(draft: store.Draft) -> str:
    newest, version = await asked(await surveys.consultation(SLUG))
    return await store.submit_draft(
        await again(draft),
        ANSWERS,
        round=newest,
        version=version,
        language="cy",
        now=NOW,
        also=(
            *store.declaring(draft.key, newest.consultation_id, DECLARED, [SIGNED]),
            *store.forgetting_people([draft.key]),
        ),
    )


def state(**changed: object) -> State:
    return state_of(
        read_questionnaire(json.dumps(QUESTIONNAIRE).encode()), 1, but(**changed), PARISH
    )


# What there is to agree to.


def test_what_was_agreed_to_is_told_from_every_other_state() -> None:
    before = state()
    assert before == state()
    for other in (state(town="Deal"), state(uses=["work"]), state(disabled=None)):
        assert other != before
        assert other.digest != before.digest
    asked = read_questionnaire(json.dumps(QUESTIONNAIRE).encode())
    assert state_of(asked, 2, ANSWERS, PARISH) != before
    for organisation in (replace(PARISH, declaration=Declaration()), replace(PARISH, name="Town")):
        assert state_of(asked, 1, ANSWERS, organisation) != before


def test_it_is_known_which_pages_changed_since() -> None:
    member = Member(
        id=1,
        name="Mair",
        post="",
        agrees=True,
        sends=False,
        language="en",
        token_hash=None,
        joined_at=NOW,
        left_at=None,
        agreed_to=state(),
        agreed_at=NOW,
    )
    assert member.has_agreed(state())
    assert member.changed_since(state(town="Deal")) == (PLAN,)
    assert not member.has_agreed(state(town="Deal"))
    # What was changed and changed back is what was agreed to.
    assert member.has_agreed(state(town="Ashford"))


def test_every_field_belongs_to_the_section_of_its_page() -> None:
    asked = read_questionnaire(json.dumps(QUESTIONNAIRE).encode())
    fields = ("rides.other", "often", "views", "email")
    assert [section_of(asked, field) for field in fields] == ["rides", "often", PLAN, "email"]


# Who takes part.


async def test_an_organisation_begins_once_and_knows_who_may_send(database: str) -> None:
    draft = await shared()
    assert draft.shared
    with pytest.raises(AlreadyThere):
        await store.begin_organisation(draft, "Another", CLERK, now=NOW)
    clerk = (await people(draft))["Carys Huws"]
    assert (clerk.sends, clerk.agrees, clerk.post, clerk.language) == (True, False, "Clerk", "cy")


async def test_everyone_has_a_code_and_a_link_of_their_own_kept_as_hashes(database: str) -> None:
    draft = await shared()
    mair = await joined(draft, "Mair Evans")
    made = await store.return_of_member(mair)
    general = await store.make_return(draft, now=NOW)
    assert made is not None
    assert made.code != general.code
    for found in (await store.member_by_code(made.code), await store.member_by_link(made.link)):
        assert found is not None
        assert found[0].key == draft.key
        assert store.token_hash(found[1]) == (await people(draft))["Mair Evans"].token_hash
    assert await store.member_by_code(general.code) is None
    stored = {str(value) for row in await MemberRow.select() for value in row.values()}
    assert not {made.code, made.link} & stored


async def test_a_name_is_one_persons_and_whoever_was_announced_takes_their_place(
    database: str,
) -> None:
    draft = await shared()
    await store.add_person(draft, store.Person("Dewi  Rees", "Chair"), agrees=True)
    await store.join(draft, store.Person("dewi rees"), now=NOW)
    known = await people(draft)
    assert len(known) == 2
    assert known["Dewi  Rees"].agrees
    assert known["Dewi  Rees"].joined_at == NOW
    with pytest.raises(store.NameTaken):
        await store.join(draft, store.Person("DEWI REES"), now=NOW)
    with pytest.raises(store.NameTaken):
        await store.add_person(draft, CLERK, agrees=False)


async def test_whoever_leaves_is_let_in_no_more_and_what_they_did_keeps_their_name(
    database: str,
) -> None:
    draft = await shared()
    mair = await joined(draft, "Mair Evans")
    made = await store.return_of_member(mair)
    await store.open_section(draft, PLAN, mair, now=NOW)
    await store.let_go(draft, mair, now=NOW)
    assert made is not None
    assert await store.member_by_code(made.code) is None
    known = await store.organisation(draft)
    assert known is not None
    assert known.name_of(mair) == "Mair Evans"
    assert [each.name for each in known.members] == ["Carys Huws"]
    assert (await store.sections(draft))[PLAN].held_by(NOW) is None
    # Nobody is left to send: so whoever sends stays.
    await store.let_go(draft, known.sender.id, now=NOW)
    assert (await people(draft))["Carys Huws"].left_at is None


async def test_one_person_sends_and_may_hand_that_over_to_whoever_has_come(database: str) -> None:
    draft = await shared()
    await store.add_person(draft, store.Person("Dewi"), agrees=True)
    await store.hand_over(draft, (await people(draft))["Dewi"].id)
    assert (await people(draft))["Carys Huws"].sends
    mair = await joined(draft, "Mair")
    await store.hand_over(draft, mair)
    assert [each.name for each in (await people(draft)).values() if each.sends] == ["Mair"]


async def test_what_bears_on_sending_stops_a_sending_of_the_same_moment(database: str) -> None:
    draft = await shared()
    newest, version = await asked(await surveys.consultation(SLUG))
    await store.declare(draft, COUNCIL, DECLARATION)
    with pytest.raises(store.AnswersChanged):
        await store.submit_draft(
            draft, ANSWERS, round=newest, version=version, language="cy", now=NOW
        )
    assert await ResponseRow.count() == 0


async def test_nothing_is_changed_once_the_answers_are_sent_or_deleted(database: str) -> None:
    draft = await shared()
    await sent(draft)
    with pytest.raises(store.NoLongerShared):
        await store.join(draft, store.Person("Late"), now=NOW)
    assert await MemberRow.count() == 0


async def test_one_person_may_answer_again_and_keeps_the_answers(database: str) -> None:
    draft = await shared()
    await store.end_organisation(draft)
    found = await again(draft)
    assert (found.shared, found.answers) == (False, {"town": "Deal"})
    assert await OrganisationRow.count() == await MemberRow.count() == 0


# Whose a page is.


async def test_a_page_is_one_persons_at_a_time(database: str) -> None:
    draft = await shared()
    carys = (await people(draft))["Carys Huws"].id
    mair = await joined(draft, "Mair")
    await store.open_section(draft, PLAN, carys, now=NOW)
    seen = await store.open_section(draft, PLAN, mair, now=NOW + MINUTE)
    assert seen.held_by(NOW + MINUTE) == carys
    # Whoever opens another page leaves this one.
    await store.open_section(draft, "rides", carys, now=NOW + MINUTE)
    seen = await store.open_section(draft, PLAN, mair, now=NOW + 2 * MINUTE)
    assert seen.held_by(NOW + 2 * MINUTE) == mair


async def test_a_page_is_renewed_by_its_editor_and_free_once_their_time_is_over(
    database: str,
) -> None:
    draft = await shared()
    carys = (await people(draft))["Carys Huws"].id
    mair = await joined(draft, "Mair")
    await store.open_section(draft, PLAN, carys, now=NOW)
    await store.open_section(draft, PLAN, carys, now=NOW + HOLD - MINUTE)
    still = await store.open_section(draft, PLAN, mair, now=NOW + HOLD + MINUTE)
    assert still.held_by(NOW + HOLD + MINUTE) == carys
    later = NOW + 2 * HOLD
    assert (await store.open_section(draft, PLAN, mair, now=later)).held_by(later) == mair


async def test_a_page_taken_over_says_from_whom_and_why(database: str) -> None:
    draft = await shared()
    carys = (await people(draft))["Carys Huws"].id
    mair = await joined(draft, "Mair")
    await store.open_section(draft, PLAN, carys, now=NOW)
    await store.take_over(draft, PLAN, mair, note="She is on leave", now=NOW + MINUTE)
    section = (await store.sections(draft))[PLAN]
    assert section.held_by(NOW + MINUTE) == mair
    assert (section.taken_from, section.taken_by, section.note) == (carys, mair, "She is on leave")
    await store.leave_section(draft, mair)
    assert (await store.sections(draft))[PLAN].held_by(NOW + MINUTE) is None


async def test_who_changed_a_page_is_written_with_the_save_and_only_if_it_holds(
    database: str,
) -> None:
    draft = await shared()
    mair = await joined(draft, "Mair")
    draft = await again(draft)
    noting = store.noting_changes(draft, [PLAN], mair, now=NOW + MINUTE)
    kept = await store.save_unless_changed(
        draft, {"why": "Because"}, language="cy", now=NOW + MINUTE, noting=noting
    )
    assert kept is not None
    assert (await store.sections(draft))[PLAN].changed_by == mair
    carys = (await people(draft))["Carys Huws"].id
    late = store.noting_changes(draft, [PLAN], carys, now=NOW + 2 * MINUTE)
    # `draft` is older than what is stored by now.
    assert not await store.save_unless_changed(
        draft, {"why": "No"}, language="cy", now=NOW + 2 * MINUTE, noting=late
    )
    section = (await store.sections(draft))[PLAN]
    assert (section.changed_by, section.changed_at) == (mair, NOW + MINUTE)


# What is stored with the response, and what goes.


async def test_the_declaration_is_stored_with_the_response_and_names_apart(database: str) -> None:
    draft = await shared()
    receipt = await sent(draft)
    assert await store.declaration_of(draft.key) == DECLARED
    assert await store.signatories(draft.key) == (SIGNED,)
    found = await store.response_by_receipt(receipt, private=True)
    assert found is not None
    assert found.answers == ANSWERS
    assert "Carys" not in str(await DeclarationRow.select())
    assert await MemberRow.count() == await SectionRow.count() == await OrganisationRow.count() == 0


async def test_sent_twice_there_is_one_response_and_one_declaration(database: str) -> None:
    draft = await shared()
    assert await sent(draft) == await sent(draft)
    assert await DeclarationRow.count() == await SignatoryRow.count() == 1


async def test_analysis_reads_the_declarations_of_the_responses_that_count(database: str) -> None:
    draft = await shared()
    await sent(draft)
    consultation = await surveys.consultation(SLUG)
    [(number, declared)] = (await store.declarations(consultation.id)).items()
    assert declared == DECLARED
    await store.exclude(number, Exclusion.TEST, consultation_id=consultation.id, by=BY)
    assert await store.declarations(consultation.id) == {}


async def test_names_go_when_the_response_is_withdrawn(database: str) -> None:
    draft = await shared()
    await store.withdraw(await sent(draft))
    assert await store.signatories(draft.key) == ()
    assert await store.declaration_of(draft.key) == DECLARED


async def test_people_go_before_the_answers_when_the_time_is_over(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = await shared(closes_in=DAY)
    await store.open_section(draft, PLAN, 1, now=NOW)

    async def stopped(_: object) -> None:
        raise RuntimeError("the machine went down here")

    with monkeypatch.context() as down:
        down.setattr("responses.store.clearing._delete", stopped)
        with pytest.raises(RuntimeError):
            await clear_expired(NOW + DAY + 2 * TIME_TO_FINISH)
    assert await MemberRow.count() == await SectionRow.count() == 0
    assert await DraftAnswerRow.count() == 1
    await clear_expired(NOW + DAY + 2 * TIME_TO_FINISH)
    assert await DraftRow.count() == 0
    assert draft.shared


async def test_people_left_behind_by_a_crash_are_found_within_the_hour(database: str) -> None:
    draft = await shared()
    newest, version = await asked(await surveys.consultation(SLUG))
    await store.submit_draft(
        await again(draft), ANSWERS, round=newest, version=version, language="cy", now=NOW
    )
    assert await MemberRow.count() == 1
    assert await clear_ended(NOW) == 1
    assert await MemberRow.count() == 0
