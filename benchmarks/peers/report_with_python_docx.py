"""What an analyst would write: the same tables with pandas, charts by matplotlib, Word and Excel.

It makes two of the five forms, without tags, alternative texts, notes or marking.

Usage: report_with_python_docx.py PROFILE.json FOLDER_TO_WRITE_TO
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import docx
import matplotlib as mpl

mpl.use("agg")
import matplotlib.pyplot as plt
import pandas as pd
from docx.shared import Mm


def figures(profile: Path) -> list[dict[str, Any]]:
    """Return the figures of a profile as it was written in JSON."""
    sections = json.loads(profile.read_text(encoding="utf-8"))["report"]["sections"]
    return [block for section in sections for block in section["blocks"] if "table" in block]


def plain(cell: Any) -> Any:
    """Return one value of a cell."""
    if isinstance(cell, dict):
        return cell.get("estimate", cell.get("value"))
    return cell


def frame(figure: dict[str, Any]) -> pd.DataFrame:
    rows = [{key: plain(cell) for key, cell in row.items()} for row in figure["table"]["rows"]]
    return pd.DataFrame(rows)


def drawn(table: pd.DataFrame, title: str, path: Path) -> Path:
    figure, axes = plt.subplots(figsize=(7.2, 3.4))
    numbers = table.select_dtypes("number")
    if not numbers.empty:
        numbers.plot(ax=axes, title=title[:60])
    figure.savefig(path, dpi=200)
    plt.close(figure)
    return path


def main(profile: Path, folder: Path) -> None:
    document = docx.Document()
    with pd.ExcelWriter(folder / "peer.xlsx", engine="xlsxwriter") as book:
        for place, figure in enumerate(figures(profile)):
            table = frame(figure)
            document.add_heading(figure["title"], 2)
            if figure["chart"]:
                picture = drawn(table, figure["title"], folder / f"{place}.png")
                document.add_picture(str(picture), width=Mm(160))
            document.add_paragraph(figure["reading"])
            grid = document.add_table(len(table) + 1, len(table.columns))
            for column, name in enumerate(table.columns):
                grid.cell(0, column).text = str(name)
                for row, value in enumerate(table[name], start=1):
                    grid.cell(row, column).text = str(value)
            table.to_excel(book, sheet_name=f"Table {place + 1}", index=False)
    document.save(str(folder / "peer.docx"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
