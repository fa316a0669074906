"""What is written is durable, whole and nobody's but its own, on both databases."""

import asyncio
import fcntl
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from piccolo.columns import ForeignKey, Integer, Serial, Varchar
from piccolo.table import Table

from app import database as db
from app.database.group import LONGEST_QUEUE
from app.database.sqlite import only_reads

ROOT = Path(__file__).parents[2]


class Place(Table, tablename="place"):
    id: Serial
    name = Varchar(unique=True)
    visits = Integer(default=0)


class Visit(Table, tablename="visit"):
    """Its place is only checked at COMMIT, which is how a COMMIT can be made to fail."""

    id: Serial
    place = ForeignKey(Place, null=False)


PLACE = 'CREATE TABLE "place" ("id" {pk}, "name" VARCHAR(255) UNIQUE, "visits" INTEGER)'
VISIT = (
    'CREATE TABLE "visit" ("id" {pk}, "place" INTEGER NOT NULL'
    ' REFERENCES "place" ("id") DEFERRABLE INITIALLY DEFERRED)'
)


@pytest.fixture
async def places(database: str) -> str:
    sqlite = db.engine().engine_type == "sqlite"
    primary_key = "INTEGER PRIMARY KEY" if sqlite else "SERIAL PRIMARY KEY"
    for table in (PLACE, VISIT):
        await db.engine().run_ddl(table.format(pk=primary_key))
    return database


async def names() -> list[str]:
    return [row["name"] for row in await Place.select(Place.name).order_by(Place.name)]


def place(name: str) -> Place:
    return Place(name=name)


async def test_60_writes_at_once_are_all_kept(places: str) -> None:
    await asyncio.gather(*(db.write_together(Place.insert(place(f"{n:02}"))) for n in range(60)))
    assert await names() == [f"{n:02}" for n in range(60)]


async def test_60_transactions_that_read_then_write_lose_no_update(places: str) -> None:
    await Place.insert(place("harbour"))

    async def visit() -> None:
        async with db.transaction():
            row = await Place.select(Place.visits).where(Place.name == "harbour").first()
            assert row is not None
            await Place.update({Place.visits: row["visits"] + 1}).where(Place.name == "harbour")

    await asyncio.gather(*(visit() for _ in range(60)))
    assert await Place.select(Place.visits).output(as_list=True) == [60]


async def test_units_and_transactions_mix(places: str) -> None:
    async def slowly(name: str) -> None:
        async with db.transaction():
            await Place.insert(place(name))
            await asyncio.sleep(0.01)

    units = [db.write_together(Place.insert(place(f"unit {n}"))) for n in range(30)]
    await asyncio.gather(*units, *(slowly(f"transaction {n}") for n in range(5)))
    assert len(await names()) == 35


async def test_a_unit_that_fails_fails_alone_and_whole(places: str) -> None:
    await db.write_together(Place.insert(place("taken")))
    units = [(place(f"good {n}"), place(f"also {n}")) for n in range(5)]
    units.insert(2, (place("never"), place("taken")))
    outcomes = await asyncio.gather(
        *(db.write_together(Place.insert(a), Place.insert(b)) for a, b in units),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes].count(db.AlreadyThere) == 1
    assert isinstance(outcomes[2], db.AlreadyThere)
    assert len(await names()) == 11
    assert "never" not in await names()


async def test_a_unit_that_fails_only_at_commit_fails_alone(places: str) -> None:
    await Place.insert(Place(id=7, name="harbour"))
    units = [db.write_together(Visit.insert(Visit(place=at))) for at in (7, 999, 7)]
    outcomes = await asyncio.gather(*units, return_exceptions=True)
    assert [isinstance(outcome, Exception) for outcome in outcomes] == [False, True, False]
    assert await Visit.count() == 2


async def test_a_failed_commit_leaves_the_writer_usable(places: str) -> None:
    for _ in range(12):
        with pytest.raises(Exception, match=r"(?i)foreign key"):
            async with db.transaction():
                await Visit.insert(Visit(place=999))
    async with db.transaction():
        await Place.insert(place("after"))
    await db.write_together(Place.insert(place("and after")))
    assert await names() == ["after", "and after"]
    assert await Visit.count() == 0


