"""The shapes that the design keeps: private models, apps of one shape, no tails, no drawers."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MEDIAN_FUNCTION = 12
APP_FILES = {
    "__init__", "actions", "apps", "forms", "middleware", "models", "queries", "rules",
    "templatetags", "urls", "views", "management", "migrations", "templates", "static", "assets",
    "context_processors",
}  # fmt: skip
CONFIG_FILES = {"__init__", "environment", "gunicorn", "settings", "urls", "wsgi"}
DRAWERS = {"utils", "util", "helpers", "common", "misc", "shared", "tools", "lib"}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def modules() -> list[Path]:
    return [path for path in SRC.rglob("*.py") if "migrations" not in path.parts]


def functions(text: str) -> Iterator[tuple[str, int, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            has_words = ast.get_docstring(node) is not None
            words = node.body[0].end_lineno - node.body[0].lineno + 1 if has_words else 0
            yield node.name, lines, lines - words


def foreign_models(graph: grimp.ImportGraph) -> list[str]:
    """Return each import of an app's models from outside the app."""
    found = []
    for importer in graph.modules:
        parts = importer.split(".")
        for imported in graph.find_modules_directly_imported_by(importer):
            target = imported.split(".")
            if target[0] == "nhpf_web" and "models" in target[2:3] and target[:2] != parts[:2]:
                found.append(f"{importer} -> {imported}")
    return found


def test_models_are_private_to_their_app() -> None:
    assert foreign_models(grimp.build_graph("nhpf_web", cache_dir=None)) == []


def test_a_foreign_model_would_be_found() -> None:
    graph = grimp.build_graph("nhpf_web", cache_dir=None)
    graph.add_import(importer="nhpf_web.profiles.views", imported="nhpf_web.equality.models")
    assert foreign_models(graph) == ["nhpf_web.profiles.views -> nhpf_web.equality.models"]


def apps() -> list[Path]:
    return sorted(path.parent for path in (SRC / "nhpf_web").glob("*/__init__.py"))


@pytest.mark.parametrize("app", apps(), ids=lambda app: app.name)
def test_every_app_has_the_same_shape(app: Path) -> None:
    allowed = CONFIG_FILES if app.name == "config" else APP_FILES
    found = {path.stem for path in app.iterdir() if path.name != "__pycache__"}
    assert found <= allowed, f"not of the shape: {sorted(found - allowed)}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SRC)))
def test_no_file_and_no_function_has_a_tail(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    tails = [f"{name}: {lines}" for name, lines, _ in functions(text) if lines > LONGEST_FUNCTION]
    assert tails == []


def test_a_tail_would_be_found() -> None:
    text = "def long():\n" + "    x = 1\n" * LONGEST_FUNCTION
    assert [lines for _, lines, _ in functions(text)] == [LONGEST_FUNCTION + 1]


def test_the_median_function_is_short() -> None:
    lines = [code for path in modules() for _, _, code in functions(path.read_text())]
    assert statistics.median(lines) < MEDIAN_FUNCTION


def test_no_module_is_a_drawer() -> None:
    assert [path for path in modules() if path.stem in DRAWERS] == []


def test_no_package_is_empty() -> None:
    empty = [
        path.parent
        for path in SRC.rglob("__init__.py")
        if "migrations" not in path.parts
        and "management" not in path.parts
        and len(list(path.parent.iterdir())) == 1
        and not path.read_text().strip()
    ]
    assert empty == []


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    homes = "|".join(("work", "root"))
    pattern = re.compile(rf"(?<![\w.])/(?:{homes})/|--(extra-)?index-url|\"resolved\": *\"http")
    texts = [p for p in tracked() if p.suffix not in {".parquet", ".gz", ".png", ".xlsx"}]
    named = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in texts
        for number, line in enumerate(path.read_text(errors="ignore").splitlines(), 1)
        if pattern.search(line)
    ]
    assert named == []
