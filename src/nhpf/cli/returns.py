"""``nhpf returns``: forces make sealed aggregates; the nation adds them up."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhpf.cli.tables import print_rows
from nhpf.cli.waiting import waiting
from nhpf.errors import InvalidInput

if TYPE_CHECKING:
    from nhpf.records.returns import Bundle

returns = typer.Typer(
    help="Returns: sealed aggregates of forces, added up to national tables.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Register = Annotated[
    Path | None,
    typer.Option(help="The register of public keys; returns/register.toml in the data folder."),
]
Force = Annotated[str, typer.Option(help="The force, by code or name.")]
Key = Annotated[Path, typer.Option(help="The private key that 'nhpf returns keys' wrote.")]
MOST_IN_LINE = 3
NO_REGISTER = "not known: there is no register here to look the signer up in"
PeriodText = Annotated[str, typer.Option(help="2024, 2024/25, or 2022/23 to 2024/25.")]


@returns.command()
def keys(
    force: Force,
    out: Annotated[Path, typer.Option("-o", "--out", help="The private key's new file.")],
    as_json: Json = False,
) -> None:
    """Make a key pair: write the private key, print the public one's entry for the register.

    NHPF_RETURNS_PASSPHRASE, if it is set, locks the private key.
    """
    from nhpf.records.returns import make_key, register_entry

    code = _force(force)
    public = make_key(out)
    if as_json:
        _echo({"private_key": str(out), "force": code, "public": public})
        return
    typer.echo(register_entry(code, public), nl=False)


@returns.command()
def make(
    *,
    force: Force,
    period: PeriodText,
    key: Key,
    sequence: Annotated[
        int, typer.Option(help="1 for a period's first return, higher for each correction.")
    ] = 1,
    issued: Annotated[
        str, typer.Option(help="When it is issued, such as 2025-05-01T09:00:00+00:00; now.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The file; named by force and period.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a return that is there.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Count the current release's homicide cases into a sealed return."""
    from nhpf.cli.writing import write_whole
    from nhpf.records import open_release
    from nhpf.records.returns import load_key, make_from_release, period_of, verify

    wanted, code, private = period_of(period), _force(force), load_key(key)
    path = out or Path(f"OFFICIAL-SENSITIVE_return_{code}_{wanted}_{sequence}.jsonl")
    if path.exists() and not replace:
        raise InvalidInput(
            "There is a file of this name already.",
            where=str(path),
            next_step="A correction has a higher --sequence; --replace writes over the file.",
        )
    with waiting("Counting the cases"):
        data = make_from_release(
            open_release(),
            force=code,
            period=wanted,
            key=private,
            sequence=sequence,
            issued=_time(issued),
        )
    write_whole(path, data.decode())
    _say_made(path, verify(data).bundle, as_json=as_json)


def _say_made(path: Path, bundle: Bundle, *, as_json: bool) -> None:
    from nhpf.records.returns import period_of

    about, by_year = bundle.about, bundle.counts["victims_by_year"]
    victims = 0 if isinstance(by_year, str) else sum(by_year.values())
    rejected = about.get("rows_rejected", 0)
    if as_json:
        said = {name: about[name] for name in ("force", "period", "sequence", "synthetic")}
        _echo({"file": str(path), **said, "victims": victims, "rows_rejected": rejected})
        return
    words = f"return {about['sequence']} of {about['force']} for {period_of(about['period']).words}"
    made_up = ", SYNTHETIC" * about["synthetic"]
    typer.echo(f"{path}: {words}{made_up}, {_number(victims, 'victim')} counted.")
    if rejected:
        typer.echo(
            f"{_number(rejected, 'row')} rejected when the cases were imported: in no count;"
            " the return says so."
        )


