"""What was found out about a practice: the labels of 2023 and today's stages, in one table.

Entries of 2023 have a label and no stage, later ones a stage and no label; forms ask for both. The
table has a row for each, so that each comes back in the words in which it was written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nhpf.errors import InvalidInput

# Each in order of caution: the one that claims least comes first.
LABELS = {
    "new": ("new or innovative", "New or innovative"),
    "failed": ("didn’t work", "Did not work"),
    "promising": ("promising", "Promising"),
    "worked": ("worked", "Worked"),
}
STAGES = {
    "untested": ("untested", "not tested"),
    "local": ("evaluated locally", "evaluated locally"),
    "independent": ("independently evaluated", "independently evaluated"),
}
# What worked says how that is known; what is new has not been tested.
IMPOSSIBLE = {("worked", "untested"), ("new", "local"), ("new", "independent")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One row: the code that is kept, the label of 2023, the stage of testing, the words shown."""

    code: str
    label: str
    stage: str
    words: str

    @property
    def is_whole(self) -> bool:
        """Whether both label and stage are known."""
        return bool(self.label and self.stage)


def _row(label: str, stage: str) -> Finding:
    said, shown = LABELS.get(label, ("", ""))
    tested, tested_shown = STAGES.get(stage, ("", "how it was tested is not stated"))
    words = f"{shown}, {tested_shown}" if shown else tested_shown.capitalize()
    return Finding("-".join(filter(None, (label, stage))), said, tested, words)


FINDINGS = tuple(
    _row(label, stage)
    for label in ("", *LABELS)
    for stage in ("", *STAGES)
    if (label or stage) and (label, stage) not in IMPOSSIBLE
)
BY_CODE = {finding.code: finding for finding in FINDINGS}
WHOLE = tuple(finding for finding in FINDINGS if finding.is_whole)


def finding_of(*, label: str = "", stage: str = "") -> Finding:
    """Return the row with this label and this stage; one of them may be empty.

    Raises
    ------
    InvalidInput
        Where no row has them, as with something that "worked" and was never tested.
    """
    asked = label.strip().casefold().replace("'", "’"), stage.strip().casefold()
    for finding in FINDINGS:
        if asked == (finding.label, finding.stage):
            return finding
    labels, stages = (", ".join(known for known, _ in table.values()) for table in (LABELS, STAGES))
    raise InvalidInput(
        "No finding has this label with this stage.",
        next_step=f"Labels are {labels}; stages are {stages}. What worked says how that is known.",
    )


def most_cautious(codes: Iterable[str]) -> str:
    """Return the finding that claims least."""
    order = [finding.code for finding in FINDINGS]
    return min(codes, key=order.index)
