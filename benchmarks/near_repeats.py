"""Knox's test with 99 permutations of 5,000 events, beside pointpats; ours also at 20,000 x 999."""

from __future__ import annotations

import warnings

import numpy as np

from measuring import finish, first_calls, report, seconds
from nhpf.methods.near_repeat import knox


def made_up_events(events: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    return *(rng.random((2, events)) * 20_000), rng.integers(0, 730, events).astype(float)


def main() -> None:
    warnings.simplefilter("ignore")
    from pointpats import Knox

    first_calls(
        "from nhpf.methods.near_repeat import knox",
        "knox([1, 1, 9], [1, 1, 9], [1, 2, 9], distances=[1], intervals=[1], rng=1)",
    )
    x, y, t = made_up_events(5_000)
    places, times = np.column_stack([x, y]), t[:, None]

    def ours():
        return knox(x, y, t, distances=[400], intervals=[14], permutations=99, rng=1)

    def theirs():
        return Knox(places, times, delta=400, tau=14, permutations=99)

    assert theirs().statistic_ == ours().observed[0, 0]
    print(f"both count {ours().observed[0, 0]:,} near pairs")
    met = report(
        "Knox, 5,000 events, 99",
        ours=seconds(ours),
        peer=seconds(theirs, repeats=1),
        peer_name="pointpats",
        goal=100,
    )
    for events in (5_000, 10_000, 20_000):
        larger = made_up_events(events)
        bands = {"distances": [200, 400], "intervals": [7, 14], "permutations": 999, "rng": 1}
        taken = seconds(lambda larger=larger, bands=bands: knox(*larger, **bands), repeats=1)
        print(f"  {events:,} events, four bands, 999: {taken:.2f} s")
    finish(met)


if __name__ == "__main__":
    main()
