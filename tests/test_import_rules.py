"""The import rules hold, and each of them bites when a stub breaks it."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("app", "surveys", "responses", "analysis", "publications")

BREAKS = [
    ("A package imports only what lies below it", "surveys/questionnaire.py", "responses.ledger"),
    ("A package imports only what lies below it", "app/problems.py", "surveys.questionnaire"),
    ("Publications never import responses", "publications/gaps.py", "responses.ledger"),
    (
        "Only the surveys store opens the surveys tables",
        "surveys/routing.py",
        "surveys.tables",
    ),
    (
        "Only the responses store opens the responses tables",
        "responses/ledger.py",
        "responses.tables",
    ),
    ("Only the analysis store opens the analysis tables", "analysis/tally.py", "analysis.tables"),
    (
        "Only the publications store opens the publications tables",
        "publications/gaps.py",
        "publications.tables",
    ),
    ("Only their own stores open the floor's tables", "app/forms.py", "app.auth.tables"),
    (
        "Piccolo only in tables, stores, migrations and the database",
        "surveys/routing.py",
        "piccolo.table",
    ),
    ("Litestar only in pages and the floor", "analysis/tally.py", "litestar"),
    ("Jinja only in the floor", "responses/receipt.py", "jinja2"),
]


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert command is not None
    return subprocess.run(
        [command, "--no-cache"], cwd=tree, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        for source in (ROOT / package).rglob("*.py"):
            target = tmp_path / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return tmp_path


def test_every_import_rule_is_kept() -> None:
    found = lint_imports(ROOT)
    assert found.returncode == 0, found.stdout


def test_every_import_rule_has_a_stub_that_breaks_it() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert {rule["name"] for rule in written["contracts"]} == {rule for rule, _, _ in BREAKS}


@pytest.mark.parametrize(("rule", "importer", "imported"), BREAKS)
def test_a_forbidden_import_breaks_its_rule(
    copy: Path, rule: str, importer: str, imported: str
) -> None:
    broken = copy / importer
    assert broken.exists()
    broken.write_text(broken.read_text() + f"\nimport {imported}\n")
    found = lint_imports(copy)
    assert found.returncode == 1
    assert f"{rule} BROKEN" in found.stdout.splitlines()


def test_every_module_of_app_is_placed_in_the_floor_or_the_roof() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = written["contracts"][0]["layers"]
    placed = {name.strip() for layer in (layers[0], layers[-1]) for name in layer.split(":")}
    present = {
        f"app.{entry.stem}"
        for entry in (ROOT / "app").iterdir()
        if (entry.suffix == ".py" and entry.stem != "__init__") or (entry / "__init__.py").exists()
    }
    assert present - placed - {"app.migrations", "app.demonstration"} == set()
