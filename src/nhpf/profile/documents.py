"""The documents of one area, for one audience: each made once and then kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nhpf.profile.kinds import Kind, check_audience
from nhpf.reports.distribution import check_named, given_to
from nhpf.reports.documents import to_document
from nhpf.reports.downloads import file_name
from nhpf.reports.keeping import kept

if TYPE_CHECKING:
    from nhpf.disclosure import Audience
    from nhpf.framework import Edition
    from nhpf.profile.commission import Commission
    from nhpf.records import Area, Release
    from nhpf.reports.tree import Distribution, Report


class Documents:
    """A problem profile, or another kind, as documents; nothing is built until one is missing.

    Parameters
    ----------
    area : Area
    release : Release
    edition : Edition
    audience : {"public", "restricted"}
    signed : mapping of str to str
        To the id of each signed equality impact assessment, who signed it.
    distribution : Distribution, optional
        Who is given the documents and what for; needed where they are restricted.
    root : Path, optional
        The data folder in which documents are kept.
    kind : str
        One of `nhpf.profile.kinds.KINDS`.
    commission : Commission, optional
        Its terms, owners and what is being done.

    Raises
    ------
    RefusedByDisclosure
        If the audience is restricted and there is no distribution, or the kind is not for it.
    """

    def __init__(
        self,
        area: Area,
        *,
        release: Release,
        edition: Edition,
        audience: Audience = "public",
        signed: Mapping[str, str],
        distribution: Distribution | None = None,
        root: Path | None = None,
        kind: Kind = "profile",
        commission: Commission | None = None,
    ) -> None:
        check_audience(kind, audience)
        check_named(audience, distribution, where=area.name)
        self._area, self._release, self._edition = area, release, edition
        self.audience: Audience = audience
        self._signed, self._root = dict(signed), root
        self._kind, self._commission = kind, commission
        self._distribution = distribution if audience == "restricted" else None

    @cached_property
    def report(self) -> Report:
        """The report tree, with what both versions withhold and who is given it."""
        # Brings the numerical packages, which a document that is held does without.
        from nhpf.profile.versions import build_versions

        made = build_versions(
            self._area,
            release=self._release,
            edition=self._edition,
            kind=self._kind,
            commission=self._commission,
        )
        return given_to(made[self.audience], self._distribution)

    @cached_property
    def about(self) -> dict[str, str]:
        """The title and the marking of the report, and the name of its files before the ending."""
        told = kept(
            {**self._decides, "form": "about"},
            lambda: json.dumps(
                {
                    "title": self.report.title,
                    "marking": self.report.marking,
                    "name": file_name(self.report, what=self._kind, ending=""),
                }
            ).encode(),
            root=self._root,
        )
        said: dict[str, str] = json.loads(told)
        return said

    def name(self, form: str) -> str:
        """Return the name of the file, its marking first."""
        return f"{self.about['name']}{form}"

    def content(self, form: str) -> bytes:
        """Return the document in one form: html, pdf, docx, xlsx or json.

        Raises
        ------
        InvalidInput
            If the form is not known, or what writes it is not installed.
        """
        return kept(
            {**self._decides, "form": form},
            lambda: to_document(self.report, form, signed=self._signed),
            root=self._root,
        )

    @cached_property
    def _decides(self) -> dict[str, object]:
        from nhpf.records.editions import edition_digest

        given = self._distribution
        return {
            "kind": self._kind,
            "area": self._area.code,
            "release": self._release.id,
            "edition": edition_digest(self._edition.name),
            "audience": self.audience,
            "signed": self._signed,
            "distribution": asdict(given) if given else None,
            "commission": _plain(self._commission),
        }


def _plain(commission: Commission | None) -> object:
    if commission is None:
        return None
    review = commission.review
    return asdict(commission) | {"review": review.isoformat() if review else ""}
