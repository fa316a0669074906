"""The counts of partitions by Dask: on this machine's processors, or on a cluster's."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

from analysis.matrix import Coding
from analysis.partitions import Description, part_sums
from analysis.sums import Sums, Wanted
from app.problems import Refusal


class NoDask(Refusal):
    title = "Dask is not installed"
    unusable = True


def sums_by_workers(
    files: Sequence[Path],
    wanted: Wanted,
    description: Description,
    *,
    workers: int = 0,
    scheduler: str = "",
) -> Iterator[Sums]:
    """File by file as they are done, by so many processes here, or by a scheduler's workers, to
    whom the folder must be there under the same name. Raises NoDask."""
    try:
        dask: Any = import_module("distributed")
    except ImportError:
        raise NoDask("Workers need Dask. Install it: pip install 'hearback[distributed]'") from None
    with ExitStack() as ending:
        at = scheduler or ending.enter_context(
            dask.LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
            )
        )
        client = ending.enter_context(dask.Client(at))
        # Sent once to each worker, not with every file.
        known = client.scatter((wanted, description.codings), broadcast=True, hash=False)
        counting = client.map(_part_sums, files, known=known, pure=False)
        for counted in dask.as_completed(counting):
            yield counted.result()


def _part_sums(file: Path, known: tuple[Wanted, Mapping[int, Coding]]) -> Sums:
    wanted, codings = known
    return part_sums(file, wanted, codings)
