"""Every rating by outcome, a living synthesis with its plots and history, and their files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from nhpf.errors import NhpfError
from nhpf.evidence import Study as Measured
from nhpf.numerics.estimates import in_words, percent
from nhpf_web.core.views import signed_in
from nhpf_web.organisations.queries import may, organisations_where
from nhpf_web.organisations.rules import OWNER_SLUG, Right
from nhpf_web.what_works import queries
from nhpf_web.what_works.actions import syntheses as actions
from nhpf_web.what_works.forms.studies import Appraise, OpenSynthesis
from nhpf_web.what_works.models import LiveSynthesis, Study
from nhpf_web.what_works.queries import plots, rated, studies, syntheses
from nhpf_web.what_works.rules import Chosen, answers, chips, choose, group_of
from nhpf_web.what_works.rules.exchange import cell
from nhpf_web.what_works.rules.studies import (
    BIAS_WORDS,
    CATEGORY_WORDS,
    DESIGN_WORDS,
    JUDGED,
    METHOD_WORDS,
    StudyState,
)
from nhpf_web.what_works.views.asking import Trail, account, sent, visitor

ON_A_PAGE = 25
EVIDENCE: Trail = [("What works", "/what-works/"), ("Evidence", "/what-works/evidence/")]
HEADINGS = {
    "category": "What was found",
    "area": "Area of focus",
    "intervention": "Intervention",
    "kind": "Where it comes from",
}
COLUMNS = (
    "intervention", "outcome", "kind", "standing", "category", "why", "effect", "elsewhere",
    "certainty", "studies", "uk_studies", "harms", "cost", "source", "address",
)  # fmt: skip


def _labels() -> dict[str, dict[str, str]]:
    offered = queries.options()
    return {
        "category": dict(CATEGORY_WORDS),
        "area": dict(offered["area"]),
        "intervention": dict(offered["intervention"]),
        "kind": rated.KIND_WORDS,
    }


def _chosen(request: HttpRequest) -> tuple[Chosen, list[rated.Rated], list[rated.Rated]]:
    """Return what is ticked, every rating, and those that it leaves."""
    chosen = choose(dict(request.GET.lists()), known=_labels())
    held = list(rated.ratings())
    return chosen, held, [one for one in held if answers(one.tags, chosen)]


@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """List every rating by outcome; what helps nothing or harms is among them with its reasons."""
    labels = _labels()
    chosen, held, matched = _chosen(request)
    tagged = [one.tags for one in held]
    context = {
        "chosen": chosen,
        "groups": [
            group_of(name, heading=HEADINGS[name], labels=words, tagged=tagged, chosen=chosen)
            for name, words in labels.items()
        ],
        "chips": chips(chosen, labels),
        "page": Paginator(matched, ON_A_PAGE).get_page(request.GET.get("page")),
        "matched": len(matched),
        "total": len(held),
        "edition": queries.edition().name,
        "can_open": _may_open(request),
        "trail": EVIDENCE[:1],
    }
    return render(request, "what_works/studies/ratings.html", context)


def _may_open(request: HttpRequest) -> bool:
    return may(visitor(request), Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG)


@require_safe
def ratings_file(request: HttpRequest) -> HttpResponse:
    """Hand out the ratings that the filters leave as CSV, each with where it comes from."""
    _, _, matched = _chosen(request)
    rows = [[_value(request, one, name) for name in COLUMNS] for one in matched]
    return _csv("evidence-by-outcome", COLUMNS, rows)


def _value(request: HttpRequest, one: rated.Rated, name: str) -> str:
    if name == "intervention":
        return one.intervention.id
    if name == "address":
        return request.build_absolute_uri(one.address)
    return str(getattr(one, name))


def _csv(name: str, columns: Sequence[str], rows: Iterable[Sequence[str | float]]) -> HttpResponse:
    """Return a file; texts that a sheet would take for a formula are marked, numbers are not."""
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="OFFICIAL-{name}.csv"'},
    )
    written = csv.writer(answer)
    written.writerow(columns)
    written.writerows([cell(one) if isinstance(one, str) else one for one in row] for row in rows)
    return answer


def find_synthesis(permanent_id: str) -> LiveSynthesis:
    """Return the synthesis of a permanent id."""
    return get_object_or_404(syntheses.syntheses(), permanent_id=permanent_id)


@require_safe
def synthesis(request: HttpRequest, synthesis: str) -> HttpResponse:
    """Show what is known of an outcome: pooled, plotted, by study, and what changed it."""
    live = find_synthesis(synthesis)
    context = shown(request, live) | {
        "can_appraise": _may_open(request),
        "can_put_forward": organisations_where(visitor(request), Right.ADD_STUDY).exists(),
        "waiting": studies.waiting_for(visitor(request)).filter(synthesis=live),
        "decisions": live.decisions.prefetch_related("studies").select_related("decided_for"),
        "permanent_address": request.build_absolute_uri(
            f"/what-works/evidence/{live.permanent_id}/"
        ),
        "trail": EVIDENCE,
    }
    return render(request, "what_works/studies/synthesis.html", context)


def shown(request: HttpRequest, live: LiveSynthesis) -> dict[str, Any]:
    """Return what a synthesis's page shows of its finding and its studies."""
    rating = syntheses.rating_of(live)
    pooled = rating.pooled
    forest = plots.forest_plot(syntheses.synthesis_of(live), rating, id="forest")
    held = list(studies.studies_visible_to(visitor(request)).filter(synthesis=live))
    counted = [one for one in held if one.state == StudyState.APPROVED]
    return {
        "live": live,
        "intervention": queries.edition().entry(live.intervention),
        "rating": rating,
        "category": CATEGORY_WORDS[rating.category],
        "effect": syntheses.effect_words(rating.effect) if rating.effect else "",
        "method": METHOD_WORDS[live.method],
        "heterogeneity": _heterogeneity(pooled.i2, pooled.tau2) if pooled else "",
        "forest": forest,
        "counted": list(zip(counted, forest.rows, strict=True)) if forest else [],
        "funnel": plots.funnel_plot(pooled, id="funnel") if pooled else None,
        "aside": [(state, _of(held, state)) for state in StudyState if state != "approved"],
    }


