"""Help appears at once: nothing heavy is imported before a command needs it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from nhpf import __version__
from nhpf.cli import main

SOURCE = Path(__file__).parents[4] / "src"
HEAVY = ("numpy", "scipy", "duckdb", "jinja2", "shapely", "rich", "django")


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def seconds(code: str) -> float:
    taken = []
    for _ in range(4):
        start = time.perf_counter()
        run(code)
        taken.append(time.perf_counter() - start)
    return min(taken)


def test_help_imports_nothing_heavy() -> None:
    held = run(
        "import sys\nfrom nhpf.cli import main\nmain(['--help'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert held.strip().endswith("[]")


def test_help_takes_less_than_three_times_the_import_of_typer() -> None:
    help_time = seconds("from nhpf.cli import main; main(['--help'])")
    assert help_time < 3 * seconds("import typer")


@pytest.mark.parametrize("command", ["profile", "records", "returns", "detectable", "edition"])
def test_each_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert "Usage: nhpf" in capsys.readouterr().out


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    shown = capsys.readouterr()
    assert "profile" in shown.out + shown.err


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"nhpf {__version__}\n"
