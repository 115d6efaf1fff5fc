"""What was published before, to whom: kept as a file, and held against what comes next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, get_args

from nhpf.disclosure.dimensions import Dimension, Position, positions
from nhpf.disclosure.policies import Audience, Policy
from nhpf.disclosure.protected import ProtectedTable
from nhpf.errors import DamagedData, InvalidInput


@dataclass(frozen=True, slots=True)
class Publication:
    """One table as its readers saw it. It holds nothing that they did not see.

    Attributes
    ----------
    published : str
        The date, or another name that tells publications apart.
    subject : str
        What is counted; only publications of the same subject are held against each other.
    dimensions : tuple of Dimension
    policy : Policy
    shown : mapping of position to int or None
        Every position; None where the count is withheld.
    margins : str
        ``independent`` or ``added``, as in ProtectedTable.
    official : frozenset of positions
        Cells shown exactly whatever their size.
    revised_by : int
        How far any of its counts may have been revised since, up or down; 0 if the data are the
        same.
    """

    published: str
    subject: str
    dimensions: tuple[Dimension, ...]
    policy: Policy
    shown: Mapping[Position, int | None]
    margins: str = "independent"
    official: frozenset[Position] = frozenset()
    revised_by: int = 0

    @classmethod
    def of(cls, table: ProtectedTable, *, published: str) -> Publication:
        """Return a protected table as published."""
        shown = {
            position: None if cell.value is None else int(cell.value)
            for position, cell in table.cells.items()
        }
        return cls(
            published,
            table.subject,
            table.dimensions,
            table.policy,
            shown,
            table.margins,
            table.official,
        )

    def revised(self, by: int) -> Publication:
        """Return it with the bound on how far its counts have been revised since."""
        if by < 0:
            raise InvalidInput("A bound on revisions cannot be negative.")
        return replace(self, revised_by=by)

    def as_json(self) -> dict[str, object]:
        """Return a form that JSON can hold."""
        return {
            "published": self.published,
            "subject": self.subject,
            "margins": self.margins,
            "revised_by": self.revised_by,
            "official": sorted(self.official),
            "policy": asdict(self.policy),
            "dimensions": [
                {"name": each.name, "parents": dict(each.parents), "nation": each.nation}
                for each in self.dimensions
            ],
            "shown": [self.shown[position] for position in positions(self.dimensions)],
        }

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Publication:
        """Read what ``as_json`` wrote.

        Raises
        ------
        DamagedData
            If anything is missing.
        """
        try:
            dimensions = tuple(Dimension(**each) for each in held["dimensions"])
            policy = dict(held["policy"])
            dominance = policy.pop("dominance")
            return cls(
                held["published"],
                held["subject"],
                dimensions,
                Policy(**policy, dominance=None if dominance is None else tuple(dominance)),
                dict(zip(positions(dimensions), held["shown"], strict=True)),
                held["margins"],
                frozenset(tuple(each) for each in held["official"]),
                held["revised_by"],
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DamagedData("A publication in the ledger cannot be read.") from error


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every publication to one audience, in the order in which they left.

    Attributes
    ----------
    audience : str
    publications : tuple of Publication
    """

    audience: Audience
    publications: tuple[Publication, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an unknown audience."""
        if self.audience not in get_args(Audience):
            raise InvalidInput("An audience is public or restricted.", where=str(self.audience))

    def with_table(self, table: ProtectedTable, *, published: str) -> Ledger:
        """Return the ledger with a table added.

        Raises
        ------
        InvalidInput
            If the table was made for another audience, or its name is taken.
        """
        if table.policy.audience != self.audience:
            raise InvalidInput(
                "The table was made for another audience than the ledger.",
                where=table.policy.audience,
            )
        if any((p.published, p.subject) == (published, table.subject) for p in self.publications):
            raise InvalidInput(
                "A table of this subject was published under this name before.", where=published
            )
        added = Publication.of(table, published=published)
        return replace(self, publications=(*self.publications, added))

    def about(self, subject: str, *, revised_by: int = 0) -> tuple[Publication, ...]:
        """Return the publications of a subject, with one bound on revisions since each of them."""
        held = (each for each in self.publications if each.subject == subject)
        return tuple(each.revised(revised_by) for each in held)

    def write(self, path: Path) -> None:
        """Write the ledger as JSON."""
        held = {"audience": self.audience, "publications": [p.as_json() for p in self.publications]}
        path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Ledger:
        """Read a ledger that ``write`` wrote.

        Raises
        ------
        DamagedData
            If it is not one.
        """
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            read = [Publication.from_json(each) for each in held["publications"]]
            return cls(held["audience"], tuple(read))
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedData("This file is not a ledger.", where=path.name) from error
