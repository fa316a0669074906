"""Every sentence that the program says to the public, found in its code and its templates."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import jinja2
from jinja2.nodes import Call, Const, Getattr, Name

from app.templating import ROOMS, ROOT

SAID = {"say", "sentence", "wrong", "problem"}
COUNTED = {"plural", "sentences", "counted", "forms"}

Sentence = tuple[str, ...]
"""One string, or the singular and the plural of a sentence that counts."""


def sentences() -> set[Sentence]:
    return {*in_code(), *in_templates()}


def in_code() -> Iterator[Sentence]:
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call):
                    words = [list(literals(each)) for each in node.args[:2]]
                    yield from said_by(called(node.func), words)


def called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def literals(node: ast.expr) -> Iterator[str]:
    """The strings that an argument may be; a choice between two is both."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def in_templates() -> Iterator[Sentence]:
    for file in templates():
        tree = jinja2.Environment().parse(file.read_text())
        for node in tree.find_all(Call):
            name = node.node
            function = name.attr if isinstance(name, Getattr) else ""
            function = name.name if isinstance(name, Name) else function
            words = [[each.value] for each in node.args[:2] if isinstance(each, Const)]
            yield from said_by(function, [each for each in words if isinstance(each[0], str)])


def templates() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room / "templates").rglob("*.html"))


def said_by(function: str, words: list[list[str]]) -> Iterator[Sentence]:
    if function in SAID and words:
        yield from ((english,) for english in words[0])
    if function in COUNTED and len(words) == 2 and all(words):
        yield words[0][0], words[1][0]


def parts(sentence: str) -> set[str]:
    """The names of what is put into a sentence."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}
