"""What a synthesis accepts: effects and variances, one pair for each study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray, IntArray

Method: TypeAlias = Literal["EE", "DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM"]

METHOD_NAMES: dict[str, str] = {
    "EE": "equal effects, inverse variance",
    "DL": "random effects, DerSimonian-Laird",
    "HE": "random effects, Hedges",
    "HS": "random effects, Hunter-Schmidt",
    "SJ": "random effects, Sidik-Jonkman",
    "ML": "random effects, maximum likelihood",
    "REML": "random effects, restricted maximum likelihood",
    "EB": "random effects, empirical Bayes",
    "PM": "random effects, Paule-Mandel",
}


def known_method(method: str) -> Method:
    """Return the method if there is one of this name."""
    for name in get_args(Method):
        if name == method:
            return name  # type: ignore[no-any-return]
    raise InvalidInput(
        f"There is no method of synthesis called {method}.",
        next_step=f"Use one of {', '.join(METHOD_NAMES)}.",
    )


AS_GOOD_AS_THEY = (
    "A synthesis is as good as its studies: faults of theirs, and studies that were never "
    "published, are not in the interval."
)


def described(method: Method, *, hartung_knapp: bool) -> str:
    """Return the method's name as a statistician would write it."""
    return METHOD_NAMES[method] + (", Hartung-Knapp interval" if hartung_knapp else "")


def effects_and_variances(
    effects: npt.ArrayLike, variances: npt.ArrayLike, *, least: int
) -> tuple[FloatArray, FloatArray]:
    """Return checked effects and variances of at least so many studies.

    Raises
    ------
    InvalidInput
        NaN, unlike lengths, a variance of zero or below.
    CannotTell
        Fewer studies than the statistic needs.
    """
    y = inputs.finite_array(effects, name="effects")
    v = inputs.positive_array(variances, name="variances")
    inputs.same_length(effects=y, variances=v)
    if y.size < least:
        raise CannotTell(
            f"This needs at least {least} studies; there {_are(y.size)}.",
            next_step="Show each study with its own interval.",
        )
    return y, v


def _are(count: int) -> str:
    return "is one" if count == 1 else f"are {count}"


def design_matrix(
    moderators: npt.ArrayLike, *, studies: int, names: Sequence[str] | None
) -> tuple[FloatArray, tuple[str, ...]]:
    """Return the moderators with a leading column of ones, and a name for each column.

    Raises
    ------
    InvalidInput
        NaN, a number of rows or names that does not fit, a name given twice.
    CannotTell
        Moderators that do not vary or repeat each other.
    """
    columns = inputs.numbers(moderators, name="moderators")
    columns = columns[:, None] if columns.ndim == 1 else columns
    if columns.ndim != 2 or columns.shape[0] != studies or columns.shape[1] == 0:
        raise InvalidInput("The moderators need one row for each study and at least one column.")
    if not np.isfinite(columns).all():
        raise InvalidInput("The moderators hold missing or infinite numbers.")
    labels = (
        tuple(names)
        if names is not None
        else tuple(f"moderator {j + 1}" for j in range(columns.shape[1]))
    )
    if len(labels) != columns.shape[1] or len(set(labels)) != len(labels):
        raise InvalidInput("Give each moderator one name of its own.")
    _refuse_confounded(columns)
    return np.column_stack([np.ones(studies), columns]), ("intercept", *labels)


def _refuse_confounded(columns: FloatArray) -> None:
    # Centred and scaled, so that a year and a share are judged alike.
    centred = columns - columns.mean(axis=0)
    size = np.abs(centred).max(axis=0)
    still = size <= 1e-12 * np.maximum(np.abs(columns).max(axis=0), 1e-300)
    if still.any() or np.linalg.matrix_rank(centred / size, tol=1e-9) < columns.shape[1]:
        raise CannotTell(
            "A moderator does not vary between the studies, or repeats the others.",
            next_step="Leave it out.",
        )


def cluster_numbers(cluster: npt.ArrayLike, *, studies: int) -> tuple[IntArray, int]:
    """Return the clusters numbered from 0, and how many there are.

    Raises
    ------
    InvalidInput
        Not one label for each effect, or a label that is missing.
    CannotTell
        Fewer than two clusters.
    """
    labels = np.asarray(cluster)
    if labels.ndim != 1 or labels.size != studies:
        raise InvalidInput("Give one cluster for each effect.")
    if labels.dtype.kind == "O" or (labels.dtype.kind == "f" and not np.isfinite(labels).all()):
        raise InvalidInput("The clusters must be labels or numbers, none missing.")
    found, numbers = np.unique(labels, return_inverse=True)
    if found.size < 2:
        raise CannotTell("All effects come from one cluster, so its spread cannot be known.")
    return np.asarray(numbers, dtype=np.int64), int(found.size)
