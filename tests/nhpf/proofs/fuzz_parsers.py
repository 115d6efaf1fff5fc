"""Feed the parsers of imports with bytes that seek new paths; any error but one in words ends it.

Run by ``test_parsers_fuzzed.py`` in a process of its own: ``fuzz_parsers.py FOLDER SECONDS``.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["nhpf.records.importing", "zipfile", "csv"]):
    from nhpf.errors import NhpfError
    from nhpf.records.contract import contract, contracts
    from nhpf.records.importing.decoding import decoded
    from nhpf.records.importing.dialect import dialect_of
    from nhpf.records.importing.matching import match
    from nhpf.records.importing.opening import opened
    from nhpf.records.importing.screening import personal_header, personal_value
    from nhpf.records.importing.spreadsheet import sheet_as_csv

SOURCES = tuple(contracts())


def read(content: bytes, source: str, folder: Path) -> None:
    """Take a file as an import would, up to its header."""
    path = folder / "fuzzed"
    path.write_bytes(content)
    for file in opened([path], folder):
        plain = file.path
        if file.kind == "parquet":
            continue
        if file.kind == "spreadsheet":
            plain = sheet_as_csv(plain, file.name, folder)
        text = decoded(plain, file.name, folder)
        text.path.read_bytes().decode("utf-8")
        found = dialect_of(text.path, file.name)
        match(contract(source), found.header, file.name)


def one(data: bytes) -> None:
    if not data:
        return
    folder = Path(tempfile.mkdtemp(dir=sys.argv[1]))
    words = data[1:].decode("utf-8", "ignore")
    try:
        if data[0] % 4 == 0:
            personal_value(words)
            personal_header(words)
        elif data[0] % 4 == 1:
            match(contract(SOURCES[0]), tuple(words.split(",")), "fuzzed")
        else:
            read(data[1:], SOURCES[data[0] % len(SOURCES)], folder)
    except NhpfError as error:
        str(error).encode("utf-8")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    folder, seconds = sys.argv[1:3]
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            "-max_len=4096",
            "-timeout=20",
            "-rss_limit_mb=3000",
            f"-artifact_prefix={folder}/",
            f"{folder}/corpus",
        ],
        one,
    )
    atheris.Fuzz()
