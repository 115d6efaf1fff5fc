"""AUC with interval, decision curve and fairness on a million rows, beside what others take."""

from __future__ import annotations

import warnings

import numpy as np

from measuring import finish, first_calls, report, seconds
from nhpf.methods.instruments import auc, decision_curve, fairness

# dcurves and fairlearn, a million rows, two cores: recorded where they are not installed.
RECORDED = {"dcurves": 1.49, "fairlearn": 8.33}
GROUPS = np.array(["Asian", "Black", "Mixed", "Other", "White", "Not known"])


def made_up_people(people: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    chance = rng.beta(2, 8, people)
    return (
        chance,
        (rng.random(people) < chance).astype(np.int64),
        GROUPS[rng.integers(0, 6, people)],
    )


def fairlearn_time(flagged: np.ndarray, outcome: np.ndarray, group: np.ndarray) -> float | None:
    try:
        from fairlearn.metrics import MetricFrame, false_positive_rate, selection_rate
        from fairlearn.metrics import true_positive_rate as sensitivity
    except ImportError:
        return None
    metrics = {"flagged": selection_rate, "fpr": false_positive_rate, "tpr": sensitivity}

    def theirs():
        return MetricFrame(
            metrics=metrics, y_true=outcome, y_pred=flagged, sensitive_features=group
        ).by_group

    table, ours = theirs(), fairness(flagged, outcome, group)
    apart = max(abs(table["tpr"][each.group] - each.sensitivity.estimate) for each in ours.groups)
    print(f"sensitivities by group differ by at most {apart:.0e}")
    return seconds(theirs, repeats=1)


def dcurves_time(chance: np.ndarray, outcome: np.ndarray) -> float | None:
    try:
        from dcurves import dca
    except ImportError:
        return None
    import pandas as pd

    people = pd.DataFrame({"chance": chance, "outcome": outcome})

    def theirs():
        return dca(
            data=people,
            outcome="outcome",
            modelnames=["chance"],
            thresholds=np.arange(1, 100) / 100,
        )

    table = theirs()
    drawn = table[table["model"] == "chance"].sort_values("threshold")["net_benefit"].to_numpy()
    apart = np.abs(drawn - decision_curve(chance, outcome).net_benefit).max()
    print(f"net benefits differ by at most {apart:.0e}")
    return seconds(theirs, repeats=1)


def main() -> None:
    warnings.simplefilter("ignore")
    from sklearn.metrics import roc_auc_score

    chance, outcome, group = made_up_people(1_000_000)
    flagged = (chance > 0.3).astype(np.int64)
    first_calls("from nhpf.methods.instruments import auc", "auc([1, 2, 3, 4], [0, 1, 0, 1])")
    drawn = dcurves_time(chance, outcome)
    apart = abs(roc_auc_score(outcome, chance) - auc(chance, outcome).estimate)
    print(f"areas differ by {apart:.0e}")
    met = [
        report(
            "AUC with DeLong interval, 1M rows",
            ours=seconds(lambda: auc(chance, outcome)),
            peer=seconds(lambda: roc_auc_score(outcome, chance)),
            peer_name="scikit-learn, no interval",
            goal=3,
        ),
        report(
            "decision curve, 99 thresholds, 1M rows",
            ours=seconds(lambda: decision_curve(chance, outcome)),
            peer=RECORDED["dcurves"] if drawn is None else drawn,
            peer_name="dcurves, recorded" if drawn is None else "dcurves, no intervals",
            goal=20,
        ),
    ]
    measured = fairlearn_time(flagged, outcome, group)
    met.append(
        report(
            "fairness by six groups with intervals, 1M rows",
            ours=seconds(lambda: fairness(flagged, outcome, group)),
            peer=RECORDED["fairlearn"] if measured is None else measured,
            peer_name="fairlearn, recorded" if measured is None else "fairlearn, no intervals",
            goal=20,
        )
    )
    for people in (250_000, 500_000, 1_000_000):
        part = chance[:people], outcome[:people]
        taken = [
            seconds(lambda part=part: auc(*part)),
            seconds(lambda part=part: decision_curve(*part)),
            seconds(
                lambda people=people: fairness(flagged[:people], outcome[:people], group[:people])
            ),
        ]
        print(f"  {people:,} rows: " + ", ".join(f"{each:.3f} s" for each in taken))
    finish(*met)


if __name__ == "__main__":
    main()
