"""Odd files that must be taken, each with exactly the rows that it must give."""

from __future__ import annotations

from .making import (
    GOOD_PARQUET,
    PLAIN,
    SHEET,
    SHORT,
    SHORT_ROWS,
    TITLED,
    Accepted,
    dated,
    folder_of,
    gzip_of_plain,
    named_in_bytes,
    parquet,
    rewritten,
    sheets,
    zipped,
)

ACCEPTED = (
    Accepted("semicolons", PLAIN.replace(",", ";").encode()),
    Accepted("tabs", PLAIN.replace(",", "\t").encode()),
    Accepted("bars", PLAIN.replace(",", "|").encode()),
    Accepted(
        "single quotes",
        ("'" + PLAIN.strip().replace(",", "','").replace("\n", "'\n'") + "'").encode(),
    ),
    Accepted(
        "all in double quotes",
        ('"' + PLAIN.strip().replace(",", '","').replace("\n", '"\n"') + '"').encode(),
    ),
    Accepted("a line that names the delimiter", ("sep=;\n" + PLAIN.replace(",", ";")).encode()),
    Accepted("UTF-8 with a mark", b"\xef\xbb\xbf" + PLAIN.encode()),
    Accepted("UTF-16, little end first", b"\xff\xfe" + PLAIN.encode("utf-16-le")),
    Accepted("UTF-16, big end first", b"\xfe\xff" + PLAIN.encode("utf-16-be")),
    Accepted(
        "Windows-1252",
        PLAIN.replace("Robbery", "Café raid").encode("windows-1252"),
        (("E001", "Café raid"), ("E002", "Homicide")),
    ),
    Accepted("line ends of Windows", PLAIN.replace("\n", "\r\n").encode()),
    Accepted("line ends of an old Macintosh", PLAIN.replace("\n", "\r").encode()),
    Accepted("mixed line ends", PLAIN.replace("\n", "\r\n", 1).encode() + b"\r\n\n"),
    Accepted("no line end at the end", PLAIN.strip().encode()),
    Accepted(
        "blank lines above, between and below",
        ("\n\n" + PLAIN.replace("2024-05,Robbery\n", "2024-05,Robbery\n\n") + "\n\n").encode(),
    ),
    Accepted("codes padded with blanks", PLAIN.replace("E23000028", " E23000028  ").encode()),
    Accepted(
        "codes padded with wide blanks",
        PLAIN.replace("E23000028", "\u00a0E23000028\u00a0").encode(),
    ),
    Accepted("headers in other letters", PLAIN.replace("event_id", "Event ID ").encode()),
    Accepted("a line end within quotes", PLAIN.replace("Robbery", '"Robbery"').encode()),
    Accepted(
        "quotes doubled within quotes",
        PLAIN.replace("Robbery", '"a ""raid"""').encode(),
        (("E001", 'a "raid"'), ("E002", "Homicide")),
    ),
    Accepted(
        "a quote within a cell",
        PLAIN.replace("Robbery", 'Over 5" long').encode(),
        (("E001", 'Over 5" long'), ("E002", "Homicide")),
    ),
    Accepted(
        "an SQL statement in a text",
        PLAIN.replace("Robbery", "x'); drop table y; --").encode(),
        (("E001", "x'); drop table y; --"), ("E002", "Homicide")),
    ),
    Accepted("the same row twice", (PLAIN + SHORT_ROWS).encode(), duplicates=2),
    Accepted(
        "dates in another order",
        PLAIN.replace("2024-05", "31/05/2024").replace("2024-06", "01/06/2024").encode(),
        choices={"dates": "%d/%m/%Y"},
    ),
    Accepted("forces by name", PLAIN.replace("E23000028", "Nottinghamshire Police").encode()),
    Accepted("gzip", lambda folder: gzip_of_plain(folder, "odd.csv.gz")),
    Accepted("plain text named as gzip", PLAIN.encode(), file="odd.csv.gz"),
    Accepted("CSV named as a spreadsheet", PLAIN.encode(), file="odd.xlsx"),
    Accepted("a name with quotes and marks", PLAIN.encode(), file="it's [1] *odd*?; drop.csv"),
    Accepted("a name in other scripts", PLAIN.encode(), file="преступления 犯罪 🔪.csv"),
    Accepted("a name that is no text", named_in_bytes),
    Accepted(
        "a folder that looks like a partition", folder_of({"category=x/a.csv": PLAIN.encode()})
    ),
    Accepted(
        "a folder with folders",
        folder_of(
            {
                "a/1.csv": (SHORT + SHORT_ROWS.split("\n")[0]).encode(),
                "b/c/2.csv": (SHORT + SHORT_ROWS.split("\n")[1]).encode(),
            }
        ),
    ),
    Accepted(
        "a zipped folder", zipped("a.zip", {"x/a.csv": PLAIN.encode(), "__MACOSX/._a.csv": b"\0"})
    ),
    Accepted("Parquet", parquet(GOOD_PARQUET.replace("'2024-05'", "date '2024-05-01'"))),
    Accepted("a spreadsheet", sheets(SHEET)),
    Accepted("a spreadsheet with dates as cells", dated()),
    Accepted(
        "a spreadsheet, one sheet of several", sheets(SHEET, TITLED), choices={"sheet": "Sheet"}
    ),
    Accepted(
        "a spreadsheet that states a smaller size",
        rewritten(
            "xl/worksheets/sheet1.xml", lambda text: text.replace('ref="A1:D3"', 'ref="A1:B2"')
        ),
    ),
    Accepted(
        "a spreadsheet that states the largest size",
        rewritten(
            "xl/worksheets/sheet1.xml",
            lambda text: text.replace('ref="A1:D3"', 'ref="A1:XFD1048576"'),
        ),
    ),
)
