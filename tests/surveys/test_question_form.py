"""The form of one question.

1. A question is added by choosing a type, and opens on its own form.
2. Every type's form, saved as it came, changes nothing; what is typed is stored and audited.
3. The buttons of the form work without JavaScript and keep what was typed.
4. Routing is written in words, and a wanted option is not removed unseen.
5. What two officers wrote is merged, or both texts are shown; nothing is lost without a word.
6. A form that saves itself leaves alone what is being typed.
"""

import json
from typing import Any

import msgspec
import pytest

from app.audit.store import entries
from app.clock import now
from surveys import store
from surveys.drafting.operations import ChangeQuestion, RemoveQuestion
from surveys.questionnaire import KINDS, Condition, Grid, Likert, Multiple, Question, Single
from surveys.routing import condition_words
from tests.browsing import Browser, Page
from tests.surveys.asking import EVERYTHING, parks

EDIT = "/officer/consultations/parks/questionnaire/edit"
NEW = f"{EDIT}/questions/new"
OTHER = "other@hearback.example"
KEYS = [question["key"] for page in EVERYTHING["pages"] for question in page["questions"]]


def at(key: str) -> str:
    return f"{EDIT}/questions/{key}"


async def stored(key: str) -> Question:
    return (await store.draft("parks")).questionnaire.by_key()[key]


async def others(key: str, **changes: Any) -> None:
    """Somebody else changes the question."""
    question = msgspec.structs.replace(await stored(key), **changes)
    await store.change("parks", ChangeQuestion(key, question), by=OTHER, now=now())


async def opened(officer: Browser, key: str) -> Page:
    await parks()
    return await officer.get(at(key))


