"""The import contracts hold, and each of them can fail: a planted import breaks it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"

PLANTED = [
    ("library-layers", "nhpf/records/__init__.py", "import nhpf.profile"),
    ("library-layers", "nhpf/disclosure/__init__.py", "import nhpf.framework"),
    ("library-layers", "nhpf/undeclared/__init__.py", "import nhpf.errors"),
    ("library-without-the-service", "nhpf/profile/__init__.py", "import nhpf_web.core"),
    ("library-without-the-service", "nhpf/reports/__init__.py", "import django.conf"),
    ("methods-independent", "nhpf/methods/rates.py", "import nhpf.methods.hot_spots"),
    ("methods-arrays-only", "nhpf/methods/rates.py", "import duckdb"),
    ("methods-arrays-only", "nhpf/numerics/__init__.py", "import jinja2"),
    ("framework-vocabulary", "nhpf/framework/__init__.py", "import numpy"),
    ("service-layers", "nhpf_web/core/__init__.py", "import nhpf_web.search"),
    ("service-layers", "nhpf_web/undeclared/__init__.py", "import nhpf_web.core"),
    ("rules-pure", "nhpf_web/organisations/rules.py", "import django.db"),
    ("rules-pure", "nhpf_web/organisations/rules.py", "import nhpf_web.organisations.models"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def contract_names() -> dict[str, str]:
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {c["id"]: c["name"] for c in settings["tool"]["importlinter"]["contracts"]}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code alone, free to be spoilt."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    code_only = shutil.ignore_patterns("__pycache__", "open_data", "static", "editions")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=code_only)
    return tmp_path


def test_every_contract_holds() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(("contract", "file", "line"), PLANTED)
def test_a_planted_import_breaks_its_contract(
    copy: Path, contract_names: dict[str, str], contract: str, file: str, line: str
) -> None:
    target = copy / "src" / file
    target.parent.mkdir(exist_ok=True)
    with target.open("a") as module:
        module.write(f"\n{line}\n")
    result = lint(copy)
    assert result.returncode != 0
    broken = [row for row in result.stdout.splitlines() if "BROKEN" in row]
    # An undeclared room stops the layers contract before it is judged; it is named instead.
    named = contract_names[contract]
    assert any(named in row for row in broken) or "undeclared" in result.stdout + result.stderr


def test_every_contract_has_a_planted_violation(contract_names: dict[str, str]) -> None:
    assert {contract for contract, *_ in PLANTED} == set(contract_names)
