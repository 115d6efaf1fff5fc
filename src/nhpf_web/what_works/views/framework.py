"""Pages of the framework: the three levels with filters, entries, kinds and sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf.framework import Entry, record_text
from nhpf.indicators import indicator
from nhpf_web.equality import queries as equality
from nhpf_web.what_works import queries
from nhpf_web.what_works.queries import rated, research
from nhpf_web.what_works.rules import (
    KIND_GLOSSES,
    KIND_NAMES,
    KIND_PATHS,
    PART_HEADINGS,
    Chosen,
    Group,
    answers,
    chips,
    choose,
    group_of,
)

HEADINGS = {
    "theme": "Theme",
    "area": "Area of focus",
    "prevention": "Prevention level",
    "partner": "Partner",
    "strength": "Strength of evidence",
}
NUMBERED_LEVELS = (("area", "2"), ("toolkit", "3"), ("intervention", ""))
AROUND = ("strategy", "enabler", "objective", "phase", "driver", "prevention_level")
HOME_TRAIL = ("What works", "/what-works/")
MOST_PRACTICES = 5


@require_safe
@gzip_page
@conditional_page
def framework(request: HttpRequest) -> HttpResponse:
    """Show the three levels of the framework, narrowed by the filters in the address."""
    labels = queries.filter_labels()
    chosen = choose(dict(request.GET.lists()), known=labels)
    filtered = [one for kind in queries.FILTERED_KINDS for one in queries.edition().of_kind(kind)]
    matched = [one for one in filtered if answers(queries.tags(one.id), chosen)]
    context = {
        "chosen": chosen,
        "groups": _groups(filtered, chosen),
        "chips": chips(chosen, labels),
        "themes": queries.edition().of_kind("theme"),
        "levels": [_level(kind, number, matched) for kind, number in NUMBERED_LEVELS],
        "matched": len(matched),
        "total": len(filtered),
        "around": [
            _practices_tile(),
            _evidence_tile(),
            _research_tile(),
            *map(_tile, AROUND),
            _sources_tile(),
        ],
    }
    return render(request, "what_works/framework.html", context)


def _groups(filtered: list[Entry], chosen: Chosen) -> list[Group]:
    tagged = [queries.tags(one.id) for one in filtered]
    return [
        group_of(name, heading=HEADINGS[name], labels=values, tagged=tagged, chosen=chosen)
        for name, values in queries.filter_labels().items()
    ]


def _level(kind: str, number: str, matched: list[Entry]) -> dict[str, Any]:
    return {
        "kind": kind,
        "number": number,
        "heading": KIND_NAMES[kind][1],
        "gloss": KIND_GLOSSES[kind],
        "entries": queries.overdue_last(one for one in matched if one.kind == kind),
        "total": len(queries.edition().of_kind(kind)),
    }


def _tile(kind: str) -> dict[str, Any]:
    return {
        "heading": KIND_NAMES[kind][1],
        "address": f"/what-works/{KIND_PATHS[kind]}/",
        "gloss": KIND_GLOSSES[kind],
        "count": len(queries.edition().of_kind(kind)),
    }


def _practices_tile() -> dict[str, Any]:
    return {
        "heading": "Practices",
        "address": "/what-works/practices/",
        "gloss": "What forces and partners did, judged by others, what failed among it.",
        "count": queries.published().count(),
    }


def _evidence_tile() -> dict[str, Any]:
    return {
        "heading": "Evidence by outcome",
        "address": "/what-works/evidence/",
        "gloss": "What helps, what does nothing, what harms and what cannot be told, by outcome.",
        "count": rated.how_many(),
    }


def _research_tile() -> dict[str, Any]:
    return {
        "heading": "Research",
        "address": "/what-works/research/",
        "gloss": "What policing needs to know, calls and trials, registered studies, outputs.",
        "count": research.register_size(AnonymousUser()),
    }


def _sources_tile() -> dict[str, Any]:
    return {
        "heading": "Sources",
        "address": "/what-works/sources/",
        "gloss": "What every fact rests on, and what rests on it.",
        "count": len(queries.edition().sources),
    }


@require_safe
@gzip_page
@conditional_page
def kind(request: HttpRequest, kind: str) -> HttpResponse:
    """List the entries of one kind in the strategy's order, those to be reviewed last."""
    context = {
        "heading": KIND_NAMES[kind][1],
        "gloss": KIND_GLOSSES[kind],
        "entries": queries.overdue_last(queries.edition().of_kind(kind)),
        "trail": [HOME_TRAIL],
    }
    return render(request, "what_works/kind.html", context)


