"""One search over all that everybody may read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf_web.search import queries
from nhpf_web.search.rules import Found, Hit, Index, Suggestion, ask, excerpt, reasons
from nhpf_web.search.rules.words import stems
from nhpf_web.what_works.rules import Chosen, Group, Option, chips, choose

LONGEST_QUERY = 200
A_PAGE = 20
HEADINGS = {
    "kind": "Kind",
    "theme": "Theme",
    "area": "Area of focus",
    "prevention": "Prevention level",
    "strength": "Strength of evidence",
    "partner": "Partner",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found; ``answered`` is the query after correction."""

    answered: str
    correction: Suggestion | None
    found: Found


@require_safe
@gzip_page
@conditional_page
def results(request: HttpRequest) -> HttpResponse:
    """Show what answers the query, with facets and, where a word is unknown, a correction."""
    asked = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    chosen = choose(dict(request.GET.lists()), known=queries.facet_labels())
    index = queries.index()
    is_exact = "exact" in request.GET
    answer = _answer(index, asked, chosen, is_exact=is_exact)
    page = Paginator(answer.found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "answered": answer.answered,
        "correction": answer.correction,
        "is_exact": is_exact,
        "groups": list(_groups(answer.found, chosen)) if asked or chosen else [],
        "chosen": chosen,
        "chips": chips(chosen, queries.facet_labels(), query=lambda left: query_of(asked, left)),
        "found": [_shown(hit, answer.answered, index) for hit in page],
        "page": page,
        "count": len(answer.found),
        "near": index.speller.near(asked) if asked and not answer.found else (),
        "query": query_of(asked, chosen),
    }
    return render(request, "search/results.html", context)


def query_of(asked: str, chosen: Chosen) -> str:
    """Return a search as its address writes it: equal searches have equal addresses."""
    return "&".join(filter(None, (urlencode({"q": asked}) if asked else "", chosen.query)))


def _answer(index: Index, asked: str, chosen: Chosen, *, is_exact: bool) -> Answer:
    """Search; a misspelling beyond doubt is corrected, any other leads to a question."""
    correction = None if is_exact else index.speller.suggest(asked)
    answered = correction.query if correction and correction.is_sure else asked
    return Answer(answered, correction, index.search(answered, chosen=chosen.values))


def _groups(found: Found, chosen: Chosen) -> Iterator[Group]:
    """Yield the facets that have something to choose."""
    for name, labels in queries.facet_labels().items():
        counts, ticked = found.counts.get(name, {}), chosen.values.get(name, ())
        options = tuple(
            Option(value, label, counts.get(value, 0), value in ticked)
            for value, label in labels.items()
            if counts.get(value) or value in ticked
        )
        if options:
            yield Group(name, HEADINGS.get(name, name.capitalize()), options)


def _shown(hit: Hit, answered: str, index: Index) -> dict[str, Any]:
    document = hit.document
    asked = stems(answered)
    wanted = frozenset(asked) | index.synonyms.words_of(index.synonyms.concepts_in(asked))
    text = f"{document.summary}\n\n{document.body}"
    return {
        "key": document.key,
        "title": document.title,
        "address": document.address,
        "kind": queries.kind_names()[document.kind][0],
        "notice": document.notice,
        "pieces": excerpt(text, wanted=wanted),
        "reasons": reasons(document, ask(answered), index.synonyms),
        "can_compare": document.kind in queries.comparable_kinds(),
    }