@pytest.mark.parametrize("row", ["31337, NULL", "31337, 'word'", "'31337 words', 1"])
async def test_an_error_names_no_value_of_the_row(places: str, row: str) -> None:
    with pytest.raises(Exception, match=r".") as refused:
        await Visit.raw(f"INSERT INTO visit (id, place) VALUES ({row})")
    assert "31337" not in str(refused.value)
    assert "word" not in str(refused.value)


async def test_an_error_names_no_value_that_was_handed_over(places: str) -> None:
    with pytest.raises(Exception, match=r".") as refused:
        await Place.raw("INSERT INTO place (name, visits) VALUES ({}, {})", ["private"], {1: 2})
    assert "private" not in str(refused.value)


async def test_breaking_uniqueness_is_already_there_for_plain_writes_too(places: str) -> None:
    await Place.insert(place("private name"))
    with pytest.raises(db.AlreadyThere) as refused:
        await Place.insert(place("private name"))
    with pytest.raises(db.AlreadyThere):
        async with db.transaction():
            await Place.insert(place("private name"))
    assert "private" not in str(refused.value)


async def test_reads_inside_a_transaction_see_its_writes_and_others_do_not(places: str) -> None:
    async with db.transaction():
        await Place.insert(place("draft"))
        assert await names() == ["draft"]
        assert await asyncio.create_task(names()) == []
    assert await names() == ["draft"]


