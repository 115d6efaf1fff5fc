"""The same expression on a real Spark of this machine gives the same counts."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nhpf.errors import InvalidInput
from nhpf.records.encoding import Encoded
from nhpf.records.events import EventFiles, on_duckdb, on_spark, spark_session

BY = ("ward", "month", "category")


# The bridge to Java closes its sockets when it is collected.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@pytest.fixture(scope="module")
def spark() -> Iterator[None]:
    """One session for all tests, as it starts for a user."""
    pytest.importorskip("pyspark.sql", reason="The extra spark is not installed.")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java 17, which is not on this machine.")
    with spark_session():
        yield
    gc.collect()


def rows_of(table: Any) -> list[Any]:
    return sorted((tuple(row.values()) for row in table.to_pylist()), key=str)


def test_a_missing_extra_is_named(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(InvalidInput, match=r"extra spark.*nhpf\[spark\].*Java 17"):
        on_spark(EventFiles(sent), BY)


def test_missing_java_is_named(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark.sql", reason="The extra spark is not installed.")
    monkeypatch.setenv("JAVA_HOME", "nowhere")
    with pytest.raises(InvalidInput, match=r"needs Java 17.*JAVA_HOME"):
        on_spark(EventFiles(sent), BY)


@pytest.mark.parametrize("by", [("lsoa", "month", "category"), BY, ("force", "month")])
def test_spark_counts_as_duckdb(spark: None, sent: Path, by: tuple[str, ...]) -> None:
    one, other = on_duckdb(EventFiles(sent), by), on_spark(EventFiles(sent), by)
    assert other.column_names == [*by, "events"]
    assert rows_of(other) == rows_of(one)


def test_spark_reads_the_compact_form(spark: None, encoded: Encoded) -> None:
    files = EventFiles(encoded.folder, encoded.description)
    assert rows_of(on_spark(files, BY)) == rows_of(on_duckdb(files, BY))


START = "from nhpf.records.events import spark_session\nwith spark_session():\n    pass\n"


def test_spark_starts_without_warnings_of_its_own(spark: None) -> None:
    """Java itself may say a line; Spark says none."""
    done = subprocess.run(
        [sys.executable, "-c", START], capture_output=True, text=True, check=True, timeout=120
    )
    assert "WARN " not in done.stderr
    assert "log4j" not in done.stderr
    assert "log level" not in done.stderr