class TestAdding:
    @pytest.mark.parametrize("kind", sorted(KINDS))
    async def test_every_type_is_made_and_opens_on_its_form(
        self, officer: Browser, kind: str
    ) -> None:
        await parks()
        page = await officer.get(f"{NEW}?page=page_1&at=1")
        page = await page.form("new-question").fill(text="Your chairs?", kind=kind).submit()
        assert (page.status_code, page.path) == (200, f"{at('your_chairs')}?made=true")
        assert page.form("question").values["text"] == ["Your chairs?"]
        questionnaire = (await store.draft("parks")).questionnaire
        assert questionnaire.pages[0].questions[1].key == "your_chairs"

    async def test_options_typed_with_it_become_its_options(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(NEW)
        typed = {"text": "Do you?", "kind": "single", "lists": "Yes\n\n Not yet "}
        await page.form("new-question").fill(typed).submit()
        question = await stored("do_you")
        assert isinstance(question, Single)
        assert [(each.value, each.text) for each in question.options] == [
            ("yes", "Yes"),
            ("not_yet", "Not yet"),
        ]

    async def test_what_is_missing_is_named_and_the_rest_kept(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(NEW)
        page = await page.form("new-question").fill(text="", lists="").submit()
        assert page.summary == ["Write the question", "Choose how people should answer"]
        page = await page.form("new-question").fill(text="Do you?", lists="Yes").submit()
        assert (page.status_code, page.summary) == (422, ["Choose how people should answer"])
        assert page.form("new-question").values["text"] == ["Do you?"]
        assert page.form("new-question").values["lists"] == ["Yes"]

    async def test_each_type_says_when_to_use_it_with_an_example(self, officer: Browser) -> None:
        await parks()
        page = await officer.get(NEW)
        for radio in page.soup.select("input[name=kind]"):
            hint = page.soup.select_one(f"#{radio['aria-describedby']}")
            assert hint is not None
            assert hint.select_one(".kinds__example")
        assert len(page.soup.select("input[name=kind]")) == len(KINDS)


class TestSaving:
    @pytest.mark.parametrize("key", KEYS)
    async def test_a_form_saved_as_it_came_changes_nothing(
        self, officer: Browser, key: str
    ) -> None:
        page = await opened(officer, key)
        before = (await store.draft("parks")).questionnaire
        page = await page.form("question").submit()
        assert page.status_code == 200
        assert page.path.startswith(EDIT)
        assert "/questions/" not in page.path
        assert (await store.draft("parks")).questionnaire == before

    async def test_what_is_typed_is_stored_and_audited(self, officer: Browser) -> None:
        page = await opened(officer, "members")
        form = page.form("question").fill(text="How many people?", min="1", unit="persons")
        await form.fill(required="yes", whole="yes").submit()
        question = await stored("members")
        assert json.loads(msgspec.json.encode(question)) == {
            "type": "number",
            "key": "members",
            "text": "How many people?",
            "required": True,
            "show_if": {"question": "group", "is": "yes"},
            "min": 1,
            "whole": True,
            "unit": "persons",
        }
        assert (await entries(limit=1))[0].action == "change-questionnaire"

    async def test_problems_stand_at_their_fields_with_everything_kept(
        self, officer: Browser
    ) -> None:
        page = await opened(officer, "members")
        page = await page.form("question").fill(text="", min="9", max="3").submit()
        assert page.status_code == 422
        assert page.summary == ["Write the question", "The least is more than the most. Swap them"]
        assert page.form("question").values["min"] == ["9"]
        assert (await stored("members")).text == "How many members?"

    async def test_a_new_key_takes_the_conditions_along(self, officer: Browser) -> None:
        page = await opened(officer, "group")
        await page.form("question").fill(key="runs_group").submit()
        members = await stored("members")
        assert members.show_if == Condition(question="runs_group", is_="yes")

    async def test_a_key_in_use_is_refused(self, officer: Browser) -> None:
        page = await opened(officer, "group")
        page = await page.form("question").fill(key="members").submit()
        assert page.summary == ["Another question has this key. Choose one of its own"]

    async def test_translations_stay_and_those_to_look_at_again_are_named(
        self, officer: Browser
    ) -> None:
        page = await opened(officer, "group")
        page = await page.form("question").fill(text="Do you run a club?").submit()
        assert (await stored("group")).text == {
            "en": "Do you run a club?",
            "cy": "Ydych chi’n rhedeg grŵp?",
        }
        assert page.path.startswith(at("group"))
        assert "Saved." in page.text
        assert "Do you run a club? : look at Cymraeg" in page.text
        page = await page.form("question").submit()
        assert "/questions/" not in page.path


class TestButtons:
    async def test_lines_are_moved_added_and_removed_with_everything_typed_kept(
        self, officer: Browser
    ) -> None:
        page = await opened(officer, "uses")
        form = page.form("question").fill({"text": "What do you do?", "options.4.text": "Sport"})
        page = await form.submit("↑ Move up: Play")
        page = await page.form("question").submit("Remove None of these")
        page = await page.form("question").submit("Add another option")
        values = page.form("question").values
        assert values["text"] == ["What do you do?"]
        texts = [values[f"options.{number}.text"] for number in (1, 2, 3, 4)]
        assert texts == [["Play"], ["Walking"], ["Sport"], [""]]
        assert page.soup.select_one("[autofocus]")["name"] == "options.4.text"  # type: ignore[index]
        assert (await stored("uses")).text == "What for?"
        await page.form("question").submit("Save and go back to the questions")
        question = await stored("uses")
        assert isinstance(question, Multiple)
        assert [each.value for each in question.options] == ["play", "walk", "sport"]

    async def test_many_options_are_pasted_at_once(self, officer: Browser) -> None:
        page = await opened(officer, "which")
        form = page.form("question").fill({"options.paste": "Sport\nRest"})
        page = await form.submit("Add these options")
        assert page.form("question").values["options.4.text"] == ["Rest"]
        box = page.soup.find(autofocus=True)
        assert box is not None
        assert box["name"] == "options.paste"

    async def test_another_type_keeps_what_both_have(self, officer: Browser) -> None:
        page = await opened(officer, "uses")
        form = page.form("question").fill(text="What first?", _kind="ranking")
        page = await form.submit("Change the type")
        assert page.heading == "Put in order"
        assert page.form("question").values["text"] == ["What first?"]
        assert page.form("question").values["options.1.text"] == ["Walking"]
        assert "type" in json.loads(page.form("question").values["_opened"][0])
        await page.form("question").submit("Save and go back to the questions")
        assert (await stored("uses")).__struct_config__.tag == "ranking"

    async def test_a_scale_of_ones_own_is_written(self, officer: Browser) -> None:
        page = await opened(officer, "view")
        form = page.form("question").fill({"scale": "own", "points.1.text": "Yes"})
        page = await form.submit("Add another point")
        page = await page.form("question").fill({"points.2.text": "No"}).submit()
        question = await stored("view")
        assert isinstance(question, Likert)
        assert [point.value for point in question.scale] == ["yes", "no"]  # type: ignore[union-attr]

    async def test_the_enter_key_saves(self, officer: Browser) -> None:
        page = await opened(officer, "uses")
        first = page.soup.select("form#question button")[0]
        assert "name" not in first.attrs
        assert first["type"] == "submit"


class TestRouting:
    async def test_a_condition_is_written_without_javascript(self, officer: Browser) -> None:
        page = await opened(officer, "which")
        form = page.form("question")
        page = await form.fill({"show": "if", "test.1.1.question": "group"}).submit(
            "Show its answers"
        )
        form = page.form("question").fill({"test.1.1.test": "is", "test.1.1.value": "yes"})
        page = await form.submit("And… add a test")
        page = (
            await page.form("question")
            .fill({"test.2.1.question": "uses"})
            .submit("Show its answers")
        )
        form = page.form("question")
        form.fill({"test.2.1.test": "not_includes", "test.2.1.value": "play"})
        page = await form.submit("Or… add another test to test 2")
        page = (
            await page.form("question")
            .fill({"test.2.2.question": "members"})
            .submit("Show its answers")
        )
        form = page.form("question").fill({"test.2.2.test": "at_least", "test.2.2.value": "5"})
        await form.submit("Save and go back to the questions")
        wanted = Condition(
            all=(
                Condition(question="group", is_="yes"),
                Condition(
                    any=(
                        Condition(not_=Condition(question="uses", includes="play")),
                        Condition(question="members", at_least=5),
                    )
                ),
            )
        )
        assert (await stored("which")).show_if == wanted
        page = await officer.get(at("which"))
        asked = (await store.draft("parks")).questionnaire.by_key()
        assert f"Asked only if {condition_words(wanted, asked, 'en')}" in page.text

    async def test_a_question_chosen_last_is_asked_about_once_more(self, officer: Browser) -> None:
        page = await opened(officer, "which")
        form = page.form("question").fill({"show": "if", "test.1.1.question": "group"})
        page = await form.submit()
        assert page.status_code == 422
        assert page.summary == ["Choose what ‘Do you run a group?’ must be"]
        assert "test.1.1.value" in page.form("question").values

    async def test_rows_of_a_grid_can_be_tested(self, officer: Browser) -> None:
        page = await opened(officer, "more")
        form = page.form("question").fill({"show": "if", "test.1.1.question": "grid.paths"})
        page = await form.submit("Show its answers")
        form = page.form("question").fill(
            {"test.1.1.test": "at_most", "test.1.1.value": "dissatisfied"}
        )
        await form.submit("Save and go back to the questions")
        assert (await stored("more")).show_if == Condition(
            question="grid.paths", at_most="dissatisfied"
        )

    async def test_a_deeper_condition_is_said_whole_and_kept(self, officer: Browser) -> None:
        await parks()
        deep = Condition(
            all=(
                Condition(question="group", is_="yes"),
                Condition(
                    any=(
                        Condition(question="email", answered=True),
                        Condition(
                            all=(
                                Condition(question="members", at_least=5),
                                Condition(question="name", answered=True),
                            )
                        ),
                    )
                ),
            )
        )
        await others("more", show_if=deep)
        page = await officer.get(at("more"))
        assert "Only under the condition that it has" in page.text
        await page.form("question").fill(text="Anything more?").submit()
        assert (await stored("more")).show_if == deep
        page = await officer.get(at("more"))
        await page.form("question").fill(show="always").submit()
        assert (await stored("more")).show_if is None

    async def test_the_first_question_is_always_shown(self, officer: Browser) -> None:
        page = await opened(officer, "intro")
        assert "Always: no question is asked before it." in page.text

    async def test_an_option_that_a_condition_wants_is_not_removed_unseen(
        self, officer: Browser
    ) -> None:
        page = await opened(officer, "group")
        page = await page.form("question").submit("Remove Yes")
        page = await page.form("question").submit("Save and go back to the questions")
        assert page.status_code == 422
        (problem,) = page.summary
        assert "‘How many members?’" in problem
        assert "‘Yes’" in problem


class TestTwoOfficers:
    async def test_what_each_changed_alone_is_brought_together(self, officer: Browser) -> None:
        page = await opened(officer, "members")
        await others("members", hint="Count everyone")
        await page.form("question").fill(text="How many people?").submit()
        question = await stored("members")
        assert (question.text, question.hint) == ("How many people?", "Count everyone")

    async def test_what_both_changed_is_shown_and_nothing_stored(self, officer: Browser) -> None:
        page = await opened(officer, "members")
        await others("members", text="How many belong to it?")
        page = await page.form("question").fill(text="How many people?", min="1").submit()
        assert page.status_code == 409
        assert page.heading == "This changed since you opened it"
        for words in ("How many members?", "How many belong to it?", "How many people?", OTHER):
            assert words in page.text
        assert (await stored("members")).text == "How many belong to it?"

    @pytest.mark.parametrize(
        ("choice", "text"),
        [
            ("theirs", "How many belong to it?"),
            ("mine", "How many people?"),
            ("own", "How many people belong?"),
        ],
    )
    async def test_one_of_them_is_chosen_or_a_third_written(
        self, officer: Browser, choice: str, text: str
    ) -> None:
        page = await opened(officer, "members")
        await others("members", text="How many belong to it?", hint="Count everyone")
        page = await page.form("question").fill(text="How many people?", min="1").submit()
        form = page.form("both").fill(
            {"choice.text": choice, "own.text": "How many people belong?"}
        )
        page = await form.submit()
        question = await stored("members")
        assert (question.text, question.hint) == (text, "Count everyone")
        assert getattr(question, "min", None) == 1

    async def test_translations_written_meanwhile_stay_whichever_is_chosen(
        self, officer: Browser
    ) -> None:
        page = await opened(officer, "group")
        await others("group", text={"en": "A group?", "cy": "Grŵp?"})
        page = await page.form("question").fill(text="Do you run a club?").submit()
        await page.form("both").fill({"choice.text": "mine"}).submit()
        assert (await stored("group")).text == {"en": "Do you run a club?", "cy": "Grŵp?"}

    async def test_a_choice_has_to_be_made(self, officer: Browser) -> None:
        page = await opened(officer, "members")
        await others("members", text="How many belong to it?")
        page = await page.form("question").fill(text="How many people?").submit()
        page = await page.form("both").submit()
        assert (page.status_code, page.summary) == (422, ["Choose what “Question” should be"])
        assert "How many people?" in page.text

    async def test_lists_can_be_put_together_on_the_form(self, officer: Browser) -> None:
        page = await opened(officer, "uses")
        question = await stored("uses")
        assert isinstance(question, Multiple)
        await others("uses", options=question.options[1:])
        form = page.form("question").fill({"options.4.text": "Sport"})
        page = await form.submit("Save and go back to the questions")
        assert page.status_code == 409
        assert "None of these (rules the others out)" in page.text
        page = (
            await page.form("both")
            .fill({"choice.options": "mine"})
            .submit("Go on editing before saving")
        )
        page = await page.form("question").submit("Remove Walking")
        await page.form("question").submit("Save and go back to the questions")
        question = await stored("uses")
        assert isinstance(question, Multiple)
        assert [each.value for each in question.options] == ["play", "none", "sport"]

    async def test_a_third_change_while_choosing_is_shown_too(self, officer: Browser) -> None:
        page = await opened(officer, "members")
        await others("members", text="How many belong to it?")
        page = await page.form("question").fill(text="How many people?").submit()
        await others("members", text="How large is it?")
        page = await page.form("both").fill({"choice.text": "mine"}).submit()
        assert page.status_code == 409
        assert "How large is it?" in page.text
        assert (await stored("members")).text == "How large is it?"

    @pytest.mark.parametrize("broken", ["", "{", '{"type":"text","key":"x","text":"X"}'])
    async def test_what_was_opened_cannot_be_read_and_so_both_are_shown_whole(
        self, officer: Browser, broken: str
    ) -> None:
        page = await opened(officer, "members")
        await others("members", hint="Count everyone")
        form = page.form("question").fill(_opened=broken, text="How many people?")
        page = await form.submit()
        assert page.status_code == 409
        labels = [each.get_text() for each in page.soup.select("legend")]
        assert labels == ["Question", "Hint"]
        assert (await stored("members")).text == "How many members?"
        form = page.form("both").fill({"choice.text": "mine", "choice.hint": "theirs"})
        await form.submit()
        question = await stored("members")
        assert (question.text, question.hint) == ("How many people?", "Count everyone")

    async def test_another_type_meanwhile_is_settled(self, officer: Browser) -> None:
        page = await opened(officer, "uses")
        await others("uses", text="What do you do there?")
        form = page.form("question").fill(text="What first?", _kind="ranking")
        page = await form.submit("Change the type")
        page = await page.form("question").submit("Save and go back to the questions")
        assert page.status_code == 409
        await page.form("both").fill({"choice.text": "theirs"}).submit()
        question = await stored("uses")
        assert question.text == "What do you do there?"
        assert question.__struct_config__.tag == "ranking"

    async def test_a_question_removed_meanwhile_is_put_back_by_hand(self, officer: Browser) -> None:
        page = await opened(officer, "name")
        await store.change("parks", RemoveQuestion("name"), by=OTHER, now=now())
        page = await page.form("question").fill(text="Your full name?").submit()
        assert page.status_code == 409
        assert "Your full name?" in page.text
        await page.form("put-back").submit()
        questionnaire = (await store.draft("parks")).questionnaire
        assert questionnaire.questions[-1].text == "Your full name?"

    async def test_a_question_that_never_was_is_refused(self, officer: Browser) -> None:
        await parks()
        assert (await officer.get(at("nowhere"))).status_code == 409


class TestSavingItself:
    async def test_it_is_answered_with_the_form_as_stored(self, officer: Browser) -> None:
        page = await opened(officer, "uses")
        sent = page.form("question").fill({"text": "What for, ", "options.4.text": "Sport"}).values
        page = await officer.post(at("uses"), {**sent, "_autosave": "yes"}, follow=False)
        assert page.status_code == 200
        values = page.form("question").values
        assert values["text"] == ["What for, "]
        assert values["options.4.value"] == ["sport"]
        assert values["options.5.text"] == [""]
        assert json.loads(values["_opened"][0])["text"] == "What for,"
        assert (await stored("uses")).text == "What for,"

    async def test_half_a_list_to_paste_is_left_in_its_box(self, officer: Browser) -> None:
        page = await opened(officer, "uses")
        sent = page.form("question").fill({"options.paste": "Spo", "_kind": "ranking"}).values
        page = await officer.post(at("uses"), {**sent, "_autosave": "yes"})
        values = page.form("question").values
        assert values["options.paste"] == ["Spo"]
        assert values["_kind"] == ["ranking"]
        question = await stored("uses")
        assert isinstance(question, Multiple)
        assert len(question.options) == 3

    async def test_a_test_without_a_question_yet_stays(self, officer: Browser) -> None:
        page = await opened(officer, "members")
        for button in ("_more.test.1", "_add.test"):
            sent = page.form("question").values
            page = await officer.post(at("members"), {**sent, button: "yes"})
            sent = page.form("question").values
            page = await officer.post(at("members"), {**sent, "_autosave": "yes"})
        values = page.form("question").values
        rows = [values.get(f"test.{place}.question") for place in ("1.1", "1.2", "2.1")]
        assert rows == [["group"], [""], [""]]
        assert (await stored("members")).show_if == Condition(question="group", is_="yes")

    async def test_a_test_without_a_question_goes_where_another_condition_came(
        self, officer: Browser
    ) -> None:
        page = await opened(officer, "members")
        page = await officer.post(
            at("members"), {**page.form("question").values, "_add.test": "yes"}
        )
        await others("members", show_if=Condition(question="group", is_="no"))
        sent = page.form("question").values
        page = await officer.post(at("members"), {**sent, "_autosave": "yes"})
        values = page.form("question").values
        assert values["test.1.1.value"] == ["no"]
        assert "test.2.1.question" not in values

    async def test_a_new_key_leads_to_its_new_address(self, officer: Browser) -> None:
        page = await opened(officer, "name")
        sent = page.form("question").fill(key="full_name").values
        page = await officer.post(at("name"), {**sent, "_autosave": "yes"})
        assert page.path == at("full_name")

    async def test_a_clash_is_said_so_that_the_form_is_sent_for_both_texts(
        self, officer: Browser
    ) -> None:
        page = await opened(officer, "members")
        await others("members", text="How many belong to it?")
        sent = page.form("question").fill(text="How many people?").values
        page = await officer.post(at("members"), {**sent, "_autosave": "yes"})
        assert page.status_code == 409

    async def test_translations_to_look_at_are_named_while_writing(self, officer: Browser) -> None:
        page = await opened(officer, "group")
        sent = page.form("question").fill(text="Do you run a club?").values
        page = await officer.post(at("group"), {**sent, "_autosave": "yes"})
        assert "look at Cymraeg" in page.text
        sent = page.form("question").values
        page = await officer.post(at("group"), {**sent, "_autosave": "yes"})
        assert "look at Cymraeg" in page.text


async def test_the_rows_of_a_grid_have_their_own_values(officer: Browser) -> None:
    page = await opened(officer, "grid")
    form = page.form("question").fill({"rows.3.text": "Seats"})
    await form.submit()
    question = await stored("grid")
    assert isinstance(question, Grid)
    assert [row.value for row in question.rows] == ["paths", "toilets", "seats"]
