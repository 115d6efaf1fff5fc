"""Accepting returns: who may send them, which of them counts, and all of the files or none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from nhpf.errors import BrokenSeal, ContradictsRelease, DamagedData, InvalidInput, UnknownRelease
from nhpf.records.returns import (
    Period,
    accept,
    close_period,
    ledger_of,
    national,
    published,
    register_entry,
)
from nhpf.records.returns.bundle import seal
from nhpf.records.returns.verifying import verify

PERIOD = "2021-04--2024-03"
FORCE, OTHER = "E23000020", "E23000001"
SOURCE = Path(__file__).parents[5] / "src"
Put = Callable[[str, bytes], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a return as a file."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / f"{name}.jsonl"
        path.write_bytes(data)
        return path

    return write


@pytest.fixture
def take(nation: Any, tmp_path: Path) -> Callable[..., list[str]]:
    """Accept files into a data root of this test; return what became of each."""

    def accepted(*paths: Path) -> list[str]:
        done = accept(paths, register=nation.register, forces=nation.names, root=tmp_path)
        return [each.outcome for each in done]

    return accepted


@pytest.fixture
def snapshot(tmp_path: Path) -> Callable[[], dict[str, bytes]]:
    """Read all that is held."""
    folder = tmp_path / "returns"
    return lambda: {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "writing.lock"
    }


def test_a_stranger_is_refused(nation: Any, put: Put, take: Callable[..., list[str]]) -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(b"\xfe" * 32)
    with pytest.raises(BrokenSeal, match="not in the register") as refused:
        take(put("stranger", nation.bundle(FORCE, key=stranger)))
    assert refused.value.exit_code == 13


def test_a_key_that_is_registered_for_another_force_is_refused(
    nation: Any, put: Put, take: Callable[..., list[str]]
) -> None:
    with pytest.raises(BrokenSeal, match=f"from {FORCE}, but its key is registered for {OTHER}"):
        take(put("other", nation.bundle(FORCE, key=nation.keys[OTHER])))


def test_another_version_of_the_contract_is_refused(
    nation: Any, put: Put, take: Callable[..., list[str]], tmp_path: Path
) -> None:
    bundle = verify(nation.bundle(FORCE)).bundle
    newer = seal(bundle.about | {"contract_version": 2}, bundle.counts, nation.keys[FORCE])
    with pytest.raises(DamagedData, match="contract version 1"):
        take(put("newer", newer))
    assert ledger_of(root=tmp_path).returns == ()


def test_synthetic_and_real_returns_are_never_added_up(
    nation: Any, put: Put, take: Callable[..., list[str]], tmp_path: Path
) -> None:
    made_up, bundle = nation.bundle(FORCE), verify(nation.bundle(OTHER)).bundle
    real = seal(bundle.about | {"synthetic": False}, bundle.counts, nation.keys[OTHER])
    with pytest.raises(
        ContradictsRelease, match="is real, and the returns of its period are synth"
    ):
        take(put("made-up", made_up), put("real", real))
    assert ledger_of(root=tmp_path).returns == ()
    assert take(put("real", real)) == ["added"]
    with pytest.raises(
        ContradictsRelease, match="is synthetic, and the returns of its period are real"
    ):
        take(put("made-up", made_up))
    assert [each.force for each in ledger_of(root=tmp_path).returns] == [OTHER]


def test_a_resubmission_replaces_and_the_replaced_one_is_kept(
    nation: Any,
    put: Put,
    take: Callable[..., list[str]],
    table_of: Callable[[list[tuple[str, ...]]], Path],
    tmp_path: Path,
) -> None:
    own = [row for row in nation.rows if row[1] == FORCE]
    assert take(put("first", nation.bundle(FORCE)), put("other", nation.bundle(OTHER))) == [
        "added",
        "added",
    ]
    before = national(PERIOD, audience="restricted", root=tmp_path).victims
    corrected = nation.bundle(FORCE, sequence=2, table=table_of(own[:-1]))
    assert take(put("second", corrected)) == ["replaces return 1"]
    ledger = ledger_of(root=tmp_path)
    assert national(PERIOD, audience="restricted", root=tmp_path).victims == before - 1
    assert ledger.counted(PERIOD)[FORCE].sequence == 2
    assert [(each.force, each.sequence) for each in ledger.replaced(PERIOD)] == [(FORCE, 1)]
    place = tmp_path / "returns" / "releases" / ledger.id
    assert (place / f"{ledger.replaced(PERIOD)[0].sha256}.jsonl").read_bytes() == nation.bundle(
        FORCE
    )


def test_a_replayed_older_return_is_refused(
    nation: Any, put: Put, take: Callable[..., list[str]], snapshot: Callable[[], dict[str, bytes]]
) -> None:
    take(put("first", nation.bundle(FORCE)), put("second", nation.bundle(FORCE, sequence=2)))
    held = snapshot()
    with pytest.raises(ContradictsRelease, match="A later return of this force is held"):
        take(put("replayed", nation.bundle(FORCE)))
    assert snapshot() == held


def test_two_different_returns_of_one_number_are_refused(
    nation: Any,
    put: Put,
    take: Callable[..., list[str]],
    table_of: Callable[[list[tuple[str, ...]]], Path],
) -> None:
    own = [row for row in nation.rows if row[1] == FORCE]
    take(put("first", nation.bundle(FORCE)))
    with pytest.raises(ContradictsRelease, match="the same sequence number"):
        take(put("again", nation.bundle(FORCE, table=table_of(own[:-1]))))


def test_the_same_return_twice_changes_nothing(
    nation: Any, put: Put, take: Callable[..., list[str]], snapshot: Callable[[], dict[str, bytes]]
) -> None:
    path = put("first", nation.bundle(FORCE))
    assert take(path) == ["added"]
    held = snapshot()
    assert take(path) == ["already held"]
    assert snapshot() == held


def test_a_closed_period_takes_no_return_and_keeps_its_published_tables(
    nation: Any, put: Put, take: Callable[..., list[str]], tmp_path: Path
) -> None:
    take(put("first", nation.bundle(FORCE)))
    missing = set(nation.names) - {FORCE}
    with pytest.raises(InvalidInput, match="These forces are missing"):
        close_period(PERIOD, root=tmp_path)
    close_period(PERIOD, without=sorted(missing), root=tmp_path)
    before = published(PERIOD, root=tmp_path)
    assert (before["status"], before["complete"]) == ("closed", False)
    with pytest.raises(ContradictsRelease, match="The period is closed"):
        take(put("late", nation.bundle(FORCE, sequence=2)))
    with pytest.raises(ContradictsRelease, match="The period is closed"):
        take(put("new", nation.bundle(OTHER)))
    with pytest.raises(InvalidInput, match="No open period"):
        close_period(PERIOD, root=tmp_path)
    earlier = Period(2020, 4)
    take(put("earlier", nation.bundle(FORCE, period=earlier)))
    assert published(PERIOD, root=tmp_path) == before
    assert ledger_of(root=tmp_path).periods == (str(earlier), PERIOD)


def test_a_period_that_shares_months_with_another_is_refused(
    nation: Any, put: Put, take: Callable[..., list[str]]
) -> None:
    take(put("first", nation.bundle(FORCE)))
    with pytest.raises(ContradictsRelease, match="shares months"):
        take(put("within", nation.bundle(OTHER, period=Period(2023, 4))))


def test_one_bad_file_of_several_leaves_all_as_it_was(
    nation: Any, put: Put, take: Callable[..., list[str]], snapshot: Callable[[], dict[str, bytes]]
) -> None:
    take(put("first", nation.bundle(FORCE)))
    held = snapshot()
    damaged = nation.bundle("E23000002").replace(b"E23000002", b"E23000003")
    with pytest.raises(BrokenSeal, match=r"about\.force"):
        take(put("good", nation.bundle(OTHER)), put("damaged", damaged))
    assert snapshot() == held


def test_a_held_return_that_was_changed_is_found(
    nation: Any, put: Put, take: Callable[..., list[str]], tmp_path: Path
) -> None:
    take(put("first", nation.bundle(FORCE)))
    (held,) = (tmp_path / "returns" / "releases").glob("*/*.jsonl")
    held.chmod(0o644)
    held.write_bytes(held.read_bytes().replace(b'"homicide victim"', b'"homicide v1ctim"'))
    with pytest.raises(BrokenSeal, match=r"about\.unit"):
        national(PERIOD, audience="restricted", root=tmp_path)


def test_nothing_is_held_before_the_first_return(tmp_path: Path) -> None:
    with pytest.raises(UnknownRelease, match="No return of this period"):
        national(PERIOD, audience="public", root=tmp_path)
    with pytest.raises(InvalidInput, match="cannot be read"):
        accept([tmp_path / "none.jsonl"], register={}, forces={}, root=tmp_path)


ACCEPT = """
import sys
from pathlib import Path
from nhpf.records.returns import accept, read_register
root, *files = map(Path, sys.argv[1:])
forces = {line: line for line in (root / "forces").read_text().split()}
print("ready", flush=True)
accept(files, register=read_register(root / "register.toml"), forces=forces, root=root)
"""


@pytest.mark.prove
def test_a_killed_accept_leaves_the_release_of_before_or_after(
    nation: Any, sent: Mapping[str, Path], tmp_path: Path
) -> None:
    (tmp_path / "forces").write_text("\n".join(nation.names))
    entries = [register_entry(force, public) for public, force in nation.register.items()]
    (tmp_path / "register.toml").write_text("".join(entries))
    command = [sys.executable, "-c", ACCEPT, str(tmp_path), *map(str, sent.values())]
    environment = os.environ | {"PYTHONPATH": str(SOURCE)}
    seen = set()
    for moment in range(20):
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(moment * 0.04)
            process.send_signal(signal.SIGKILL)
        counted = len(ledger_of(root=tmp_path).counted(PERIOD))
        assert counted in (0, 43)
        seen.add(counted)
    done = accept(list(sent.values()), register=nation.register, forces=nation.names, root=tmp_path)
    assert len(done) == 43
    assert published(PERIOD, root=tmp_path)["complete"]
    assert list((tmp_path / "returns" / "staging").iterdir()) == []
    assert 0 in seen
