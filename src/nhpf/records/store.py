"""Where releases are kept, and the pointer that says which one is current."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from nhpf.records.staging import settled, staging


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which release is current, the recipe it was made by, and whether a person chose it."""

    release: str
    recipe: str
    chosen: bool = False


def data_root() -> Path:
    """Return the folder that holds the data: ``NHPF_DATA``, a checkout's ``var``, or the user's."""
    if given := os.environ.get("NHPF_DATA"):
        return Path(given).expanduser()
    checkout = Path(__file__).parents[3]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "var"
    return _user_folder() / "nhpf"


def _user_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))


def releases_folder(root: Path) -> Path:
    """Return the folder of releases under a data root."""
    return root / "releases"


def release_ids(root: Path) -> tuple[str, ...]:
    """Return the ids of the releases that are complete, oldest first."""
    manifests = releases_folder(root).glob("*/manifest.json")
    by_age = sorted(manifests, key=lambda path: (path.stat().st_mtime, path.parent.name))
    return tuple(path.parent.name for path in by_age if not path.parent.name.startswith("."))


def read_pointer(root: Path) -> Pointer | None:
    """Return the pointer, or None where no release has been made."""
    try:
        text = (releases_folder(root) / "current").read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Pointer(**json.loads(text))


def move_pointer(root: Path, pointer: Pointer) -> None:
    """Point to another release in one step: a reader sees the old pointer or the new one."""
    with staging(root) as folder:
        put_pointer(root, written_pointer(folder, pointer))


def written_pointer(folder: Path, pointer: Pointer) -> Path:
    """Write a pointer that does not point yet: what may fail on a full disk is done by then."""
    path = folder / "current"
    with path.open("w", encoding="utf-8") as file:
        json.dump(asdict(pointer), file)
        file.flush()
        os.fsync(file.fileno())
    return path


def put_pointer(root: Path, path: Path) -> None:
    """Let a pointer that was written take its place."""
    folder = releases_folder(root)
    path.replace(folder / "current")
    settled(folder, deep=False)