@returns.command()
def verify(
    file: Annotated[Path, typer.Argument(help="The return.")],
    register: Register = None,
    key: Annotated[
        Path | None, typer.Option(help="The force's own key: says which release it was made from.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say whether anything in a return was changed, and if so, which part."""
    from nhpf.records.returns import read_register, read_return

    place = register or _register_place()
    found = read_return(file)
    known = read_register(place) if register or place.is_file() else None
    about = found.bundle.about
    row: dict[str, Any] = {
        "file": file.name,
        "seal": "intact",
        "changed": "nothing",
        "force": about["force"],
        "period": about["period"],
        "sequence": about["sequence"],
        "issued": about["issued"],
        "key_registered_for": NO_REGISTER if known is None else known.get(found.public, "no force"),
        "synthetic": about["synthetic"],
        "rows_rejected_at_import": about.get("rows_rejected", 0),
    }
    if key is not None:
        row["made_from_release"] = _made_from(found.bundle, key)
    if as_json:
        _echo(row)
        return
    for name, value in row.items():
        typer.echo(f"{name.replace('_', ' ').capitalize()}: {_word(value)}")


@returns.command()
def accept(
    files: Annotated[list[Path], typer.Argument(help="The returns: all are accepted, or none.")],
    register: Register = None,
    as_json: Json = False,
) -> None:
    """Add returns up to the national release; say what became of each, and who is missing."""
    from dataclasses import asdict

    from nhpf.records.returns import accept as take
    from nhpf.records.returns import read_register

    known = read_register(register or _register_place())
    with waiting("Accepting the returns"):
        done = take(files, register=known, forces=_forces())
    states = [_state(period) for period in sorted({each.period for each in done})]
    if as_json:
        _echo({"returns": [asdict(each) for each in done], "national": states})
        return
    print_rows([asdict(each) for each in done], title="Returns", as_json=False)
    _say(states)


@returns.command()
def close(
    period: Annotated[str, typer.Argument(help="2024, 2024/25, or 2022/23 to 2024/25.")],
    without: Annotated[
        list[str] | None, typer.Option(help="The codes of forces that are missing, commas between.")
    ] = None,
    without_missing: Annotated[
        bool, typer.Option("--without-missing", help="Close without all that are missing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Close a period: no return of it is accepted from then on, and it may be published."""
    from nhpf.records.returns import close_period, ledger_of, period_of

    wanted = str(period_of(period))
    codes = [code.strip() for text in without or () for code in text.split(",")]
    if without_missing:
        codes = list(ledger_of().missing(wanted))
    state = _state(str(close_period(wanted, without=codes).period))
    if as_json:
        _echo(state)
        return
    _say([state])


@returns.command()
def national(
    period: Annotated[str, typer.Argument(help="A period; without it, all are listed.")] = "",
    audience: Annotated[str, typer.Option(help="public or restricted")] = "public",
    as_json: Json = False,
) -> None:
    """Show the national tables of a period, or which periods there are."""
    from nhpf.records.returns import ledger_of, period_of

    if not period:
        states = [_state(each) for each in ledger_of().periods]
        listed = states if as_json else [_short(each) for each in states]
        print_rows(listed, title="National returns", as_json=as_json)
        return
    said = _tables(str(period_of(period)), audience)
    if as_json:
        _echo(said)
        return
    typer.echo(f"{said['marking']}\nHomicide victims, {said['period_in_words']}")
    _say_words(" ".join(said["says"]), [each["name"] for each in said["missing"]])
    for name, cells in said["tables"].items():
        print_rows([_row(cell) for cell in cells], title=name.replace("_", " "), as_json=False)


def _tables(period: str, audience: str) -> dict[str, Any]:
    from nhpf.records.returns import national as add_up
    from nhpf.records.returns import published

    if audience == "public":
        return published(period)
    return add_up(period, audience=audience).as_json()  # type: ignore[arg-type]


def _row(cell: dict[str, Any]) -> dict[str, Any]:
    labels = {k: v for k, v in cell.items() if k not in {"value", "withheld", "reason", "complete"}}
    shown = cell["reason"] if cell["withheld"] else f"{cell['value']:,.0f}"
    return labels | {"victims": shown if cell["complete"] else f"{shown} (incomplete)"}


def _state(period: str) -> dict[str, Any]:
    """Return what a reader must know of a period before its figures."""
    from nhpf.records.returns import published

    said = published(period)
    return {
        "period": period,
        "status": said["status"],
        "complete": said["complete"],
        "forces_counted": said["forces_counted"],
        "victims": said["victims"]["value"],
        "missing": "; ".join(f"{each['code']} {each['name']}" for each in said["missing"]),
        "says": " ".join(said["says"]),
    }


def _short(state: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in state.items() if name not in ("missing", "says")}
    return kept | {"complete": _word(state["complete"])}


def _say(states: Iterable[dict[str, Any]]) -> None:
    for state in states:
        typer.echo(
            f"{state['period']}: {state['status']}, {_number(state['forces_counted'], 'force')},"
            f" {_number(state['victims'], 'victim')}."
        )
        names = [each.partition(" ")[2] for each in state["missing"].split("; ") if each]
        _say_words(state["says"], names)


def _say_words(text: str, missing: list[str]) -> None:
    """Print what goes with the figures; forces that are missing one a line, if they are many."""
    if len(missing) > MOST_IN_LINE:
        text = text.replace(f" ({', '.join(missing)})", "")
    typer.echo(text)
    for name in missing if len(missing) > MOST_IN_LINE else ():
        typer.echo(f"  missing: {name}")


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _word(value: Any) -> Any:
    return ("no", "yes")[value] if isinstance(value, bool) else value


def _echo(thing: Any) -> None:
    import json

    typer.echo(json.dumps(thing, indent=2, ensure_ascii=False))


def _register_place() -> Path:
    from nhpf.records.store import data_root

    return data_root() / "returns" / "register.toml"


def _forces() -> dict[str, str]:
    from nhpf.records import areas, open_release

    return {area.code: area.name for area in areas(open_release(), "force")}


def _force(text: str) -> str:
    from nhpf.errors import UnknownArea
    from nhpf.records import areas_called, open_release

    found = [area for area in areas_called(text, open_release()) if area.kind == "force"]
    if len(found) != 1:
        raise UnknownArea("This is not the code or name of one police force.", where=text)
    return found[0].code


def _time(text: str) -> Any:
    from datetime import UTC, datetime

    try:
        return datetime.fromisoformat(text) if text else datetime.now(UTC)
    except ValueError:
        raise InvalidInput(
            "This is no time.", where=text, next_step="Write it as 2025-05-01T09:00:00+00:00."
        ) from None


def _made_from(bundle: Bundle, key: Path) -> str:
    from nhpf.records import releases
    from nhpf.records.returns import load_key, made_from

    return made_from(bundle, load_key(key), releases()) or "none that is held here"