def _of(held: list[Study], state: StudyState) -> list[Study]:
    return [one for one in held if one.state == state]


def _heterogeneity(i2: float, tau2: float | None) -> str:
    words = f"I² {percent(i2)}: that share of the variation between studies is not chance"
    return words if tau2 is None else f"{words}. τ² {in_words(tau2)}, on the pooled scale"


@require_safe
def study_table(_request: HttpRequest, synthesis: str) -> HttpResponse:
    """Hand out the approved studies as a study table, from which the figure can be made again."""
    live = find_synthesis(synthesis)
    held = syntheses.synthesis_of(live).approved
    is_counts = bool(held) and all(one.counts for one in held)
    numbers = tuple(held[0].given) if is_counts else ("effect", "variance")
    rows: list[list[str | float]] = [
        [
            one.study, one.outcome, str(one.year or ""), one.country, one.cluster, live.standing,
            *_numbers(one, is_counts=is_counts),
        ]
        for one in held
    ]  # fmt: skip
    columns = ("study", "outcome", "year", "country", "cluster", "standing", *numbers)
    return _csv(f"{_marked(live)}-study-table", columns, rows)


def _numbers(study: Measured, *, is_counts: bool) -> list[float]:
    if is_counts:
        return list(study.given.values())
    effect = study.effect
    return [effect.value, effect.variance] if effect else []


def _marked(live: LiveSynthesis) -> str:
    return f"synthetic-{live.permanent_id}" if live.is_synthetic else live.permanent_id


@require_safe
def listed(request: HttpRequest, synthesis: str) -> HttpResponse:
    """Hand out every study that the reader may see, with what was decided and why."""
    live = find_synthesis(synthesis)
    held = studies.studies_visible_to(visitor(request)).filter(synthesis=live)
    columns = (
        "study", "year", "country", "design", "risk_of_bias", "state", "reason", "put_forward_by",
        "source", "address", "standing",
    )  # fmt: skip
    rows = [
        [
            one.name, str(one.year or ""), one.country, DESIGN_WORDS[one.design],
            BIAS_WORDS[one.risk_of_bias], one.state, one.reason, one.organisation.name,
            one.source, one.address, live.standing,
        ]
        for one in held
    ]  # fmt: skip
    return _csv(f"{_marked(live)}-studies-listed", columns, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """Open a synthesis, with its method chosen before a study is seen."""
    if not _may_open(request):
        raise PermissionDenied
    form = OpenSynthesis(sent(request), initial={"intervention": request.GET.get("intervention")})
    if form.is_valid():
        try:
            live = actions.open_synthesis(**form.cleaned_data, by=account(request))
        except NhpfError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The synthesis is open. Studies can be put forward.")
            return redirect("what_works:synthesis", live.permanent_id)
    context = {
        "form": form,
        "heading": "Open a synthesis",
        "why": "One outcome of one intervention. Its method is chosen now, before a study is seen.",
        "button": "Open it",
        "trail": EVIDENCE,
    }
    return render(request, "what_works/practices/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def appraise(request: HttpRequest, synthesis: str) -> HttpResponse:
    """Judge the studies of a synthesis together anew."""
    live = find_synthesis(synthesis)
    if not _may_open(request):
        raise PermissionDenied
    form = Appraise(sent(request), initial={name: getattr(live, name) for name in JUDGED})
    if form.is_valid():
        try:
            actions.appraise(live, by=account(request), **form.cleaned_data)
        except NhpfError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Judged anew. The rating follows it.")
            return redirect("what_works:synthesis", live.permanent_id)
    context = {
        "form": form,
        "caption": live.outcome,
        "heading": "Judge the studies together",
        "why": "Certainty starts from the design and is lowered for risk of bias.",
        "button": "Keep this judgement",
        "trail": [*EVIDENCE, (live.outcome, f"/what-works/evidence/{live.permanent_id}/")],
    }
    return render(request, "what_works/practices/form.html", context)
