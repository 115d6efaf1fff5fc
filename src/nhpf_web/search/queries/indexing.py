"""The search's index, in memory in each process, made anew when what it holds has changed.

Every search asks each contribution for its version, so that a process learns of what another
published or withdrew before it answers; it then reads only the documents that are new.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from threading import Lock

from nhpf_web.search import rules
from nhpf_web.search.queries import contributions
from nhpf_web.search.rules import Analyser, Document, Index, read_synonyms

SYNONYMS = Path(rules.__file__).with_name("synonyms.toml")


class _Held:
    """The index of this process with the versions it was made from."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: tuple[Hashable, Index] | None = None
        self._analyser: Analyser | None = None

    def current(self) -> Index:
        """Return the index of the content that stands now."""
        made, versions = self._made, _versions()
        if made and made[0] == versions:
            return made[1]
        with self._lock:
            # Another thread may have made it while this one waited.
            versions = _versions()
            if self._made is None or self._made[0] != versions:
                self._analyser = self._analyser or Analyser(read_synonyms(SYNONYMS))
                self._made = versions, Index(_documents(), self._analyser)
            return self._made[1]


def _versions() -> Hashable:
    # Contributions that change together share their function, which is asked once.
    asked = dict.fromkeys(one.version for one in contributions.CONTRIBUTIONS)
    return tuple(version() for version in asked)


def _documents() -> list[Document]:
    return [document for one in contributions.CONTRIBUTIONS for document in one.documents()]


_HELD = _Held()


def index() -> Index:
    """Return the index of what everybody may read now."""
    return _HELD.current()
