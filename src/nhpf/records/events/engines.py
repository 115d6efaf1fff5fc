"""Run the record-level stage on DuckDB, or on Spark past one machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhpf.errors import InvalidInput
from nhpf.records.encoding import codes_path, decoded_sql, view_sql
from nhpf.records.engine import connect, quoted
from nhpf.records.events.expression import cells_sql, look_up

if TYPE_CHECKING:
    import duckdb
    import pyarrow

LOG = Path(__file__).with_name("spark_log.properties")


@dataclass(frozen=True, slots=True)
class EventFiles:
    """Where events lie: Parquet as a force sends it, or an encoded folder with its description.

    Attributes
    ----------
    path : pathlib.Path
        A file, or a folder with files; of an encoded table its folder.
    encoded : dict or None
        ``Encoded.description``.
    """

    path: Path
    encoded: dict[str, Any] | None = None

    @property
    def parquet(self) -> str:
        """Return the path, or the pattern, of the files of rows."""
        folder = self.path / "rows" if self.encoded else self.path
        return str(folder / "*.parquet" if folder.is_dir() else folder)


def on_duckdb(files: EventFiles, by: Sequence[str]) -> pyarrow.Table:
    """Count events by the expression, on this machine."""
    with connect() as con:
        open_events(con, files)
        con.register("places", look_up())
        return con.sql(cells_sql(columns_of(con), by, dialect="duckdb")).to_arrow_table()


def open_events(con: duckdb.DuckDBPyConnection, files: EventFiles) -> None:
    """Make the view ``events`` of the events, decoded."""
    plain = f"select * from read_parquet({quoted(files.parquet)})"
    sql = view_sql(files.encoded, files.path) if files.encoded else plain
    con.execute(f"create view events as {sql}")


def columns_of(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the columns of the view ``events`` and their types."""
    return {name: kind for name, kind, *_ in con.execute("describe events").fetchall()}


def on_spark(files: EventFiles, by: Sequence[str]) -> pyarrow.Table:
    """Count events by the expression, on Spark.

    The session is the one that is active, or one made as Spark's own settings say; without any,
    it runs on this machine.

    Raises
    ------
    InvalidInput
        If the extra ``spark`` or Java is missing.
    """
    with spark_session() as session:
        _spark_events(session, files).createOrReplaceTempView("events")
        session.createDataFrame(look_up()).createOrReplaceTempView("places")
        columns = dict(session.table("events").dtypes)
        found: pyarrow.Table = session.sql(cells_sql(columns, by, dialect="pyspark")).toArrow()
    return found


def _spark_events(session: Any, files: EventFiles) -> Any:
    """Return the events as a data frame of Spark, decoded as the view of DuckDB decodes them."""
    rows = session.read.parquet(files.parquet)
    if not files.encoded:
        return rows
    import sqlglot

    rows.createOrReplaceTempView("coded_rows")
    lists = {name: f"codes_of_{name}" for name in files.encoded["codes"]}
    for name, view in lists.items():
        session.read.parquet(str(codes_path(files.path, name))).createOrReplaceTempView(view)
    sql = decoded_sql(files.encoded, rows="coded_rows", codes=lists)
    return session.sql(sqlglot.transpile(sql, read="duckdb", write="spark")[0])


@contextmanager
def spark_session() -> Iterator[Any]:
    """Give the active session of Spark, or one that ends afterwards.

    Raises
    ------
    InvalidInput
        If the extra ``spark`` or Java is missing.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise InvalidInput(
            "The engine Spark is not installed.",
            where="extra spark",
            next_step="Install it with: pip install 'nhpf[spark]'. It needs Java 17.",
        ) from None
    active = SparkSession.getActiveSession()
    if active is not None:
        yield active
        return
    session = _started(SparkSession)
    try:
        yield session
    finally:
        session.stop()


def _quiet() -> dict[str, str]:
    """Return the setting that leaves Spark's warnings out, unless its user set up Spark's log."""
    named = os.environ.get("PYSPARK_SUBMIT_ARGS", "")
    if "SPARK_CONF_DIR" in os.environ or "extraJavaOptions" in named or "--properties" in named:
        return {}
    return {"spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={LOG.as_uri()}"}


def _started(spark: Any) -> Any:
    from pyspark.errors import PySparkRuntimeError

    home = os.environ.get("JAVA_HOME")
    missing = InvalidInput(
        "Spark cannot start: it needs Java 17 or later.",
        where="JAVA_HOME" if home else "no java on the path",
        next_step="Install Java 17 and the extra spark (pip install 'nhpf[spark]'), or leave"
        " out --engine spark.",
    )
    if not shutil.which(str(Path(home) / "bin" / "java") if home else "java"):
        raise missing
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # The result comes to this process, however large.
        "spark.driver.maxResultSize": "0",
    } | _quiet()
    try:
        session = spark.builder.appName("nhpf").config(map=settings).getOrCreate()
    except PySparkRuntimeError:
        raise missing from None
    session.sparkContext.setLogLevel("ERROR")
    return session
