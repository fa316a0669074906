"""Answering for an organisation: who takes part, what was agreed to, whom they represent.

Several people write one draft. Each page is one *section*, which one of them edits at a time.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from surveys.answers import is_given
from surveys.fields import field_names
from surveys.questionnaire import Layout, Question, Questionnaire

HOLD = timedelta(minutes=15)
"""How long a section is one person's after they last opened or saved it."""

MOST_PEOPLE = 50
WHOLE = "whole"


class Represented(StrEnum):
    """Whom an organisation speaks for."""

    MEMBERS = "members"
    RESIDENTS = "residents"
    ORGANISATIONS = "organisations"
    USERS = "users"
    STAFF = "staff"
    OTHER = "other"


class Asked(StrEnum):
    """How they were asked what they think."""

    MEETING = "meeting"
    SURVEY = "survey"
    VOTE = "vote"
    COMMITTEE = "committee"
    NOT_ASKED = "not_asked"


class Declaration(Struct, frozen=True, omit_defaults=True):
    """Whom the organisation speaks for and how they were asked. `number` is how many there are,
    None where that is not known; `more` is said in their own words."""

    represented: Represented | None = None
    other: str = ""
    number: int | None = None
    asked: tuple[Asked, ...] = ()
    more: str = ""

    @property
    def is_complete(self) -> bool:
        return self.represented is not None and bool(self.asked)


class State(Struct, frozen=True):
    """What there is to agree to: the version asked, what is declared of the organisation, its name
    included, and every section, each of these two as a hash."""

    version: int
    declaration: str
    sections: dict[str, str]

    @property
    def digest(self) -> str:
        return _hash(msgspec.to_builtins(self))


class Member(Struct, frozen=True, kw_only=True):
    """Somebody who takes part. `agrees`: their agreement is asked for before anything is sent;
    `sends`: they may send. `agreed_to` is what they agreed to at `agreed_at`."""

    id: int
    name: str
    post: str
    agrees: bool
    sends: bool
    language: str
    token_hash: str | None
    joined_at: datetime | None
    left_at: datetime | None
    agreed_to: State | None = None
    agreed_at: datetime | None = None

    def has_agreed(self, state: State) -> bool:
        """Whether what they agreed to is what there is now."""
        return self.agreed_to == state

    def changed_since(self, state: State) -> tuple[str, ...]:
        """The sections that are other ones now than those they agreed to."""
        before = self.agreed_to.sections if self.agreed_to else {}
        return tuple(key for key in state.sections if before.get(key) != state.sections[key])


class Organisation(Struct, frozen=True):
    """`everyone` includes those who have left: what they did keeps their name."""

    name: str
    declaration: Declaration
    everyone: tuple[Member, ...]

    @property
    def members(self) -> tuple[Member, ...]:
        return tuple(each for each in self.everyone if each.left_at is None)

    @property
    def expected(self) -> tuple[Member, ...]:
        """Those who were named and have not come yet."""
        return tuple(each for each in self.members if each.joined_at is None)

    @property
    def sender(self) -> Member:
        return next(each for each in self.members if each.sends)

    @property
    def deciding(self) -> tuple[Member, ...]:
        return tuple(each for each in self.members if each.agrees)

    def lacking(self, state: State) -> tuple[Member, ...]:
        """Whose agreement is asked for and not there."""
        return tuple(each for each in self.deciding if not each.has_agreed(state))

    def name_of(self, member_id: int | None) -> str:
        return next((each.name for each in self.everyone if each.id == member_id), "")


class Together(Struct, frozen=True):
    """An organisation as one of its people sees it."""

    organisation: Organisation
    me: Member


class Section(Struct, frozen=True, kw_only=True):
    """What is known of one page: whose it is until when, who changed it last, and whether it was
    marked as ready as it was then (`ready_as`). Members by their number."""

    key: str
    editor: int | None = None
    edit_until: datetime | None = None
    taken_from: int | None = None
    taken_by: int | None = None
    taken_at: datetime | None = None
    note: str = ""
    changed_by: int | None = None
    changed_at: datetime | None = None
    ready_by: int | None = None
    ready_at: datetime | None = None
    ready_as: str = ""

    def held_by(self, now: datetime) -> int | None:
        """Who is editing it; None once their time is over."""
        return self.editor if self.edit_until and self.edit_until > now else None


class Signatory(Struct, frozen=True):
    """Somebody who agreed to what was sent, or who sent it: a contact detail."""

    name: str
    post: str
    sent: bool
    at: datetime


class Declared(Struct, frozen=True):
    """What a response says of the organisation that sent it, without anybody's name. Of
    `to_agree` people `agreed` did; `because` says why it was sent without the others."""

    organisation: str
    declaration: Declaration
    to_agree: int
    agreed: int
    because: str = ""


def section_key(asked: Questionnaire, number: int) -> str:
    """The name of a screen's section: its first question's, which stays when a page moves."""
    if asked.layout is Layout.SINGLE:
        return WHOLE
    return asked.pages[number - 1].questions[0].key


def section_of(asked: Questionnaire, field: str) -> str:
    """The section in which a field is answered."""
    question = field.partition(".")[0]
    numbered = enumerate(asked.pages, start=1)
    pages = (number for number, page in numbered if question in {q.key for q in page.questions})
    return section_key(asked, next(pages, 1))


def state_of(
    asked: Questionnaire, version: int, answers: Mapping[str, Any], organisation: Organisation
) -> State:
    sections: dict[str, list[Question]] = {}
    for number, page in enumerate(asked.pages, start=1):
        sections.setdefault(section_key(asked, number), []).extend(page.questions)
    return State(
        version,
        _hash([organisation.name, msgspec.to_builtins(organisation.declaration)]),
        {key: section_hash(questions, answers) for key, questions in sections.items()},
    )


def section_hash(questions: Iterable[Question], answers: Mapping[str, Any]) -> str:
    """Stands for the answers of a section as they are."""
    names = (name for question in questions for name in field_names(question))
    return _hash({name: answers[name] for name in names if is_given(answers.get(name))})


def known_as(name: str) -> str:
    """By what two people of one organisation may not be taken for each other."""
    return " ".join(name.casefold().split())


def _hash(document: Any) -> str:
    encoded = msgspec.json.encode(document, order="deterministic")
    return hashlib.sha256(encoded).hexdigest()[:32]
