"""Responses out of a file and into one: 100,000 of 22 closed questions and one in words."""

import csv
import random
import time
from pathlib import Path

from msgspec import Struct

from app import database as db
from app.clock import now
from app.settings import load_settings, use_settings
from responses.response import Channel
from responses.store.exporting import export_responses
from responses.store.importing import import_responses, round_to_import_into
from surveys import store
from surveys.native_files import write_questionnaire
from surveys.questionnaire import Likert, LongText, Option, Page, Question, Questionnaire, Single
from tests.bench.answering import tell

SLUG = "bench"
ROWS = 100_000
LIMESURVEY = 42.0
"""Seconds that LimeSurvey 6.14 took for the CSV of as many on such a machine, at its quickest."""
TIMES_AS_FAST = 50
MOST_SECONDS = 15.0
AGREEMENT = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree")
WORDS = [
    "parks",
    "buses",
    "library",
    "road",
    "fair",
    "funding",
    "more",
    "less",
    "never",
    "always",
    "children",
    "older",
    "people",
]
SEED = 20


class Took(Struct, frozen=True):
    """Seconds: the importing once, the exporting at its quickest of three."""

    imported: float
    exported: float


async def measured(url: str, folder: Path, rows: int = ROWS) -> Took:
    use_settings(load_settings({"HEARBACK_DATABASE_URL": url, "HEARBACK_DATA_DIR": str(folder)}))
    file = folder / "in.csv"
    _write(file, rows)
    async with db.connected(url):
        await db.migrate()
        document = write_questionnaire(asked())
        await store.create_consultation(document, slug=SLUG, by=SLUG, now=now())
        await store.open_round(SLUG, by=SLUG, now=now())
        consultation = await store.consultation(SLUG)
        into = round_to_import_into(consultation, None, now())
        version = await store.version(into.version_id)
        began = time.perf_counter()
        await import_responses(
            consultation,
            file,
            into=into,
            version=version,
            channel=Channel.PAPER,
            by=SLUG,
            now=now(),
        )
        imported = time.perf_counter() - began
        taken = []
        for _ in range(3):
            began = time.perf_counter()
            await export_responses(consultation, folder / "out.csv", form="csv", by=SLUG)
            taken.append(time.perf_counter() - began)
    return Took(imported, min(taken))


def asked() -> Questionnaire:
    closed: list[Question] = [
        Likert(key=f"q{number}", text=f"Statement {number}", scale="agreement")
        for number in range(20)
    ]
    return Questionnaire(
        title="Parks",
        languages=("en",),
        pages=(
            Page(
                "One",
                (
                    *closed,
                    Single(key="age", text="Age", options=_options(7)),
                    Single(key="area", text="Area", options=_options(12)),
                    LongText(key="why", text="Why?"),
                ),
            ),
        ),
    )


def _options(count: int) -> tuple[Option, ...]:
    return tuple(Option(f"o{number}", f"Answer {number}") for number in range(count))


def _write(file: Path, rows: int) -> None:
    chance = random.Random(SEED)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow([question.key for question in asked().questions])
        for _ in range(rows):
            closed = [chance.choice(AGREEMENT) for _ in range(20)]
            about = [f"o{chance.randrange(7)}", f"o{chance.randrange(12)}"]
            said = chance.choices(WORDS, k=chance.randint(5, 40)) if chance.random() < 0.35 else []
            writer.writerow([*closed, *about, " ".join(said)])


def told(took: Took) -> bool:
    ratio = LIMESURVEY / took.exported
    kept = took.imported <= MOST_SECONDS, ratio >= TIMES_AS_FAST
    tell(f"Files of {ROWS:,} responses")
    tell(f"  in   {took.imported:6.1f} s, limit {MOST_SECONDS:.0f} s{_broken(kept[0])}")
    tell(
        f"  out  {took.exported:6.2f} s, {ratio:.0f} times as fast as LimeSurvey, "
        f"limit {TIMES_AS_FAST}{_broken(kept[1])}"
    )
    return all(kept)


def _broken(kept: bool) -> str:
    return "" if kept else "  LIMIT BROKEN"
