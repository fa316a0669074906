"""What people wrote beside “other”, and where officers put it; the responses stay as given."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Self

from msgspec import Struct
from piccolo.query.functions.aggregate import Max

from analysis.counting import Form
from analysis.crosstab import Marks
from analysis.other import OtherCoded, Put, Writing, Wrote, with_other_coded, writings
from analysis.store.caught_up import caught_up
from analysis.store.figures import NoSuchQuestion
from analysis.store.groupings import Asks, asks_of
from analysis.tables import OtherDecisionRow
from app.audit import store as audit
from app.database import transaction
from app.problems import Refusal
from app.settings import settings
from responses.response import question_of
from responses.store.given import Beside, beside_other
from surveys import store as surveys
from surveys.questionnaire import OTHER


class NothingToUndo(Refusal):
    title = "There is nothing to undo"


class OtherOf(Struct, frozen=True):
    """All that was written beside “other” of one question; `key` is the newest version's."""

    key: str
    written: tuple[Writing, ...]

    @property
    def to_decide(self) -> int:
        return sum(each.put is None for each in self.written)

    @property
    def categories(self) -> tuple[str, ...]:
        """Those that an officer named, and that something was put to."""
        named = (each.put.category for each in self.written if each.put)
        return tuple(dict.fromkeys(each for each in named if each))


class _Texts(Struct, frozen=True):
    held: tuple[Beside, ...]

    def and_later(self, later: Self) -> "_Texts":
        return _Texts(self.held + later.held)


async def others(consultation_id: int) -> tuple[OtherOf, ...]:
    """For each question that offers “other”, in the order asked, what was written beside it."""
    asks = await asks_of(consultation_id)
    texts = await caught_up(consultation_id, OTHER, _reading(consultation_id))
    wrote = _by_question(asks, texts.held)
    put = await _decisions(consultation_id, asks)
    secret = settings().secret_key
    return tuple(
        OtherOf(
            form.key,
            writings(wrote.get(form.key, ()), _offered(put.get(form.key, {}), form), secret=secret),
        )
        for form in asks.forms
        if OTHER in form.values and asks.form(form.key) is form
    )


async def coded_in(consultation_id: int, key: str, marks: Sequence[Marks]) -> OtherCoded:
    """The figures of a question with “other” coded in, of those who are looked at; `marks` are the
    matrix's blocks, narrowed or not. In full: for those who may manage. Raises NoSuchQuestion where
    no question of this key offers “other”."""
    asks = await asks_of(consultation_id)
    form = asks.form(key)
    if form is None or OTHER not in form.values:
        raise NoSuchQuestion(f"No question “{key}” offers “other”.")
    one = next(each for each in await others(consultation_id) if each.key == key)
    return with_other_coded(form, marks, one.written)


async def decide(
    slug: str, key: str, put: Mapping[str, Put | None], *, by: str, now: datetime
) -> int:
    """Keeps what each text, by what stands for its words, is put to; None takes that back. Returns
    how many texts changed their place. The audit is told how many, and none of the words."""
    consultation = await surveys.consultation(slug)
    async with transaction():
        asks = await asks_of(consultation.id)
        before = (await _decisions(consultation.id, asks)).get(key, {})
        changed = {words: to for words, to in put.items() if before.get(words) != to}
        if not changed:
            return 0
        step = await _last_step(consultation.id) + 1
        await OtherDecisionRow.insert(
            *(
                OtherDecisionRow(
                    consultation=consultation.id,
                    version=asks.version_of(key),
                    question=key,
                    step=step,
                    words=words,
                    value=to.value if to else "",
                    category=to.category if to else "",
                    decided=to is not None,
                    decided_by=by,
                    decided_at=now,
                )
                for words, to in changed.items()
            )
        )
        detail = {"question": key, "texts": len(changed), "step": step}
        await audit.record("place-other-texts", f"consultation:{slug}", by=by, detail=detail)
    return len(changed)


async def undo_deciding(slug: str, key: str, *, by: str) -> int:
    """Takes the last step of a question back, and returns how many texts it had moved. Raises
    NothingToUndo."""
    consultation = await surveys.consultation(slug)
    async with transaction():
        asks = await asks_of(consultation.id)
        step = await last_step(consultation.id, key, asks=asks)
        if step is None:
            raise NothingToUndo("No text of this question has been put anywhere.")
        table = OtherDecisionRow
        here = (table.consultation == consultation.id) & (table.step == step.number)
        await table.update({table.undone: True}).where(here)
        detail = {"question": key, "texts": step.texts, "step": step.number}
        await audit.record("undo-other-texts", f"consultation:{slug}", by=by, detail=detail)
    return step.texts


class Step(Struct, frozen=True):
    """What was decided together."""

    number: int
    texts: int
    by: str
    at: datetime


async def last_step(consultation_id: int, key: str, *, asks: Asks | None = None) -> Step | None:
    """The last step of a question that has not been undone."""
    asks = asks or await asks_of(consultation_id)
    rows = [
        row
        for row in await _rows(consultation_id)
        if asks.place(row["version"], row["question"]) == key
    ]
    if not rows:
        return None
    last = rows[-1]
    texts = sum(row["step"] == last["step"] for row in rows)
    return Step(last["step"], texts, last["decided_by"], last["decided_at"])


async def _decisions(consultation_id: int, asks: Asks) -> dict[str, dict[str, Put]]:
    """By question, what each text is put to, the last word of each."""
    found: dict[str, dict[str, Put]] = {}
    for row in await _rows(consultation_id):
        here = found.setdefault(asks.place(row["version"], row["question"]), {})
        here.pop(row["words"], None)
        if row["decided"]:
            here[row["words"]] = Put(row["value"], row["category"])
    return found


async def _rows(consultation_id: int) -> list[dict[str, Any]]:
    table = OtherDecisionRow
    rows: list[dict[str, Any]] = (
        await table.select()
        .where(table.consultation == consultation_id, table.undone == False)  # noqa: E712
        .order_by(table.step, table.id)
    )
    return rows


async def _last_step(consultation_id: int) -> int:
    table = OtherDecisionRow
    rows = await table.select(Max(table.step)).where(table.consultation == consultation_id)
    return int(rows[0]["max"] or 0)


def _offered(put: Mapping[str, Put], form: Form) -> dict[str, Put]:
    """What was put to an option that no version offers any more is to be decided again."""
    return {words: to for words, to in put.items() if not to.value or to.value in form.values}


def _by_question(asks: Asks, held: Sequence[Beside]) -> dict[str, list[Wrote]]:
    wrote: dict[str, list[Wrote]] = {}
    places: dict[tuple[int, str], str] = {}
    for each in held:
        at = each.version_id, each.field
        if at not in places:
            places[at] = asks.place(each.version_id, question_of(each.field))
        if each.text.strip():
            wrote.setdefault(places[at], []).append(Wrote(each.response_id, places[at], each.text))
    return wrote


def _reading(consultation_id: int) -> Callable[[int, int], Awaitable[_Texts]]:
    async def read(after: int, up_to: int) -> _Texts:
        return _Texts(await beside_other(consultation_id, after=after, up_to=up_to))

    return read
