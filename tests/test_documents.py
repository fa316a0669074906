"""What the documents say holds: examples import, links lead somewhere, commands exist."""

import re
from pathlib import Path

import pytest

from app.cli import WHERE
from surveys.native_files import read_questionnaire

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_documented_questionnaire_is_one() -> None:
    (example,) = re.findall(
        r"```json\n(.*?)```", (ROOT / "docs/questionnaires.md").read_text(), re.DOTALL
    )
    assert [question.key for question in read_questionnaire(example.encode()).questions] == [
        "visits",
        "why_not",
        "services",
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_command_that_a_document_names_exists() -> None:
    named = {
        command
        for document in DOCUMENTS
        for command in re.findall(r"hearback ([a-z]+)\b", document.read_text())
    }
    assert named
    assert named - set(WHERE) - {"is"} == set()
