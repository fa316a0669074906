"""Coded answers from the database into a folder of partitions, and the tally of such a folder."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from analysis.by_group import tally_by_group
from analysis.matrix import rows_by_version
from analysis.partitions import (
    Description,
    parts_of,
    read_description,
    ready_folder,
    sums_here,
    write_description,
    write_part,
)
from analysis.store.figures import plan_of, wanted_by
from analysis.store.matrices import codings_by_version
from analysis.sums import Sums, Wanted, added
from analysis.tally import Tally
from responses import store as responses
from responses.coded_rows import MOST_TOGETHER
from surveys import store as surveys

Counting = Callable[[Sequence[Path], Wanted, Description], Iterable[Sums]]
"""How the files are counted: `sums_here`, or by workers."""


async def write_partitions(slug: str, folder: Path, *, most: int = MOST_TOGETHER) -> int:
    """The analysed responses, at most so many in each file; never all of them in memory. How many
    responses there were. Raises NotEmpty."""
    consultation = await surveys.consultation(slug)
    ready_folder(folder)
    codings = await codings_by_version(consultation.id)
    number = written = 0
    async for rows in responses.coded_rows_in_parts(consultation.id, most):
        for some in rows_by_version(rows, codings):
            await asyncio.to_thread(write_part, folder, number, some)
            number, written = number + 1, written + some.ids.size
    write_description(folder, slug, codings)
    return written


async def tally_of_partitions(
    slug: str,
    folder: Path,
    counting: Counting = sums_here,
    *,
    round_number: int | None = None,
    compare: bool = False,
    by: str | None = None,
) -> Tally:
    """The public tally of what the partitions hold. Raises NoPartitions, NoSuchRound and
    NoSuchQuestion."""
    consultation = await surveys.consultation(slug)
    plan = plan_of(consultation, round_number=round_number, compare=compare)
    description = read_description(folder, slug)
    wanted = wanted_by(description.asked, plan, by)
    files = parts_of(folder)
    counted = await asyncio.to_thread(lambda: added(wanted, counting(files, wanted, description)))
    return tally_by_group(wanted, counted, plan, caveat=consultation.caveat)
