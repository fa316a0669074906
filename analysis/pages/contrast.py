"""A question, or a theme, compared by groups; everything that was chosen stands in the address."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct, structs

from analysis import store
from analysis.asked_in_rounds import AskedInRound, ChangeOfRound, changes
from analysis.comparing.families import Correction
from analysis.contrast import (
    MOST_LAYERS,
    ROUND,
    THEME_TYPE,
    Wanted,
    looked_at,
)
from analysis.contrast_addresses import Behind, query_of, wanted_in
from analysis.contrast_view import Sheet, Shown, sheets
from analysis.pages.filters import address_of
from analysis.pages.paired import Other, others_to_set_against
from app.auth.guards import may_manage
from app.templating import render
from responses.response import CHANNEL_WORDS
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]


class Choice(Struct, frozen=True):
    value: str
    text: str
    selected: bool


class Choices(Struct, frozen=True):
    """Part of a list to choose from, under words of its own where it has any."""

    words: str
    choices: tuple[Choice, ...]


class Link(Struct, frozen=True):
    words: str
    address: str


class Narrowed(Struct, frozen=True):
    """One thing that the responses were narrowed to; `without` is the page without it."""

    words: str
    name: str
    value: str
    without: str


class ContrastPage(Struct, frozen=True):
    """`section` is the part of the consultation that the page is under. `compared` is how many
    comparisons it holds. `within` has a list for each layer that may be chosen."""

    slug: str
    title: str
    invented: bool
    caveat: str
    section: str
    heading: str
    note: str
    back: str
    here: str
    base: int
    by: tuple[Link, ...]
    by_words: str
    within_words: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    parts_left: int
    compared: int
    false_discovery: bool
    otherwise_corrected: str
    rounds_asked: tuple[AskedInRound, ...]
    round_changes: tuple[ChangeOfRound, ...]
    others: tuple[Other, ...]
    grouping: tuple[Choices, ...]
    within: tuple[tuple[Choices, ...], ...]
    groups: tuple[Choice, ...]
    narrowed: tuple[Narrowed, ...]
    rounds: tuple[Choices, ...]
    channels: tuple[Choices, ...]
    where: tuple[Choices, ...]


@get("/results/{question:str}/compare", name="question-compared", guards=[may_manage])
async def question_compared(
    slug: FromPath[str], question: FromPath[str], request: AnyRequest
) -> Response[str]:
    consultation = await surveys.consultation(slug)
    wanted = wanted_in(request.query_params)
    found = await store.compared(consultation, question, wanted)
    here = f"/officer/consultations/{slug}/results/{question}/compare"
    page = await _page(consultation, found, wanted, here)
    return render(request, "analysis/contrast.html", page)


@get("/themes/{theme_id:int}/compare", name="theme-compared", guards=[may_manage])
async def theme_compared(
    slug: FromPath[str], theme_id: FromPath[int], request: AnyRequest
) -> Response[str]:
    consultation = await surveys.consultation(slug)
    wanted = wanted_in(request.query_params)
    found = await store.compared_theme(consultation, theme_id, wanted)
    here = f"/officer/consultations/{slug}/themes/{theme_id}/compare"
    return render(request, "analysis/contrast.html", await _page(consultation, found, wanted, here))


async def _page(
    consultation: Consultation, found: store.Compared, wanted: Wanted, here: str
) -> ContrastPage:
    asked, read = found.subject, found.read
    ways = await store.ways_to_group(consultation, read.asked)
    words = {way.place: way.words for way in ways}
    is_theme = asked.form.type == THEME_TYPE
    others = [way for way in ways if way.place not in (asked.form.key, asked.form.name)]
    at = structs.replace(wanted, only=())
    desk = f"/officer/consultations/{consultation.slug}"
    shown = Shown(
        asked,
        found.grouped,
        found.layers,
        Behind(f"{desk}/responses", f"{here}/people", asked.form.key, wanted),
        f"{here}?{query_of(at)}",
        "All rounds together" if wanted.by == ROUND and not wanted.only else "",
    )
    return ContrastPage(
        slug=consultation.slug,
        title=consultation.title,
        invented=consultation.invented,
        caveat=consultation.caveat,
        section="themes" if is_theme else "results",
        heading=asked.title,
        note=_note(asked.form.type, wanted),
        back=here.removesuffix("/compare") if is_theme else _back(desk, asked.form.key, wanted),
        here=here,
        base=found.base,
        by=tuple(_by_link(way, here, wanted) for way in others),
        by_words=words.get(wanted.by, ""),
        within_words=tuple(words.get(place, "") for place in wanted.within),
        sheets=sheets(shown, found.contrasts),
        parts_left=found.parts_left,
        compared=looked_at(found.contrasts),
        false_discovery=wanted.correction is Correction.BENJAMINI_HOCHBERG,
        otherwise_corrected=f"{here}?{query_of(_otherwise_corrected(wanted))}",
        rounds_asked=found.rounds,
        round_changes=changes(found.rounds),
        others=() if is_theme or wanted.by else others_to_set_against(read, asked, desk),
        grouping=_chosen(others, wanted.by),
        within=_layers_to_choose(others, wanted),
        groups=_groups(found, wanted),
        narrowed=await _narrowed(read, wanted, here),
        rounds=_listed(
            ("", str(each.number), f"Round {each.number}", each.number in wanted.narrowing.rounds)
            for each in consultation.rounds
        ),
        channels=_listed(
            ("", str(each), text, each in wanted.narrowing.channels)
            for each, text in CHANNEL_WORDS.items()
        ),
        where=_listed(
            (way.words, f"{way.place}:{value}", text, False)
            for way in await store.ways_to_narrow(consultation, read.asked)
            for value, text in way.values.items()
        ),
    )


def _back(desk: str, key: str, wanted: Wanted) -> str:
    """The results of the same responses, at this question."""
    return f"{address_of(f'{desk}/results', wanted.narrowing)}#{key}"


def _otherwise_corrected(wanted: Wanted) -> Wanted:
    holm = wanted.correction is Correction.HOLM
    return structs.replace(
        wanted, correction=Correction.BENJAMINI_HOCHBERG if holm else Correction.HOLM
    )


def _note(kind: str, wanted: Wanted) -> str:
    notes = []
    if ROUND in wanted.layers:
        notes.append(
            "Different people answered each round, so nobody is shown changing their mind."
        )
    if kind == "multiple":
        notes.append("People could choose several, so shares can add up to more than 100%.")
    if kind == "ranking":
        notes.append("Counted by what each person put first.")
    return " ".join(notes)


def _by_link(way: store.WayToGroup, here: str, wanted: Wanted) -> Link:
    kept = structs.replace(wanted, by=way.place, within=(), only=())
    return Link(way.words, f"{here}?{query_of(kept)}")


def _layers_to_choose(
    others: Sequence[store.WayToGroup], wanted: Wanted
) -> tuple[tuple[Choices, ...], ...]:
    """A list for each layer that there is, and one for a further layer while there is room."""
    if not wanted.by:
        return ()
    chosen = (*wanted.within, "")[:MOST_LAYERS]
    free = [way for way in others if way.place != wanted.by]
    return tuple(_chosen(free, place) for place in chosen)


def _groups(found: store.Compared, wanted: Wanted) -> tuple[Choice, ...]:
    if not wanted.by:
        return ()
    shown = {name for (name,) in found.grouped.groups.names}
    return tuple(Choice(value, text, value in shown) for value, text in found.grouped.words.items())


async def _narrowed(read: store.Read, wanted: Wanted, here: str) -> tuple[Narrowed, ...]:
    narrowed = wanted.narrowing
    words = await store.narrowing_words(read, narrowed)
    parts = [("round", str(n), narrowed.without(round_number=n)) for n in narrowed.rounds]
    parts += [("channel", each, narrowed.without(channel=each)) for each in narrowed.channels]
    parts += [
        ("where", f"{place}:{value}", narrowed.without(place=place, value=value))
        for place, value in narrowed.where
    ]
    return tuple(
        Narrowed(told, name, value, f"{here}?{query_of(structs.replace(wanted, narrowing=left))}")
        for told, (name, value, left) in zip(words, parts, strict=True)
    )


def _chosen(ways: Iterable[store.WayToGroup], place: str) -> tuple[Choices, ...]:
    return _listed((way.kind, way.place, way.words, way.place == place) for way in ways)


def _listed(lines: Iterable[tuple[str, str, str, bool]]) -> tuple[Choices, ...]:
    """Lines of a list, each with the words of its part first."""
    return tuple(
        Choices(words, tuple(Choice(*line[1:]) for line in part))
        for words, part in groupby(lines, key=lambda line: line[0])
    )
