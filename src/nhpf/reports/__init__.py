"""One report tree, and what is made of it: documents, tables and charts to take away."""

from nhpf.reports.documents import to_document
from nhpf.reports.downloads import figure_csv, figure_png, figure_svg, file_name, table_csv
from nhpf.reports.html_report import figure_to_html, stylesheet, to_html
from nhpf.reports.json_report import figure_json, to_json
from nhpf.reports.publication import figure, figures, published_part

__all__ = [
    "figure",
    "figure_csv",
    "figure_json",
    "figure_png",
    "figure_svg",
    "figure_to_html",
    "figures",
    "file_name",
    "published_part",
    "stylesheet",
    "table_csv",
    "to_document",
    "to_html",
    "to_json",
]
