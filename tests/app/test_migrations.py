"""The migrations, run from nothing, give the tables as they are declared, on both databases."""

from typing import Any

import pytest
from piccolo.conf.apps import Finder
from piccolo.table import create_db_tables

from app import database as db

WRITTEN_BY_HAND = {("response", "transaction_id")}
"""(table, column): of a type that Piccolo does not know, and filled by PostgreSQL itself."""
UNIQUE_OVER_SEVERAL = {
    "coding": {("text_answer", "theme")},
    "draft_answer": {("draft", "question")},
    "edition": {("consultation", "number")},
    "private_answer": {("response", "question")},
    "questionnaire_version": {("consultation", "number")},
    "round": {("consultation", "number")},
    "suggestion": {("text_answer", "theme")},
    "text_answer": {("response", "question")},
    "theme": {("consultation", "slug")},
}

POSTGRES_COLUMNS = """
    SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
        column_default
    FROM information_schema.columns WHERE table_schema = 'public'
"""
POSTGRES_CONSTRAINTS = """
    SELECT conrelid::regclass::text AS table_name, pg_get_constraintdef(oid) AS rule
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""
POSTGRES_INDEXES = """
    SELECT t.relname AS table_name, i.indisunique AS is_unique, (
        SELECT array_agg(a.attname ORDER BY k.place)
        FROM unnest(i.indkey) WITH ORDINALITY AS k (number, place)
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
    )::text[] AS names
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relnamespace = 'public'::regnamespace
"""

Row = tuple[Any, ...]


async def rows(sql: str) -> list[Row]:
    return [tuple(dict(row).values()) for row in await db.engine().run_ddl(sql)]


async def columns() -> set[Row]:
    """Every column and constraint of every table, as the database itself describes them."""
    if db.engine().engine_type == "postgres":
        return {*await rows(POSTGRES_COLUMNS), *await rows(POSTGRES_CONSTRAINTS)}
    described: set[Row] = set()
    for table in await sqlite_tables():
        described |= {(table, *row[1:]) for row in await rows(f"PRAGMA table_info({table})")}
        described |= {(table, *row[2:]) for row in await rows(f"PRAGMA foreign_key_list({table})")}
    return described


async def indexes() -> set[tuple[str, bool, tuple[str, ...]]]:
    """(table, unique, columns) of every index."""
    if db.engine().engine_type == "postgres":
        return {
            (table, unique, tuple(names)) for table, unique, names in await rows(POSTGRES_INDEXES)
        }
    found = set()
    for table in await sqlite_tables():
        for _, index, unique, *_ in await rows(f"PRAGMA index_list({table})"):
            names = tuple(row[2] for row in await rows(f"PRAGMA index_info({index})"))
            found.add((table, bool(unique), names))
    return found


async def sqlite_tables() -> list[str]:
    named = await rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in named if not name.startswith("sqlite_")]


async def declared_tables() -> None:
    from piccolo.apps.migrations.tables import Migration

    await create_db_tables(Migration, *Finder().get_table_classes())


async def test_the_migrated_tables_are_the_declared_tables(
    database_url: str, empty_url: str
) -> None:
    async with db.connected(database_url):
        migrated, migrated_indexes = await columns(), await indexes()
    async with db.connected(empty_url):
        await declared_tables()
        declared, declared_indexes = await columns(), await indexes()
    assert len(declared) > 100
    assert {column[:2] for column in migrated - declared} <= WRITTEN_BY_HAND
    assert declared <= migrated
    assert declared_indexes < migrated_indexes


async def test_what_may_be_there_once_only_is_unique_in_the_database(database: str) -> None:
    found = await indexes()
    for table, expected in UNIQUE_OVER_SEVERAL.items():
        assert {(table, True, names) for names in expected} <= found
    assert ("response", False, ("consultation", "round")) in found


async def test_migrating_again_changes_nothing_and_prints_nothing(
    database: str, capfd: pytest.CaptureFixture[str]
) -> None:
    before = await columns(), await indexes()
    await db.migrate()
    assert (await columns(), await indexes()) == before
    assert capfd.readouterr().out == ""


async def test_a_first_migration_prints_nothing(
    empty_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    async with db.connected(empty_url):
        await db.migrate()
    assert capfd.readouterr().out == ""
