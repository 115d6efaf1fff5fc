"""The probability yardstick of the intelligence profession: seven terms, each with its range."""

from __future__ import annotations

from dataclasses import dataclass

from nhpf.reports.tree import Column, Figure, Provenance, Table

FIGURE = "probability-yardstick"
SOURCE = Provenance(
    series="PHIA probability yardstick",
    period="as published on 24 March 2025",
    source="Professional Head of Intelligence Assessment, Explaining uncertainty in UK "
    "intelligence assessment",
    licence="Open Government Licence v3.0",
    extract_date="with this version",
    vintage="24 March 2025",
    address="https://www.gov.uk/government/publications/"
    "explaining-uncertainty-in-uk-intelligence-assessment",
)
NOT_CONFIDENCE = (
    "Confidence is not probability. Confidence (low, moderate or high, by the rules above) says "
    "how well data bear a judgement. Where a judgement speaks of the future, or of what is not "
    "known, a term of the yardstick says how probable it is, by a calculation that stands beside "
    "it. A probability between two ranges is given the nearer term."
)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the yardstick with its range, as fractions from 0 to 1."""

    name: str
    lead: str
    low: float
    high: float

    @property
    def range(self) -> str:
        """The range in words: "55% to 75%"."""
        low, high = round(100 * self.low), round(100 * self.high)
        if not low:
            return f"up to {high}%"
        return f"{low}% or more" if high == 100 else f"{low}% to {high}%"

    @property
    def said(self) -> str:
        """The term as it leads a clause: "it is likely (55% to 75%) that"."""
        return f"{self.lead} ({self.range}) that"


TERMS = (
    Term("Remote chance", "there is a remote chance", 0.0, 0.05),
    Term("Highly unlikely", "it is highly unlikely", 0.10, 0.20),
    Term("Unlikely", "it is unlikely", 0.25, 0.35),
    Term("Realistic possibility", "there is a realistic possibility", 0.40, 0.50),
    Term("Likely or probable", "it is likely", 0.55, 0.75),
    Term("Highly likely", "it is highly likely", 0.80, 0.90),
    Term("Almost certain", "it is almost certain", 0.95, 1.0),
)


def term(probability: float) -> Term:
    """Return the term for a probability: between two ranges the nearer, then the less extreme."""
    return min(
        TERMS,
        key=lambda each: (
            round(max(each.low - probability, probability - each.high, 0.0), 12),
            abs(each.low + each.high - 1),
        ),
    )


def figure() -> Figure:
    """Return the yardstick as a table."""
    return Figure(
        id=FIGURE,
        title="Seven terms say how probable something is",
        subtitle="The probability yardstick of the UK intelligence assessment profession",
        reading="The ranges leave gaps on purpose: a calculated probability is no more exact than "
        "what it rests on.",
        table=Table(
            "Probability yardstick",
            (Column("term", "Term"), Column("range", "Probability")),
            tuple((each.name, each.range) for each in TERMS),
        ),
        provenance=(SOURCE,),
        caveats=(
            "The publisher’s table could not be opened when this version was made: the ranges are "
            "as they are commonly given. Check them there before you rely on a limit.",
        ),
    )
