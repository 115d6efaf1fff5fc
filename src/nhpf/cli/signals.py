"""``nhpf signals``: what of all that is watched deserves a look this month."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhpf.cli.waiting import waiting
from nhpf.errors import InvalidInput

if TYPE_CHECKING:
    from nhpf.signals import Bulletin, Signal

Area = Annotated[
    str | None,
    typer.Argument(
        help="A force or a local authority by code or name; all forces where left out.",
        show_default=False,
    ),
]
Months = Annotated[int, typer.Option("--months", min=1, help="How many months, the latest first.")]
Wards = Annotated[
    bool, typer.Option("--wards", help="Look for live clusters among London's wards instead.")
]
Backtest = Annotated[
    bool, typer.Option("--backtest", help="Say how the detectors did on past and seeded series.")
]
Runs = Annotated[int, typer.Option("--runs", min=20, help="Seeded series in the backtest.")]
Seed = Annotated[int, typer.Option("--seed", help="Seed of the backtest or of the scan.")]
Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


def signals(
    area: Area = None,
    months: Months = 1,
    wards: Wards = False,
    backtest: Backtest = False,
    runs: Runs = 200,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """Say which indicators were higher than their past explains, and what was held back."""
    if area is not None and (backtest or wards):
        what = "The backtest is of all that is watched" if backtest else "The wards are London's"
        raise InvalidInput(f"{what}: leave out the area.")
    if backtest:
        _backtest(runs=runs, seed=seed, as_json=as_json)
        return
    if wards:
        _wards(seed=seed, as_json=as_json)
        return
    found = _bulletins(area, months=months)
    if as_json:
        import json

        typer.echo(json.dumps([_as_json(each) for each in found], indent=2, ensure_ascii=False))
        return
    if area is None:
        typer.echo("Forces of which the release holds a past; name an area for another.\n")
    for each in found:
        _print(each)


def _bulletins(area: str | None, *, months: int) -> list[Bulletin]:
    from nhpf.records import areas, find_area, open_release
    from nhpf.signals import bulletins, watch

    with waiting("Watching every series of the release"):
        release = open_release()
        everywhere = areas(release)
        watched = watch(everywhere, release=release)
        held = {each.series.area.code for each in watched.watches}
        wanted = (
            [each for each in everywhere if each.kind == "force" and each.code in held]
            if area is None
            else [find_area(area, release)]
        )
        return [
            bulletin
            for each in wanted
            for bulletin in bulletins(each, watched, release=release.id, latest=months)
        ]


def _as_json(bulletin: Bulletin) -> dict[str, Any]:
    from nhpf.reports.dates import MONTHS

    month = bulletin.month
    return {
        "area": bulletin.area_code,
        "name": bulletin.area_name,
        "month": f"{month:%Y-%m}",
        "says": f"{MONTHS[month.month - 1]} {month.year}: {bulletin.sentence}",
        "audience": bulletin.audience,
        "release": bulletin.release,
        "watched": bulletin.watched,
        "signals": [_signal(each) for each in bulletin.signals],
        "held_back": [asdict(each) for each in bulletin.held_back],
        "not_watched": [asdict(each) for each in bulletin.unwatched],
    }


def _signal(signal: Signal) -> dict[str, Any]:
    ratio = signal.ratio
    return {
        "id": signal.id,
        "says": signal.sentence,
        "area": signal.area_code,
        "indicator": signal.indicator,
        "period": signal.period,
        "detector": signal.detector,
        "because": signal.because,
        "method": signal.method,
        "observed": signal.observed.as_json(),
        "expected": round(signal.expected, 2),
        "limit": signal.limit,
        "p": signal.p,
        "p_adjusted": signal.p_adjusted,
        "periods_between_false_alarms": signal.run,
        "ratio": None if ratio is None else [ratio.estimate, ratio.low, ratio.high],
        "periods_until_a_rise_of_a_half_is_found": signal.delay,
        "check": [asdict(each) for each in signal.checks],
        "caveats": list(signal.caveats),
        "sources": [asdict(each) for each in signal.provenance],
    }


def _print(bulletin: Bulletin) -> None:
    from nhpf.cli.tables import print_rows
    from nhpf.reports.dates import MONTHS
    from nhpf.reports.numerals import number

    month = bulletin.month
    typer.echo(f"{bulletin.area_name}, {MONTHS[month.month - 1]} {month.year}")
    typer.echo(bulletin.sentence)
    for each in bulletin.signals:
        typer.echo(f"\n{each.sentence}\n  {each.figure.reading}")
        for check in each.checks:
            typer.echo(f"  [ ] {check.question} {check.known}")
    if bulletin.held_back:
        typer.echo("")
        rows = [
            {"where": each.area_name, "what": each.title, "p": number(each.p), "why": each.reason}
            for each in bulletin.held_back
        ]
        print_rows(rows, title="Above their limit and held back", as_json=False)
    typer.echo("")


def _backtest(*, runs: int, seed: int, as_json: bool) -> None:
    from nhpf.cli.tables import print_rows
    from nhpf.records import areas, open_release
    from nhpf.signals import watchable
    from nhpf.signals.backtest import backtest

    with waiting("Running the detectors over past and seeded series"):
        release = open_release()
        held, _ = watchable(areas(release), release=release)
        found = backtest(held, runs=runs, rng=seed)
    if as_json:
        import json

        typer.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False))
        return
    for title, rows in found.tables():
        print_rows(rows, title=title, as_json=False)
        typer.echo("")
    for caveat in found.caveats:
        typer.echo(f"Note: {caveat}")


def _wards(*, seed: int, as_json: bool) -> None:
    from nhpf.cli.tables import print_rows
    from nhpf.records import open_release
    from nhpf.reports.numerals import number
    from nhpf.reports.words import cell
    from nhpf.signals import scan_wards

    with waiting("Scanning the wards of London"):
        found = scan_wards(open_release(), rng=seed)
    rows = [
        {
            "what": each.title,
            "when": each.period,
            "wards": ", ".join(each.wards),
            "recorded": cell(each.observed, "count"),
            "expected": number(each.expected, 0),
            "months_between_such_by_chance": number(each.recurrence, 0),
        }
        for each in found.shown
    ]
    if not rows and not as_json:
        typer.echo(f"No live cluster. {len(found.scanned)} kinds of harm were scanned.")
        return
    print_rows(rows, title="Busier of late than their own past explains", as_json=as_json)
