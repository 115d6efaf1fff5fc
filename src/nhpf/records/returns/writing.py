"""Write the national tables of a period as files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from nhpf.records.returns.national import National

COLUMNS = ("table", "breakdown_1", "breakdown_2", "victims", "withheld", "reason")
TERMS = ("marking", "period", "status", "complete", "synthetic")


def file_names(period: str) -> tuple[str, str]:
    """Return the names of a period's files: JSON, and one long CSV."""
    return f"national_{period}.json", f"national_{period}.csv"


def write(found: National, folder: Path) -> None:
    """Write the national tables of a period; each row of the CSV stands alone."""
    said = found.as_json()
    as_json, as_csv = (folder / name for name in file_names(str(found.period)))
    as_json.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", "utf-8")
    with as_csv.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*COLUMNS, *TERMS, "says"])
        for table, cells in found.tables.items():
            for cell, shown in cells.items():
                first, second = (*cell, "")[:2]
                victims = "" if shown.value is None else int(shown.value)
                row = [table, first, second, victims, shown.is_withheld, shown.withheld]
                writer.writerow(row + [said[term] for term in TERMS] + [" ".join(found.says)])
