"""Live syntheses and the public records of the research register as documents."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Sum
from django.utils import timezone

from nhpf.reports.dates import spoken_date
from nhpf_web.search.models import Change
from nhpf_web.search.rules import Document
from nhpf_web.what_works.queries import address, edition
from nhpf_web.what_works.queries.research import rows_visible_to
from nhpf_web.what_works.queries.syntheses import syntheses

MADE_UP = "Made up, to show how it works"
# What is made up stands below what is not.
EXAMPLE_PRIOR = 0.5


def version() -> Hashable:
    """Return what changes with every write that is marked, and with the day."""
    marked = Change.objects.aggregate(count=Count("pk"), sum=Sum("mark"))
    return timezone.localdate(), *marked.values()


def live_syntheses() -> Iterator[Document]:
    """Yield every live synthesis: what studies found for one outcome, pooled as they come."""
    entries = edition().entries
    for one in syntheses():
        entry = entries.get(one.intervention)
        title = entry.title if entry else one.intervention
        yield Document(
            one.permanent_id,
            "synthesis",
            f"{title}: {one.outcome}",
            f"{address('evidence')}{one.permanent_id}/",
            "Studies of one outcome, pooled again whenever one is added.",
            entry.synonyms if entry else (),
            body=" ".join((one.source, one.harms, one.cost)),
            prior=EXAMPLE_PRIOR if one.is_synthetic else 1.0,
            notice=MADE_UP if one.is_synthetic else "",
        )


def research() -> Iterator[Document]:
    """Yield the questions, calls, registered studies and outputs that everybody may read."""
    for row in rows_visible_to(AnonymousUser()):
        yield Document(
            row.reference,
            "research",
            row.title,
            row.address,
            f"{row.kind_words}, {row.state}, since {spoken_date(row.since)}. {row.reason}".strip(),
            (row.reference,),
            tags=tuple(
                (facet, value)
                for facet, value in (("area", row.area), ("prevention", row.level))
                if value
            ),
            prior=EXAMPLE_PRIOR if row.is_example else 1.0,
            notice=MADE_UP if row.is_example else "",
        )
