"""Partitions are counted as the matrix in memory is, whoever counts them."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import Struct

from analysis import store
from analysis.by_group import tally_by_group
from analysis.crosstab import Marks
from analysis.distributed import NoDask, sums_by_workers
from analysis.matrix import rows_by_version
from analysis.partitions import (
    DESCRIPTION,
    Description,
    NoPartitions,
    NotEmpty,
    parts_of,
    read_description,
    sums_here,
    write_description,
    write_part,
)
from analysis.store.partitions import tally_of_partitions, write_partitions
from analysis.sums import Sums, Wanted, added, sums
from analysis.tally import Plan, Tally, forms_of, wanted_for
from tests.analysis.conftest import SLUG, Asked
from tests.analysis.examples import (
    YES_NO,
    as_marks,
    coded,
    grid,
    likert,
    multiple,
    questionnaire,
    single,
)

NEWER_ANSWERS: list[dict[str, Any]] = [
    {"group": "yes", "parts": {"paths": "important"}, "best": ["no", "yes"], "town": "v299"},
    {"group": "no", "plan": "agree", "places": ["west"], "town": "v7"},
    {"plan": "disagree", "best": ["yes", "no"], "parts": {"ponds": "not_important"}},
]
ASKED_FOR: list[dict[str, Any]] = [
    {},
    {"by": "group"},
    {"round_number": 2, "by": "group"},
    {"compare": True},
    {"by": "places"},
]


@pytest.fixture
async def town(parks: Asked) -> Asked:
    for number in range(24):
        await parks.answer(
            group=("yes", "no")[number % 2],
            plan=("agree", "neither", "disagree", "dont_know")[number % 4],
            places=(["north", "east"], ["south"], [])[number % 3],
            faith="yes" if number % 5 else "no",
            round_number=1 + number % 2,
        )
    await parks.answer(why="Only words")
    return parks


@pytest.mark.parametrize("asked", ASKED_FOR)
async def test_they_give_every_figure_of_the_tally(
    town: Asked, tmp_path: Path, asked: dict[str, Any]
) -> None:
    assert await write_partitions(SLUG, tmp_path / "parts", most=7) == 25
    assert len(parts_of(tmp_path / "parts")) == 4
    found = await tally_of_partitions(SLUG, tmp_path / "parts", **asked)
    assert encoded(found) == encoded(await store.tally(SLUG, **asked))


def encoded(found: Tally) -> bytes:
    return msgspec.json.format(msgspec.json.encode(found))


class Parts(Struct, frozen=True):
    """Two versions with every type of question: in memory, and in a folder."""

    marks: tuple[Marks, ...]
    folder: Path
    description: Description
    plan: Plan
    wanted: Wanted

    def tally(self, counted: Iterable[Sums]) -> bytes:
        return encoded(tally_by_group(self.wanted, added(self.wanted, counted), self.plan))


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    ranking = {"key": "best", "type": "ranking", "text": "Rank", "options": YES_NO}
    towns = [{"value": f"v{number}", "text": str(number)} for number in range(300)]
    dropdown = {"key": "town", "type": "dropdown", "text": "Town", "options": towns}
    newer = questionnaire(single(), likert(), grid(), multiple(), ranking, dropdown)
    older = questionnaire(multiple(), single())
    given = [
        *coded(newer, *NEWER_ANSWERS, version=2, round_number=2),
        *coded(older, {"group": "no"}, {"places": ["east"]}, {}),
    ]
    marks = as_marks({2: newer, 1: older}, given)
    codings = {each.block.coding.version_id: each.block.coding for each in marks}
    for number, rows in enumerate(rows_by_version(given, codings)):
        write_part(tmp_path, number, rows)
    write_description(tmp_path, SLUG, codings)
    plan, asked = Plan((1, 2), compare=True), forms_of(marks)
    wanted = wanted_for(asked, plan, by=asked[0])
    return Parts(marks, tmp_path, read_description(tmp_path, SLUG), plan, wanted)


def test_versions_are_joined_and_every_type_is_counted(parts: Parts) -> None:
    assert parts.description.asked == parts.wanted.asked
    apart = sums_here(parts_of(parts.folder), parts.wanted, parts.description)
    assert parts.tally(apart) == parts.tally([sums(parts.wanted, parts.marks)])


def test_workers_in_other_processes_give_every_figure_too(parts: Parts) -> None:
    apart = sums_by_workers(parts_of(parts.folder), parts.wanted, parts.description, workers=2)
    assert parts.tally(apart) == parts.tally([sums(parts.wanted, parts.marks)])


async def test_a_folder_that_is_used_or_of_something_else_is_refused(
    town: Asked, tmp_path: Path
) -> None:
    folder = tmp_path / "parts"
    with pytest.raises(NoPartitions, match="holds no partitions"):
        await tally_of_partitions(SLUG, folder)
    await write_partitions(SLUG, folder)
    with pytest.raises(NotEmpty, match="that is empty"):
        await write_partitions(SLUG, folder)
    with pytest.raises(NoPartitions, match="not of another"):
        read_description(folder, "another")
    (folder / DESCRIPTION).unlink()
    with pytest.raises(NoPartitions):
        await tally_of_partitions(SLUG, folder)


async def test_partitions_hold_no_words_and_are_for_their_owner(
    town: Asked, tmp_path: Path
) -> None:
    await write_partitions(SLUG, tmp_path / "parts")
    held = b"".join(each.read_bytes() for each in parts_of(tmp_path / "parts"))
    assert b"Only words" not in held
    assert (tmp_path / "parts").stat().st_mode & 0o077 == 0


def test_without_dask_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoDask, match="pip install"):
        list(sums_by_workers((), None, None, workers=2))  # type: ignore[arg-type]
