"""Coded answers in a folder of Parquet files, each a part of one version's responses, for sets that
outgrow one machine. Each part is counted alone, here or elsewhere, and the counts are added up."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import polars as pl
from msgspec import Struct

from analysis.counting import Form, forms
from analysis.crosstab import Marks
from analysis.matrix import Coding, blocks_of
from analysis.sums import Sums, Wanted, sums
from app.problems import Refusal
from responses.coded_rows import CodedRows
from surveys.coded import code_table
from surveys.questionnaire import Questionnaire

DESCRIPTION: Final = "description.json"
ROUND, CHANNEL = "round", "channel"


class NoPartitions(Refusal):
    title = "There are no partitions"
    unusable = True


class NotEmpty(Refusal):
    title = "The folder is not empty"
    unusable = True


class PartitionedVersion(Struct, frozen=True):
    id: int
    questionnaire: Questionnaire
    names: Mapping[str, str]


class Description(Struct, frozen=True):
    """What the files hold. `versions` are newest first; a file belongs to the version in its name,
    and has the round, the channel's place, and the bytes of the version's code table."""

    slug: str
    versions: tuple[PartitionedVersion, ...]

    @property
    def codings(self) -> dict[int, Coding]:
        return {
            each.id: Coding(each.questionnaire, code_table(each.questionnaire), each.names, each.id)
            for each in self.versions
        }

    @property
    def asked(self) -> tuple[Form, ...]:
        return forms((each.questionnaire, each.names) for each in self.versions)


def ready_folder(folder: Path) -> None:
    """Makes the folder. Raises NotEmpty."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise NotEmpty(f"{folder} has files in it. Name a folder that is empty or not there yet.")


def write_part(folder: Path, number: int, rows: CodedRows) -> None:
    columns = {ROUND: rows.rounds, CHANNEL: rows.channels}
    columns |= {
        f"byte_{at}": column for at, column in enumerate(np.ascontiguousarray(rows.coded.T))
    }
    pl.DataFrame(columns).write_parquet(folder / f"version-{rows.version_id}-{number:06}.parquet")


def write_description(folder: Path, slug: str, codings: Mapping[int, Coding]) -> None:
    """Written last: a folder without one was left half done, and is not read."""
    versions = tuple(
        PartitionedVersion(version, coding.questionnaire, dict(coding.names))
        for version, coding in codings.items()
    )
    (folder / DESCRIPTION).write_bytes(msgspec.json.encode(Description(slug, versions)))


def read_description(folder: Path, slug: str) -> Description:
    """Raises NoPartitions."""
    file = folder / DESCRIPTION
    if not file.is_file():
        raise NoPartitions(f"{folder} holds no partitions. Write them: hearback partitions {slug}")
    found = msgspec.json.decode(file.read_bytes(), type=Description)
    if found.slug != slug:
        raise NoPartitions(f"{folder} holds partitions of {found.slug}, not of {slug}.")
    return found


def parts_of(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("version-*.parquet")))


def read_part(file: Path) -> CodedRows:
    frame = pl.read_parquet(file)
    coded = frame.drop(ROUND, CHANNEL).to_numpy()
    return CodedRows(
        int(file.name.split("-")[1]),
        np.arange(frame.height, dtype=np.int64),
        frame[ROUND].to_numpy(),
        frame[CHANNEL].to_numpy(),
        coded.astype(np.uint8).reshape(frame.height, -1),
    )


def part_sums(file: Path, wanted: Wanted, codings: Mapping[int, Coding]) -> Sums:
    """The counts of one file: what every worker runs."""
    rows = read_part(file)
    one = {rows.version_id: codings[rows.version_id]}
    return sums(wanted, map(Marks, blocks_of([rows], one)))


def sums_here(files: Iterable[Path], wanted: Wanted, description: Description) -> Iterator[Sums]:
    """File by file, in this process."""
    codings = description.codings
    return (part_sums(file, wanted, codings) for file in files)
