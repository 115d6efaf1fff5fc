"""Match probabilities of pairs of events, by Splink's model of Fellegi and Sunter.

How often pairs that are no match agree is not guessed: it is counted on pairs that cannot be one
event, police events against hospital events two weeks on. How often true matches agree, and how
many there are, is estimated by expectation and maximisation (EM) on the pairs one day apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nhpf.errors import CannotTell, InvalidInput, NhpfError
from nhpf.records.linkage.comparing import ASPECTS, BLOCKING, COLUMNS, Aspect

if TYPE_CHECKING:
    import duckdb

FEWEST_APART = 1000
MOST_PAIRS = 30_000_000
LEAST_PROBABILITY = 0.001
ITERATIONS = 100


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs, the likeliest first; one value a pair in each array.

    Attributes
    ----------
    police, hospital : ndarray of int
        Row numbers in the two files, from 1.
    probability : ndarray
        Probability that both rows record one event; at least 0.001.
    """

    police: np.ndarray
    hospital: np.ndarray
    probability: np.ndarray


@dataclass(frozen=True, slots=True)
class Matched:
    """Candidate pairs, and the pairs that the same model sees where there can be none.

    Attributes
    ----------
    pairs, apart : Pairs
        Real candidates, and those of hospital events moved two weeks.
    scale : float
        Pairs compared over pairs compared two weeks apart.
    """

    pairs: Pairs
    apart: Pairs
    scale: float


def match(con: duckdb.DuckDBPyConnection) -> Matched:
    """Give each pair of ``police_event`` and ``hospital_event`` its match probability.

    Only pairs in one force area and within a day are compared. The same tables give the same
    probabilities to the last digit.

    Raises
    ------
    NhpfError
        If Splink is not installed.
    InvalidInput
        If there are more pairs than one run may compare.
    CannotTell
        If too few events lie within a day of each other, or no match stands out from chance.
    """
    splink = _splink()
    con.execute((Path(__file__).parent / "hospital_apart.sql").read_text("utf-8"))
    compared = _compared(con)
    apart, frequencies = _frequencies(con)
    api = splink.DuckDBAPI(connection=con)
    police = api.register("police_event", dataset_display_name="police")
    near = api.register("hospital_event", dataset_display_name="hospital")
    far = api.register("hospital_apart", dataset_display_name="hospital_apart")
    linker = splink.Linker([near, police], _settings(splink, frequencies), log_level=None)
    _train(linker)
    trained = linker.misc.save_model_to_json()
    check = splink.Linker([far, police], trained, log_level=None)
    return Matched(_pairs(con, linker), _pairs(con, check), compared / apart)


def _splink() -> Any:
    try:
        import splink
    except ModuleNotFoundError:
        raise NhpfError(
            "Linkage needs Splink, which is not installed.",
            next_step="Install it with: pip install 'nhpf[linkage]'",
        ) from None
    return splink


def _compared(con: duckdb.DuckDBPyConnection) -> int:
    rows = con.execute(
        f"select count(*) from hospital_event l join police_event r on {BLOCKING}"
    ).fetchall()
    compared = int(rows[0][0])
    if compared > MOST_PAIRS:
        raise InvalidInput(
            f"There are {compared:,} pairs to compare; one run may compare {MOST_PAIRS:,}.",
            next_step="Link a shorter period at a time, or only the violent offences.",
        )
    return compared


def _frequencies(con: duckdb.DuckDBPyConnection) -> tuple[int, dict[str, np.ndarray]]:
    """Count pairs two weeks apart, and how often they agree at each level of each aspect."""
    sides = ", ".join(f"l.{name} as {name}_l, r.{name} as {name}_r" for name in COLUMNS)
    counts = ", ".join(
        f"count(*) filter (({aspect.case()}) = {n})"
        for aspect in ASPECTS
        for n in range(len(aspect.levels))
    )
    found = con.execute(
        f"with pair as (select {sides} from hospital_apart l join police_event r on {BLOCKING})"
        f" select count(*), {counts} from pair"
    ).fetchall()
    apart, *rest = (int(each) for each in found[0])
    if apart < FEWEST_APART:
        raise CannotTell(
            "The files hold too few events near each other to learn how chance looks.",
            next_step="Give at least two months of both, for the same area.",
        )
    frequencies = {}
    for aspect in ASPECTS:
        own, rest = rest[: len(aspect.levels)], rest[len(aspect.levels) :]
        # Half a pair more than counted, so that a level that was never met is not impossible.
        held = np.array(own) + 0.5
        frequencies[aspect.name] = held / held.sum()
    return apart, frequencies


def _settings(splink: Any, frequencies: dict[str, np.ndarray]) -> Any:
    return splink.SettingsCreator(
        link_type="link_only",
        comparisons=[_comparison(aspect, frequencies[aspect.name]) for aspect in ASPECTS],
        blocking_rules_to_generate_predictions=[BLOCKING],
        probability_two_random_records_match=LEAST_PROBABILITY,
        max_iterations=ITERATIONS,
    )


def _comparison(aspect: Aspect, frequencies: np.ndarray) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": aspect.unknown, "label_for_charts": "not known", "is_null_level": True}
    ]
    for level, by_chance in zip(aspect.levels, frequencies, strict=True):
        levels.append(
            {
                "sql_condition": level.sql or "ELSE",
                "label_for_charts": level.words,
                "m_probability": level.among_matches,
                "u_probability": float(by_chance),
            }
        )
    return {"output_column_name": aspect.name, "comparison_levels": levels}


def _train(linker: Any) -> None:
    try:
        linker.training.estimate_parameters_using_expectation_maximisation(
            BLOCKING,
            estimate_without_term_frequencies=True,
            populate_probability_two_random_records_match_from_trained_values=True,
        )
    except ValueError:
        # Splink refuses a level's probability that runs to nothing: no class of matches is there.
        raise CannotTell("No match between the two files stands out from chance.") from None


def _pairs(con: duckdb.DuckDBPyConnection, linker: Any) -> Pairs:
    found = linker.inference.predict(threshold_match_probability=LEAST_PROBABILITY)
    rows = con.execute(
        "select unique_id_l as hospital, unique_id_r as police, match_probability as probability"
        f" from {found.physical_name}"
        " order by round(match_probability, 9) desc, unique_id_r, unique_id_l"
    ).fetchnumpy()
    return Pairs(rows["police"], rows["hospital"], rows["probability"])
