"""One row of a study table made into a study; what is wrong is said with its column, unquoted."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nhpf.errors import DamagedData, InvalidInput, PersonalData
from nhpf.evidence.measures import Measure, measure_called
from nhpf.evidence.studies import Counts, Effect, Study, effect_of_counts, effect_of_means
from nhpf.records.importing.screening import personal_value

BLANK = frozenset({"", "NA"})
LONGEST_TEXT = 200
LARGEST = 1e12
LARGEST_LOG_RATIO = 50.0
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")

TEXTS = ("outcome", "country", "cluster")
KNOWN = ("study", "year", *TEXTS)
COUNTS = ("events_treatment", "n_treatment", "events_control", "n_control")
MEANS = (
    "mean_treatment", "sd_treatment", "n_treatment", "mean_control", "sd_control", "n_control",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A way to give an effect: the columns that it needs and the measures that they can bear."""

    columns: tuple[str, ...]
    measures: tuple[str, ...]


FORMS = (
    Form(("effect", "variance"), ("", "OR", "RR", "RD", "SMD")),
    Form(("effect", "se"), ("", "OR", "RR", "RD", "SMD")),
    Form(COUNTS, ("OR", "RR", "RD")),
    Form(MEANS, ("SMD",)),
)
NUMBERS = tuple(dict.fromkeys(column for form in FORMS for column in form.columns))


def measure_of(form: Form, stated: str | None) -> Measure:
    """Return the measure that was stated, or the first that the form can bear.

    Raises
    ------
    InvalidInput
        The columns cannot give the measure.
    """
    measure = measure_called(form.measures[0] if stated is None else stated)
    if measure.code not in form.measures:
        raise InvalidInput(
            f"The {measure.name} cannot be computed from {', '.join(form.columns)}.",
            next_step=f"Use one of {', '.join(each for each in form.measures if each)}.",
        )
    return measure


def study_of(
    cells: Mapping[str, str], form: Form, measure: Measure, *, file: str, row: int
) -> Study:
    """Return the study of one row.

    Parameters
    ----------
    cells : mapping of str to str
        Trimmed texts by column: those of the form and of ``KNOWN``; any other is a moderator.
    form : Form
    measure : Measure
    file : str
    row : int
        To be named with the column where a cell is wrong.

    Raises
    ------
    DamagedData
        A cell that is blank and may not be, or that holds what it cannot.
    PersonalData
        A cell that points to a person.
    """
    held = _Row(cells, f"{file}, row {row}")
    texts = {name: held.text(name, needed=name == "outcome") for name in TEXTS if name in cells}
    others = [name for name in cells if name not in (*KNOWN, *form.columns)]
    counts = held.counts() if form.columns == COUNTS else None
    return Study(
        study=held.text("study", needed=True, may_name=True),
        effect=effect_of_counts(counts, measure.code) if counts else _effect(held, form, measure),
        year=held.year(),
        counts=counts,
        moderators={name: held.text(name) for name in others},
        given={name: float(cells[name]) for name in form.columns},
        row=row,
        **texts,
    )


def _effect(row: _Row, form: Form, measure: Measure) -> Effect:
    if form.columns == MEANS:
        return effect_of_means(*(row.of_group(name) for name in MEANS))
    most = LARGEST_LOG_RATIO if measure.ratio else LARGEST
    hint = "; a ratio is given as its logarithm" if measure.ratio else ""
    effect = row.number(
        "effect", lambda x: abs(x) <= most, f"is outside -{most:g} to {most:g}{hint}"
    )
    if "se" in form.columns:
        least = f"must be above zero, {1 / math.sqrt(LARGEST):g} or more"
        se = row.number("se", lambda x: 1 / LARGEST <= x**2 <= LARGEST and x > 0, least)
        return Effect(effect, se**2)
    least = f"must be above zero, {1 / LARGEST:g} or more"
    return Effect(effect, row.number("variance", lambda x: 1 / LARGEST <= x <= LARGEST, least))


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Mapping[str, str]
    where: str

    def wrong(self, column: str, what: str) -> DamagedData:
        return DamagedData(f"A cell {what}.", where=f"{self.where}, column {column}")

    def number(self, column: str, fits: Callable[[float], bool], otherwise: str) -> float:
        """Return a finite number that fits."""
        text = self.cells[column]
        if text in BLANK:
            raise self.wrong(column, "is blank, and may not be")
        if not NUMBER.fullmatch(text):
            raise self.wrong(column, "is not a number; decimals follow a point")
        value = float(text)
        if not math.isfinite(value) or not fits(value):
            raise self.wrong(column, otherwise)
        return value

    def whole(self, column: str, least: int) -> float:
        """Return a whole number that is not below the least."""
        return self.number(
            column,
            lambda x: least <= x <= LARGEST and x == math.floor(x),
            f"is not a whole number of {least} or more",
        )

    def counts(self) -> Counts:
        events_1, n_1, events_2, n_2 = (
            self.whole(name, least=int(name.startswith("n_"))) for name in COUNTS
        )
        for column, events, people in (
            ("events_treatment", events_1, n_1),
            ("events_control", events_2, n_2),
        ):
            if events > people:
                raise self.wrong(column, "holds more events than the group has people")
        return Counts(events_1, n_1, events_2, n_2)

    def of_group(self, column: str) -> float:
        """Return a mean, a standard deviation above zero, or a size of two or more."""
        if column.startswith("n_"):
            return self.whole(column, least=2)
        if column.startswith("sd_"):
            least = f"must be above zero, {1 / LARGEST:g} or more"
            return self.number(column, lambda x: 1 / LARGEST <= x <= LARGEST, least)
        bounds = f"is outside -{LARGEST:g} to {LARGEST:g}"
        return self.number(column, lambda x: abs(x) <= LARGEST, bounds)

    def year(self) -> int | None:
        text = self.cells.get("year", "")
        if text in BLANK:
            return None
        if not re.fullmatch(r"(1[89]|20)\d\d", text, re.ASCII):
            raise self.wrong("year", "is not a year")
        return int(text)

    def text(self, column: str, *, needed: bool = False, may_name: bool = False) -> str:
        """Return a text that can be shown anywhere and points to no victim or suspect.

        A study's label is the name of its authors, so a name may stand in it, and nothing else
        that a person has.
        """
        text = self.cells[column]
        if text in BLANK:
            if needed:
                raise self.wrong(column, "is blank, and may not be")
            return ""
        if len(text) > LONGEST_TEXT or not text.isprintable() or text[0] in "=+@":
            raise self.wrong(
                column,
                f"is longer than {LONGEST_TEXT} characters, begins like a formula, or has a "
                "character that cannot be seen",
            )
        personal = personal_value(text)
        if personal and not (may_name and personal.startswith("a name")):
            raise PersonalData(
                f"A cell holds {personal}.",
                where=f"{self.where}, column {column}",
                next_step="Take it out: a study table names publications, never people in them.",
            )
        return text
