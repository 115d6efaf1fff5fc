"""A living synthesis: the studies of one outcome of an intervention, and which of them count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from nhpf.errors import InvalidInput
from nhpf.evidence.measures import Measure, measure_called
from nhpf.evidence.pooled import PooledOutcome
from nhpf.evidence.pooling import pool
from nhpf.evidence.studies import Study
from nhpf.evidence.study_tables import StudyTable

Status: TypeAlias = Literal["approved", "screened out", "on hold"]
STATUSES: tuple[Status, ...] = ("approved", "screened out", "on hold")
Good: TypeAlias = Literal["lower", "higher"]


@dataclass(frozen=True, slots=True)
class ListedStudy:
    """A study with what was decided about it; whatever is not approved has a reason."""

    study: Study
    status: Status
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse an unknown status, and a study set aside without a reason."""
        if self.status not in STATUSES:
            raise InvalidInput(
                "A study is approved, screened out or on hold.", where=self.study.name
            )
        if self.status != "approved" and not self.reason.strip():
            raise InvalidInput(
                f"A study that is {self.status} needs a reason.", where=self.study.name
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesis:
    """What is known of one outcome of an intervention.

    The method is a part of the record, so that it is chosen before a new study is seen.

    Attributes
    ----------
    intervention : str
        Permanent id, such as ``iv-hot-spots``.
    outcome : str
    measure : str
        "OR", "RR", "RD", "SMD", or "" as given.
    good : {"lower", "higher"}
        The direction of an improvement.
    source : str
        The publication, or the register, that the studies come from.
    listed : tuple of ListedStudy
        Every study that was found, also those that do not count.
    worthwhile : float or None
        The smallest difference from no effect worth having, on the pooled scale (a logarithm for
        ratios); None takes that of the measure, where it has one.
    method, hartung_knapp
        As in :func:`nhpf.evidence.pool`.

    Raises
    ------
    InvalidInput
        Not an intervention's id, an unknown measure or direction, a study of another outcome, or
        one that is listed twice without a cluster.
    """

    intervention: str
    outcome: str
    measure: str
    good: Good
    source: str
    listed: tuple[ListedStudy, ...] = ()
    worthwhile: float | None = None
    method: str = "REML"
    hartung_knapp: bool = True

    def __post_init__(self) -> None:
        """Refuse what contradicts itself."""
        measure_called(self.measure)
        if not self.intervention.startswith("iv-"):
            raise InvalidInput("A synthesis is of an intervention, whose id begins with iv-.")
        if self.good not in {"lower", "higher"}:
            raise InvalidInput("Lower or higher must be the direction of an improvement.")
        if self.worthwhile is not None and not self.worthwhile > 0:
            raise InvalidInput("The smallest difference worth having is above zero.")
        seen: dict[tuple[str, str], str] = {}
        for each in self.listed:
            _refuse_foreign(each.study, self.outcome)
            _refuse_repeat(each.study, seen)

    @property
    def measured_in(self) -> Measure:
        """The measure itself."""
        return measure_called(self.measure)

    @property
    def smallest_worthwhile(self) -> float | None:
        """The smallest difference worth having, on the pooled scale; None where nobody said."""
        return self.worthwhile if self.worthwhile is not None else self.measured_in.worthwhile

    @property
    def approved(self) -> tuple[Study, ...]:
        """The studies that count, each with the outcome named."""
        return tuple(
            replace(each.study, outcome=self.outcome)
            for each in self.listed
            if each.status == "approved"
        )

    @property
    def set_aside(self) -> tuple[ListedStudy, ...]:
        """The studies that do not count, each with its reason."""
        return tuple(each for each in self.listed if each.status != "approved")

    def pooled(self) -> PooledOutcome:
        """Pool the approved studies; errors as :func:`nhpf.evidence.pool`."""
        table = StudyTable(self.approved, self.measured_in, has_outcomes=True, files=())
        return pool(table, method=self.method, hartung_knapp=self.hartung_knapp)

    def adding(self, listed: ListedStudy) -> Synthesis:
        """Return the synthesis with one more study."""
        return replace(self, listed=(*self.listed, listed))

    def deciding(self, name: str, status: Status, reason: str = "") -> Synthesis:
        """Return the synthesis with another decision about the study of this name.

        Raises
        ------
        InvalidInput
            No study has this name, or the decision lacks its reason.
        """
        if all(each.study.name != name for each in self.listed):
            raise InvalidInput("No study of the synthesis has this name.", where=name)
        return replace(
            self,
            listed=tuple(
                ListedStudy(each.study, status, reason) if each.study.name == name else each
                for each in self.listed
            ),
        )


def _refuse_foreign(study: Study, outcome: str) -> None:
    if study.outcome not in ("", outcome):
        raise InvalidInput("The study measured another outcome.", where=study.name)


def _refuse_repeat(study: Study, seen: dict[tuple[str, str], str]) -> None:
    """Let a study stand again only as part of the cluster that it stands in already."""
    label = study.identity[0], ""
    if label in seen and not (study.cluster and seen[label]):
        raise InvalidInput(
            "The study is listed already.",
            where=study.name,
            next_step="Where it has several samples, give each its cluster.",
        )
    seen[label] = study.cluster