@require_safe
@gzip_page
@conditional_page
def entry(request: HttpRequest, name: str) -> HttpResponse:
    """Show one entry by its permanent id; a name for readers leads to it."""
    if "as-at" in request.GET:
        asked = urlencode({"as-at": request.GET["as-at"]})
        return redirect(f"/how-we-are-doing/entries/{quote(name, safe='')}/?{asked}")
    held = queries.edition().entries.get(name)
    if held is None:
        return _by_slug(name)
    plural = KIND_NAMES[held.kind][1]
    context = {
        "entry": held,
        "is_overdue": queries.is_overdue(held),
        "parts": [
            {"id": part, "heading": heading, "text": held.text[part]}
            for part, heading in PART_HEADINGS.items()
            if part in held.text
        ],
        "facts": [(fact, queries.edition().sources[fact.source]) for fact in held.facts],
        "evidence": queries.evidence_shown(held.id),
        "indicators": [indicator(one) for one in held.indicators],
        "assessment": _assessment(held),
        "syntheses": rated.living_ratings_of(held),
        "practices": queries.practices_of(held)[:MOST_PRACTICES],
        "related": _related(held),
        "permanent_address": request.build_absolute_uri(queries.address(held.id)),
        "trail": [HOME_TRAIL, (plural, f"/what-works/{KIND_PATHS[held.kind]}/")],
    }
    return render(request, "what_works/entry.html", context | {"contents": _contents(context)})


def _assessment(held: Entry) -> object:
    """Return the equality assessment that covers an entry as it is shown here."""
    about, wider = f"entry-{held.id}", f"edition-{queries.edition().name}"
    digest = equality.digest_of(record_text(held))
    return equality.assessment_covering(about, wider, digest=digest)


def _by_slug(name: str) -> HttpResponse:
    """Lead from an earlier id or a name to its entry; a name that several share to the search."""
    now = queries.edition().resolve(name)
    if now in queries.edition().entries:
        return redirect(queries.address(now), permanent=True)
    match queries.entries_with_slug(name):
        case (only,):
            return redirect(queries.address(only.id), permanent=True)
        case (_, *_):
            return redirect(f"/search/?q={name.replace('-', '+')}")
    raise Http404


def _related(held: Entry) -> list[tuple[str, tuple[Entry, ...]]]:
    near = queries.neighbours(held.id)
    return [(names[1], near[kind]) for kind, names in KIND_NAMES.items() if kind in near]


def _contents(context: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the headings of an entry's page, for the list at its top."""
    parts = [(part["id"], part["heading"]) for part in context["parts"]]
    further = [
        ("evidence", "How sure we are that it works"),
        ("syntheses", "Living syntheses"),
        ("practices", "What others do about it"),
        ("research", "Research about this"),
        ("facts", "What is known, and from where"),
        ("related", "Linked in the framework"),
    ]
    # Whatever there is of research, its section says how to ask for it.
    held = context | {"research": True}
    return [*parts, *((name, heading) for name, heading in further if held[name])]


@require_safe
@gzip_page
@conditional_page
def sources(request: HttpRequest) -> HttpResponse:
    """List what the framework's facts rest on."""
    held = sorted(queries.edition().sources.values(), key=lambda one: one.title.casefold())
    context = {
        "sources": [(one, len(queries.citing(one.id))) for one in held],
        "trail": [HOME_TRAIL],
    }
    return render(request, "what_works/sources.html", context)


@require_safe
@gzip_page
@conditional_page
def source(request: HttpRequest, source_id: str) -> HttpResponse:
    """Show one source and everything that rests on it."""
    held = queries.edition().sources.get(source_id)
    if held is None:
        raise Http404
    context = {
        "source": held,
        "citing": [(one, _said(one, source_id)) for one in queries.citing(source_id)],
        "trail": [HOME_TRAIL, ("Sources", "/what-works/sources/")],
    }
    return render(request, "what_works/source.html", context)


def _said(held: Entry, source_id: str) -> list[str]:
    """Return what an entry takes from a source."""
    outcomes = held.evidence.outcomes if held.evidence else ()
    ratings = held.evidence.ratings if held.evidence else ()
    return [
        *(fact.text for fact in held.facts if fact.source == source_id),
        *(f"{row.outcome}: {row.finding}" for row in outcomes if row.source == source_id),
        *(f"{row.scheme} rating: {row.rating}" for row in ratings if row.source == source_id),
        *_known(held, source_id),
    ]


def _known(held: Entry, source_id: str) -> Iterator[str]:
    """Yield what EMMIE, harms and cost of an intervention take from a source."""
    if held.evidence is None:
        return
    for part in held.evidence.emmie:
        if source_id in part.sources:
            yield f"{part.part.capitalize()}: {part.known}"
    if source_id in held.evidence.harms_sources:
        yield f"Harms: {held.evidence.harms}"
    if source_id in held.evidence.cost_sources:
        yield f"Cost: {held.evidence.cost}"
