"""Ten minutes of bytes that seek new paths through the parsers find no error but one in words."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nhpf.records.contract import contracts

SECONDS = int(os.environ.get("NHPF_FUZZ_SECONDS", "600"))


def seeds(folder: Path) -> None:
    """Write what the search begins with: a header of every contract, in several forms."""
    folder.mkdir()
    for number, held in enumerate(contracts().values()):
        header = ",".join(each.name for each in held.fields) + "\n"
        text = header + "x," * (len(held.fields) - 1) + "x\n"
        forms = {
            "utf8": text.encode(),
            "utf16": text.encode("utf-16"),
            "semicolons": text.replace(",", ";").replace("\n", "\r\n").encode("cp1252"),
            "gzip": gzip.compress(text.encode()),
        }
        for form, content in forms.items():
            (folder / f"{number}-{form}").write_bytes(b"\x02" + content)
    (folder / "words").write_bytes(b"\x00Outside the home of John Smith, 07700 900123")
    (folder / "header").write_bytes(b"\x01event_id,force,month,category,Surname")


@pytest.mark.prove
def test_no_bytes_make_the_parsers_stumble(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris comes with the group prove alone.")
    seeds(tmp_path / "corpus")
    script = Path(__file__).with_name("fuzz_parsers.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path), str(SECONDS)],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS + 300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    runs = re.search(r"Done (\d+) runs", done.stderr)
    assert runs
    assert int(runs.group(1)) > 10 * SECONDS
