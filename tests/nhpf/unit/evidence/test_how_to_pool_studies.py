"""The example of ``docs/how-to/pool-studies.md`` gives what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nhpf.cli import main

PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "pool-studies.md"


def test_the_example_gives_what_the_page_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = PAGE.read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    tables = re.findall(r"^```csv\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    for name, table in zip(("trials.csv", "new.csv"), tables, strict=True):
        Path(name).write_text(table)
    command = next(line for line in text.splitlines() if line.endswith("--add new.csv"))
    assert main(command.split()[1:]) == 0
    shown = capsys.readouterr().out.splitlines()
    said = re.search(r"^```\n(All studies.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert said is not None
    assert [line for line in said.group(1).splitlines() if line not in shown] == []
