"""A restricted profile with cases: refused without names in every form, the same bytes anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nhpf.cli import main
from nhpf.errors import RefusedByDisclosure
from nhpf.framework import Edition
from nhpf.profile import build
from nhpf.profile.documents import Documents
from nhpf.profile.kinds import KINDS
from nhpf.records import Release, find_area
from nhpf.reports.documents import to_document

FORMS = ("html", "pdf", "docx", "xlsx", "json")
ESSEX = "E23000028"
SOURCE = Path(__file__).parents[4] / "src"
MAKE = """
import hashlib, sys
from pathlib import Path
from nhpf.framework import load_edition
from nhpf.profile import build
from nhpf.records import find_area, open_release
from nhpf.reports.distribution import given_to
from nhpf.reports.documents import to_document
from nhpf.reports.tree import Distribution
release = open_release(root=Path(sys.argv[1]))
area = find_area("E23000028", release)
report = build(area, release=release, edition=load_edition(), audience="restricted")
given = given_to(report, Distribution("Head of Crime", "to agree the plan"))
for form in sys.argv[2:]:
    print(form, hashlib.sha256(to_document(given, form, signed={})).hexdigest())
"""


@pytest.mark.parametrize("form", FORMS)
def test_no_form_is_made_without_a_named_distribution(
    full: Release, edition: Edition, form: str
) -> None:
    report = build(find_area(ESSEX, full), release=full, edition=edition, audience="restricted")
    with pytest.raises(RefusedByDisclosure, match="named readers"):
        to_document(report, form, signed={})


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_kind_of_document_is_begun_without_a_named_distribution(
    full: Release, edition: Edition, kind: str
) -> None:
    with pytest.raises(RefusedByDisclosure):
        Documents(
            find_area(ESSEX, full),
            release=full,
            edition=edition,
            audience="restricted",
            signed={},
            kind=kind,  # type: ignore[arg-type]
        )


@pytest.mark.parametrize("form", FORMS)
def test_the_terminal_makes_no_form_without_a_named_distribution(
    full: Release,
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("NHPF_DATA", str(full.folder.parents[1]))
    folder = tmp_path / "out"
    folder.mkdir()
    asked = ["profile", ESSEX, "--audience", "restricted", "--as", form, "-o", str(folder)]
    assert main(asked) == RefusedByDisclosure.exit_code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "--distribution" in shown.err
    assert list(folder.iterdir()) == []


def test_two_processes_make_the_same_bytes_in_all_forms(full: Release) -> None:
    """Whatever the seed of hashes, the time zone and the words of the system are."""
    root = full.folder.parents[1]
    made = [
        subprocess.run(
            [sys.executable, "-c", MAKE, str(root), *FORMS],
            env={**os.environ, "PYTHONPATH": str(SOURCE), "NHPF_DATA": str(root), **place},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        for place in (
            {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
            {"PYTHONHASHSEED": "77", "TZ": "America/Adak", "LC_ALL": "C"},
        )
    ]
    assert len(made[0]) == len(FORMS)
    assert made[0] == made[1]
