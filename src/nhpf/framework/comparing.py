"""What changed between two editions: added, removed, renamed, and changed field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from nhpf.framework.edition import Edition
from nhpf.framework.entries import Entry

UNCOMPARED = frozenset({"where", "id", "kind"})


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one entry, source or assessment that reads differently."""

    id: str
    field: str
    before: Any
    after: Any

    @property
    def is_evidence(self) -> bool:
        """Whether what is known changed, not only how it is told."""
        return self.field.partition(".")[0] in {"evidence", "facts"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a later edition adds, takes away, renames and changes."""

    before: str
    after: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    changed: tuple[Change, ...]
    broken: tuple[str, ...]

    @property
    def evidence_changed(self) -> tuple[Change, ...]:
        """The changes of facts and evidence alone."""
        return tuple(change for change in self.changed if change.is_evidence)


def compare_editions(before: Edition, after: Edition) -> Comparison:
    """Compare two editions.

    Returns
    -------
    Comparison
        Ids in the order of the edition that has them; ``broken`` are the entries of the earlier
        edition whose id leads nowhere in the later one.
    """
    old, new = _records(before), _records(after)
    pairs = {id: after.resolve(id) for id in old}
    renamed = tuple((id, now) for id, now in pairs.items() if now != id)
    taken = {now for _, now in renamed}
    removed = tuple(id for id, now in pairs.items() if now not in new)
    changes = [
        change
        for id, now in pairs.items()
        if now in new
        for change in _changes(now, old[id], new[now])
    ]
    return Comparison(
        before.name,
        after.name,
        added=tuple(id for id in new if id not in old and id not in taken),
        removed=removed,
        renamed=renamed,
        changed=tuple(changes),
        broken=tuple(id for id in removed if id in before.entries),
    )


def _records(edition: Edition) -> Mapping[str, Any]:
    return {**edition.entries, **edition.sources, **edition.assessments}


def _changes(id: str, before: Any, after: Any) -> Iterator[Change]:
    if type(before) is not type(after) or before == after:
        return
    old, new = dict(_fields(before)), dict(_fields(after))
    for field in dict.fromkeys([*old, *new]):
        if old.get(field) != new.get(field):
            yield Change(id, field, old.get(field), new.get(field))


def _fields(record: Any) -> Iterator[tuple[str, Any]]:
    """Yield each field; text and evidence part by part, since each is read on its own."""
    for name, value in asdict(record).items():
        if name in UNCOMPARED:
            continue
        if isinstance(value, Mapping):
            yield from _parts(name, value)
        elif not (isinstance(record, Entry) and name == "evidence" and value is None):
            yield name, value


def _parts(name: str, value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for part, inner in value.items():
        if part == "emmie":
            for row in inner:
                at = f"{name}.emmie.{row['part']}"
                yield from ((f"{at}.{field}", row[field]) for field in row if field != "part")
        else:
            yield f"{name}.{part}", inner
