"""A document is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhpf.cli.writing import write_whole
from nhpf.errors import InvalidInput


def test_the_old_document_is_replaced_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "profile.html"
    path.write_text("old", encoding="utf-8")
    write_whole(path, "new, with £ and é")
    assert path.read_text(encoding="utf-8") == "new, with £ and é"
    assert [each.name for each in tmp_path.iterdir()] == ["profile.html"]


def test_when_writing_fails_the_old_document_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "profile.html"
    path.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["profile.html"]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be written"):
        write_whole(tmp_path / "no" / "profile.html", "text")
