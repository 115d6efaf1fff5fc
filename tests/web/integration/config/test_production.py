"""An installation in production, started as its operators would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a management command with the settings of production."""
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "NHPF_ENV": "production",
        "NHPF_SECRET_KEY": "only-for-this-test-" * 4,
        "NHPF_ALLOWED_HOSTS": "nhpf.example",
        "NHPF_DATA": str(tmp_path),
    }

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return command


def test_djangos_own_check_of_a_deployment_finds_nothing(run: Run) -> None:
    ended = run("check", "--deploy", "--fail-level", "WARNING")
    assert ended.returncode == 0, ended.stderr


def test_no_demonstration_and_no_signature_by_itself(run: Run) -> None:
    run("migrate", "--verbosity", "0")
    refused = run("demonstration")
    assert refused.returncode != 0
    assert refused.stderr.strip().endswith("refused where NHPF_ENV is production.")
    loaded = run("load_edition")
    assert loaded.returncode == 0, loaded.stderr
    assert " 0 signed" in loaded.stdout
