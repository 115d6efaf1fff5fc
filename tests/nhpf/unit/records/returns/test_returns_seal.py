"""A return's seal: any change is named by its part; keys are kept for their owner alone."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from nhpf.errors import BrokenSeal, DamagedData, InvalidInput
from nhpf.records.returns import (
    load_key,
    made_from,
    make_key,
    read_register,
    register_entry,
    verify,
)
from nhpf.records.returns.bundle import canonical, mark_of
from nhpf.records.returns.keys import RETURN, public_of

FORCE = "E23000020"
SEAL, MARKS = "the seal", "the mark"


@pytest.fixture(scope="session")
def data(bundles: Mapping[str, bytes]) -> bytes:
    return bundles[FORCE]


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert data.count(old) == 1
    return data.replace(old, new)


def parts_by_byte(data: bytes) -> Iterator[str]:
    """Yield, for each byte, the name of the part whose line it is in."""
    for line in data.splitlines(keepends=True):
        yield from [next(iter([json.loads(line).get("part", "")]))] * len(line)


def flip(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ (1 << place % 8)]) + data[place + 1 :]


def test_the_same_input_gives_the_same_bytes(nation: Any, data: bytes) -> None:
    assert nation.bundle(FORCE) == data


def test_a_whole_return_says_who_sealed_it(nation: Any, data: bytes) -> None:
    verified = verify(data)
    assert nation.register[verified.public] == FORCE
    assert verified.bundle.about["force"] == FORCE
    assert verified.bundle.about["synthetic"] is True


def assert_named(data: bytes, places: Iterable[int]) -> None:
    parts = list(parts_by_byte(data))
    for place in places:
        with pytest.raises(BrokenSeal) as refused:
            verify(flip(data, place))
        named = refused.value.what.partition("sealed: ")[2]
        # A byte of the marks or of the seal belongs to no part.
        expected = parts[place] or ("mark", "seal", "the end of the file")
        names = (expected,) if isinstance(expected, str) else expected
        assert any(name in named for name in names), (place, named)


def test_one_flipped_byte_is_named(data: bytes) -> None:
    assert_named(data, range(0, len(data), 61))
    ends = [place for place, byte in enumerate(data) if byte == ord("\n")]
    assert_named(data, ends)
    assert_named(data, range(len(data) - 250, len(data)))


@pytest.mark.prove
def test_every_flipped_byte_is_named(data: bytes) -> None:
    assert_named(data, range(len(data)))


def test_a_changed_count_is_named_with_its_table_and_cell(data: bytes) -> None:
    cell = b'{"part":"method | sharp instrument","reason":null,"value":'
    with pytest.raises(BrokenSeal, match=r"sealed: method \| sharp instrument\. "):
        verify(changed(data, cell, cell + b"9"))


def test_several_changes_are_all_named(data: bytes) -> None:
    twice = changed(changed(data, b"2024-04-20", b"2024-04-21"), b'"homicide victim"', b'"death"')
    with pytest.raises(BrokenSeal, match=r"about\.extract_date; about\.unit\."):
        verify(twice)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (b'["about.force"', b'["about.farce"', "the mark of about.farce"),
        (b'"signature":"', b'"signature":"0', "the seal"),
        (b'{"marks":', b'{"Marks":', "the marks of the parts"),
    ],
)
def test_a_changed_seal_is_told_from_a_changed_part(
    data: bytes, old: bytes, new: bytes, named: str
) -> None:
    with pytest.raises(BrokenSeal, match=named):
        verify(changed(data, old, new))


def test_a_part_changed_with_its_mark_breaks_the_seal(data: bytes) -> None:
    *lines, marks, seal = data.splitlines(keepends=True)
    lines[0] = lines[0].replace(b'"value":"', b'"value":"f')
    said = json.loads(marks)
    said["marks"][0][1] = mark_of(lines[0])
    with pytest.raises(BrokenSeal, match="the seal does not fit the marks of the parts"):
        verify(b"".join(lines) + canonical(said) + seal)


@pytest.mark.parametrize("cut", [0, 1, 100, 5000, -1])
def test_a_return_that_is_cut_short_or_empty_is_refused(data: bytes, cut: int) -> None:
    with pytest.raises(BrokenSeal):
        verify(data[:cut])


def test_moved_and_added_lines_are_refused(data: bytes) -> None:
    first, second, *rest = data.splitlines(keepends=True)
    for lines in ([second, first, *rest], [first, first, second, *rest], [b"\n", first, second]):
        with pytest.raises(BrokenSeal, match=r"lines were added, or moved|the seal"):
            verify(b"".join([*lines, *(rest if lines[-1] is second else [])]))


def resealed(nation: Any, data: bytes, old: bytes, new: bytes) -> bytes:
    """Change a return and seal it again, as only the force itself could."""
    lines = changed(data, old, new).splitlines(keepends=True)[:-2]
    marks = canonical({"marks": [[json.loads(line)["part"], mark_of(line)] for line in lines]})
    key = nation.keys[FORCE]
    seal = {"public": public_of(key), "signature": key.sign(RETURN + marks).hex()}
    return b"".join(lines) + marks + canonical({"seal": seal})


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (b'contract_version","value":1', b'contract_version","value":2', "contract version 1"),
        (b'policy_version","value":1', b'policy_version","value":7', "policy version 1"),
        (b'"value":"homicide_cases"', b'"value":"crime_events"', "contract homicide_cases"),
        (b"2021-04--2024-03", b"2021-04--2024-12", "period"),
        (b'"value":"2024-04-20"', b'"value":"2024-03-30"', "period was not over"),
        (b'sequence","value":1', b'sequence","value":0', "sequence"),
        (b'sequence","value":1', b'sequence","value":true', "incomplete"),
        (b'sharp instrument","reason":null,"value":', b'sharp instrument","reason":null,"value":1',
         "add up to its total: method"),
        (b'{"part":"method | shooting"', b'{"part":"method | name"', "method | shooting"),
    ],
)  # fmt: skip
def test_a_sealed_return_of_another_kind_is_refused(
    nation: Any, data: bytes, old: bytes, new: bytes, named: str
) -> None:
    with pytest.raises(DamagedData) as refused:
        verify(resealed(nation, data, old, new))
    assert named in refused.value.what


def test_a_private_key_is_for_its_owner_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "force.key"
    public = make_key(path, passphrase="")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert public_of(load_key(path, passphrase="")) == public
    with pytest.raises(InvalidInput, match="cannot be written"):
        make_key(path, passphrase="")


def test_a_passphrase_locks_a_private_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "force.key"
    monkeypatch.setenv("NHPF_RETURNS_PASSPHRASE", "correct horse")
    public = make_key(path)
    assert b"ENCRYPTED" in path.read_bytes()
    assert public_of(load_key(path)) == public
    for wrong in ("battery staple", ""):
        with pytest.raises(InvalidInput, match="cannot be read"):
            load_key(path, passphrase=wrong)


def test_a_register_names_the_force_of_each_key(tmp_path: Path) -> None:
    path = tmp_path / "register.toml"
    path.write_text(register_entry(FORCE, "ab" * 32) + register_entry("E23000001", "cd" * 32))
    assert read_register(path) == {"ab" * 32: FORCE, "cd" * 32: "E23000001"}
    path.write_text(register_entry(FORCE, "ab" * 32) + register_entry("E23000001", "ab" * 32))
    with pytest.raises(DamagedData, match="one key twice"):
        read_register(path)
    path.write_text("[[key]]\nforce = 3")
    with pytest.raises(DamagedData, match="cannot be read"):
        read_register(path)
    with pytest.raises(InvalidInput, match="no register"):
        read_register(tmp_path / "none.toml")


def test_only_the_force_can_trace_its_return_to_a_release(nation: Any, data: bytes) -> None:
    bundle = verify(data).bundle
    held = ("fedcba9876543210", "0123456789abcdef")
    assert made_from(bundle, nation.keys[FORCE], held) == held[1]
    assert made_from(bundle, nation.keys["E23000001"], held) is None
    assert held[1].encode() not in data