async def test_an_exception_rolls_everything_back(places: str) -> None:
    async def fail() -> None:
        async with db.transaction():
            await Place.insert(place("gone"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await names() == []


async def test_a_nested_transaction_joins_the_outer(places: str) -> None:
    async def fail() -> None:
        async with db.transaction():
            async with db.transaction():
                await Place.insert(place("inner"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await names() == []


async def test_a_part_that_failed_quietly_still_spoils_the_whole(places: str) -> None:
    async def outer() -> None:
        async with db.transaction():
            await Place.insert(place("outer"))
            with pytest.raises(ZeroDivisionError):
                async with db.transaction():
                    raise ZeroDivisionError

    with pytest.raises(db.TransactionFailed):
        await outer()
    assert await names() == []


async def test_a_caught_database_error_still_spoils_the_whole(places: str) -> None:
    await Place.insert(place("taken"))

    async def stubborn() -> None:
        async with db.transaction():
            await Place.insert(place("new"))
            with pytest.raises(db.AlreadyThere):
                await Place.insert(place("taken"))

    with pytest.raises(db.TransactionFailed):
        await stubborn()
    assert await names() == ["taken"]


async def test_a_task_started_inside_does_not_inherit_the_transaction(places: str) -> None:
    tasks: list[asyncio.Task[None]] = []

    async def later() -> None:
        await Place.insert(place("later"))

    async def fail() -> None:
        async with db.transaction():
            tasks.append(asyncio.create_task(later()))
            await Place.insert(place("inside"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await asyncio.gather(*tasks)
    assert await names() == ["later"]


async def test_a_cancelled_transaction_frees_the_writer(places: str) -> None:
    inside = asyncio.Event()

    async def hang() -> None:
        async with db.transaction():
            await Place.insert(place("half"))
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(hang())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await db.write_together(Place.insert(place("whole")))
    assert await names() == ["whole"]


async def test_cancelling_while_waiting_for_a_turn_leaves_the_turn_to_others(places: str) -> None:
    async def write(name: str) -> None:
        async with db.transaction():
            await Place.insert(place(name))

    async with db.transaction():
        waiting = [asyncio.create_task(write(f"{n}")) for n in range(3)]
        await asyncio.sleep(0.05)
        waiting[0].cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert await names() == ["1", "2"]


async def test_when_too_much_waits_the_next_is_told_so_at_once(places: str) -> None:
    many = range(LONGEST_QUEUE + 5)
    units = [db.write_together(Place.insert(place(f"{n}"))) for n in many]
    outcomes = await asyncio.gather(*units, return_exceptions=True)
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert refused
    assert all(isinstance(outcome, db.TooBusy) for outcome in refused)
    assert await Place.count() == len(many) - len(refused)


async def test_what_write_together_cannot_write_is_refused(places: str) -> None:
    for query in (
        Place.select(),
        Place.objects().get_or_create(Place.name == "x"),
        Place.create_table(),
    ):
        with pytest.raises(TypeError):
            await db.write_together(query)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="where"):
        await db.write_together(Place.delete())
    with pytest.raises(RuntimeError, match="transaction"):
        async with db.transaction():
            await db.write_together(Place.insert(place("x")))
    assert await names() == []


async def test_a_with_that_writes_is_written(places: str) -> None:
    await Place.raw(
        "WITH new (name) AS (VALUES ('by with')) INSERT INTO place (name) SELECT name FROM new"
    )
    assert await Place.raw("WITH p AS (SELECT name FROM place) SELECT * FROM p") == [
        {"name": "by with"}
    ]


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("SELECT 1", True),
        ("  select 1", True),
        ("WITH a AS (SELECT 1) SELECT * FROM a", True),
        ("WITH a AS (SELECT 1) INSERT INTO b SELECT * FROM a", False),
        ("with a as (select 1) Delete from b", False),
        ("INSERT INTO b VALUES (1)", False),
        ("PRAGMA user_version = 3", False),
    ],
)
def test_only_what_surely_reads_goes_to_a_reader(sql: str, reads: bool) -> None:
    assert only_reads(sql) is reads


async def test_batches_are_refused_because_they_swallow_exceptions(places: str) -> None:
    with pytest.raises(NotImplementedError):
        await Place.select().batch()


async def test_sqlite_is_durable_strict_and_its_readers_cannot_write(sqlite_url: str) -> None:
    async with db.connected(sqlite_url), db.transaction():
        pragmas = [
            next(iter((await db.engine().run_ddl(f"PRAGMA {name}"))[0].values()))
            for name in ("journal_mode", "synchronous", "foreign_keys", "wal_autocheckpoint")
        ]
    assert pragmas == ["wal", 2, 1, 1000]


async def test_a_file_that_another_program_holds_is_too_busy(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.database.sqlite.SECONDS_TO_WAIT", 0.1)
    stranger = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    async with db.connected(sqlite_url):
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(db.TooBusy):
            await db.engine().run_ddl("CREATE TABLE wanted (id INTEGER)")
        stranger.execute("ROLLBACK")
        await db.engine().run_ddl("CREATE TABLE wanted (id INTEGER)")
    stranger.close()


async def test_a_transaction_keeps_other_processes_out_of_a_sqlite_file(sqlite_url: str) -> None:
    def is_locked() -> bool:
        with Path(f"{sqlite_url.removeprefix('sqlite:///')}.lock").open() as gate:
            try:
                fcntl.flock(gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    async with db.connected(sqlite_url):
        assert not is_locked()
        async with db.transaction():
            assert is_locked()
        assert not is_locked()


async def test_without_a_connection_the_database_does_not_answer(database_url: str) -> None:
    with pytest.raises(db.NotConnected):
        db.transaction()
    assert not await db.answers()
    async with db.connected(database_url):
        assert await db.answers()


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all.sqlite", "postgresql://who:secret@127.0.0.1:1/none"]
)
async def test_a_database_that_is_not_there_is_said_so_without_its_password(url: str) -> None:
    with pytest.raises(db.CannotConnect, match="HEARBACK_DATABASE_URL") as refused:
        await db.connect(url)
    assert "secret" not in str(refused.value)


def run_writer(url: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.app.writer", url, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


async def test_killing_the_process_loses_nothing_that_was_acknowledged(places: str) -> None:
    writer = run_writer(places, "for-ever", "places")
    assert writer.stdout is not None
    seen = [writer.stdout.readline() for _ in range(50)]
    writer.send_signal(signal.SIGKILL)
    seen += writer.stdout.read().splitlines(keepends=True)
    acknowledged = {line.strip() for line in seen if line.endswith("\n")}
    writer.wait()
    writer.stdout.close()
    assert len(acknowledged) >= 50
    assert acknowledged <= set(await names())
    await db.write_together(Place.insert(place("life goes on")))


async def test_two_processes_may_write_to_one_database(places: str) -> None:
    writers = [run_writer(places, "150", "places", name) for name in ("one", "two")]
    units = [db.write_together(Place.insert(place(f"three {n}"))) for n in range(150)]
    await asyncio.gather(*units)
    for writer in writers:
        await asyncio.to_thread(writer.communicate, timeout=60)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert await Place.count() == 450


async def test_two_processes_that_read_then_write_lose_no_update(places: str) -> None:
    await Place.insert(place("harbour"))
    writers = [run_writer(places, "60", "visits") for _ in range(2)]
    for writer in writers:
        await asyncio.to_thread(writer.communicate, timeout=60)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert await Place.select(Place.visits).output(as_list=True) == [120]
