"""Documents are kept for what decides their bytes, where nobody else can read them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from nhpf.reports import keeping
from nhpf.reports.keeping import kept


def test_what_was_made_once_is_not_made_again(tmp_path: Path) -> None:
    made = []

    def make() -> bytes:
        made.append(1)
        return b"document"

    for _ in range(3):
        assert kept({"area": "E1", "form": "pdf"}, make, root=tmp_path) == b"document"
    assert len(made) == 1


@pytest.mark.parametrize(
    "other", [{"area": "E2"}, {"form": "docx"}, {"signed": ["eia"]}, {"distribution": "A"}]
)
def test_anything_that_decides_the_bytes_gives_another_document(
    tmp_path: Path, other: dict[str, object]
) -> None:
    first = {"area": "E1", "form": "pdf", "signed": [], "distribution": ""}
    kept(first, lambda: b"first", root=tmp_path)
    assert kept({**first, **other}, lambda: b"other", root=tmp_path) == b"other"
    assert kept(first, lambda: b"again", root=tmp_path) == b"first"


def test_other_code_gives_another_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept({}, lambda: b"old", root=tmp_path)
    monkeypatch.setattr(keeping, "code_digest", lambda: "changed")
    assert kept({}, lambda: b"new", root=tmp_path) == b"new"


def test_nobody_else_can_read_what_is_kept(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        kept({}, lambda: b"restricted", root=tmp_path)
    finally:
        os.umask(before)
    folder = tmp_path / "documents"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_is_no_reason_to_refuse(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("a file stands in the way")
    assert kept({}, lambda: b"document", root=tmp_path) == b"document"


def test_the_oldest_give_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_KEPT", 3)
    for place in range(5):
        kept({"place": place}, lambda: b"document", root=tmp_path)
        newest = max((tmp_path / "documents").iterdir(), key=lambda each: each.stat().st_mtime_ns)
        os.utime(newest, (place, place))
    assert len(list((tmp_path / "documents").iterdir())) == 3
    assert kept({"place": 4}, lambda: b"again", root=tmp_path) == b"document"
    assert kept({"place": 0}, lambda: b"again", root=tmp_path) == b"again"
