"""One search over entries, places, indicators, sources and pages."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf_web.search import queries
from nhpf_web.search.rules import Hit, excerpt, suggest
from nhpf_web.search.rules.words import stems

LONGEST_QUERY = 200
A_PAGE = 20


@require_safe
@gzip_page
@conditional_page
def results(request: HttpRequest) -> HttpResponse:
    """Show what answers the query, with counts by kind and, where a word is unknown, a correction.

    Where nothing answers but the correction would, its results are shown at once.
    """
    asked = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    index = queries.index()
    correction = suggest(asked, vocabulary=index.vocabulary, knows=index.knows)
    hits = index.search(asked)
    answered = asked
    if not hits and correction and "exact" not in request.GET:
        answered, hits = correction.query, index.search(correction.query)
    kinds = [kind for kind in request.GET.getlist("kind") if kind in queries.kind_names()]
    kept = [hit for hit in hits if not kinds or hit.document.kind in kinds]
    page = Paginator(kept, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "answered": answered,
        "correction": correction.query if correction else "",
        "facets": _facets(hits, kinds),
        "kinds": kinds,
        "found": [_shown(hit, answered) for hit in page],
        "page": page,
        "count": len(kept),
        "query": urlencode([("q", asked), *(("kind", kind) for kind in kinds)]),
    }
    return render(request, "search/results.html", context)


def _facets(hits: tuple[Hit, ...], kinds: list[str]) -> list[dict[str, Any]]:
    counts = Counter(hit.document.kind for hit in hits)
    return [
        {"value": kind, "label": plural, "count": counts[kind], "ticked": kind in kinds}
        for kind, (_, plural) in queries.kind_names().items()
        if counts[kind] or kind in kinds
    ]


def _shown(hit: Hit, answered: str) -> dict[str, Any]:
    document = hit.document
    synonyms = queries.index().synonyms
    asked = stems(answered)
    wanted = frozenset(asked) | synonyms.words_of(synonyms.concepts_in(asked))
    text = f"{document.summary}\n\n{document.body}"
    return {
        "title": document.title,
        "address": document.address,
        "kind": queries.kind_names()[document.kind][0],
        "pieces": excerpt(text, wanted=wanted),
    }
