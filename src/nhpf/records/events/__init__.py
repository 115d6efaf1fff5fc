"""Events at national size: one expression for every engine, a compact form on disk, fast counts."""

from nhpf.records.events.carried import carried
from nhpf.records.events.columns import usual_by, without_area
from nhpf.records.events.counting import count, event_files, handling
from nhpf.records.events.encoded_counts import can_count, count_encoded
from nhpf.records.events.engines import EventFiles, on_duckdb, on_spark, spark_session
from nhpf.records.events.expression import LEVELS, cells, look_up
from nhpf.records.events.synthetic import Synthetic, synthesise
from nhpf.records.events.writing import ordered, write_counts

__all__ = [
    "LEVELS",
    "EventFiles",
    "Synthetic",
    "can_count",
    "carried",
    "cells",
    "count",
    "count_encoded",
    "event_files",
    "handling",
    "look_up",
    "on_duckdb",
    "on_spark",
    "ordered",
    "spark_session",
    "synthesise",
    "usual_by",
    "without_area",
    "write_counts",
]
