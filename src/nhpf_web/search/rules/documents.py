"""What can be found."""

from __future__ import annotations

from dataclasses import dataclass

# What is past its review, or lets a question wait, sinks: its score is halved. It is found all the
# same, and says why.
OVERDUE_PRIOR = 0.5
OVERDUE = "Its review is overdue"


@dataclass(frozen=True, slots=True)
class Document:
    """Something that everybody may find: an entry, a practice, a place, an indicator, a source.

    ``tags`` are pairs of a facet and one of its values; the kind is a facet of its own.
    ``prior`` multiplies its score: what readers mostly want stands above what mentions it.
    ``notice`` is said beside it, such as that its review is overdue.
    """

    key: str
    kind: str
    title: str
    address: str
    summary: str = ""
    also_known_as: tuple[str, ...] = ()
    body: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    prior: float = 1.0
    notice: str = ""

    @property
    def fields(self) -> tuple[str, str, str, str]:
        """The texts that are searched, in the order of ``FIELD_WEIGHTS``."""
        return self.title, "\n".join(self.also_known_as), self.summary, self.body


#: Title, other names, summary, body: what a word found there counts for.
FIELD_WEIGHTS = (5.0, 3.0, 2.0, 1.0)
