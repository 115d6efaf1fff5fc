"""What new studies changed in a synthesis."""

from __future__ import annotations

from dataclasses import dataclass

from nhpf.errors import InvalidInput
from nhpf.evidence.pooled import PooledOutcome
from nhpf.numerics.estimates import in_words, percent


@dataclass(frozen=True, slots=True)
class Change:
    """A pooled outcome before and after, and what differs.

    Attributes
    ----------
    before, after : PooledOutcome
    added, removed : tuple of str
        Names of the studies that only one of them holds.
    """

    before: PooledOutcome
    after: PooledOutcome
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def conclusion_changed(self) -> bool:
        """Whether it could be told from chance on one side of the change alone."""
        return self.before.told_from_chance != self.after.told_from_chance

    @property
    def direction_changed(self) -> bool:
        """Whether the pooled effect lies on the other side of no effect."""
        no_effect = self.after.measure.no_effect
        return (self.before.surest.estimate - no_effect) * (
            self.after.surest.estimate - no_effect
        ) < 0

    def sentences(self) -> tuple[str, ...]:
        """Return what changed: the estimate, its interval, heterogeneity, the conclusion."""
        before, after = self.before.surest, self.after.surest
        return (
            f"The {self.after.measure.name} was {in_words(before.estimate)} "
            f"({before.interval_in_words()}; {len(self.before.studies)} studies) and is "
            f"{in_words(after.estimate)} ({after.interval_in_words()}; "
            f"{len(self.after.studies)} studies).",
            f"The interval is {_wider(self._width(self.before), self._width(self.after))}.",
            f"{percent(self.before.i2)} of the variation between studies was not chance; now it "
            f"is {percent(self.after.i2)}.",
            self._conclusion(),
        )

    def __str__(self) -> str:
        """Return the sentences, one a line."""
        return "\n".join(self.sentences())

    def _width(self, pooled: PooledOutcome) -> float:
        """Return the width on the pooled scale, on which ratios below and above one are alike."""
        surest, measure = pooled.surest, pooled.measure
        return measure.pooled(surest.high) - measure.pooled(surest.low)

    def _conclusion(self) -> str:
        now = "can" if self.after.told_from_chance else "cannot"
        if self.conclusion_changed:
            then = "could not" if self.after.told_from_chance else "could"
            return f"The conclusion changed: it {then} be told from chance, and now it {now}."
        turned = ", but lies on the other side of no effect" if self.direction_changed else ""
        return f"The conclusion is the same: it {now} be told from chance{turned}."


def change(before: PooledOutcome, after: PooledOutcome) -> Change:
    """Compare a pooled outcome with itself after studies were added or taken out.

    Raises
    ------
    InvalidInput
        They are of different outcomes or measures.
    """
    if (before.outcome, before.measure) != (after.outcome, after.measure):
        raise InvalidInput("Before and after must be of one outcome and one measure.")
    names = [[study.name for study in each.studies] for each in (before, after)]
    return Change(
        before,
        after,
        added=tuple(name for name in names[1] if name not in names[0]),
        removed=tuple(name for name in names[0] if name not in names[1]),
    )


def _wider(before: float, after: float) -> str:
    if abs(after - before) < 0.005 * before:
        return "as wide as before"
    return f"{percent(abs(after / before - 1))} {'wider' if after > before else 'narrower'}"
